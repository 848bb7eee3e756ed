"""Versions of a process: published once, migrated to and back row by row, cloned; and what is refused on the way."""

import argparse
import asyncio
import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from forum.actions.call.issue_call import SectionAsked
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest
from forum.actions.edition.migrate_edition import StageMove
from forum.actions.edition.open_edition import AnchorDate, ThemePlan, TrackPlan
from forum.actions.process import versions as _versions
from forum.cli import publishing
from forum.domain.viewer import Viewer
from forum.errors import (
    ActInTheWay,
    DatesUnsound,
    FileRefused,
    InvalidValue,
    NotFound,
    ProcessNameTaken,
    ProcessUnsound,
    RoleNotAllowed,
    StageInUse,
    VersionTaken,
    WordNotAllowed,
    WrongState,
)
from forum.settings import load
from forum.store.steps import write
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.load import digest, parse
from tests.support.actions.small_process import LATER, MAPPED, RENAMED, SMALL, summit
from tests.support.scene import DAY, scene

ZONE = "Europe/Zurich"
STEERING = uuid.UUID(int=0)  # stands for the steering group, whose id each scene draws anew


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        async with begin(made.engine) as unit:
            await _versions.publish(unit, made.runner.processes, parse(SMALL), made.forums["gfmd"], made.now)
            await unit.connection.commit()
        yield made


async def publish(s, text=LATER, by="secretariat", forum="gfmd"):
    return (await s.do("publish_process", by, forum=s.forums[forum], text=text))["process"]


async def edition(s, name="This year", **more):
    given = {"process": "small", "zone": ZONE, "anchors": (AnchorDate("summit", summit(s)),), **more}
    return (await s.do("open_edition", "secretariat", forum=s.forums["gfmd"], name=name, **given))["edition"]


async def track(s, edition_id, name="main"):
    return await s.row(t.track, edition_id=edition_id, name=name)


CHANGING = {"history", "migration", "migrated_track", "notice", "request_key"}  # the record of what was done


async def dump(s):
    """Every row of every table but the record itself."""
    async with begin(s.engine) as unit:
        rows = {}
        for table in t.metadata.sorted_tables:
            if table.name not in CHANGING and not table.name.startswith("pgqueuer"):
                rows[table.name] = sorted(str(row) for row in await unit.all(sa.select(table)))
        return rows


# ---- publishing
async def test_a_definition_is_published_under_its_hash_once(s):
    await edition(s)
    first = await publish(s)
    row = await s.row(t.process_definition, id=first)
    assert (row["name"], row["version"], row["hash"], row["forum_id"]) == (
        "small",
        "2",
        digest(LATER),
        s.forums["gfmd"],
    )
    assert await publish(s) == first
    assert await publish(s, LATER.replace("\n", "\r\n")) == first
    assert len(await s.rows(t.history, act="publish_process", subject_id=first)) == 1


async def test_only_the_office_publishes(s):
    await edition(s)
    with pytest.raises(RoleNotAllowed):
        await publish(s, by="penholder")


async def test_a_text_that_is_not_sound_is_refused_with_every_finding(s):
    await edition(s)
    wrong = LATER.replace('to = ["closed"]', "to = []").replace(
        'by = ["secretariat"] }\nrecord_disposition', 'by = ["secretry"] }\nrecord_disposition'
    )
    with pytest.raises(ProcessUnsound) as refused:
        await publish(s, wrong)
    found = refused.value.findings
    assert len(found) == refused.value.count > 1
    assert {"unknown_role", "dead_end"} <= {one.code for one in found}
    assert all(one.message and one.remedy and one.line for one in found)
    assert {(one.track, one.stage) for one in found} >= {("main", "drafting")}
    with pytest.raises(FileRefused) as unread:
        await publish(s, "name = ")
    assert unread.value.path == ("text",)
    assert not await s.rows(t.process_definition, version="2")


async def test_a_version_names_one_text(s):
    await edition(s)
    await publish(s)
    with pytest.raises(VersionTaken):
        await publish(s, LATER + "# another remark\n")


