"""An operator's file of bodies, entered a second time: what is safe is changed, what is not is named, nothing is left
unsaid; and a plan of it changes nothing."""

import pytest
import sqlalchemy as sa

from forum import administration, app
from forum.errors import FileRefused, NotFound
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.store.unit import begin

FILE = """
[[organisations]]
name = "Norway"
kind = "state"
country_code = "NO"

[[forums]]
slug = "f"
name = "Forum"
layer = "national"
kind = "forum"

[[participations]]
forum = "f"
status = "member"
starts = "2020-01-01"
organisations = ["Norway"]

[[offices]]
forum = "f"
organisation = "Norway"
office = "chair"
starts = "2020-01-01"
"""


@pytest.fixture
async def parts(database):
    made = await app.parts(Settings(mode="serve"), database.app_url)
    yield made
    await made.close()


async def enter(parts, text, **more):
    return await administration.enter_bodies(parts, text.encode("utf-8-sig"), file="bodies.toml", **more)


async def rows(parts, table):
    async with begin(parts.runner.engine) as unit:
        return await unit.all(sa.select(table))


async def test_a_plan_says_what_would_come_and_changes_nothing(parts):
    before = await rows(parts, t.history)
    planned = await enter(parts, FILE, plan=True)
    assert planned.rows == 4
    assert not await rows(parts, t.organisation)
    assert await rows(parts, t.history) == before
    assert (await enter(parts, FILE)).rows == 4
    assert (await enter(parts, FILE)).rows == 0


async def test_a_process_that_is_not_published_is_said_by_the_plan_and_nothing_is_entered(parts):
    text = FILE.replace('kind = "forum"', 'kind = "forum"\nprocess = "nowhere"')
    for plan in (True, False):
        with pytest.raises(NotFound, match="nowhere"):
            await enter(parts, text, plan=plan)
    assert not await rows(parts, t.forum)


async def test_what_is_safe_is_changed_on_the_record_and_the_rest_is_named(parts):
    await enter(parts, FILE)
    text = (
        FILE.replace('country_code = "NO"', 'country_code = "NO"\nshort_name = "NOR"')
        .replace('name = "Forum"', 'name = "Forum of Norway"\nzone = "Europe/Oslo"')
        .replace('layer = "national"', 'layer = "global"')
        .replace('status = "member"', 'status = "observer"')
        .replace('office = "chair"\n', 'office = "chair"\nends = "2021-01-01"\n')
    )
    entered = await enter(parts, text)
    assert entered.rows == 0
    assert [line.split(":")[0] for line in entered.changed] == [
        "[[organisations]] number 1, short_name", "[[forums]] number 1, name", "[[forums]] number 1, zone",
    ]  # fmt: skip
    left = "\n".join(entered.left)
    assert "[[forums]] number 1, layer: national stands, the file says global" in left
    assert "[[participations]] number 1, status of Norway: member stands, the file says observer (changeSeat" in left
    assert "[[offices]] number 1, ends_at" in left
    [forum] = await rows(parts, t.forum)
    assert (forum["name"], forum["zone"], forum["layer"]) == ("Forum of Norway", "Europe/Oslo", "national")
    [organisation] = await rows(parts, t.organisation)
    assert (organisation["short_name"], organisation["name_keys"]) == ("NOR", ["norway", "nor"])
    lines = [row["detail"] for row in await rows(parts, t.history) if row["subject_kind"] == "forum"]
    assert any('"was":"Forum"' in line and '"now":"Forum of Norway"' in line for line in lines)
    again = await enter(parts, text)
    assert (again.rows, again.changed, again.left) == (0, (), entered.left)


async def test_every_row_that_names_what_stands_nowhere_is_said_once(parts):
    text = (
        FILE.replace('organisations = ["Norway"]', 'organisations = ["Nor\u00a0way", "Sweden"]').replace(
            'organisation = "Norway"', 'organisation = "NORWAY"'
        )
        + '\n[[mechanisms]]\ncode = "states"\nname = "States"\nforum = "g"\n'
    )
    with pytest.raises(FileRefused) as refused:
        await enter(parts, text)
    assert refused.value.message.splitlines() == [
        "bodies.toml, line 13, [[participations]] number 1: There is no organisation named Nor\u00a0way, in the file "
        "or here.",
        "bodies.toml, line 25, [[mechanisms]] number 1: There is no forum named g, in the file or here.",
    ]
    assert not await rows(parts, t.organisation)


async def test_what_follows_from_a_row_that_is_refused_is_not_said_again(parts):
    await enter(parts, FILE)
    twin = FILE.replace('name = "Norway"', 'name = "Noreg"').replace('["Norway"]', '["Noreg"]')
    with pytest.raises(FileRefused) as refused:
        await enter(parts, twin.replace('organisation = "Norway"', 'organisation = "Noreg"'))
    [line] = refused.value.message.splitlines()
    assert line.startswith("bodies.toml, line 2, [[organisations]] number 1, name: Norway is here already")
