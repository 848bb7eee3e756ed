"""`forum people break-glass`: an administrator for some hours, where an organisation has none who could act. It takes a
reason, is on the record, ends by itself, and those whom it concerns are told at once."""

import argparse
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from .. import app
from ..actions.core.act import Entry, Outcome
from ..actions.mandate import giving
from ..domain.body import Organisation, Participation
from ..domain.mandate import Mandate, Role
from ..domain.names import spelled
from ..domain.notice import NoticeKind
from ..domain.saying import Instant, saying
from ..domain.text import filled
from ..errors import InvalidValue, NotFound
from ..settings import Settings
from ..store import mandates, notices
from ..store.records import first, matching
from ..store.tables import schema as t
from ..store.unit import UnitOfWork, fresh
from . import beside
from .terminal import say

LONGEST_HOURS = 72
_ZONE = "UTC"


@dataclass(frozen=True)
class Wanted:
    """Who is to be administrator of which organisation, by name, for how many hours, and why. `name`: of the person,
    where nobody knows the subject yet."""

    subject: str
    organisation: str
    hours: int
    reason: str
    name: str | None = None


async def break_glass(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make somebody the administrator of an organisation until the hours are over. Refuses as `give` does."""
    wanted = Wanted(arguments.subject, arguments.organisation, arguments.hours, arguments.reason, arguments.name)
    async with app.running(beside.found(settings)) as parts:
        mandate = await give(parts, wanted)
    until = f"until {mandate.ends_at:%Y-%m-%d %H:%M} UTC"
    say(f"{mandate.id}  {wanted.subject}  administrator  {wanted.organisation}  {until}")
    return 0


async def give(parts: app.Parts, wanted: Wanted) -> Mandate:
    """Give it now. Refuses (NotFound) an unknown organisation, (InvalidValue) more than 72 hours, fewer than one and no
    reason, (MandateStands) who is its administrator already."""
    if not 1 <= wanted.hours <= LONGEST_HOURS:
        raise InvalidValue(reason=f"It is given for 1 to {LONGEST_HOURS} hours, and may be given again.").at_path(
            "hours"
        )
    reason = filled(wanted.reason, "reason").strip()
    entered: list[Mandate] = []

    async def work(unit: UnitOfWork, now: datetime) -> Outcome:
        organisation = await unit.ask(first(Organisation, name=spelled(wanted.organisation)))
        if organisation is None:
            raise NotFound(what="organisation")
        until = now + timedelta(hours=wanted.hours)
        mandate = Mandate(
            id=fresh(), role=Role.ADMINISTRATOR, organisation_id=organisation.id, starts_at=now, ends_at=until,
            zone=_ZONE, proposed_at=now, accepted_at=now,
        )  # fmt: skip
        entered.append(await giving.enter(unit, mandate, giving.Who(wanted.subject, wanted.name), now, None))
        await _tell(unit, entered[0], organisation, reason, now)
        detail = {"role": Role.ADMINISTRATOR.value, "by": "operator", "ends_at": until.isoformat(), "reason": reason}
        return Outcome({}, (Entry("mandate", mandate.id, detail),))

    await parts.runner.by_operator("break_glass", work)
    return entered[0]


async def _tell(unit: UnitOfWork, mandate: Mandate, organisation: Organisation, reason: str, now: datetime) -> None:
    """The person, the organisation's other administrators, and the offices of the forums in which it takes part."""
    assert mandate.ends_at is not None
    person = await unit.row(t.person, id=mandate.person_id)
    assert person is not None  # a foreign key
    words = saying(
        "The operator of the service made {person} administrator of {organisation} until {until}, without the word of "
        "any body: {reason}",
        person=person["name"], organisation=organisation.name, until=Instant(mandate.ends_at, _ZONE), reason=reason,
    )  # fmt: skip
    concerned: set[UUID] = {person["id"], *await unit.ask(mandates.administrators(organisation.id, now))}
    for seat in await unit.ask(matching(Participation, "id", organisation_id=organisation.id)):
        if seat.starts_at <= now and (seat.ends_at is None or now < seat.ends_at):
            concerned |= await unit.ask(mandates.office(seat.forum_id, now))
    cause = uuid5(mandate.id, "break glass")
    await unit.write(notices.tell(concerned, kind=NoticeKind.MANDATE, words=words, cause=cause, at=now))