async def test_two_who_publish_one_version_at_once_do_not_both(s):
    await edition(s)
    texts = [LATER + f"# {n}\n" for n in range(4)]
    done = await asyncio.gather(*(publish(s, text) for text in texts), return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert all(isinstance(one, VersionTaken) for one in done if isinstance(one, Exception))


async def test_no_chair_takes_another_forums_name(s):
    await edition(s)
    await publish(s)
    with pytest.raises(ProcessNameTaken):
        await publish(s, LATER.replace('version = "2"', 'version = "3"'), by="secretariat.hlpf", forum="hlpf")
    with pytest.raises(ProcessNameTaken):  # of the definitions that come with the service, and not published yet
        await publish(s, LATER.replace('name = "small"', 'name = "imrf"'))
    own = await publish(s, LATER.replace('name = "small"', 'name = "quite_new"'))
    assert (await s.row(t.process_definition, id=own))["forum_id"] == s.forums["gfmd"]


async def test_a_name_is_looked_up_among_the_forums_own_texts(s):
    """`small` is the GFMD's own: nobody else has it by its name."""
    await edition(s)
    theirs = await publish(s)
    processes = s.runner.processes
    async with begin(s.engine) as unit:
        assert (await processes.own(unit, "small", s.forums["gfmd"]))[0] == theirs
        for other in ("consultation", "hlpf"):  # neither a body the GFMD set up nor another forum
            assert await processes.own(unit, "small", s.forums[other]) is None
        assert (await processes.named(unit, "small"))[0] == theirs
        with pytest.raises(NotFound):
            await processes.named(unit, "unheard_of")


async def test_a_text_under_another_name_waits_until_it_is_adopted(s):
    """The GFMD works by `gfmd`: what it publishes as `small` it may open editions under, and is not judged by."""
    new = await publish(s)
    assert (await s.row(t.process_definition, id=new))["adopted_at"] is None
    await s.do("adopt_process", "secretariat", forum=s.forums["gfmd"], process=digest(LATER))
    assert (await s.row(t.process_definition, id=new))["adopted_at"] is not None
    third = await publish(s, LATER.replace('version = "2"', 'version = "3"'))  # of the name it works by now
    assert (await s.row(t.process_definition, id=third))["adopted_at"] is not None


async def test_a_stage_in_use_is_not_dropped_without_a_map(s):
    id_ = await edition(s)
    main = await track(s, id_)
    call = await issue(s, main["id"])
    await s.change(t.track, main["id"], stage="drafting")
    await s.do("draft_document", "secretariat", track=main["id"], kind="report", title="R", symbol="R/1", language="en")
    with pytest.raises(StageInUse) as refused:
        await publish(s, RENAMED)
    [use] = refused.value.uses
    assert (use.edition_id, use.track_id, use.stage) == (f"Edition:{id_}", f"Track:{main['id']}", "drafting")
    assert (use.open_calls, use.documents, use.inputs, use.silences) == ((f"Call:{call}",), 1, 0, 0)
    await publish(s, MAPPED)


async def test_a_stage_somebody_could_stand_at_needs_a_map_as_well(s):
    await edition(s)  # at call
    with pytest.raises(ProcessUnsound) as refused:
        await publish(s, RENAMED)
    assert [(one.code, one.stage) for one in refused.value.findings] == [("moves_stage_lost", "drafting")]


async def test_the_map_is_asked_for_running_editions_only(s):
    id_ = await edition(s)
    await s.change(t.edition, id_, state="closed")
    await publish(s, RENAMED)


# ---- migrating
async def issue(s, track_id, **more):
    given = {
        "title": "Call",
        "text": "Write.",
        "zone": ZONE,
        "closes_at": s.now + 9 * DAY,
        "sections": (SectionAsked(code="a", prompt="What?"),),
    }
    return (await s.do("issue_call", "secretariat", track=track_id, **{**given, **more}))["call"]


async def migrate(s, id_, process, by="secretariat", **more):
    return (await s.do("migrate_edition", by, edition=id_, process=process, reason="The Chair wishes it.", **more))[
        "migration"
    ]


async def moved(s, text=MAPPED, stage="drafting"):
    """An edition under version 1 with its main track at a stage, and a version to go to."""
    id_ = await edition(s)
    main = await track(s, id_)
    await s.change(t.track, main["id"], stage=stage, stage_since=s.now - DAY)
    return id_, await publish(s, text)


async def test_an_edition_moves_with_its_stages_and_dates(s):
    id_, new = await moved(s)
    old = (await s.row(t.edition, id=id_))["process_id"]
    migration = await migrate(s, id_, new)
    assert (await s.row(t.edition, id=id_))["process_id"] == new
    main = await track(s, id_)
    assert main["stage"] == "writing"
    assert main["stage_since"] > s.now  # another stage begins now
    windows = {row["stage"]: row for row in await s.rows(t.stage_window, track_id=main["id"])}
    assert set(windows) == {"call", "writing"}
    assert windows["writing"]["closes_at"] == summit(s, 32)
    row = await s.row(t.migration, id=migration)
    assert (row["from_process_id"], row["to_process_id"], row["undone_at"]) == (old, new, None)
    left = {r["track_id"]: r for r in await s.rows(t.migrated_track, migration_id=migration)}
    assert (left[main["id"]]["from_stage"], left[main["id"]]["to_stage"]) == ("drafting", "writing")
    assert len(left) == 2
    assert (await s.row(t.history, act="migrate_edition"))["subject_id"] == migration


async def test_a_stage_that_keeps_its_name_goes_on_as_it_began(s):
    id_, new = await moved(s, stage="call")
    before = await track(s, id_)
    await migrate(s, id_, new)
    after = await track(s, id_)
    assert (after["stage"], after["stage_since"]) == ("call", before["stage_since"])


async def test_the_chairs_team_is_told_once(s):
    id_, new = await moved(s)
    migration = await migrate(s, id_, new)
    told = await s.rows(t.notice, cause_id=migration)
    assert {row["person_id"] for row in told} == {s.people[who] for who in ("secretariat", "penholder", "liaison")}
    assert {row["kind"] for row in told} == {"migrated"}
    assert all("The Chair wishes it." in row["words"] for row in told)


async def test_there_and_back_leaves_every_row_as_it_was(s):
    id_, new = await moved(s)
    main = await track(s, id_)
    window = await s.row(t.stage_window, track_id=main["id"], stage="drafting")
    await s.change(t.stage_window, window["id"], extended=True, closes_at=s.now + 35 * DAY)
    await s.change(t.track, main["id"], held_at=s.now - DAY / 2)
    before = await dump(s)
    await migrate(s, id_, new)
    there = await dump(s)
    assert there != before
    assert {name for name in there if there[name] != before[name]} >= {"edition", "track", "stage_window"}
    await s.do("undo_migration", "secretariat", edition=id_)
    assert await dump(s) == before
    assert (await s.row(t.migration))["undone_at"] is not None
    assert (await s.row(t.history, act="undo_migration"))["edition_id"] == id_
    await migrate(s, id_, new)  # and there again
    assert (await track(s, id_))["stage"] == "writing"


async def test_an_extended_date_goes_with_its_stage(s):
    id_, new = await moved(s)
    main = await track(s, id_)
    window = await s.row(t.stage_window, track_id=main["id"], stage="drafting")
    await s.change(t.stage_window, window["id"], extended=True, closes_at=s.now + 35 * DAY)
    await migrate(s, id_, new)
    after = await s.row(t.stage_window, track_id=main["id"], stage="writing")
    assert (after["id"], after["closes_at"], after["extended"]) == (window["id"], s.now + 35 * DAY, True)


async def test_a_date_that_the_new_version_counts_from_is_given_and_taken_back(s):
    text = LATER.replace("[release]", '[anchors.review]\ntitle = "Review"\n\n[release]', 1).replace(
        'ends = "60 days after summit"', 'ends = "1 day after review"'
    )
    id_, new = await moved(s, text)
    before = await dump(s)
    with pytest.raises(InvalidValue, match="review"):
        await migrate(s, id_, new)
    assert await dump(s) == before
    with pytest.raises(InvalidValue, match="already"):
        await migrate(s, id_, new, anchors=(AnchorDate("summit", s.now + 50 * DAY),))
    await migrate(s, id_, new, anchors=(AnchorDate("review", summit(s, 90)),))
    assert (await s.row(t.edition, id=id_))["ends_at"] == summit(s, 91)
    await s.do("undo_migration", "secretariat", edition=id_)
    assert await dump(s) == before


async def test_a_stage_that_would_have_closed_already_is_not_moved_to(s):
    """The summit was 5 days from now: the present stage would have closed yesterday."""
    id_ = await edition(s, anchors=(AnchorDate("summit", summit(s, 12)),))
    main = await track(s, id_)
    await s.change(t.track, main["id"], stage="drafting")  # closes in 2 days
    sooner = LATER.replace('closes = "8 days before', 'closes = "13 days before')
    new = await publish(s, sooner)
    before = await dump(s)
    with pytest.raises(InvalidValue, match="would have closed") as refused:
        await migrate(s, id_, new)
    assert refused.value.path == ("process",)
    assert await dump(s) == before


async def test_an_input_handed_in_while_its_edition_moves_is_in_one_piece(s):
    """Whichever comes first: it is handed in whole, and the edition has moved."""
    id_, new = await moved(s, stage="call")
    call = await issue(s, (await track(s, id_))["id"])
    s.call = call
    done = await asyncio.gather(
        *(s.input(by) for by in ("rep.network", "rep.quito")), migrate(s, id_, new), return_exceptions=True
    )
    assert not [one for one in done if isinstance(one, Exception)]
    inputs = await s.rows(t.contribution, edition_id=id_)
    assert sorted(row["state"] for row in inputs) == ["submitted", "submitted"]
    assert (await s.row(t.edition, id=id_))["process_id"] == new


async def test_after_the_next_act_it_is_not_taken_back(s):
    id_, new = await moved(s)
    with pytest.raises(WrongState):
        await s.do("undo_migration", "secretariat", edition=id_)
    await migrate(s, id_, new)
    await s.do("advance_stage", "secretariat", track=(await track(s, id_))["id"], to="closed")
    with pytest.raises(ActInTheWay) as refused:
        await s.do("undo_migration", "secretariat", edition=id_)
    assert refused.value.act == "advance_stage"
    assert refused.value.done_at is not None


async def test_of_an_act_that_is_not_attributed_nothing_is_told_but_that_it_was(s):
    id_, new = await moved(s, stage="call")
    call = await issue(s, (await track(s, id_))["id"])
    await migrate(s, id_, new)
    await s.do("save_contribution", "rep.network", call=call, title="Frank words", language="en", attribution="none")
    with pytest.raises(ActInTheWay) as refused:
        await s.do("undo_migration", "secretariat", edition=id_)
    assert refused.value.done_at is None
    assert "contribution" not in refused.value.message
    assert "network" not in refused.value.message.lower()


async def test_a_place_can_be_mapped_otherwise_in_the_act(s):
    id_, new = await moved(s, MAPPED)
    await migrate(s, id_, new, moves=(StageMove("main", "drafting", "call"),))
    assert (await track(s, id_))["stage"] == "call"


async def test_an_edition_does_not_move_to_where_something_would_be_lost(s):
    id_ = await edition(s)
    main = await track(s, id_)
    await s.change(t.edition, id_, state="closed")  # so that the version is published without a map
    new = await publish(s, RENAMED)
    await s.change(t.edition, id_, state="running")
    await s.change(t.track, main["id"], stage="drafting")
    before = await dump(s)
    with pytest.raises(StageInUse) as in_use:
        await migrate(s, id_, new)
    assert in_use.value.path == ("process",)
    with pytest.raises(ProcessUnsound) as refused:
        await migrate(s, id_, new, moves=(StageMove("main", "drafting", "closed"),))
    assert [one.code for one in refused.value.findings] == ["moves_end"]
    assert await dump(s) == before
    await migrate(s, id_, new, moves=(StageMove("main", "drafting", "writing"),))


@pytest.mark.parametrize(
    ("moves", "path"),
    [
        ([("main", "darfting", "call")], ("moves", "0", "stage")),
        ([("mian", "drafting", "call")], ("moves", "0", "track")),
        ([("main", "drafting", "writing"), ("main", "call", "drafting")], ("moves", "1", "toStage")),
        ([("main", "drafting", "writing", "path")], ("moves", "0", "toTrack")),
        ([("main", "drafting", "writing"), ("main", "drafting", "call")], ("moves", "1", "stage")),
    ],
)
async def test_a_map_with_a_wrong_place_or_two_ways_is_refused_where_it_says_so(s, moves, path):
    id_, new = await moved(s, MAPPED)
    before = await dump(s)
    with pytest.raises(InvalidValue) as refused:
        await migrate(s, id_, new, moves=tuple(StageMove(*move) for move in moves))
    assert refused.value.path == path
    assert await dump(s) == before


async def test_what_texts_hold_is_kept(s):
    id_, _ = await moved(s)
    main = await track(s, id_)
    await s.do("draft_document", "secretariat", track=main["id"], kind="report", title="R", symbol="R/1", language="en")
    other = LATER.replace('version = "2"', 'version = "3"').replace("documents.report", "documents.paper")
    other = other.replace('["report"]', '["paper"]').replace('document = "report"', 'document = "paper"')
    with pytest.raises(ProcessUnsound) as refused:
        await publish(s, other)
    assert [one.code for one in refused.value.findings] == ["moves_document_lost"]


@pytest.mark.parametrize(
    ("by", "wrong", "refusal"),
    [
        ("penholder", {}, RoleNotAllowed),
        ("secretariat", {"process": "itself"}, InvalidValue),
        ("secretariat", {"process": "nowhere"}, NotFound),
        ("secretariat", {"process": "another"}, InvalidValue),
        ("secretariat", {"reason": " "}, InvalidValue),
    ],
)
async def test_a_migration_that_makes_no_sense_is_refused(s, by, wrong, refusal):
    id_, new = await moved(s)
    here = (await s.row(t.edition, id=id_))["process_id"]
    another = (await s.row(t.process_definition, name="gfmd"))["id"]
    ids = {"itself": here, "nowhere": fresh(), "another": another}
    given = {"process": new, "reason": "So.", **wrong}
    given["process"] = ids.get(given["process"], given["process"])
    with pytest.raises(refusal):
        await s.do("migrate_edition", by, edition=id_, **given)
    assert not await s.rows(t.migration)


async def test_of_two_migrations_at_once_one_wins(s):
    id_, new = await moved(s)
    done = await asyncio.gather(*(migrate(s, id_, new) for _ in range(5)), return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert all(isinstance(one, InvalidValue) for one in done if isinstance(one, Exception))
    assert len(await s.rows(t.migration)) == 1


async def test_an_act_that_waited_for_a_migration_is_judged_by_the_new_text(s):
    """The track goes from `drafting`, which leads to `closed`, to a text in which the office may no longer move it
    on."""
    text = MAPPED.replace(
        'advance_stage = { by = ["secretariat"] }\nissue', 'advance_stage = { by = ["penholder"] }\nissue'
    )
    id_, new = await moved(s, text)
    main = await track(s, id_)
    migrating = asyncio.Event()
    read = asyncio.Event()

    async def held():
        """A migration that has done its work and does not commit before the act waits for it."""
        async with begin(s.engine) as unit:
            person = await unit.person("secretariat")
            known = CATALOGUE["migrate_edition"]
            command: Any = known.command
            do = command(edition=id_, process=new, reason="So.")
            await s.runner._act(unit, ActRequest(known, do, "secretariat"), person, Viewer.of(person))
            migrating.set()
            await read.wait()
            await unit.connection.commit()

    async def waits() -> bool:
        async with begin(s.engine) as unit:
            waiting = sa.text(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            return bool(await unit.scalar(waiting))

    first = asyncio.create_task(held())
    await migrating.wait()
    second = asyncio.create_task(s.do("advance_stage", "secretariat", track=main["id"], to="closed"))
    while not (second.done() or await waits()):
        pass
    read.set()
    await first
    with pytest.raises(RoleNotAllowed, match="penholder"):
        await second
    assert (await track(s, id_))["stage"] == "writing"


async def test_a_migration_that_breaks_off_leaves_nothing(s, monkeypatch):
    id_, new = await moved(s)
    before = await dump(s)

    async def breaks(*_, **__):
        raise ConnectionError("the line broke")

    monkeypatch.setattr("forum.store.notices.tell", write(breaks))  # the last thing that a migration writes
    with pytest.raises(ConnectionError):
        await migrate(s, id_, new)
    assert await dump(s) == before
    for table in (t.migration, t.migrated_track, t.notice):
        assert not await s.rows(table)


# ---- opening and cloning
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"anchors": ()}, DatesUnsound),
        ({"anchors": (AnchorDate("summmit", dt.datetime(2030, 1, 1, tzinfo=dt.UTC)),)}, InvalidValue),
        ({"tracks": (TrackPlan("main", "a"), TrackPlan("main", "b"))}, InvalidValue),
        ({"tracks": (TrackPlan("regional", "a"), TrackPlan("regional", "a"))}, InvalidValue),
        ({"tracks": tuple(TrackPlan("regional", f"r{n}") for n in range(3))}, InvalidValue),
        ({"tracks": (TrackPlan("regional", "a", themes=("x", "y")),)}, InvalidValue),
        ({"tracks": (TrackPlan("regional", "a", convened_as=STEERING),)}, InvalidValue),
        ({"tracks": (TrackPlan("nowhere", "a"),)}, WordNotAllowed),
        ({"themes": (ThemePlan("x", "X"), ThemePlan("x", "X"))}, InvalidValue),
    ],
)
async def test_an_edition_that_its_process_does_not_allow_is_not_opened(s, wrong, refusal):
    themes = (ThemePlan("x", "X"), ThemePlan("y", "Y"))
    tracks = tuple(
        replace(p, convened_as=s.forums["steering"]) if p.convened_as == STEERING else p
        for p in wrong.get("tracks", ())
    )
    with pytest.raises(refusal):
        await edition(s, "Wrong", **{"themes": themes, **wrong, "tracks": tracks})
    assert not await s.rows(t.edition, name="Wrong")


