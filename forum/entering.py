"""Enters the bodies of an operator's file, by their names and under the checks of the acts: what stands already is left
as it is, so it may run again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from .actions.admission import admitting
from .actions.mandate import giving
from .actions.seat import seating
from .domain.admission import identity
from .domain.agreement import Agreement, AgreementBasis, AgreementPurpose, AgreementState
from .domain.authority import By, at_once
from .domain.body import Convenor, Forum, Mechanism, Organisation, OrganisationKind, Participation
from .domain.enumeration import word_of
from .domain.mandate import Mandate, Office, Role
from .domain.names import LONGEST_NAME, key, one_line, spelled
from .domain.set_up import Bodies
from .domain.text import filled
from .errors import FileRefused
from .store.agreements import enter as enter_agreement
from .store.bodies import person_of
from .store.records import add, first, matching
from .store.steps import Store
from .store.unit import fresh


@dataclass
class _Here:
    """What stands, by the key of its name (`domain/names.py`), and how much of the file is new."""

    organisations: dict[str, UUID]
    forums: dict[str, UUID]
    mechanisms: set[str]
    entered: int = 0
    operator: frozenset[By] = field(default=frozenset((By.OPERATOR,)))

    def named(self, names: Mapping[str, UUID], name: str, what: str) -> UUID:
        """The id behind a name. Refuses (FileRefused) one that stands nowhere."""
        if key(name) not in names:
            raise FileRefused(reason=f"There is no {what} named {name}, in the file or here.")
        return names[key(name)]


async def enter(store: Store, bodies: Bodies, now: datetime) -> int:
    """Enter all of a file; how many rows are new. Refuses (FileRefused) a name that stands nowhere, and what the acts
    refuse: a twin of an organisation that is here, a second seat, a mandate that is given twice.

    Nobody is told: whoever stands in a file of bodies is told by the operator. Who is to speak for an organisation is
    proposed to it by this; its first administrator is entered here.
    """
    here = _Here(
        {key(organisation.name): organisation.id for organisation in await store.ask(matching(Organisation, "name"))},
        {forum.slug: forum.id for forum in await store.ask(matching(Forum, "slug"))},
        {mechanism.code for mechanism in await store.ask(matching(Mechanism, "code"))},
    )
    for row in bodies.organisations:
        await _organisation(store, here, row)
    for row in bodies.forums:
        await _forum(store, here, row)
    for row in bodies.agreements:
        await _agreement(store, here, row, now)
    for row in bodies.mechanisms:
        await _mechanism(store, here, row)
    for row in bodies.participations:
        await _seats(store, here, row)
    for row in bodies.offices:
        await _mandate(store, here, row, now, office=word_of(Office, row["office"], "office"))
    for row in bodies.roles:
        person = await store.write(person_of(filled(row["subject"], "subject").strip(), row["name"]))
        await _mandate(store, here, row, now, role=word_of(Role, row["role"], "role"), person_id=person)
    return here.entered


async def _organisation(store: Store, here: _Here, row: Mapping[str, Any]) -> None:
    if key(row["name"]) in here.organisations:
        return
    kind = word_of(OrganisationKind, row["kind"], "kind")
    wanted = identity(row["name"], row.get("short_name"), kind, row.get("country_code"))
    # Two of one acronym are two, where the operator writes both down.
    here.organisations[key(row["name"])] = (await admitting.enter(store, wanted, another=True)).id
    here.entered += 1


async def _forum(store: Store, here: _Here, row: Mapping[str, Any]) -> None:
    if row["slug"] in here.forums:
        return
    columns = {k: v for k, v in row.items() if k not in ("parent", "convenors", "mechanism", "process")}
    columns["name"] = one_line(row["name"], LONGEST_NAME, "name")
    parent = here.named(here.forums, row["parent"], "forum") if "parent" in row else None
    forum = Forum(id=fresh(), **columns, parent_id=parent, mechanism_code=row.get("mechanism"))
    await store.write(add(forum))
    convened = [here.named(here.forums, slug, "forum") for slug in row.get("convenors", ())]
    await store.write(add(*[Convenor(id=fresh(), forum_id=forum.id, convened_by_id=by) for by in convened]))
    here.forums[forum.slug] = forum.id
    here.entered += 1


async def _agreement(store: Store, here: _Here, row: Mapping[str, Any], now: datetime) -> None:
    """What a body agreed to outside the service: the operator's word for it, unless the same stands or waits here.
    Refuses (FileRefused) a body for itself."""
    asking, named = (here.named(here.forums, row[side], "forum") for side in ("asking", "named"))
    if asking == named:
        raise FileRefused(reason=f"{row['named']} need not agree with itself: leave that agreement out.")
    edition = spelled(row["edition"]) if "edition" in row else None
    agreement = Agreement(
        id=fresh(), asking_id=asking, named_id=named, purpose=word_of(AgreementPurpose, row["purpose"], "purpose"),
        edition_name=edition, state=AgreementState.AGREED, basis=AgreementBasis.OPERATOR, proposed_at=now,
        answered_at=now,
    )  # fmt: skip
    if await store.write(enter_agreement(agreement)) is None:
        here.entered += 1


async def _mechanism(store: Store, here: _Here, row: Mapping[str, Any]) -> None:
    if row["code"] in here.mechanisms:
        return
    forum = here.named(here.forums, row["forum"], "forum") if "forum" in row else None
    await store.write(add(Mechanism(id=fresh(), code=row["code"], name=row["name"], forum_id=forum)))
    here.mechanisms.add(row["code"])
    here.entered += 1


async def _seats(store: Store, here: _Here, row: Mapping[str, Any]) -> None:
    forum = here.named(here.forums, row["forum"], "forum")
    for name in row["organisations"]:
        seat = Participation(
            id=fresh(), forum_id=forum, organisation_id=here.named(here.organisations, name, "organisation"),
            status=row["status"], mechanisms=row.get("mechanisms", ()), starts_at=row["starts"],
            ends_at=row.get("ends"),
        )  # fmt: skip
        known = {"forum_id": forum, "organisation_id": seat.organisation_id, "starts_at": seat.starts_at}
        if await store.ask(first(Participation, **known)) is None:
            await seating.need_free(store, seat)
            await store.write(add(seat))
            here.entered += 1


async def _mandate(store: Store, here: _Here, row: Mapping[str, Any], now: datetime, **what: Any) -> None:
    """An office or a role, unless the same stands. Refuses (FileRefused) a coordinator without a known mechanism, or
    without the forum in which it is coordinated."""
    mechanism = row.get("mechanism")
    if what.get("role") == Role.COORDINATOR and ("forum" not in row or mechanism not in here.mechanisms):
        raise FileRefused(reason=f"{row['subject']} coordinates: name a mechanism that is here, and a forum.")
    mandate = Mandate(
        id=fresh(), organisation_id=here.named(here.organisations, row["organisation"], "organisation"),
        forum_id=here.named(here.forums, row["forum"], "forum") if "forum" in row else None,
        mechanism_code=mechanism, starts_at=row["starts"], ends_at=row.get("ends"), zone=row["zone"], proposed_at=now,
        **what,
    )  # fmt: skip
    same = ("organisation_id", "forum_id", "mechanism_code", "starts_at", "office", "role", "person_id")
    if await store.ask(first(Mandate, **{name: getattr(mandate, name) for name in same})) is not None:
        return
    agreed = at_once(mandate.what, here.operator, own=True)
    mandate = replace(mandate, accepted_at=now if agreed else None)
    await giving.need_fit(store, mandate)
    await giving.need_new(store, mandate, now)
    await store.write(add(mandate))
    here.entered += 1
