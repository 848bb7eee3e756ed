"""How long silences last: none shorter than is allowed where it runs, and none so short that nobody is reminded."""

from collections.abc import Iterator
from datetime import timedelta

from .. import when
from ..finding import Finding
from ..process import Process
from ..vocabulary import DEFAULT_REMINDER


def findings(process: Process) -> Iterator[Finding]:
    """Closings whose silence is too short."""
    yield from _hours(process)
    yield from _reminded(process)


def _hours(process: Process) -> Iterator[Finding]:
    for closing in process.closings.values():
        kinds = {document.kind for document in process.documents.values() if document.closing == closing.id}
        tracks = [track for track in process.tracks.values() if kinds & set(track.documents)]
        lengths = [process.least("silence", track) for track in tracks] or [process.minimums.silence]
        least = max(length or timedelta() for length in lengths)
        if closing.name == "no_objection" and timedelta(hours=closing.hours) < least:
            text = (
                f"The silence of {closing.id} lasts {closing.hours} hours, "
                f"and this forum allows none under {when.spoken(least)}."
            )
            remedy = f"Write hours = {-(-int(least.total_seconds()) // 3600)}, or change [minimums]."
            yield Finding("silence_too_short", text, remedy, closing.line)


def _reminded(process: Process) -> Iterator[Finding]:
    """Silences so short that nobody would ever be reminded; the usual day before is no fault of a file that says
    nothing."""
    for closing in process.closings.values():
        asked = closing.reminder_hours
        if closing.name == "no_objection" and asked >= closing.hours and asked != DEFAULT_REMINDER:
            text = (
                f"The silence of {closing.id} lasts {closing.hours} hours: {asked} hours before its end none has begun."
            )
            remedy = f"Write reminder_hours = {max(closing.hours // 2, 0)}, or 0 where nobody is to be reminded."
            yield Finding("reminder_before_silence", text, remedy, closing.line)
