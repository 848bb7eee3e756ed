"""An edition does not move to a version that takes away a right in use; once that is over, it does."""

import pytest

from forum import errors
from forum.store import clock, versions
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.load import digest
from tests.support.scene import DAY, WORKFLOWS, scene
from tests.support.silence_scene import drafted, ended, put

GFMD = (WORKFLOWS / "gfmd.toml").read_text("utf-8")
OBJECTING = 'break_silence = { by = ["member"], window = "silence" }'
SAVING = 'save_contribution = { by = ["contributors"], statuses = ["member", "observer"], window = "call" }'
COMMENTING = 'add_comment = { by = ["everyone"], window = "consultation" }'


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def version(s, before, after):
    """A later version of the GFMD's process, with these words instead of those."""
    assert before in GFMD, before
    text = GFMD.replace('version = "', 'version = "later ', 1).replace(before, after)
    id_ = fresh()
    row = {"id": id_, "name": "gfmd", "version": "later", "hash": digest(text), "text": text, "published_at": s.now}
    await s.add(t.process_definition, {**row, "forum_id": s.forums["gfmd"]})
    return id_


async def migrate(s, process):
    return await s.do("migrate_edition", "secretariat", edition=s.editions["gfmd"], process=process, reason="R")


async def in_use(s):
    async with begin(s.engine) as unit:
        now = await unit.ask(clock.moment())
        found = await unit.ask(versions.rights_in_use(s.editions["gfmd"], now))
    return {(right.place.track, right.thing) for right in found}


async def test_who_may_object_to_a_running_silence_may_after_a_migration(s):
    document, _ = await drafted(s, "Fair recruitment.")
    silence = await put(s, document)
    assert ("focused_input", "silence") in await in_use(s)
    narrower = await version(s, OBJECTING, OBJECTING.replace("member", "secretariat"))
    with pytest.raises(errors.RightNarrowed) as refused:
        await migrate(s, narrower)
    assert refused.value.path == ("process",)
    assert [(f.code, f.track, f.stage) for f in refused.value.findings] == [
        ("right_narrowed", "focused_input", "no_objection")
    ]
    assert "break_silence is given to member" in refused.value.message
    assert (await s.row(t.edition, id=s.editions["gfmd"]))["process_id"] != narrower
    await s.stage("focused", "drafting")  # by hand: whoever may object still may, and loses it no more than before
    with pytest.raises(errors.RightNarrowed):
        await migrate(s, narrower)
    await s.stage("focused", "no_objection")
    assert await ended(s, silence) == "passed"
    assert ("focused_input", "silence") not in await in_use(s)
    await s.do("switch_reminders", "secretariat", call=s.call, remind=False)
    await migrate(s, narrower)


async def test_a_wider_right_is_no_hindrance(s):
    document, _ = await drafted(s, "Fair recruitment.")
    await put(s, document)
    await migrate(s, await version(s, OBJECTING, OBJECTING.replace('"member"', '"member", "delegate"')))


async def test_who_answers_an_open_call_or_mends_what_was_returned_may_after_a_migration(s):
    given = await s.input("rep.network")
    await s.do("return_contribution", "secretariat", contribution=given, reason="Say where.")
    assert {("main", "call"), ("main", "returned")} <= await in_use(s)
    narrower = await version(s, SAVING, SAVING.replace("contributors", "delegate"))
    with pytest.raises(errors.RightNarrowed, match="representative"):
        await migrate(s, narrower)


async def test_what_is_over_is_in_use_no_more(s):
    await s.do("permit_late_contribution", "secretariat", call=s.call, reason="R", until=s.now + 60 * DAY,
               organisation=s.organisations["kenya"])  # fmt: skip
    assert {("main", "call"), ("main", "permit")} <= await in_use(s)
    await s.shift(50 * DAY)
    assert await in_use(s) == {("main", "permit")}
    await s.shift(70 * DAY)
    assert await in_use(s) == set()


async def test_who_comments_on_an_open_text_may_after_a_migration(s):
    await s.stage("main", "consultation")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Fair recruitment.")
    await s.do("circulate_document", "secretariat", document=document, label="Rev.1",
               comments_close_at=s.now + 15 * DAY)  # fmt: skip
    assert ("main", "consultation") in await in_use(s)
    with pytest.raises(errors.RightNarrowed, match="add_comment"):
        await migrate(s, await version(s, COMMENTING, COMMENTING.replace("everyone", "delegate")))
