"""What an operator does about people at the machine (`forum people`): on the record, and by the same table."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from forum.actions.mandate.giving import need_looked_after
from forum.administration import RoleGiven, end_role, give_role, move_duties, people
from forum.domain.mandate import Mandate, Role
from forum.errors import InvalidValue, LeavesDutyAlone, MandateStands, NotFound, NothingInForce, WrongState
from forum.store.tables import schema as t
from tests.support.fake_store import FakeStore
from tests.support.nouns import NOON, some_id
from tests.support.scene import scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def parts(s) -> Any:
    return SimpleNamespace(runner=s.runner)


async def waiting(s):
    return {(row["subject"], m.role) for m, row in await people(parts(s), waiting=True)}


async def test_the_first_administrator_is_entered_and_others_are_proposed(s):
    first = await give_role(parts(s), RoleGiven("admin.kenya", Role.ADMINISTRATOR, "An Administrator", "Kenya"))
    assert first.accepted_at is not None
    proposed = await give_role(parts(s), RoleGiven("new.delegate", Role.DELEGATE, None, "Kenya"))
    assert await waiting(s) == {("new.delegate", "delegate")}
    with pytest.raises(MandateStands):
        await give_role(parts(s), RoleGiven("new.delegate", Role.DELEGATE, None, "Kenya"))
    await s.do("accept_mandate", "admin.kenya", mandate=proposed.id)
    assert await waiting(s) == set()
    assert ("new.delegate", "delegate") in {(r["subject"], m.role) for m, r in await people(parts(s), waiting=False)}
    lines = await s.rows(t.history, subject_id=proposed.id)
    assert sorted((line["act"], line["actor_id"] is None) for line in lines) == [
        ("accept_mandate", False),
        ("grant_mandate", True),
    ]
    told = await s.rows(t.notice, kind="mandate")
    assert {row["person_id"] for row in told} == {first.person_id, proposed.person_id}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (RoleGiven("x", Role.ADMINISTRATOR, None, "Nowhere"), NotFound),
        (RoleGiven("x", Role.PENHOLDER, None, "Kenya", "nowhere"), NotFound),
        (RoleGiven(" ", Role.ADMINISTRATOR, None, "Kenya"), InvalidValue),
        (RoleGiven("x", Role.COORDINATOR, None, None, "gfmd", "trees"), InvalidValue),
    ],
)
async def test_what_cannot_be_entered(s, given, refused):
    with pytest.raises(refused):
        await give_role(parts(s), given)


async def test_a_mandate_is_ended_and_the_last_of_its_kind_only_on_purpose(s):
    focal = s.mandates["focal.kenya"]
    await end_role(parts(s), focal, "A new post.", leave_alone=False)
    assert (await s.row(t.mandate, id=focal))["end_reason"] == "A new post."
    with pytest.raises(WrongState):
        await end_role(parts(s), focal, "Again.", leave_alone=False)
    with pytest.raises(LeavesDutyAlone) as last:
        await end_role(parts(s), s.mandates["secretariat"], "Gone.", leave_alone=False)
    assert "running edition" in last.value.duty
    await end_role(parts(s), s.mandates["secretariat"], "Gone.", leave_alone=True)
    with pytest.raises(NotFound):
        await end_role(parts(s), s.call, "No mandate.", leave_alone=True)


async def test_duties_move_and_what_speaks_for_an_organisation_waits_again(s):
    moved = await move_duties(parts(s), "secretariat", "successor", "Retired.")
    assert [(m.role, m.accepted_at is not None) for m in moved] == [("secretariat", True)]
    await s.do("switch_reminders", "successor", call=s.call, remind=False)
    spoken = await move_duties(parts(s), "focal.kenya", "next.focal", "A new post.")
    assert [m.accepted_at for m in spoken] == [None]
    assert await waiting(s) == {("next.focal", "national_focal_point")}
    with pytest.raises(NotFound):
        await move_duties(parts(s), "focal.kenya", "somebody", "Twice.")
    with pytest.raises(NothingInForce):
        await s.do("switch_reminders", "secretariat", call=s.call, remind=True)


async def test_what_was_never_in_force_leaves_nothing_alone():
    """A store that knows nothing: it is not even asked."""
    proposed = Mandate(id=some_id(1), role=Role.SECRETARIAT, forum_id=some_id(2), starts_at=NOON)
    await need_looked_after(FakeStore({}), proposed, NOON)
    with pytest.raises(KeyError):
        await need_looked_after(FakeStore({}), replace(proposed, accepted_at=NOON), NOON)
