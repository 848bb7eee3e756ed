"""The mandate of a body is extended or amended, from a date on; what it was before stays on the record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ...domain.body import Forum, Power, TermsOfReference, need_duration, need_newer
from ...domain.text import clean
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store.bodies import terms_at
from ...store.records import add, by_id, matching
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class ExtendBody(Command):
    """Give a body new terms of reference from a date on: more to do, more time, another power. The newest terms in
    force count; the earlier ones stay on the record."""

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


async def extend_body(do: ExtendBody, context: ActContext, store: Store) -> Outcome:
    """Refuses a body that another forum set up, terms without text or reason, that end before they begin, or that begin
    before those on the record do: what counted then is not written anew."""
    body = await store.ask(by_id(Forum, do.body))
    if body is None or (body.parent_id or body.id) != context.place.id:
        raise NotFound(what="body").at_path("body")
    text, reason, starts_at = clean(do.text).strip(), clean(do.reason).strip(), do.starts_at or context.now
    for name, value in (("text", text), ("reason", reason)):
        if not value:
            raise InvalidValue(reason=f"Say the {name}: it stands on the record.").at_path(name)
    need_duration(starts_at, do.ends_at)
    if do.power is not None and do.power not in Power.words():
        raise WordNotAllowed(word=do.power, words=Power.words()).at_path("power")
    need_newer(starts_at, await store.ask(matching(TermsOfReference, "starts_at", forum_id=body.id)))
    power = Power(do.power) if do.power else await _power_at(body, starts_at, store)
    terms = TermsOfReference(
        id=fresh(), forum_id=body.id, text=text, power=power, starts_at=starts_at, ends_at=do.ends_at, reason=reason,
        decided_on=do.decided_on,
    )  # fmt: skip
    await store.write(add(terms))
    detail = {"terms": str(terms.id), "power": power.value}
    return Outcome({"forum": body.id, "terms": terms.id}, (Entry("forum", body.id, detail),))


async def _power_at(body: Forum, at: datetime, store: Store) -> Power:
    """What a body may do at an instant: by its newest terms in force, else as it was set up."""
    terms = await store.ask(terms_at(body.id, at))
    return body.power if terms is None else terms.power
