"""A silence ends at its instant, by the clock and once: the text is endorsed, or goes back to its drafters."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ...domain.document import Document, DocumentState, return_to_drafters
from ...domain.saying import saying
from ...domain.silence import Silence, end_broken, end_passed, hours_of, is_due
from ...store import silences, texts
from ...store.records import change
from ...store.steps import Store
from ...worded import in_language
from ...workflow.engine import clock_moves
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document.closing import body_name, close_document, kind_of, on_paper, tell_closed
from ..track import by_clock
from .members import spoken, tell_ended

EDGE = "silence_closes"
_BROKEN = "{symbol}: the silence ended on {ended} and the text goes back to its drafters."


@dataclass(frozen=True)
class CloseSilence(Command):
    """The clock ends a silence whose instant has come. Nobody objected: the text is endorsed as of that instant, and
    its track moves as the process says. Somebody did: the text is circulated again."""

    on = ("silence", "silence")
    gives = {"silence": "Silence"}

    silence: UUID = arg("The silence whose instant has come.", of="Silence")


async def close_silence(do: CloseSilence, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) when it is closed already or its instant has not come. The silence is locked, so
    that it is closed once however many try, and an objection under way is waited for."""
    silence, document = context.target(Silence), context.place.document
    if not is_due(silence, context.now) or document is None:
        return Outcome({})
    contested = await store.ask(texts.objections(silence.id))
    if contested:
        await store.write(change(silence, end_broken(silence)))
        await store.write(change(document, return_to_drafters(document)))
        ended = spoken(context, silence.ends_at)
        await tell_ended(context, store, silence, document, saying(_BROKEN, symbol=document.symbol, ended=ended))
        broken = {"objections": contested, "passed": False, "round": silence.round}
        return Outcome({"silence": silence.id}, (_line("silence", silence, silence.id, broken),))
    return Outcome({"silence": silence.id}, await _passed(context, store, silence, document))


async def _passed(context: ActContext, store: Store, silence: Silence, document: Document) -> tuple[Entry, ...]:
    """Nobody objected: the text is closed as of the instant, its reservations are its readers' where the process prints
    them, and its track moves on."""
    closing = context.definition().closings[kind_of(context, document).closing]
    body = await body_name(store, silence.body_id)
    words = on_paper(context, closing, silence.ends_at, body, hours_of(silence))
    await store.write(change(silence, end_passed(silence, in_language(words, document.language))))
    endorsed = DocumentState.ENDORSED
    await close_document("close_silence", context, store, document, endorsed, words, silence.ends_at)
    placed = 0
    if closing.reservations != "none":
        placed = await store.write(silences.publish_reservations(silence.id))
    people = await tell_ended(
        context, store, silence, document, saying("{symbol}: {ending}.", symbol=document.symbol, ending=words)
    )
    await tell_closed(context, store, document, words, silence.revision_id, already=people)
    passed = {"passed": True, "reservations": placed, "round": silence.round}
    moved = await _move(context, store, silence, document)
    return (_line("silence", silence, silence.id, passed), *moved)


async def _move(context: ActContext, store: Store, silence: Silence, document: Document) -> tuple[Entry, ...]:
    """The process's word for what the clock did stands on the document, even where a gate still holds the track back:
    the sweep tries such a move again when the gate opens."""
    track = context.place.track
    moves = () if track is None else clock_moves(context.definition(), track.definition, track.stage)
    act = next((move.act for move in moves if move.at == EDGE), None)
    endorsed = _line("document", silence, document.id, {"state": str(DocumentState.ENDORSED)}, act)
    return (endorsed,) if track is None else (endorsed, *await by_clock.move(context, store, track.id))


def _line(kind: str, silence: Silence, id_: UUID, detail: Mapping[str, object], act: str | None = None) -> Entry:
    """A line as of the instant itself, not of when the worker came to it."""
    return Entry(kind, id_, detail, act=act, at=silence.ends_at)
