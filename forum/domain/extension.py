"""More time for a window, with its reason, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from ..errors import InvalidValue, WindowClosed
from ..refusal import phrased
from ..times import in_years
from .call import Call
from .document import Document
from .enumeration import Words
from .noun import Noun
from .silence import MOST_HOURS, Silence
from .track import StageWindow


class ExtendedWindow(Words):
    """Which window was given more time."""

    CALL = "call", "A call for contributions."
    CONSULTATION = "consultation", "The consultation on a text."
    SILENCE = "silence", "A silence."
    STAGE = "stage", "The planned window of a stage."


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension(Noun):
    """A window was given more time: what it was, what it is, and why. On the record."""

    id: UUID
    edition_id: UUID
    of: ExtendedWindow
    call_id: UUID | None = None
    document_id: UUID | None = None
    silence_id: UUID | None = None
    stage_window_id: UUID | None = None
    was: datetime
    closes_at: datetime
    reason: str
    made_at: datetime


Window = Call | Document | Silence | StageWindow

REMEDIES: Mapping[ExtendedWindow, str] = MappingProxyType(
    {
        ExtendedWindow.CALL: "Let single organisations hand in late (permitLateContribution), or issue a new call.",
        ExtendedWindow.CONSULTATION: "Circulate the text again: that opens a new round of comments.",
        ExtendedWindow.SILENCE: "Put the text to the body again: that is a new round.",
        ExtendedWindow.STAGE: "Move the track on, or back, by hand (advanceStage).",
    }
)


# ---- rules
def need_open(of: ExtendedWindow, was: datetime, is_open: bool, now: datetime) -> None:
    """Refuses (WindowClosed) a window that is over, with what can be done instead."""
    if not is_open or was <= now:
        raise WindowClosed(closed_at=was, server_time=now, remedy=REMEDIES[of])


def extension_of(
    window: Window, was: datetime, closes_at: datetime, *, id_: UUID, edition_id: UUID, reason: str, now: datetime
) -> Extension:
    """The line of the record: which window, from when to when, and why."""
    return Extension(
        id=id_,
        edition_id=edition_id,
        of=kind_of(window),
        call_id=window.id if isinstance(window, Call) else None,
        document_id=window.id if isinstance(window, Document) else None,
        silence_id=window.id if isinstance(window, Silence) else None,
        stage_window_id=window.id if isinstance(window, StageWindow) else None,
        was=was,
        closes_at=closes_at,
        reason=reason,
        made_at=now,
    )


def kind_of(window: Window) -> ExtendedWindow:
    """What sort of window a noun has."""
    if isinstance(window, Call):
        return ExtendedWindow.CALL
    if isinstance(window, Document):
        return ExtendedWindow.CONSULTATION
    return ExtendedWindow.SILENCE if isinstance(window, Silence) else ExtendedWindow.STAGE


# ---- transitions: the noun with its later end (of a call: `domain/call.py`, `move_deadline`)
def extend_consultation(document: Document, closes_at: datetime) -> Document:
    """Open to comments until this instant."""
    return replace(document, comments_close_at=closes_at)


def extend_silence(silence: Silence, closes_at: datetime, remind_at: datetime | None) -> Silence:
    """Ends at this instant, with people reminded at the other. Refuses (InvalidValue) one that would last more than
    2,000 hours."""
    hours = (closes_at - silence.starts_at) / timedelta(hours=1)
    if hours > MOST_HOURS:
        reason = phrased(
            "A silence lasts {most:,} hours at most; with this it would last {hours:,.0f}.",
            most=MOST_HOURS,
            hours=hours,
        )
        raise InvalidValue(reason=reason).at_path("closesAt")
    return replace(silence, ends_at=closes_at, remind_at=remind_at)


def extend_stage(window: StageWindow, closes_at: datetime) -> StageWindow:
    """Closes at this instant; from now on it is counted from no anchor."""
    return replace(window, closes_at=closes_at, extended=True)


def move_along(window: StageWindow, length: timedelta, *, opens_too: bool) -> StageWindow:
    """Later by this length, its opening too where that is asked; from now on it is counted from no anchor.

    Refuses (InvalidValue) one that would lie beyond the years that are kept here.
    """
    opens_at = window.opens_at + length if opens_too and window.opens_at is not None else window.opens_at
    closes_at = window.closes_at and window.closes_at + length
    for moved in (opens_at, closes_at):
        if moved is not None:
            in_years(moved)
    return replace(window, opens_at=opens_at, closes_at=closes_at, extended=True)
