"""A promise is kept with what it was given for: who reads a comment, an input, a text that was sent on."""

import json
import re

import pytest
import sqlalchemy as sa

from forum import errors
from forum.actions.edition.open_edition import AnchorDate, TrackPlan
from forum.actions.process import versions as _versions
from forum.domain.viewer import Viewer
from forum.reading.me import Me
from forum.reading.visibility import sees_authorship, sees_comment, sees_contribution
from forum.store import processes
from forum.store.tables import schema as t
from forum.store.unit import begin
from forum.workflow.load import digest, parse
from tests.support.actions.small_process import SMALL, summit
from tests.support.scene import DAY, PEOPLE, scene

TALKING = SMALL.replace(
    "[tracks.main.stages.drafting.acts]\n",
    '[tracks.main.stages.drafting.acts]\nwrite_paragraph = { by = ["secretariat"] }\n'
    'circulate_document = { by = ["secretariat"] }\n'
    'add_comment = { by = ["national_focal_point", "representative"], window = "consultation" }\n',
)
OPEN = TALKING.replace('version = "1"', 'version = "2"').replace(
    'layer = "gfmd"', 'layer = "gfmd"\ncomments = "public"', 1
)
CLOSED = TALKING.replace('version = "1"', 'version = "3"').replace(
    'layer = "gfmd"', 'layer = "gfmd"\ncomments = "team"', 1
)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        async with begin(made.engine) as unit:
            await _versions.publish(unit, made.runner.processes, parse(TALKING), made.forums["gfmd"], made.now)
            await unit.connection.commit()
        yield made


async def edition(s, name="This year", **more):
    given = {"process": "small", "zone": "UTC", "anchors": (AnchorDate("summit", summit(s)),), **more}
    return (await s.do("open_edition", "secretariat", forum=s.forums["gfmd"], name=name, **given))["edition"]


async def published(s, text):
    return (await s.do("publish_process", "secretariat", forum=s.forums["gfmd"], text=text))["process"]


async def circulated(s, edition_id):
    """A report of the edition, before its readers."""
    track = await s.row(t.track, edition_id=edition_id, name="main")
    s.tracks["small"] = track["id"]
    await s.stage("small", "drafting")
    document = await s.document("small", "report")
    await s.do("write_paragraph", "secretariat", document=document, text="Desks help.")
    closes = s.now + 11 * DAY
    await s.do("circulate_document", "secretariat", document=document, label="Rev.1", comments_close_at=closes)
    return document


async def commented(s, document, by="focal.kenya", **more):
    return (await s.do("add_comment", by, document=document, text="Add cities.", **more))["comment"]


async def sees(s, comment, viewer):
    """Whether the public, say, reads a comment, by the predicate that every read goes through."""
    k = t.comment.alias()
    asked = sa.select(k.c.id).where(k.c.id == comment, sees_comment(k, Me(viewer.form)))
    async with begin(s.engine) as unit:
        await unit.claim(viewer.session())
        return bool((await unit.run(asked, viewer.values)).first())


# ---- a comment is told its readers before it is written
async def test_a_text_tells_who_reads_comments_on_it_and_each_comment_keeps_it(s):
    document = await circulated(s, await edition(s))
    assert (await s.row(t.document, id=document))["comment_audience"] == "participants"
    written = await commented(s, document, audience="participants")
    assert (await s.row(t.comment, id=written))["audience"] == "participants"
    assert (await s.row(t.comment, id=await commented(s, document)))["audience"] == "participants"


async def test_a_comment_that_more_would_read_than_its_author_agreed_to_is_not_written(s):
    document = await circulated(s, await edition(s))
    with pytest.raises(errors.AudienceWider) as refused:
        await commented(s, document, audience="team")
    assert (refused.value.audience, refused.value.agreed) == ("participants", "team")
    assert await s.rows(t.comment, document_id=document) == []
    with pytest.raises(errors.WordNotAllowed):
        await commented(s, document, audience="friends")


async def test_a_comment_has_no_more_readers_than_its_text_even_when_these_become_more(s):
    kept = TALKING.replace('version = "1"', 'version = "7"').replace(
        'title = "Report"', 'title = "Report"\nvisibility = "participants"'
    )
    kept = kept.replace('layer = "gfmd"', 'layer = "gfmd"\ncomments = "public"', 1)
    await edition(s, "The year before")
    await published(s, kept)
    document = await circulated(s, await edition(s))
    assert (await s.row(t.document, id=document))["comment_audience"] == "participants"
    comment = await commented(s, document)
    await s.change(t.document, document, state="issued", audience="public")  # whoever made it so
    assert not await sees(s, comment, Viewer())


# ---- an edition changes its process
async def test_a_migration_that_would_widen_is_refused_by_name_and_says_what(s):
    id_ = await edition(s)
    document = await circulated(s, id_)
    wider = await published(s, OPEN)
    with pytest.raises(errors.PromiseWidened) as refused:
        await s.do("migrate_edition", "secretariat", edition=id_, process=wider, reason="Openness.")
    assert (refused.value.process, refused.value.version, refused.value.path) == ("small", "2", ("process",))
    assert [(f.code, f.track, f.remedy) for f in refused.value.findings] == [
        ("promise_widened", track, 'Keep comments = "participants" there.') for track in ("main", "regional")
    ]
    assert "comments on main were promised to the participants" in refused.value.message.lower()
    assert (await s.row(t.edition, id=id_))["process_id"] != wider
    assert (await s.row(t.document, id=document))["comment_audience"] == "participants"


