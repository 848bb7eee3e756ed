"""The mandate of a body is extended or amended, from a date on; what it was before stays on the record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ...domain.text import clean
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store.bodies import POWERS, terms_at
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class ExtendBody(Command):
    """Give a body new terms of reference from a date on: more to do, more time, another power. The newest terms in force
    count; the earlier ones stay on the record."""

    on = ("forum", "parent")
    creates = True
    gives = {"forum": "Forum", "terms": "TermsOfReference"}

    parent: UUID = arg("The forum that set the body up; the body itself where nobody did.", of="Forum")
    body: UUID = arg("The body.", of="Forum")
    text: str = arg("What it is for from then on, CommonMark.")
    reason: str = arg("Why, on the record: who decided it.")
    power: str | None = arg("What it may do from then on; as before when left out.", default=None, scalar="Power")
    starts_at: datetime | None = arg("From when; from now when left out.", default=None)
    ends_at: datetime | None = arg("The first instant after; open when left out.", default=None)
    decided_on: date | None = arg("The day on which that was decided.", default=None)


async def extend_body(do: ExtendBody, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a body that another forum set up, terms without text or reason, that end before they begin, or that begin
    before those on the record do: what counted then is not written anew."""
    row = await unit.row(t.forum, id=do.body)
    if row is None or (row["parent_id"] or row["id"]) != context.place.id:
        raise NotFound(what="body").at_path("body")
    text, reason, starts_at = clean(do.text).strip(), clean(do.reason).strip(), do.starts_at or context.now
    for name, value in (("text", text), ("reason", reason)):
        if not value:
            raise InvalidValue(reason=f"Say the {name}: it stands on the record.").at_path(name)
    if do.ends_at is not None and do.ends_at <= starts_at:
        raise InvalidValue(reason="The terms end before they begin.").at_path("endsAt")
    if do.power is not None and do.power not in POWERS:
        raise WordNotAllowed(word=do.power, words=POWERS).at_path("power")
    rows = await unit.rows(t.terms_of_reference, "starts_at", forum_id=do.body)
    if rows and starts_at <= rows[-1]["starts_at"]:
        newest = rows[-1]["starts_at"].isoformat(timespec="seconds")
        raise InvalidValue(reason=f"Its newest terms begin at {newest}. Say a later date.").at_path("startsAt")
    power = do.power or (await terms_at(unit, row, starts_at))[1]
    id_ = fresh()
    term = {"starts_at": starts_at, "ends_at": do.ends_at, "reason": reason, "decided_on": do.decided_on}
    await unit.add(t.terms_of_reference, {"id": id_, "forum_id": do.body, "text": text, "power": power, **term})
    return Outcome({"forum": do.body, "terms": id_}, (Entry("forum", do.body, {"terms": str(id_), "power": power}),))
