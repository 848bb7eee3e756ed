"""The service answers as the model of authority does, on random requests in random worlds; and no line of the model's
table can be loosened without a request that tells."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.model.table import ABOVE, ADMINISTRATOR, HOLDER, OFFICE, OFFICES, TABLE, Line
from tests.support.model.differences import Answered, Request, differing, enter, service, told, tried, wishes, world
from tests.support.model.invited import ASKS_IN
from tests.support.model.mutants import Mutant, of_invitations
from tests.support.model.worlds import Drawn, draw

SEEDS, SMALL, PEOPLE_ACTING = (1, 2), 42, 1


@pytest.fixture
async def asked(database: Any) -> Any:
    async with service(database.app_url) as made:
        yield made


async def test_the_service_answers_as_the_model_does(asked: Any) -> None:
    number, found = 0, []
    recorded: list[tuple[Drawn, Answered]] = []
    for seed in SEEDS:
        d = draw(seed, dt.datetime.now(dt.UTC))
        answered = await world(asked, d, PEOPLE_ACTING)
        recorded.append((d, answered))
        number += len(answered)
        found += [await told(asked, d, r) for r, _ in differing(d, answered)[:3]]
    assert found == [], "\n".join(found)
    assert number >= 2_000
    # Every answer there is was given: a comparison of refusals alone would say little.
    assert {said for _, answered in recorded for _, said in answered} >= {
        "YES", "sees", "does not see", "in force", "proposed", "HIDDEN", "NOT_SIGNED_IN", "AUTHORITY_NOT_YOURS",
        "ROLE_NOT_ALLOWED", "CHOOSE_MANDATE", "NOT_FOUND", "NOT_AT_THIS_STAGE", "MANDATE_STANDS", "WRONG_STATE",
    }  # fmt: skip
    # By an invitation, alone or in a list, somebody new comes to as much as by a gift, and to no more.
    for what in ASKS_IN:
        invited = {said for _, answered in recorded for r, said in answered if r.what == what and r.new}
        assert invited >= {"in force", "proposed", "AUTHORITY_NOT_YOURS", "ROLE_NOT_ALLOWED", "INVALID_VALUE"}
    acts = [(d, [(r, said) for r, said in answered if r.done]) for d, answered in recorded]
    assert [said for role, line, said in mutants() if not _is_found(acts, role, line)] == []
    asked_in = [(d, [(r, said) for r, said in answered if _of_an_invitation(r)]) for d, answered in recorded]
    assert [f"{m.what}: {m.wrong}" for m in of_invitations() if not _tells(asked_in, m)] == []


def _of_an_invitation(r: Request) -> bool:
    return r.what in ASKS_IN or r.thing.type == "Invitation"


def _tells(recorded: list[tuple[Drawn, Answered]], mutant: Mutant) -> bool:
    """Whether a request tells that the model goes by another rule."""
    with mutant.at_work():
        return any(differing(d, answered) for d, answered in recorded)


def _is_found(recorded: list[tuple[Drawn, Answered]], role: str, line: Line) -> bool:
    """Whether a request tells that the model has another line for this role."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(TABLE, role, line)
        return any(differing(d, answered) for d, answered in recorded)


def mutants() -> Iterator[tuple[str, Line, str]]:
    """Each line of the table, loosened by one word: the role, the line, and what was loosened."""
    for role, line in TABLE.items():
        for column in ("given", "proposed", "accepted", "ended"):
            words: frozenset[str] = getattr(line, column)
            for word in (OFFICE, ABOVE, ADMINISTRATOR, HOLDER):
                if word not in words and not _says_nothing_new(role, line, column, word):
                    loosened: dict[str, Any] = {column: words | {word}}
                    yield role, replace(line, **loosened), f"{role} {column} by {word}"
        if line.own:
            yield role, replace(line, own=False), f"{role} given at once to other organisations"


def _says_nothing_new(role: str, line: Line, column: str, word: str) -> bool:
    """An office has no holder who could speak; whose word gives a thing need not propose it."""
    return (word == HOLDER and role in OFFICES) or (column == "proposed" and word in line.given and not line.own)


async def test_a_difference_is_told_in_the_smallest_world_that_has_it(
    asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the model let an office accept what it proposed itself, three mandates are enough to show it."""
    d = draw(SMALL, dt.datetime.now(dt.UTC))
    await enter(asked, d)
    answered = [(r, await tried(asked, d, r)) for r in wishes(d) if r.what == "accept_mandate"]
    for role in ("representative", "delegate", "national_focal_point", "secretariat"):
        monkeypatch.setitem(TABLE, role, replace(TABLE[role], accepted=frozenset((OFFICE, ABOVE, ADMINISTRATOR))))
    said = await told(asked, d, differing(d, answered)[0][0])
    assert "The service says AUTHORITY_NOT_YOURS, the model YES." in said
    assert said.count(" by ") <= 4
