"""The model's rules on invitations, each made wrong in one way: somebody more may, or less, or more comes of it.

A comparison that finds none of these would find no such fault of the service either.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.model import giving, sight, world
from tests.model.giving import NOT_YOURS, ROLE, STATE, YES
from tests.model.table import SPEAKING, TEAM
from tests.model.world import Mandate, World, administers, heads, held
from tests.support.model import differences
from tests.support.model.invited import ASKS_IN

Rule = Callable[..., Any]
_Side = Callable[[World, Mandate, str | None, str | None], bool]


@dataclass(frozen=True)
class Mutant:
    """A rule that stands in the place of another: of which act, and how it is wrong."""

    what: str
    wrong: str
    rule: Rule

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The model goes by it."""
        with pytest.MonkeyPatch.context() as patch:
            if self.what in ASKS_IN:
                patch.setitem(differences._GIVING, self.what, self.rule)
            else:
                patch.setattr(*_PLACES[self.what], self.rule)
            yield


_PLACES: Mapping[str, tuple[object, str]] = {
    "end_invitation": (giving, "end_invitation"),
    "it": (sight, "sees_invitation"),
}


# ---- who may ask in, and what comes of it
def _more(gives: Callable[[World, Mandate, Mandate], bool]) -> Rule:
    """An invitation also by whoever has such a mandate: what they ask somebody in for is given."""

    def invite(w: World, person: str, new: Mandate) -> Mandate | str:
        answer = giving.invite(w, person, new)
        refused = isinstance(answer, str) and answer in (NOT_YOURS, ROLE)
        more = refused and any(gives(w, mine, new) for mine in held(w, person))
        return replace(new, state="in force") if more else answer

    return invite


def _in_force(w: World, person: str, new: Mandate) -> Mandate | str:
    answer = giving.invite(w, person, new)
    return answer if isinstance(answer, str) else replace(answer, state="in force")


def _waits(w: World, person: str, new: Mandate) -> Mandate | str:
    answer = giving.invite(w, person, new)
    return answer if isinstance(answer, str) else replace(answer, state="proposed")


def _past_the_process(w: World, person: str, new: Mandate) -> Mandate | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(giving, "narrowed", lambda *_: YES)
        return giving.invite(w, person, new)


def _never_of_a_forum(w: World, person: str, new: Mandate) -> Mandate | str:
    return NOT_YOURS if new.forum else giving.invite(w, person, new)


def _never_of_an_organisation(w: World, person: str, new: Mandate) -> Mandate | str:
    return giving.invite(w, person, new) if new.forum else NOT_YOURS


_INVITES: Mapping[str, Rule] = {
    "anybody who holds something may": _more(lambda w, mine, new: True),
    "the rest of a team may": _more(lambda w, mine, new: mine.role in TEAM and mine.forum == new.forum),
    "who speaks for the organisation may": _more(
        lambda w, mine, new: mine.role in SPEAKING and mine.organisation == new.organisation
    ),
    "an administrator may for a forum": _more(
        lambda w, mine, new: new.forum is not None and administers(mine, new.organisation)
    ),
    "an office may of any other forum": _more(lambda w, mine, new: any(heads(w, mine, forum) for forum in w.forums)),
    "what the forum's process says counts for nothing": _past_the_process,
    "what must wait is in force": _in_force,
    "what is in force must wait": _waits,
    "a forum's office may not": _never_of_a_forum,
    "an administrator may not": _never_of_an_organisation,
}


# ---- who ends one, and who knows of it
def _ends(side: _Side | None = None, *, fewer: bool = False, whatever: bool = False) -> Rule:
    def end_invitation(w: World, person: str, by: str | None, organisation: str, *, waits: bool) -> str:
        mine = world.asks_in(w, person, by, organisation) and not (fewer and by is not None)
        more = side is not None and any(side(w, m, by, organisation) for m in held(w, person))
        return (YES if waits or whatever else STATE) if mine or more else NOT_YOURS

    return end_invitation


def _sees(side: _Side | None = None, *, fewer: bool = False) -> Rule:
    def sees_invitation(w: World, person: str | None, by: str | None, organisation: str) -> bool:
        mine = world.asks_in(w, person, by, organisation) and not (fewer and by is not None)
        return mine or (side is not None and any(side(w, m, by, organisation) for m in held(w, person)))

    return sees_invitation


_MORE: Mapping[str, _Side] = {
    "anybody who holds something": lambda w, m, by, organisation: True,
    "the rest of the team": lambda w, m, by, organisation: by is not None and m.role in TEAM and m.forum == by,
    "who speaks for the organisation": lambda w, m, by, organisation: (
        m.role in SPEAKING and m.organisation == organisation
    ),
    "the administrators, of what a forum made": lambda w, m, by, organisation: administers(m, organisation),
    "the offices above": lambda w, m, by, organisation: any(heads(w, m, body) for body in world.above(w, by)),
    "any office": lambda w, m, by, organisation: any(heads(w, m, forum) for forum in w.forums),
}


def of_invitations() -> list[Mutant]:
    """All of them."""
    return [
        *(Mutant(what, wrong, rule) for what in ASKS_IN for wrong, rule in _INVITES.items()),
        *(Mutant("end_invitation", f"{who} may", _ends(side)) for who, side in _MORE.items()),
        Mutant("end_invitation", "a forum's office may not", _ends(fewer=True)),
        Mutant("end_invitation", "one that was answered can be ended", _ends(whatever=True)),
        *(Mutant("it", f"{who} know of it", _sees(side)) for who, side in _MORE.items()),
        Mutant("it", "the forum's office does not know of it", _sees(fewer=True)),
    ]