async def test_a_missing_anchor_is_a_finding_with_its_place(s):
    with pytest.raises(DatesUnsound) as refused:
        await edition(s, anchors=())
    [found] = refused.value.findings
    assert (found.code, refused.value.path) == ("anchor_missing", ("anchors",))
    assert "summit" in found.message


async def test_an_edition_knows_its_end_and_its_windows(s):
    id_ = await edition(s)
    assert (await s.row(t.edition, id=id_))["ends_at"] == summit(s, 100)
    windows = {
        row["stage"]: row["closes_at"] for row in await s.rows(t.stage_window, track_id=(await track(s, id_))["id"])
    }
    assert windows == {"call": summit(s, 20), "drafting": summit(s, 30)}


async def test_two_editions_of_a_forum_overlap(s):
    first, second = await edition(s), await edition(s, "Next year")
    assert {row["state"] for row in await s.rows(t.edition) if row["id"] in (first, second)} == {"running"}


async def furnished(s):
    """An edition with two consultations, a theme each, a call that was answered, and a text."""
    plans = (
        TrackPlan("main", "main"),
        TrackPlan("regional", "africa", "Africa", s.forums["consultation"], ("skills",)),
        TrackPlan("regional", "asia", "Asia", None, ("gaps",)),
    )
    id_ = await edition(s, tracks=plans, themes=(ThemePlan("skills", "Skills"), ThemePlan("gaps", "Gaps")))
    main = (await track(s, id_))["id"]
    s.call = await issue(s, main, addressees=(s.organisations["stranger"],), languages=("fr",), text="Ecrivez.")
    await s.input("rep.network", title="An input", language="fr")
    await s.change(t.track, main, stage="drafting")
    await s.do("draft_document", "secretariat", track=main, kind="report", title="R", symbol="R/1", language="en")
    return id_


