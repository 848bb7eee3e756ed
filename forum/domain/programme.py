"""The programme of a meeting against the one before: what stays the same thing, and what reads otherwise.

A session, an item or a person stays the same thing while its title or name does, wherever it is moved; else while its
place does, so that a misspelt title can be put right. Of those that share a title ("Discussion") the first stays the
first, within its session before others. What texts cite keeps its identity so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
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

    @property
    def says(self) -> Session | Panel | Speaker:
        """All that is kept of the thing itself, its parts left out."""
        if isinstance(self.thing, Speaker):
            return replace(self.thing, gender=None)
        if isinstance(self.thing, Session):
            return replace(self.thing, items=(), day=None, starts=None, ends=None)
        return replace(self.thing, speakers=(), moderator=None, keynote=None, day=None, starts=None, ends=None)

    @property
    def number(self) -> int | None:
        """The number that is printed beside it."""
        return None if isinstance(self.thing, Speaker) else self.thing.number

    def reads(self) -> str:
        """All that the programme says of it, its parts left out, on one line."""
        thing = self.thing
        if isinstance(thing, Speaker):
            name = " ".join(filter(None, (thing.honorific, thing.name)))
            words: list[str | None] = [f"{thing.role}: {name}", thing.function, thing.organisation, thing.country]
            return ", ".join(filter(None, (*words, thing.note)))
        held = [thing.date.isoformat() if thing.date else "", thing.time, thing.room]
        title = " ".join(thing.title.split())
        if isinstance(thing, Session):
            return "; ".join(filter(None, (title, *held)))
        head = ": ".join(filter(None, (thing.kind, title)))
        return "; ".join(filter(None, (head, *held, thing.description, *thing.questions)))

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


# A thing with what it belongs to.
At = tuple[Hashable, Placed]
# By which two are the same, and whether only where both programmes have as many of it; tried in this order.
_SIGNS: tuple[tuple[Callable[[Hashable, Placed], Hashable], bool], ...] = (
    (lambda home, thing: (home, thing.says), True),
    (lambda home, thing: thing.title and (home, thing.title), True),
    (lambda _, thing: thing.says, True),
    (lambda _, thing: thing.title, True),
    (lambda _, thing: thing.title and (thing.title, thing.place), False),
    (lambda _, thing: thing.title, False),
    (lambda _, thing: thing.place, False),  # a number may stand twice: first come, first known again
)


def known_again(old: Sequence[At], new: Sequence[At]) -> list[Placed | None]:
    """For each new thing the old one that it is, None for what was not there: by all it says, by its title, at last by
    the place of what is left over. Those of one sign are taken in their order."""
    found: list[Placed | None] = [None] * len(new)
    left = dict(enumerate(old))
    for sign, as_many in _SIGNS:
        before, now = defaultdict[Hashable, list[int]](list), defaultdict[Hashable, list[int]](list)
        for n, at in left.items():
            before[sign(*at)].append(n)
        for n, at in enumerate(new):
            if found[n] is None:
                now[sign(*at)].append(n)
        for key_, these in now.items():
            same = before.get(key_, [])
            if key_ and (len(same) == len(these) or not as_many):
                for n, was in zip(these, same, strict=False):
                    found[n] = left.pop(was)[1]
    return found


def carried(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Placed, ...]:
    """The new programme in which whatever was there before has the identity it had."""
    sessions = known_again([(None, session) for session in old], [(None, session) for session in new])
    homes = [n if was is None else was.id for n, was in enumerate(sessions)]
    items = [(home, item) for home, session in zip(homes, new, strict=True) for item in session.parts]
    was = iter(known_again([(session.id, item) for session in old for item in session.parts], items))
    return tuple(
        _identified(session, before, tuple(_people(item, next(was)) for item in session.parts))
        for session, before in zip(new, sessions, strict=True)
    )


def _people(item: Placed, was: Placed | None) -> Placed:
    earlier = was.parts if was else ()
    before = known_again([(None, person) for person in earlier], [(None, person) for person in item.parts])
    people = [_identified(person, was_person, ()) for person, was_person in zip(item.parts, before, strict=True)]
    return _identified(item, was, tuple(people))


def _identified(thing: Placed, was: Placed | None, parts: tuple[Placed, ...]) -> Placed:
    return replace(thing, id=None if was is None else was.id, parts=parts)


def gone(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Placed, ...]:
    """What was on the programme and is no longer; `new` as `carried` gives it."""
    stays = {thing.id for session in new for thing in session.whole()}
    return tuple(thing for session in old for thing in session.whole() if thing.id not in stays)


def changes(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[Change, ...]:
    """What reads otherwise, in the order of the new programme; what stands in another order; then what is gone. `new`
    as `carried` gives it."""
    before = {thing.id: (thing, session.id) for session in old for thing in session.whole()}
    found = [_change(thing, session, before) for session in new for thing in session.whole()]
    return (
        *[change for change in found if change is not None],
        *_orders(old, new),
        *[Change(thing.place, thing.reads(), None) for thing in gone(old, new)],
    )


def _change(thing: Placed, session: Placed, before: dict[UUID | None, tuple[Placed, UUID | None]]) -> Change | None:
    was, stood_in = before.get(thing.id, (None, None))
    if was is None:
        return Change(thing.place, None, thing.reads())
    moved = stood_in != session.id and not isinstance(thing.thing, Speaker)
    if moved or was.number != thing.number:
        return Change(thing.place, f"{was.place}: {was.reads()}", thing.reads())
    if was.says == thing.says:
        return None
    if was.reads() != thing.reads():
        return Change(thing.place, was.reads(), thing.reads())
    return Change(thing.place, *_apart(was.says, thing.says))  # the same words, and another thing is said by them


def _apart(was: Session | Panel | Speaker, now: Session | Panel | Speaker) -> tuple[str, str]:
    """Two that read the same, by the fields in which they differ: "function: Mayor; organisation: none"."""
    names = [field.name for field in fields(now) if getattr(was, field.name, None) != getattr(now, field.name)]
    of_both = [[(name, getattr(thing, name, None)) for name in names] for thing in (was, now)]
    before, after = ["; ".join(f"{name}: {_word(value)}" for name, value in pairs) for pairs in of_both]
    return before, after


def _word(value: object) -> str:
    return " / ".join(value) or "none" if isinstance(value, tuple) else str(value or "none")


def _orders(old: Sequence[Placed], new: Sequence[Placed]) -> Iterator[Change]:
    """Where those that stay beside each other stand in another order than before."""
    before = {thing.id: thing.parts for session in old for thing in session.whole()}
    groups = [("order of the sessions", old, new)]
    for session in new:
        groups.append((f"order in {session.place}", before.get(session.id, ()), session.parts))
        groups += [(f"order of people in {item.place}", before.get(item.id, ()), item.parts) for item in session.parts]
    for what, were, are in groups:
        stay = {thing.id for thing in were} & {thing.id for thing in are}
        was, now = ([thing for thing in things if thing.id in stay] for things in (were, are))
        if [thing.id for thing in was] != [thing.id for thing in now]:
            yield Change(what, "; ".join(map(_short, was)), "; ".join(map(_short, now)))


def _short(thing: Placed) -> str:
    """What it is called, on one line; where it has no title its former place says which it is."""
    title = thing.thing.name if isinstance(thing.thing, Speaker) else thing.thing.title
    return " ".join(title.split()) or thing.reads() or thing.place
