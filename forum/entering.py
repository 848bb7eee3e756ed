"""Enters the bodies of an operator's file, by their names and under the checks of the acts: what stands already is left
as it is, so it may run again. What the file says otherwise of that is changed where it is safe, and else named.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from .actions.admission import admitting
from .actions.contact.introducing import introduce
from .actions.core.act import Entry
from .actions.mandate import giving
from .actions.seat import seating
from .domain.admission import identity
from .domain.agreement import Agreement, AgreementBasis, AgreementPurpose, AgreementState
from .domain.authority import By, at_once
from .domain.body import Convenor, Forum, Mechanism, Organisation, OrganisationKind, Participation
from .domain.enumeration import word_of
from .domain.mandate import Mandate, Office, Role
from .domain.names import LONGEST_NAME, key, one_line, spelled
from .domain.noun import Noun
from .domain.set_up import Bodies, Finding, Row, refuse
from .domain.text import filled
from .errors import FileRefused, Refusal
from .store.agreements import enter as enter_agreement
from .store.bodies import person_of
from .store.records import add, change, first, matching
from .store.steps import Store
from .store.unit import fresh

# What the file may change of what stands: nobody's rights, seats or texts hang on it. All else has an act of its own,
# with a reason and people who are told.
_SAFE: Mapping[type[Noun], frozenset[str]] = {
    Organisation: frozenset(("short_name",)),
    Forum: frozenset(("name", "acronym", "periodicity", "zone", "registrar")),
    Mechanism: frozenset(("name",)),
}
_OTHERWISE = {
    "status": "changeSeat", "mechanisms": "changeSeat", "terms_of_reference": "extendBody", "power": "extendBody",
}  # fmt: skip


@dataclass(frozen=True)
class Entered:
    """What came of a file: how many rows are new, what changed, what the file says otherwise and was left; and the
    lines of the history about the changes."""

    rows: int
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


class _Follows(Exception):
    """A row names one that was refused itself: that is said there."""


@dataclass
class _Here:
    """What stands, by the key of its name (`domain/names.py`), and what comes of the file."""

    organisations: dict[str, Organisation]
    forums: dict[str, Forum]
    mechanisms: dict[str, Mechanism]
    refused: set[str] = field(default_factory=set)
    entered: int = 0
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    operator: frozenset[By] = field(default=frozenset((By.OPERATOR,)))

    def organisation(self, name: str) -> UUID:
        found: UUID = self._named(self.organisations, name, "organisation").id
        return found

    def forum(self, name: str) -> UUID:
        found: UUID = self._named(self.forums, name, "forum").id
        return found

    def _named(self, names: Mapping[str, Any], name: str, what: str) -> Any:
        """What stands under a name. Refuses (FileRefused) one that stands nowhere."""
        if key(name) in self.refused:
            raise _Follows
        if key(name) not in names:
            raise FileRefused(reason=f"There is no {what} named {name}, in the file or here.")
        return names[key(name)]


async def enter(store: Store, bodies: Bodies, now: datetime, file: str = "The file") -> Entered:
    """Enter all of a file. Refuses (FileRefused, with each row that is at fault) a name that stands nowhere, and what
    the acts refuse: a twin of an organisation that is here, a second seat, a mandate that is given twice.

    Nobody is told: whoever stands in a file of bodies is told by the operator. Who is to speak for an organisation is
    proposed to it by this; its first administrator is entered here.
    """
    here = _Here(
        {key(organisation.name): organisation for organisation in await store.ask(matching(Organisation, "name"))},
        {key(forum.slug): forum for forum in await store.ask(matching(Forum, "slug"))},
        {mechanism.code: mechanism for mechanism in await store.ask(matching(Mechanism, "code"))},
    )
    await _each(here, bodies.organisations, lambda row: _organisation(store, here, row), "name")
    await _each(here, bodies.forums, lambda row: _forum(store, here, row), "slug")
    await _each(here, bodies.agreements, lambda row: _agreement(store, here, row, now))
    await _each(here, bodies.mechanisms, lambda row: _mechanism(store, here, row))
    await _each(here, bodies.participations, lambda row: _seats(store, here, row))
    await _each(here, bodies.offices, lambda row: _office(store, here, row, now))
    await _each(here, bodies.roles, lambda row: _role(store, here, row, now))
    refuse(here.findings, file)
    return Entered(here.entered, tuple(here.changed), tuple(here.left), tuple(here.entries))


async def _each(
    here: _Here, rows: Iterable[Mapping[str, Any]], enter_row: Callable[[Row], Awaitable[None]], named: str = ""
) -> None:
    """Row by row; what is refused is kept with its place, so that all of it is said at once."""
    for row in rows:
        assert isinstance(row, Row)
        try:
            await enter_row(row)
        except _Follows:
            pass
        except Refusal as refusal:
            place = ", ".join((row.place, *refusal.path))
            here.findings.append(Finding(row.line, place, refusal.message))
            here.refused.add(key(row[named]) if named else "")


async def _organisation(store: Store, here: _Here, row: Row) -> None:
    kind = word_of(OrganisationKind, row["kind"], "kind")
    wanted = identity(row["name"], row.get("short_name"), kind, row.get("country_code"))
    before = here.organisations.get(key(row["name"]))
    if before is not None:
        after = await _changed(store, here, row, before, {k: v for k, v in row.items() if k != "name"})
        if after != before:
            after_keys = replace(after, name_keys=wanted.keys)
            await store.write(change(after, after_keys))
            here.organisations[key(row["name"])] = after_keys
        return
    # Two of one acronym are two, where the operator writes both down.
    here.organisations[key(row["name"])] = await admitting.enter(store, wanted, another=True)
    here.entered += 1


async def _forum(store: Store, here: _Here, row: Row) -> None:
    columns = {k: v for k, v in row.items() if k not in ("parent", "convenors", "mechanism", "process")}
    columns["name"] = one_line(row["name"], LONGEST_NAME, "name")
    if "parent" in row:
        columns["parent_id"] = here.forum(row["parent"])
    if "mechanism" in row:
        columns["mechanism_code"] = row["mechanism"]
    before = here.forums.get(key(row["slug"]))
    if before is not None:
        here.forums[key(row["slug"])] = await _changed(store, here, row, before, columns)
        return
    forum = Forum(id=fresh(), **columns)
    await store.write(add(forum))
    convened = [here.forum(slug) for slug in row.get("convenors", ())]
    await store.write(add(*[Convenor(id=fresh(), forum_id=forum.id, convened_by_id=by) for by in convened]))
    here.forums[key(forum.slug)] = forum
    here.entered += 1


async def _changed(store: Store, here: _Here, row: Row, before: Any, wanted: Mapping[str, Any]) -> Any:
    """What stands, with what the file says otherwise and may change; the rest is named and left."""
    safe: dict[str, Any] = {}
    for name, value in wanted.items():
        was = getattr(before, name)
        if was == value:
            continue
        line = f"{row.place}, {name}: {was} stands, the file says {value}"
        if name in _SAFE[type(before)]:
            safe[name] = value
            here.changed.append(line)
        else:
            here.left.append(f"{line}{_by_act(name)}")
    if not safe:
        return before
    after = replace(before, **safe)
    await store.write(change(before, after))
    kind = type(before).__name__.lower()
    detail = {name: {"now": _plain(value), "was": _plain(getattr(before, name))} for name, value in safe.items()}
    here.entries.append(Entry(kind, before.id, {"changed": detail, "by": "operator"}))
    return after


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else str(value)


def _by_act(name: str) -> str:
    return f" ({_OTHERWISE[name]} changes it)" if name in _OTHERWISE else ""


async def _agreement(store: Store, here: _Here, row: Row, now: datetime) -> None:
    """What a body agreed to outside the service: the operator's word for it, unless the same stands or waits here.
    Refuses (FileRefused) a body for itself."""
    asking, named = (here.forum(row[side]) for side in ("asking", "named"))
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


async def _mechanism(store: Store, here: _Here, row: Row) -> None:
    columns: dict[str, Any] = {"name": row["name"]}
    if "forum" in row:
        columns["forum_id"] = here.forum(row["forum"])
    before = here.mechanisms.get(row["code"])
    if before is not None:
        here.mechanisms[row["code"]] = await _changed(store, here, row, before, columns)
        return
    mechanism = Mechanism(id=fresh(), code=row["code"], **columns)
    await store.write(add(mechanism))
    here.mechanisms[row["code"]] = mechanism
    here.entered += 1


async def _seats(store: Store, here: _Here, row: Row) -> None:
    forum = here.forum(row["forum"])
    for name in row["organisations"]:
        seat = Participation(
            id=fresh(), forum_id=forum, organisation_id=here.organisation(name), status=row["status"],
            mechanisms=row.get("mechanisms", ()), starts_at=row["starts"], ends_at=row.get("ends"),
        )  # fmt: skip
        known = {"forum_id": forum, "organisation_id": seat.organisation_id, "starts_at": seat.starts_at}
        there = await store.ask(first(Participation, **known))
        if there is None:
            await seating.need_free(store, seat)
            await store.write(add(seat))
            here.entered += 1
            continue
        _leave(here, row, f" of {name}", there, seat, ("status", "mechanisms", "ends_at"))


def _leave(here: _Here, row: Row, of: str, there: Any, wanted: Any, names: Sequence[str]) -> None:
    """Name what the file says otherwise of a seat or a mandate that stands: that has acts of its own."""
    for name in names:
        was, value = getattr(there, name), getattr(wanted, name)
        if was != value:
            here.left.append(f"{row.place}, {name}{of}: {was} stands, the file says {value}{_by_act(name)}")


async def _office(store: Store, here: _Here, row: Row, now: datetime) -> None:
    await _mandate(store, here, row, now, office=word_of(Office, row["office"], "office"))


async def _role(store: Store, here: _Here, row: Row, now: datetime) -> None:
    person = await store.write(person_of(filled(row["subject"], "subject").strip(), row["name"]))
    await introduce(store, person, row.get("address"), row.get("language"), row["zone"])
    await _mandate(store, here, row, now, role=word_of(Role, row["role"], "role"), person_id=person)


async def _mandate(store: Store, here: _Here, row: Row, now: datetime, **what: Any) -> None:
    """An office or a role, unless the same stands. Refuses (FileRefused) a coordinator without a known mechanism, or
    without the forum in which it is coordinated."""
    mechanism = row.get("mechanism")
    if what.get("role") == Role.COORDINATOR and ("forum" not in row or mechanism not in here.mechanisms):
        raise FileRefused(reason=f"{row['subject']} coordinates: name a mechanism that is here, and a forum.")
    mandate = Mandate(
        id=fresh(), organisation_id=here.organisation(row["organisation"]),
        forum_id=here.forum(row["forum"]) if "forum" in row else None,
        mechanism_code=mechanism, starts_at=row["starts"], ends_at=row.get("ends"), zone=row["zone"], proposed_at=now,
        **what,
    )  # fmt: skip
    same = ("organisation_id", "forum_id", "mechanism_code", "starts_at", "office", "role", "person_id")
    there = await store.ask(first(Mandate, **{name: getattr(mandate, name) for name in same}))
    if there is not None:
        _leave(here, row, "", there, mandate, ("ends_at",))
        return
    agreed = at_once(mandate.what, here.operator, own=True)
    mandate = replace(mandate, accepted_at=now if agreed else None)
    await giving.need_fit(store, mandate)
    await giving.need_new(store, mandate, now)
    await store.write(add(mandate))
    here.entered += 1
