"""Who is told that a call was issued, and in which words: those who speak for an addressee, and the coordinators of the
mechanisms that addressees belong to. Each person once."""

from ...domain.call import Addressee, Call
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, saying
from ...store import notices
from ...store.records import matching
from ...store.steps import Store
from ..core.act import ActContext
from ..core.judge import place_of

_VOLUNTARY = saying('Taking part is voluntary: an input is welcome, and "no input this time" is an answer too.')
_NOW = 'The call "{title}" asks {whom} for an input. It takes inputs until {closes}. {voluntary}'
_LATER = 'The call "{title}" asks {whom} for an input. It takes inputs from {opens} until {closes}. {voluntary}'
_YOURS = saying("your organisation")
_COORDINATED = saying("organisations of the mechanism that you coordinate")


async def tell_issued(context: ActContext, store: Store, call: Call) -> None:
    """Tell everybody through whom the addressees of a new call are reached."""
    place = place_of(context.place)
    asked = [addressee.organisation_id for addressee in await store.ask(matching(Addressee, "id", call_id=call.id))]
    speaking = await store.ask(notices.speaking_for(asked, place, context.now))
    coordinating = await store.ask(notices.coordinating(asked, place, context.now)) - speaking
    opens, closes = Instant(call.opens_at, call.zone), Instant(call.closes_at, call.zone)
    title = " ".join(call.title.split())
    for people, whom in ((speaking, _YOURS), (coordinating, _COORDINATED)):
        words = (
            saying(_NOW, title=title, whom=whom, closes=closes, voluntary=_VOLUNTARY)
            if call.opens_at <= context.now
            else saying(_LATER, title=title, whom=whom, opens=opens, closes=closes, voluntary=_VOLUNTARY)
        )
        tell = notices.tell(
            people, kind=NoticeKind.CALL, words=words, cause=call.id, at=context.now, edition=call.edition_id,
            call=call.id,
        )  # fmt: skip
        await store.write(tell)