async def clone(s, like, name="Next year", **more):
    given = {"anchors": (AnchorDate("summit", summit(s, 400)),), **more}
    return (await s.do("clone_edition", "secretariat", forum=s.forums["gfmd"], like=like, name=name, **given))[
        "edition"
    ]


async def test_an_edition_is_cloned_with_all_that_returns_and_nothing_that_was_said(s):
    earlier = await furnished(s)
    await publish(s)  # a newer version stands, and is not asked for
    id_ = await clone(s, earlier, with_themes=True)
    one, other = await s.row(t.edition, id=earlier), await s.row(t.edition, id=id_)
    assert (other["process_id"], other["zone"], other["cloned_from_id"]) == (one["process_id"], one["zone"], earlier)
    tracks = {row["name"]: row for row in await s.rows(t.track, edition_id=id_)}
    assert {name: row["stage"] for name, row in tracks.items()} == {
        "main": "call",
        "africa": "meeting",
        "asia": "meeting",
    }
    assert tracks["africa"]["convened_as_id"] == s.forums["consultation"]
    themes = {row["id"]: row["code"] for row in await s.rows(t.theme, edition_id=id_)}
    taken = {themes[row["theme_id"]] for row in await s.rows(t.track_theme, track_id=tracks["africa"]["id"])}
    assert taken == {"skills"}
    for table in (t.call, t.contribution, t.document):
        assert not await s.rows(table, edition_id=id_)
    windows = await s.rows(t.stage_window, track_id=tracks["main"]["id"], stage="call")
    assert windows[0]["closes_at"] == summit(s, 380)


