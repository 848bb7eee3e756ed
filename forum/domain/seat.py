"""The life of a seat: how an organisation's part in a forum changes and ends. What was stays on the record."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ..errors import InvalidValue, UnknownCode, WrongState
from ..refusal import phrased
from .body import Participation


def need_to_come(starts_at: datetime, now: datetime) -> None:
    """Refuses (InvalidValue) a seat that begins in the past: who took part then is not written anew."""
    if starts_at < now:
        reason = "A seat begins now or later. Leave startsAt out for now; what was before is the operator's to enter."
        raise InvalidValue(reason=reason).at_path("startsAt")


def in_order(mechanisms: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """The codes of a seat's mechanisms, each once, sorted. Refuses (UnknownCode) one that is none here."""
    codes = tuple(sorted(set(mechanisms)))
    for code in codes:
        if code not in known:
            hint = f"The mechanisms here: {', '.join(sorted(known)) or 'none'}."
            raise UnknownCode(scheme="the mechanisms", given=code[:60], hint=hint).at_path("mechanisms")
    return codes


def end_seat(seat: Participation, ends_at: datetime, reason: str, now: datetime) -> Participation:
    """The seat with its end. What was handed in stands. Refuses (WrongState) a seat that has ended; (InvalidValue) an
    end in the past or before its beginning, and one that would put off the end that stands: to prolong is to admit."""
    need_not_over("end_participation", seat, now)
    if ends_at < now or ends_at <= seat.starts_at:
        raise InvalidValue(reason="A seat ends now or later, and after it began.").at_path("endsAt")
    if seat.ends_at is not None and ends_at > seat.ends_at:
        reason = "It ends earlier already, and an end is not put off. Admit the organisation for the time after."
        raise InvalidValue(reason=reason).at_path("endsAt")
    return replace(seat, ends_at=ends_at, end_reason=reason)


def change_seat(seat: Participation, wanted: Participation, reason: str, now: datetime) -> Participation:
    """The seat as it ends where the one that is `wanted` in its place begins; that one holds as long as it would have.

    Refuses (WrongState) a seat that has ended; (InvalidValue) a change in the past, before the seat's beginning or
    after its end, and one that changes nothing.
    """
    need_not_over("change_seat", seat, now)
    at = wanted.starts_at
    if at < now or at <= seat.starts_at:
        raise InvalidValue(reason="A seat changes now or later, and after it began.").at_path("startsAt")
    if seat.ends_at is not None and at >= seat.ends_at:
        reason = "It has ended by then. Admit the organisation for the time after."
        raise InvalidValue(reason=reason).at_path("startsAt")
    if (wanted.status, sorted(wanted.mechanisms)) == (seat.status, sorted(seat.mechanisms)):
        raise InvalidValue(reason="That is what the seat is already: say what changes.").at_path("status")
    return replace(seat, ends_at=at, end_reason=reason)


def need_no_silence(at: datetime, until: datetime | None, *path: str) -> None:
    """Refuses (InvalidValue, at `path`) to take a seat or an office from a body's member while a text lies before the
    body (`until`): who was asked may answer, whoever would like it otherwise."""
    if until is not None and at < until:
        reason = phrased(
            "A text lies before this body until {until}, and who was asked may answer until then. Name that instant, "
            "or a later one.",
            until=until.isoformat(timespec="seconds"),
        )
        raise InvalidValue(reason=reason).at_path(*path)


def need_not_over(act: str, seat: Participation, now: datetime) -> None:
    """Refuses (WrongState) a seat that has ended."""
    if seat.ends_at is not None and seat.ends_at <= now:
        raise WrongState(act=act, state="a seat that has ended", needs=("a seat that is held, or is to be",))
