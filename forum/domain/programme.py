"""The programme of a meeting against the one before: what stays the same thing, and what reads otherwise.

A session, an item or a person stays the same thing while its title or name does, wherever it is moved; else while its
place does, so that a misspelt title can be put right. What texts cite keeps its identity so.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from .agenda import Panel, Session, Speaker
from .agenda_words import person_key
from .correction import Change
from .names import key


@dataclass(frozen=True)
class Placed:
    """A session, an item or a person of a programme. `place`: what people call it; `id`: on the record, None of what is
    new; `parts`: a session's items, an item's people."""

    place: str
    thing: Session | Panel | Speaker
    parts: tuple[Placed, ...] = ()
    id: UUID | None = None

    @property
    def title(self) -> str:
        """What it is known again by, wherever it stands."""
        return person_key(self.thing.name) if isinstance(self.thing, Speaker) else key(self.thing.title)

    def reads(self) -> str:
        """All that the programme says of it, its parts left out, on one line."""
        thing = self.thing
        if isinstance(thing, Speaker):
            name = " ".join(filter(None, (thing.honorific, thing.name)))
            words: list[str | None] = [f"{thing.role}: {name}", thing.function, thing.organisation, thing.country]
            return ", ".join(filter(None, (*words, thing.note)))
        held = [thing.date.isoformat() if thing.date else "", thing.time, thing.room]
        about = [] if isinstance(thing, Session) else [thing.description, *thing.questions]
        return "; ".join(filter(None, (" ".join(thing.title.split()), *held, *about)))

    def whole(self) -> Iterator[Placed]:
        """Itself, then what it consists of."""
        yield self
        for part in self.parts:
            yield from part.whole()


def placed(sessions: Sequence[Session]) -> tuple[Placed, ...]:
    """A programme with what people call each thing: by its number, else by its order."""
    return tuple(_session(session, n) for n, session in enumerate(sessions, 1))


def _session(session: Session, n: int) -> Placed:
    place = f"session {session.number}" if session.number is not None else f"part {n} of the programme"
    return Placed(place, session, tuple(_item(place, item, k) for k, item in enumerate(session.items, 1)))


def _item(session: str, item: Panel, n: int) -> Placed:
    place = f"{session}, {item.kind} {item.number}" if item.number is not None else f"{session}, item {n}"
    people = [Placed(f"{place}, person {k}", who) for k, who in enumerate(item.people(), 1)]
    return Placed(place, item, tuple(people))


def recorded(sessions: Sequence[Session], ids: Iterator[UUID]) -> tuple[Placed, ...]:
    """A programme as it stands on the record. `ids`: of each session, followed by its items, each by its people."""
    return tuple(_with_ids(session, ids) for session in placed(sessions))


def _with_ids(thing: Placed, ids: Iterator[UUID]) -> Placed:
    own = next(ids)
    return replace(thing, id=own, parts=tuple(_with_ids(part, ids) for part in thing.parts))


def known_again(old: Sequence[Placed], new: Sequence[Placed]) -> list[Placed | None]:
    """For each new thing the old one that it is, None for what was not there: by a title that each of both has once,
    else by the place of what is left over."""
    before, now = Counter(thing.title for thing in old), Counter(thing.title for thing in new)
    titled = {thing.title: thing for thing in old if thing.title and before[thing.title] == 1}
    found = [titled.get(thing.title) if now[thing.title] == 1 else None for thing in new]
    taken = {was.id for was in found if was is not None}
    left: dict[str, deque[Placed]] = {}  # a number may stand twice: first come, first known again
    for thing in old:
        if thing.id not in taken:
            left.setdefault(thing.place, deque()).append(thing)
    return [
        was or (left[thing.place].popleft() if left.get(thing.place) else None)
        for was, thing in zip(found, new, strict=True)
    ]


def carried(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Placed, ...]:
    """The new programme in which whatever was there before has the identity it had."""
    items = [item for session in new for item in session.parts]
    was = iter(known_again([item for session in old for item in session.parts], items))
    sessions = zip(new, known_again(old, new), strict=True)
    return tuple(
        _identified(session, before, tuple(_people(item, next(was)) for item in session.parts))
        for session, before in sessions
    )


def _people(item: Placed, was: Placed | None) -> Placed:
    before = known_again(was.parts if was else (), item.parts)
    people = [_identified(person, was_person, ()) for person, was_person in zip(item.parts, before, strict=True)]
    return _identified(item, was, tuple(people))


def _identified(thing: Placed, was: Placed | None, parts: tuple[Placed, ...]) -> Placed:
    return replace(thing, id=None if was is None else was.id, parts=parts)


def gone(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Placed, ...]:
    """What was on the programme and is no longer; `new` as `carried` gives it."""
    stays = {thing.id for session in new for thing in session.whole()}
    return tuple(thing for session in old for thing in session.whole() if thing.id not in stays)


def changes(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Change, ...]:
    """What reads otherwise, in the order of the new programme; then what is gone. `new` as `carried` gives it."""
    before = {thing.id: (thing, session.id) for session in old for thing in session.whole()}
    found = [_change(thing, session, before) for session in new for thing in session.whole()]
    return (
        *[change for change in found if change is not None],
        *[Change(thing.place, thing.reads(), None) for thing in gone(old, new)],
    )


def _change(thing: Placed, session: Placed, before: dict[UUID | None, tuple[Placed, UUID | None]]) -> Change | None:
    was, stood_in = before.get(thing.id, (None, None))
    if was is None:
        return Change(thing.place, None, thing.reads())
    moved = stood_in != session.id and not isinstance(thing.thing, Speaker)
    if moved or was.reads() != thing.reads():
        return Change(thing.place, f"{was.place}: {was.reads()}" if moved else was.reads(), thing.reads())
    return None
