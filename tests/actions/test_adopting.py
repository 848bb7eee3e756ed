"""A forum works by its own process: adopted from a template or another forum, taken up again, told of newer ones."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from forum.actions.edition.open_edition import AnchorDate
from forum.actions.process import versions as _versions
from forum.errors import (
    AuthorityNotYours,
    InvalidValue,
    NotFound,
    NotSignedIn,
    ProcessMissing,
    ProcessNotAdopted,
    ProcessUnsound,
    RoleNotAllowed,
    StageInUse,
    VersionTaken,
)
from forum.store import processes
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.load import digest, parse
from tests.support.actions.small_process import LATER, RENAMED, SMALL, summit
from tests.support.scene import DAY, scene

OPEN = SMALL.replace('name = "small"', 'name = "open_to_all"')


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await template(made, SMALL)
        yield made


async def template(s, text, forum=None):
    async with begin(s.engine) as unit:
        owner = None if forum is None else s.forums[forum]
        id_, _ = await _versions.publish(unit, s.runner.processes, parse(text), owner, s.now)
        await unit.connection.commit()
    return id_


async def adopt(s, process="small", by="secretariat.rcp", forum="rcp"):
    return (await s.do("adopt_process", by, forum=s.forums[forum], process=process))["process"]


async def current(s, forum="rcp"):
    async with begin(s.engine) as unit:
        return await unit.ask(processes.current(s.forums[forum]))


async def opened(s, forum="rcp", by="secretariat.rcp", name="This year"):
    given = {"process": "small", "zone": "UTC", "anchors": (AnchorDate("summit", summit(s)),)}
    return (await s.do("open_edition", by, forum=s.forums[forum], name=name, **given))["edition"]


async def test_a_forum_without_a_process_adopts_a_template_and_opens_an_edition(s):
    with pytest.raises(ProcessMissing):
        await opened(s)
    id_ = await adopt(s)
    row = await s.row(t.process_definition, id=id_)
    [origin] = await s.rows(t.process_definition, name="small", forum_id=None)
    assert (row["forum_id"], row["adopted_from_id"], row["text"]) == (s.forums["rcp"], origin["id"], origin["text"])
    assert row["adopted_at"] is not None
    edition = await s.row(t.edition, id=await opened(s))
    assert edition["process_id"] == id_
    [line] = await s.rows(t.history, act="adopt_process")
    assert (line["subject_id"], line["actor_id"]) == (id_, s.people["secretariat.rcp"])


async def test_adopting_again_what_it_works_by_changes_nothing(s):
    id_ = await adopt(s)
    before = await current(s)
    assert await adopt(s) == id_
    assert await adopt(s, digest(SMALL)) == id_
    assert await current(s) == before
    assert len(await s.rows(t.history, act="adopt_process")) == 1


@pytest.mark.parametrize(
    ("by", "refusal"),
    [("focal.kenya", RoleNotAllowed), ("secretariat", RoleNotAllowed), ("secretariat.hlpf", RoleNotAllowed),
     ("rep.network", RoleNotAllowed), (None, NotSignedIn)],
)  # fmt: skip
async def test_only_the_forums_office_adopts(s, by, refusal):
    """Of a forum without a process, and of one whose text is silent about it: there the floor speaks."""
    with pytest.raises(refusal):
        await adopt(s, by=by)
    await adopt(s)
    with pytest.raises(refusal):
        await adopt(s, "gfmd", by=by)
    assert (await current(s)).name == "small"


async def test_another_forums_text_is_adopted_by_its_hash_or_a_name_that_only_it_has(s):
    theirs = await template(s, OPEN, "hlpf")
    by_name = await adopt(s, "open_to_all")
    assert (await s.row(t.process_definition, id=by_name))["adopted_from_id"] == theirs
    assert await adopt(s, digest(OPEN)) == by_name
    with pytest.raises(InvalidValue, match="hash"):  # now two have one of that name
        await adopt(s, "open_to_all", by="secretariat", forum="gfmd")
    assert await adopt(s, digest(OPEN), by="secretariat", forum="gfmd")


async def test_what_nobody_published_is_not_there(s):
    for nobody in ("unheard_of", "f" * 64, "", " "):
        with pytest.raises(NotFound) as refused:
            await adopt(s, nobody)
        assert refused.value.path == ("process",)


async def test_a_text_it_had_before_is_taken_up_again(s):
    first = await adopt(s)
    later = (await s.do("publish_process", "secretariat.rcp", forum=s.forums["rcp"], text=LATER))["process"]
    assert (await current(s)).id == later
    await s.shift(DAY)
    assert await adopt(s, digest(SMALL)) == first
    assert (await current(s)).id == first
    assert (await s.row(t.edition, id=await opened(s)))["process_id"] == first


async def test_a_version_names_one_text_among_a_forums_own(s):
    await adopt(s)
    own = SMALL.replace('version = "1"', 'version = "3"') + "# ours\n"
    await s.do("publish_process", "secretariat.rcp", forum=s.forums["rcp"], text=own)
    await template(s, SMALL.replace('version = "1"', 'version = "3"'))
    with pytest.raises(VersionTaken) as refused:
        await adopt(s)
    assert refused.value.path == ("process",)


async def test_what_would_leave_a_running_edition_nowhere_to_go_is_not_adopted(s):
    await adopt(s)
    id_ = await opened(s)
    [main] = [row for row in await s.rows(t.track, edition_id=id_) if row["name"] == "main"]
    await s.change(t.track, main["id"], stage="drafting")
    await template(s, RENAMED)
    with pytest.raises(StageInUse):
        await adopt(s)


async def test_a_text_that_is_no_longer_sound_is_not_adopted(s):
    given = SMALL.replace(
        'clone_edition = { by = ["secretariat"] }', 'clone_edition = { by = ["secretariat", "delegate"] }'
    )
    row = {"id": fresh(), "name": "loose", "version": "1", "hash": digest(given), "text": given, "published_at": s.now}
    await s.add(t.process_definition, row)  # as it was published before there was a floor
    with pytest.raises(ProcessUnsound) as refused:
        await adopt(s, "loose")
    assert [one.code for one in refused.value.findings] == ["below_floor"]


async def test_a_process_is_not_taken_from_the_edition_of_another_forum(s):
    """Its name and hash are public; it becomes the forum's own by adopting it, and not by naming it."""
    await adopt(s)
    given = {"name": "Ours", "zone": "UTC", "anchors": (AnchorDate("summit", summit(s)),)}
    with pytest.raises(ProcessNotAdopted) as refused:
        await s.do("open_edition", "secretariat.rcp", forum=s.forums["rcp"], process="gfmd", **given)
    assert refused.value.own == ("small",)
    assert refused.value.path == ("process",)


