"""Enters the bodies of an operator's file, by their names: what stands already is left as it is, so it may run
again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.agreement import Agreement, AgreementBasis, AgreementPurpose, AgreementState
from ..domain.authority import By, at_once
from ..domain.enumeration import word_of
from ..domain.mandate import Office, Role
from ..domain.set_up import Bodies
from ..errors import FileRefused
from .agreements import enter as enter_agreement
from .bodies import person_of
from .tables import schema as t
from .unit import UnitOfWork, fresh


async def enter(unit: UnitOfWork, bodies: Bodies, now: datetime) -> int:
    """Enter all of a file; how many rows are new. Refuses (FileRefused) a name that stands nowhere.

    Who is to speak for an organisation is proposed to it by this; its first administrator is entered here.
    """
    before = await _count(unit)
    for row in bodies.organisations:
        await unit.add_once(t.organisation, {"id": fresh(), **row})
    organisations = await _ids(unit, t.organisation, "name")
    for row in bodies.forums:
        await _forum(unit, row)
    forums = await _ids(unit, t.forum, "slug")
    for row in bodies.agreements:
        await _agreement(unit, row, forums, now)
    for row in bodies.mechanisms:
        forum = _named(forums, row["forum"], "forum") if "forum" in row else None
        await unit.add_once(t.mechanism, {"id": fresh(), "code": row["code"], "name": row["name"], "forum_id": forum})
    for row in bodies.participations:
        await _participations(unit, row, forums, organisations)
    for row in bodies.offices:
        await _mandate(unit, row, forums, organisations, now, office=row["office"])
    for row in bodies.roles:
        person = await unit.write(person_of(row["subject"], row["name"]))
        await _mandate(unit, row, forums, organisations, now, role=row["role"], person_id=person)
    return await _count(unit) - before


async def _forum(unit: UnitOfWork, row: Mapping[str, Any]) -> None:
    known = await _ids(unit, t.forum, "slug")
    if row["slug"] in known:
        return
    id_ = fresh()
    columns = {k: v for k, v in row.items() if k not in ("parent", "convenors", "mechanism", "process")}
    parent = _named(known, row["parent"], "forum") if "parent" in row else None
    await unit.add(t.forum, {"id": id_, **columns, "parent_id": parent, "mechanism_code": row.get("mechanism")})
    convened = [_named(known, slug, "forum") for slug in row.get("convenors", ())]
    await unit.add(t.convenor, *[{"id": fresh(), "forum_id": id_, "convened_by_id": c} for c in convened])


async def _agreement(unit: UnitOfWork, row: Mapping[str, Any], forums: Mapping[str, UUID], now: datetime) -> None:
    """What a body agreed to outside the service: the operator's word for it, unless the same stands or waits here.
    Refuses (FileRefused) a body for itself."""
    asking, named = (_named(forums, row[side], "forum") for side in ("asking", "named"))
    if asking == named:
        raise FileRefused(reason=f"{row['named']} need not agree with itself: leave that agreement out.")
    agreement = Agreement(
        id=fresh(), asking_id=asking, named_id=named, purpose=word_of(AgreementPurpose, row["purpose"], "purpose"),
        edition_name=row.get("edition"), state=AgreementState.AGREED, basis=AgreementBasis.OPERATOR, proposed_at=now,
        answered_at=now,
    )  # fmt: skip
    await unit.write(enter_agreement(agreement))


async def _participations(
    unit: UnitOfWork, row: Mapping[str, Any], forums: Mapping[str, UUID], organisations: Mapping[str, UUID]
) -> None:
    shared = {
        "forum_id": _named(forums, row["forum"], "forum"),
        "status": row["status"],
        "mechanisms": list(row.get("mechanisms", ())),
        "starts_at": row["starts"],
        "ends_at": row.get("ends"),
    }
    for name in row["organisations"]:
        organisation = _named(organisations, name, "organisation")
        await unit.add_once(t.participation, {"id": fresh(), "organisation_id": organisation, **shared})


async def _mandate(
    unit: UnitOfWork,
    row: Mapping[str, Any],
    forums: Mapping[str, UUID],
    organisations: Mapping[str, UUID],
    now: datetime,
    **who: Any,
) -> None:
    """An office or a role, unless the same stands. Refuses (FileRefused) a coordinator without a known mechanism, or
    without the forum in which it is coordinated."""
    coordinates = who.get("role") == Role.COORDINATOR
    if coordinates and ("forum" not in row or await unit.row(t.mechanism, code=row.get("mechanism")) is None):
        raise FileRefused(reason=f"{row['subject']} coordinates: name a mechanism that is here, and a forum.")
    capacity = word_of(Office, who["office"], "office") if "office" in who else word_of(Role, who["role"], "role")
    agreed = at_once(capacity, frozenset((By.OPERATOR,)), own=True)
    columns = {
        "organisation_id": _named(organisations, row["organisation"], "organisation"),
        "forum_id": _named(forums, row["forum"], "forum") if "forum" in row else None,
        "mechanism_code": row.get("mechanism"),
        "starts_at": row["starts"],
        **who,
    }
    if await unit.row(t.mandate, **columns) is None:
        term = {"ends_at": row.get("ends"), "zone": row["zone"]}
        agreement = {"proposed_at": now, "accepted_at": now if agreed else None}
        await unit.add(t.mandate, {"id": fresh(), **columns, **term, **agreement})


async def _ids(unit: UnitOfWork, table: sa.Table, key: str) -> dict[str, UUID]:
    rows = await unit.run(sa.select(table.c[key].label("key"), table.c.id.label("id")))
    return {row["key"]: row["id"] for row in rows.mappings()}


def _named(known: Mapping[str, UUID], name: str, noun: str) -> UUID:
    if name not in known:
        raise FileRefused(reason=f"There is no {noun} named {name}, in the file or here.")
    return known[name]


async def _count(unit: UnitOfWork) -> int:
    tables = (t.organisation, t.forum, t.agreement, t.mechanism, t.participation, t.mandate)
    counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in tables]
    return sum((await unit.run(sa.select(*counts))).one())