async def test_a_clone_may_leave_its_themes_and_take_the_newest_version(s):
    earlier = await furnished(s)
    new = await publish(s)
    id_ = await clone(s, earlier, newest=True)
    assert (await s.row(t.edition, id=id_))["process_id"] == new
    assert not await s.rows(t.theme, edition_id=id_)


@pytest.mark.parametrize(
    ("like", "more", "refusal"),
    [
        ("hlpf", {}, NotFound),
        ("nowhere", {}, NotFound),
        ("recorded", {}, WrongState),
        ("own", {"anchors": ()}, DatesUnsound),
        ("own", {"name": "This year"}, InvalidValue),
    ],
)
async def test_what_cannot_be_cloned_is_refused(s, like, more, refusal):
    recorded = fresh()
    own = await furnished(s)
    row = {"id": recorded, "forum_id": s.forums["gfmd"], "name": "Long ago", "zone": ZONE, "state": "recorded"}
    await s.add(t.edition, {**row, "opened_at": s.now - 900 * DAY})
    ids = {"hlpf": s.editions["hlpf"], "nowhere": fresh(), "recorded": recorded, "own": own}
    with pytest.raises(refusal):
        await clone(s, ids[like], **more)


async def test_a_call_like_an_earlier_one_asks_the_same_of_the_same(s):
    earlier = await furnished(s)
    id_ = await clone(s, earlier)
    await s.change(
        t.participation,
        (await s.row(t.participation, organisation_id=s.organisations["nepal"]))["id"],
        ends_at=s.now + DAY,
    )
    await s.shift(2 * DAY)
    main = (await track(s, id_))["id"]
    given = {"title": "Again", "zone": ZONE, "closes_at": summit(s, 380)}
    with pytest.raises(InvalidValue):
        await s.do("issue_call", "secretariat", track=main, **given)
    call = (await s.do("issue_call", "secretariat", track=main, like=s.call, **given))["call"]
    row = await s.row(t.call, id=call)
    assert (row["title"], row["text"], row["languages"]) == ("Again", "Ecrivez.", ["fr"])
    assert [one["prompt"] for one in await s.rows(t.call_section, call_id=call)] == ["What?"]
    asked = {one["organisation_id"] for one in await s.rows(t.addressee, call_id=call)}
    assert s.organisations["stranger"] in asked  # named beside the participations, and named again
    assert s.organisations["nepal"] not in asked  # left the forum since
    assert all(one["answer"] == "none_yet" for one in await s.rows(t.addressee, call_id=call))
    with pytest.raises(NotFound):
        await s.do("issue_call", "secretariat", track=main, like=fresh(), **given)


