"""Terms of office: what is in force at an instant, and the troika, derived from the chair's terms and never stored.

Terms run 12, 18 or 24 months, may leave gaps, may overlap at a handover, and may be shared by co-chairs: then each of
the three places can hold more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..errors import InvalidValue
from ..refusal import phrased
from ..times import aware


@dataclass(frozen=True)
class Term:
    """`holder` holds an office from an instant to an instant (`ends_at` None: no end is set). Refuses an empty span."""

    holder: str
    starts_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        aware(self.starts_at)
        if self.ends_at is not None and aware(self.ends_at) <= self.starts_at:
            raise InvalidValue(
                reason=phrased(
                    "The term of {holder} ends before it starts. Mend one of the two dates.", holder=self.holder
                )
            )


@dataclass(frozen=True)
class Troika:
    """The terms before, now and after. `current` is empty in a gap between two terms."""

    previous: tuple[Term, ...]
    current: tuple[Term, ...]
    next: tuple[Term, ...]

    def holders(self) -> tuple[str, ...]:
        """Each holder once, in the order previous, current, next."""
        return tuple(dict.fromkeys(term.holder for term in (*self.previous, *self.current, *self.next)))


def in_force(starts_at: datetime, ends_at: datetime | None, at: datetime) -> bool:
    """Whether `starts_at <= at < ends_at`. Refuses naive times."""
    return aware(starts_at) <= aware(at) and (ends_at is None or at < aware(ends_at))


def troika(terms: Iterable[Term], at: datetime) -> Troika:
    """Previous, current and next chairs at an instant.

    Current: every term in force. Previous: the one that ended last, with its co-chairs; next: the one that starts
    first, with its co-chairs. A co-chair of a running term who left early, or joins late, belongs to that term.
    """
    known = sorted(terms, key=_by_start)
    current = tuple(t for t in known if in_force(t.starts_at, t.ends_at, at))
    others = [t for t in known if t not in current and not any(_shared(t, c) for c in current)]
    ended = [t for t in others if t.ends_at is not None and t.ends_at <= at]
    coming = [t for t in others if t.starts_at > at]
    return Troika(
        previous=_with_partners(ended, lambda candidates: max(candidates, key=lambda t: (t.ends_at or at, t.holder))),
        current=current,
        next=_with_partners(coming, lambda candidates: min(candidates, key=_by_start)),
    )


def _by_start(term: Term) -> tuple[datetime, str]:
    return term.starts_at, term.holder


def _with_partners(terms: list[Term], lead: Callable[[list[Term]], Term]) -> tuple[Term, ...]:
    if not terms:
        return ()
    first = lead(terms)
    return tuple(t for t in terms if t == first or _shared(t, first))


def _shared(term: Term, other: Term) -> bool:
    """Co-chairs overlap for more than half of the shorter term; a handover of some weeks is not a shared term."""
    if term.ends_at is None or other.ends_at is None:
        # Without an end nothing can be halved: those that begin together are taken to serve together.
        return term.starts_at == other.starts_at
    overlap = min(term.ends_at, other.ends_at) - max(term.starts_at, other.starts_at)
    shorter = min(term.ends_at - term.starts_at, other.ends_at - other.starts_at)
    return overlap > timedelta(0) and overlap * 2 > shorter
