"""The mandate of a body is extended or amended, from a date on; what it was before stays on the record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ...domain.body import Forum, Power, TermsOfReference, need_duration, need_newer
from ...domain.text import clean
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...refusal import phrased
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
    ends_at: datetime | None = arg(
        "The first instant after; when left out as before, if that lies ahead of them, else open.", default=None
    )
    open_ended: bool = arg("True takes an end away: the new terms are open.", default=False)
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
            raise InvalidValue(reason=phrased("Say the {name}: it stands on the record.", name=name)).at_path(name)
    standing = await store.ask(terms_at(body.id, starts_at))
    ends_at = _ends(do, standing)
    need_duration(starts_at, ends_at)
    if do.power is not None and do.power not in Power.words():
        raise WordNotAllowed(word=do.power, words=Power.words()).at_path("power")
    need_newer(starts_at, await store.ask(matching(TermsOfReference, "starts_at", forum_id=body.id)))
    as_it_was = body.power if standing is None else standing.power
    power = Power(do.power) if do.power else as_it_was
    terms = TermsOfReference(
        id=fresh(), forum_id=body.id, text=text, power=power, starts_at=starts_at, ends_at=ends_at, reason=reason,
        decided_on=do.decided_on,
    )  # fmt: skip
    await store.write(add(terms))
    detail = {"terms": str(terms.id), "power": power.value}
    return Outcome({"forum": body.id, "terms": terms.id}, (Entry("forum", body.id, detail),))


def _ends(do: ExtendBody, standing: TermsOfReference | None) -> datetime | None:
    """The end of the new terms: as given, else that of the terms they follow. Refuses (InvalidValue) an end and none at
    once."""
    if do.open_ended and do.ends_at is not None:
        raise InvalidValue(reason="Either the terms end at an instant, or they are open: say one.").at_path("endsAt")
    return do.ends_at if do.ends_at is not None or do.open_ended or standing is None else standing.ends_at