async def test_a_track_that_the_edition_does_not_run_stands_in_nobodys_way(s):
    id_ = await edition(s, tracks=(TrackPlan("main", "main"),))
    text = OPEN.replace('\ncomments = "public"', "", 1).replace(
        "[tracks.regional]", '[tracks.regional]\ncomments = "public"'
    )
    wider = await published(s, text)
    await s.do("migrate_edition", "secretariat", edition=id_, process=wider, reason="For the next consultation.")


async def test_a_migration_may_narrow_and_what_was_written_keeps_its_own_readers(s):
    id_ = await edition(s)
    document = await circulated(s, id_)
    before = await commented(s, document)
    narrower = await published(s, CLOSED)
    await s.do("migrate_edition", "secretariat", edition=id_, process=narrower, reason="Frankness.")
    assert (await s.row(t.document, id=document))["comment_audience"] == "team"
    after = await commented(s, document, audience="team")
    told = [(await s.row(t.comment, id=id_))["audience"] for id_ in (before, after)]
    assert told == ["participants", "team"]


async def test_a_migration_that_is_taken_back_lets_each_text_tell_what_it_told(s):
    id_ = await edition(s)
    document = await circulated(s, id_)
    narrower = await published(s, CLOSED)
    await s.do("migrate_edition", "secretariat", edition=id_, process=narrower, reason="Frankness.")
    await s.do("undo_migration", "secretariat", edition=id_)
    assert (await s.row(t.document, id=document))["comment_audience"] == "participants"


async def test_an_edition_like_an_earlier_one_promises_no_less(s):
    id_ = await edition(s)
    await published(s, OPEN)
    given = {"forum": s.forums["gfmd"], "like": id_, "anchors": (AnchorDate("summit", summit(s)),)}
    with pytest.raises(errors.PromiseWidened) as refused:
        await s.do("clone_edition", "secretariat", name="Next year", newest=True, **given)
    assert refused.value.path == ("newest",)
    await s.do("clone_edition", "secretariat", name="Next year", **given)
    await edition(s, "Openly under the new text")  # everybody is told before they write


# ---- inputs
async def test_an_input_is_frozen_with_the_promise_it_was_handed_in_under(s):
    given = await s.input("rep.network", visibility="secretariat", attribution="none")
    frozen = json.loads((await s.row(t.snapshot, subject_id=given))["content"])
    assert (frozen["visibility"], frozen["attribution"]) == ("secretariat", "none")
    assert str(s.organisations["network"]) not in json.dumps(frozen)


@pytest.mark.parametrize(
    ("audience", "visibility"), [("team", "secretariat"), ("participants", "participants"), ("public", "public")]
)
async def test_a_text_that_is_sent_on_is_read_as_widely_as_where_it_came_from_at_most(s, audience, visibility):
    await s.stage("regional", "drafting")
    document = await s.document("regional", "regional_report")
    await s.write(document, "Desks help.")
    await s.stage("regional", "issued")
    await s.do("issue_document", "secretariat", document=document)
    await s.change(t.document, document, audience=audience)
    ids = await s.do("transmit_document", "secretariat", document=document, to_track=s.tracks["focused"])
    arrived = await s.row(t.contribution, id=ids["contribution"])
    assert (arrived["visibility"], arrived["attribution"]) == (visibility, "forum")
    await s.do("receive_contribution", "secretariat", contribution=arrived["id"])
    assert (await s.row(t.contribution, id=arrived["id"]))["visibility"] == visibility


# ---- floors: what no text of a process can lower
ROLES = '["secretariat", "penholder", "representative", "national_focal_point", "delegate", "liaison"]'


def opened_wide(text):
    """A definition that gives everything to everybody, and lets everybody read all it has a word for."""
    wide = re.sub(r"by = \[[^]]*\]", f"by = {ROLES}", text)
    return wide.replace('layer = "gfmd"', 'layer = "gfmd"\ncomments = "public"', 1)


async def read_by(s, subject):
    """The inputs, comments and authorships that a person reads."""
    async with begin(s.engine) as unit:
        viewer = Viewer.of(await unit.person(subject))
        await unit.claim(viewer.session())
        found = {}
        for table, sees in (
            (t.contribution, sees_contribution),
            (t.comment, sees_comment),
            (t.authorship, sees_authorship),
        ):
            x = table.alias()
            asked = sa.select(x.c[0]).where(sees(x, Me(viewer.form)))
            found[table.name] = {row[0] for row in await unit.run(asked, viewer.values)}
        return found


async def test_a_text_that_opens_everything_shows_nobody_an_author_a_draft_or_a_comment_of_the_team(s):
    id_ = await edition(s)
    document = await circulated(s, id_)
    await s.do("migrate_edition", "secretariat", edition=id_, process=await published(s, CLOSED), reason="Frankness.")
    await commented(s, document, attribution="none")
    await s.do("save_contribution", "focal.nepal", call=s.call, title="A draft", language="en", attribution="none")
    await s.input("rep.network", attribution="none", visibility="secretariat")
    before = {subject: await read_by(s, subject) for subject in PEOPLE}
    text = opened_wide(TALKING.replace('version = "1"', 'version = "9"'))
    # Kept and pinned past every check, publishing's too: what is left is the floor.
    async with begin(s.engine) as unit:
        process = await unit.write(processes.keep(parse(text), digest(text), s.forums["gfmd"], s.now))
        await unit.connection.commit()
    for row in await s.rows(t.edition):
        await s.change(t.edition, row["id"], process_id=process)
    assert {subject: await read_by(s, subject) for subject in PEOPLE} == before
    authored = {subject for subject, found in before.items() if found["authorship"]}
    assert authored == {"focal.kenya", "delegate.kenya", "focal.nepal", "rep.network"}
