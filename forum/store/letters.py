"""Letters: written for notices, taken by one worker at a time, and what became of them.

Whose a letter is stands in its parts, behind row-level security (migration 0019): a worker names the one letter it
sends, or the one person it writes to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.letter import LetterState
from .tables import schema as t
from .unit import UnitOfWork, random_id

_CLAIM = "SELECT set_config('forum.letter', $1, true), set_config('forum.reader', $2, true)"
LEASE = timedelta(minutes=5)  # longer than one try takes, whatever the relay does


@dataclass(frozen=True)
class ToPost:
    """A notice for which no letters were written yet: whom it is for, or of which input or comment it is (then the
    side that wrote it is told)."""

    id: UUID
    person_id: UUID | None
    kind: str
    forum_id: UUID | None


@dataclass(frozen=True)
class Taken:
    """A letter that one worker has for a while; `tries`: how often it was tried, with this time.
    `invitation_id`: of a letter that invites."""

    id: UUID
    due_at: datetime
    tries: int
    invitation_id: UUID | None = None


@dataclass(frozen=True)
class News:
    """What a letter tells: a notice with the forum it is of, if any. `side`: it tells of the reader's own text, and
    says so to nobody else."""

    notice: UUID
    kind: str
    words: str
    saying: str | None
    sent_at: datetime
    forum_id: UUID | None
    forum: str | None
    forum_zone: str | None
    side: bool


@dataclass(frozen=True)
class Addressed:
    """Whose a letter is, and what it tells."""

    person: UUID
    subject: str
    name: str
    news: tuple[News, ...]


async def to_post(unit: UnitOfWork, most: int) -> list[ToPost]:
    """Notices for which no letters were written yet, held until the transaction ends; the earliest first."""
    n, e = t.notice, t.edition
    forum = sa.select(e.c.forum_id).where(e.c.id == n.c.edition_id).scalar_subquery()
    waiting = sa.select(n.c.id, n.c.person_id, n.c.kind, forum.label("forum_id")).where(~n.c.posted)
    rows = waiting.order_by(n.c.sent_at, n.c.id).limit(most).with_for_update(skip_locked=True, of=n)
    return [ToPost(**row) for row in await unit.all(rows)]


async def posted(unit: UnitOfWork, notices: Sequence[UUID]) -> None:
    """Letters were written for these, or they go to nobody."""
    await unit.run(sa.update(t.notice).where(t.notice.c.id.in_(notices)).values(posted=True))


async def waiting_for(unit: UnitOfWork, person: UUID, due_at: datetime) -> UUID | None:
    """The letter to a person that waits for this instant and nobody has taken yet; held, so that nobody takes it."""
    await _claim(unit, reader=person)
    x, p = t.letter, t.letter_part
    mine = sa.select(p.c.letter_id).where(p.c.person_id == person)
    untouched = sa.and_(x.c.id.in_(mine), x.c.due_at == due_at, x.c.state == LetterState.WAITING, x.c.tries == 0)
    found: UUID | None = await unit.scalar(sa.select(x.c.id).where(untouched).limit(1).with_for_update())
    return found


async def write(unit: UnitOfWork, letters: Sequence[tuple[UUID, datetime]], parts: Sequence[Any]) -> None:
    """Write new letters (id, due) and parts (letter, notice, person)."""
    await unit.add(t.letter, *({"id": id_, "due_at": due} for id_, due in letters))
    rows = [{"id": random_id(), "letter_id": x, "notice_id": n, "person_id": p} for x, n, p in parts]
    await unit.add(t.letter_part, *rows)


async def take(unit: UnitOfWork, now: datetime, lease: timedelta) -> Taken | None:
    """The next letter that is due and nobody has; it is this worker's for the length of the lease."""
    x, real = t.letter, sa.func.clock_timestamp()
    free = sa.or_(x.c.taken_until.is_(None), x.c.taken_until <= real)
    first = sa.select(x.c.id).where(x.c.state == LetterState.WAITING, x.c.due_at <= now, free)
    earliest = first.order_by(x.c.due_at, x.c.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    taking = sa.update(x).where(x.c.id == earliest).values(taken_until=real + lease, tries=x.c.tries + 1)
    row = await unit.first(taking.returning(x.c.id, x.c.due_at, x.c.tries, x.c.invitation_id))
    return None if row is None else Taken(**row)


async def addressed(unit: UnitOfWork, letter: UUID) -> Addressed | None:
    """Whose a letter is and what it tells, the earliest first."""
    await _claim(unit, letter=letter)
    x, n, p, e, f = t.letter_part, t.notice, t.person, t.edition, t.forum
    rows = await unit.all(
        sa.select(
            x.c.person_id, p.c.subject, p.c.name, n.c.id.label("notice"), n.c.kind, n.c.words, n.c.saying, n.c.sent_at,
            f.c.id.label("forum_id"), sa.func.coalesce(f.c.acronym, f.c.name).label("forum"),
            f.c.zone.label("forum_zone"), n.c.person_id.is_(None).label("side"),
        )
        .select_from(
            x.join(n, n.c.id == x.c.notice_id).join(p, p.c.id == x.c.person_id)
            .outerjoin(e, e.c.id == n.c.edition_id).outerjoin(f, f.c.id == e.c.forum_id)
        )
        .where(x.c.letter_id == letter)
        .order_by(n.c.sent_at, n.c.id)
    )  # fmt: skip
    if not rows:
        return None
    news = tuple(News(**{name: row[name] for name in News.__dataclass_fields__}) for row in rows)
    return Addressed(rows[0]["person_id"], rows[0]["subject"], rows[0]["name"], news)


async def ended(unit: UnitOfWork, letter: UUID, state: LetterState, now: datetime, refusal: str | None = None) -> None:
    """What became of a letter. `refusal`: the code of the relay's answer."""
    await unit.change(t.letter, letter, state=state, ended_at=now, refusal=refusal, taken_until=None)


async def sent(unit: UnitOfWork, letter: UUID) -> Taken | None:
    """A letter that the relay took; None of any other."""
    x = t.letter
    wanted = sa.select(x.c.id, x.c.due_at, x.c.tries, x.c.invitation_id)
    row = await unit.first(wanted.where(x.c.id == letter, x.c.state == LetterState.SENT))
    return None if row is None else Taken(**row)


async def returned(unit: UnitOfWork, letter: UUID, now: datetime, status: str) -> bool:
    """A letter that the relay took has failed after all; False where somebody marked it before."""
    x = t.letter
    marking = sa.update(x).where(x.c.id == letter, x.c.state == LetterState.SENT)
    done = await unit.run(marking.values(state=LetterState.FAILED, ended_at=now, refusal=status).returning(x.c.id))
    return done.first() is not None


async def put_off(unit: UnitOfWork, letter: UUID, wait: timedelta) -> None:
    """A letter is tried again after a while."""
    x = t.letter
    await unit.run(sa.update(x).where(x.c.id == letter).values(taken_until=sa.func.clock_timestamp() + wait))


async def _claim(unit: UnitOfWork, *, letter: UUID | None = None, reader: UUID | None = None) -> None:
    await unit.connection.send(_CLAIM, str(letter or ""), str(reader or ""))
