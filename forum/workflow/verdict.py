"""What the engine takes and gives: who acts, the window's instants, the answers of the gates; the verdict."""

from dataclasses import dataclass, field
from datetime import datetime

from ..refusal import Refusal
from ..times import aware


@dataclass(frozen=True)
class Standing:
    """In what capacity somebody acts: the roles of the mandate, and the statuses and mechanisms of the organisation.

    `convenors`: where the mandate is from a forum that convenes the track, that forum's layer, process and short name.
    `subject`: whether that organisation is the one the track reviews.
    """

    roles: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    mechanisms: frozenset[str] = frozenset()
    convenors: frozenset[str] = frozenset()
    subject: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Window:
    """From `opens_at` on and before `closes_at`; None leaves that side open. Naive times are refused.

    `late_until`: until then what comes is still taken, as late. The deadline that people are told remains
    `closes_at`.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    late_until: datetime | None = None

    def __post_init__(self) -> None:
        for instant in (self.opens_at, self.closes_at, self.late_until):
            if instant is not None:
                aware(instant)

    def lasts(self, now: datetime) -> bool:
        """Whether it has opened and is not over. A window without an end lasts."""
        return (self.opens_at is None or self.opens_at <= now) and not self.over(now)

    def over(self, now: datetime) -> bool:
        """Whether the deadline and the time granted after it have passed; the very instant counts as passed."""
        if self.closes_at is None or now < self.closes_at:
            return False
        return self.late_until is None or now >= self.late_until


@dataclass(frozen=True)
class GateAnswer:
    """What a gate said: open or not, in a sentence, how many things are still open, and the first of them by id."""

    name: str
    open: bool
    sentence: str = ""
    open_count: int = 0
    open_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Yes, or the refusal the act would give.

    `possible_from`: where only time is in the way, the first instant at which it no longer is, as far as is planned.
    """

    yes: bool
    because: Refusal | None = None
    possible_from: datetime | None = None