async def test_the_operators_command_tells_all_that_stands_in_the_way(s, database, tmp_path, capsys):
    id_ = await edition(s)
    here = load({"DATABASE_URL": database.app_url})
    file = tmp_path / "small.toml"
    file.write_text(RENAMED)
    given = argparse.Namespace(files=[str(file)], json=False, forum="gfmd")
    assert await publishing.publish_files(given, here) == 1
    assert "small 2 (main, drafting): An edition may stand at drafting" in " ".join(capsys.readouterr().out.split())
    await s.change(t.track, (await track(s, id_))["id"], stage="drafting")
    assert await publishing.publish_files(given, here) == 1
    assert "This year, main stands at drafting: 0 open calls, 0 documents" in " ".join(capsys.readouterr().out.split())
    assert not await s.rows(t.process_definition, version="2")
    file.write_text(MAPPED)
    assert await publishing.publish_files(given, here) == 0
    assert (await s.row(t.process_definition, version="2"))["forum_id"] == s.forums["gfmd"]
    given.forum = None  # as a template it stands in nobody's way, since no forum works by it
    file.write_text(RENAMED.replace('version = "2"', 'version = "4"'))
    assert await publishing.publish_files(given, here) == 0
    assert (await s.row(t.process_definition, version="4"))["forum_id"] is None