async def test_an_edition_moves_to_a_version_of_the_forums_own_only(s):
    await adopt(s)
    edition = await opened(s)
    newer = await template(s, LATER)
    given = {"edition": edition, "reason": "So."}
    with pytest.raises(ProcessNotAdopted):
        await s.do("migrate_edition", "secretariat.rcp", process=newer, **given)
    await s.do("migrate_edition", "secretariat.rcp", process=await adopt(s), **given)


async def test_teams_of_adopters_are_told_of_a_newer_template_once_and_nobody_else(s):
    await adopt(s)
    newer = await template(s, LATER)
    assert await template(s, LATER) == newer
    told = await s.rows(t.notice, kind="template_published")
    assert [row["person_id"] for row in told] == [s.people["secretariat.rcp"]]
    assert "small 2 is published" in told[0]["words"]
    assert (await current(s)).version == "1"  # nothing changes until its office adopts it


async def test_a_body_without_a_process_follows_the_forum_that_set_it_up(s):
    """Seats of the Steering Group are given by the GFMD's office, by the GFMD's process."""
    given = {"organisation": s.organisations["network"], "office": "member", "starts_at": s.now}
    for by in ("secretariat.rcp", "focal.kenya", "secretariat.hlpf"):
        with pytest.raises(AuthorityNotYours):
            await s.do("grant_mandate", by, forum=s.forums["steering"], **given)
    ids = await s.do("grant_mandate", "secretariat", forum=s.forums["steering"], **given)
    assert (await s.row(t.mandate, id=ids["mandate"]))["forum_id"] == s.forums["steering"]


async def test_a_body_with_a_process_of_its_own_follows_that_one(s):
    await s.change(t.forum, s.forums["rcp"], parent_id=s.forums["hlpf"])
    await adopt(s, by="secretariat.hlpf")
    assert (await current(s)).name == "small"
    with pytest.raises(RoleNotAllowed):  # the body above gave it a process; now it is judged by its own
        await adopt(s, "gfmd", by="secretariat.hlpf")


async def test_no_text_gives_a_forum_away_whenever_it_was_published(s):
    """The floor is asked at each act, so a text from before there was one gives no more than others."""
    text = SMALL.replace('= { by = ["secretariat"] }\n', '= { by = ["secretariat", "national_focal_point"] }\n')
    async with begin(s.engine) as unit:
        row = {"id": fresh(), "name": "old", "version": "1", "hash": digest(text), "text": text}
        own = {"forum_id": s.forums["rcp"], "published_at": s.now, "adopted_at": s.now}
        await unit.run(sa.insert(t.process_definition).values(**row, **own))
        await unit.connection.commit()
    await s.add(t.participation, {
        "id": fresh(), "forum_id": s.forums["rcp"], "organisation_id": s.organisations["kenya"], "status": "member",
        "mechanisms": [], "starts_at": s.now - DAY,
    })  # fmt: skip
    later = replace(parse(text)).text.replace('version = "1"', 'version = "2"')
    with pytest.raises(RoleNotAllowed) as refused:
        await s.do("publish_process", "focal.kenya", forum=s.forums["rcp"], text=later)
    assert refused.value.roles == ("secretariat",)
