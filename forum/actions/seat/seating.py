"""What the acts on seats share: the checks of a seat that is given, and whom they tell. The operator's file of bodies
goes the same way."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid5

from ...domain.body import Forum, Organisation, Participation
from ...domain.mandate import need_term
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, Saying, saying
from ...errors import NotFound, SeatStands
from ...store import mandates, notices, seats
from ...store.records import by_id
from ...store.steps import Store
from ..core.act import ActContext


async def need_free(store: Store, wanted: Participation) -> None:
    """Refuses (InvalidValue) a term that ends before it begins, (NotFound) an unknown organisation, (SeatStands) a seat
    beside another one of the organisation in the forum, be it as something else."""
    need_term(wanted.starts_at, wanted.ends_at)
    if await store.ask(by_id(Organisation, wanted.organisation_id)) is None:
        raise NotFound(what="organisation").at_path("organisation")
    there = await store.ask(seats.standing(wanted))
    if there is not None:
        raise SeatStands(seat=there)


async def tell(context: ActContext, store: Store, seat: Participation, event: str, words: Saying) -> None:
    """Tell those who speak for the organisation and the forum's secretariat; whoever acts not among them."""
    people = await store.ask(seats.speakers(seat.organisation_id, context.now))
    people |= await store.ask(mandates.office(seat.forum_id, context.now))
    others = people - {context.actor}
    cause = uuid5(seat.id, event)
    await store.write(notices.tell(others, kind=NoticeKind.SEAT, words=words, cause=cause, at=context.now))


async def described(store: Store, seat: Participation) -> Saying:
    """A seat in a few words: "Kenya in the Global Forum, as an observer"."""
    forum, organisation = await _ends(store, seat)
    return saying(
        "{organisation} in {forum}, as {status}",
        organisation=organisation.name,
        forum=forum.name,
        status=_AS[seat.status.value],
    )


async def on_day(store: Store, seat: Participation, at: datetime) -> Instant:
    """An instant as people of the seat's forum say it: in its zone."""
    return Instant(at, (await _ends(store, seat))[0].zone, utc=False)


async def _ends(store: Store, seat: Participation) -> tuple[Forum, Organisation]:
    forum = await store.ask(by_id(Forum, seat.forum_id))
    organisation = await store.ask(by_id(Organisation, seat.organisation_id))
    assert forum is not None  # a seat's row points at both
    assert organisation is not None
    return forum, organisation


_AS: Mapping[str, Saying] = {
    "member": saying("a member"),
    "observer": saying("an observer"),
    "participant": saying("a participant"),
}
