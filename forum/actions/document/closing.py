"""How texts end, as the process says: by which act, with which words on paper, and who reads them from then on."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from ... import times
from ...domain.body import Forum, ForumKind
from ...domain.call import Addressee, Call
from ...domain.document import (
    Audience,
    Document,
    DocumentState,
    Ending,
    close,
    close_again,
    final_label,
    need_closable,
)
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...languages.say import day_in
from ...refusal import phrased
from ...spoken_words import plain
from ...store import notices
from ...store.records import by_id, change, matching
from ...store.steps import Store
from ...worded import in_language, reworded
from ...workflow.definition_parts import Closing
from ...workflow.definition_parts import Document as DocumentKind
from ..core.act import ActContext
from ..core.judge import place_of
from ..core.judge_state import need_closing
from .outcomes import tell_outcomes


def kind_of(context: ActContext, document: Document) -> DocumentKind:
    """What the process says of this kind of document. Refuses (WordNotAllowed) one it no longer makes."""
    known = context.definition().documents
    if document.kind not in known:
        raise WordNotAllowed(word=document.kind, words=tuple(known)).at_path("document")
    return known[document.kind]


def closing_of(act: str, context: ActContext, document: Document) -> Closing:
    """How this text ends next. Refuses (WrongState) an act by which a text of this kind does not end, and one that lies
    before a body, or ends no more."""
    need_closable(act, document)
    kind = kind_of(context, document)
    need_closing(act, context.definition(), document)
    return context.definition().closings[kind.closing if document.closing is None else kind.then]


def need_kind(closing: Closing, body: Forum) -> None:
    """Refuses (InvalidValue) a body of another kind than the process has its texts closed by."""
    if closing.by in tuple(ForumKind) and body.kind != closing.by:
        other = phrased(
            "The process puts this text to a {asked}; {name} is a {kind}.",
            asked=(plain(closing.by),),
            name=body.name,
            kind=(plain(body.kind),),
        )
        raise InvalidValue(reason=other).at_path("body")


def on_paper(context: ActContext, closing: Closing, when: datetime, body: str, hours: int | None = None) -> str:
    """The words that stand on screen and paper, in each language that the process has them in; the date in the
    edition's zone: "Issued by the Chair on 14 May 2020"."""
    day = times.aware(when).astimezone(ZoneInfo(zone_of(context))).date()
    lasted = str(closing.hours if hours is None else hours)

    def filled(words: str, tag: str) -> str:
        return words.replace("{date}", day_in(tag, day)).replace("{body}", body).replace("{hours}", lasted)

    return reworded(closing.word_on_paper, filled, context.definition().language)


def zone_of(context: ActContext) -> str:
    """The zone in which people of this edition read dates."""
    return "UTC" if context.place.edition is None else context.place.edition.zone


async def body_name(store: Store, forum: UUID, *path: str) -> str:
    """The name of a body. Refuses (NotFound, at `path`) one that is not there."""
    body = await store.ask(by_id(Forum, forum))
    if body is None:
        raise NotFound(what="forum").at_path(*path)
    return body.name


async def tell_closed(
    context: ActContext,
    store: Store,
    document: Document,
    words: str,
    cause: UUID,
    already: frozenset[UUID] = frozenset(),
) -> None:
    """Tell those who read the text from now on that it was closed, and in which words; and those whose inputs and
    comments it answers, what became of them. `cause`: its last revision;
    `already`: who was told of it in another way."""
    people = await readers(context, store, document)
    title = " ".join(document.title.split())
    sentence = saying('The text "{title}" ({symbol}): {ending}.', title=title, symbol=document.symbol, ending=words)
    tell = notices.tell(
        people - already, kind=NoticeKind.TEXT_CLOSED, words=sentence, cause=cause, at=context.now,
        edition=document.edition_id, document=document.id,
    )  # fmt: skip
    await store.write(tell)
    if document.closing is None:  # else they were told when it ended first
        await tell_outcomes(context, store, document, words)


async def readers(context: ActContext, store: Store, document: Document) -> frozenset[UUID]:
    """Those who read the text once it is closed, as its process says: the team; who takes part; and of a public text
    whoever was asked for an input, also without a seat."""
    place, audience = place_of(context.place), Audience(kind_of(context, document).visibility)
    people = await store.ask(notices.team(place, context.now))
    if audience != Audience.TEAM:
        people |= await store.ask(notices.taking_part(place, context.now))
    if audience == Audience.PUBLIC:
        people |= await store.ask(notices.speaking_for(await _asked(store, document), place, context.now))
    return people


async def _asked(store: Store, document: Document) -> list[UUID]:
    calls = await store.ask(matching(Call, "id", track_id=document.track_id))
    addressees = [await store.ask(matching(Addressee, "id", call_id=call.id)) for call in calls]
    return [addressee.organisation_id for asked in addressees for addressee in asked]


async def close_document(
    act: str,
    context: ActContext,
    store: Store,
    document: Document,
    state: DocumentState,
    words: str,
    now: datetime,
    label: str | None = None,
) -> None:
    """Close a text as of `now`: its state, its words in its own language, and from now on the audience the process
    gives it. Its version is called by `label`, else as a closed text is in its language. One that had ended ends for
    the second time."""
    kind, known = kind_of(context, document), context.definition().closings
    again = document.closing is not None
    closing = known[kind.then if again else kind.closing].name
    on_it = in_language(words, document.language)
    ending = Ending(state, closing, on_it, Audience(kind.visibility), label or final_label(document))
    after = close_again(act, document, ending, now) if again else close(act, document, ending, now)
    await store.write(change(document, after))
