"""A track reviews somebody who takes part: named when the edition is opened, and alone in handing in its report."""

from uuid import uuid4

import pytest

from forum.actions.edition.open_edition import AnchorDate, TrackPlan
from forum.errors import InvalidValue, NotFound, RoleNotAllowed
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.act_names import ACTS_OF_PARTICIPANTS
from forum.workflow.load import digest
from forum.workflow.vocabulary import SUBJECT_ACTS
from tests.support.actions.running_edition import TEXT
from tests.support.scene import DAY, scene

_REVIEW = TEXT.replace(
    'documents = ["report"]', 'documents = ["report"]\nreviews = true\nrepeat = { at_most = 3 }'
).replace('save_contribution = { by = ["contributors"]', 'save_contribution = { by = ["contributors"], subject = true')


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        row = {"id": fresh(), "name": "by_the_clock", "version": "1", "hash": digest(_REVIEW), "text": _REVIEW}
        await made.add(t.process_definition, {**row, "published_at": made.now, "forum_id": made.forums["gfmd"]})
        yield made


async def _opened(s, *tracks):
    given = {"forum": s.forums["gfmd"], "name": f"Review {uuid4()}", "process": "by_the_clock", "zone": "UTC"}
    summit = (s.now + 100 * DAY).replace(second=0, microsecond=0)
    return await s.do("open_edition", "secretariat", **given, anchors=(AnchorDate("summit", summit),), tracks=tracks)


async def test_whom_it_reviews_is_said_when_it_begins(s):
    kenya = s.organisations["kenya"]
    ids = await _opened(s, TrackPlan("main", "kenya", subject=kenya), TrackPlan("dialogue", "dialogue"))
    rows = {row["name"]: row["subject_id"] for row in await s.rows(t.track, edition_id=ids["edition"])}
    assert rows == {"kenya": kenya, "dialogue": None}


async def test_a_clone_does_not_review_whom_the_last_one_reviewed(s):
    ids = await _opened(s, TrackPlan("main", "kenya", "Review of Kenya", subject=s.organisations["kenya"]))
    given = {"forum": s.forums["gfmd"], "name": "Once more", "anchors": (AnchorDate("summit", s.now + 200 * DAY),)}
    with pytest.raises(InvalidValue, match="Review of Kenya reviews somebody") as caught:
        await s.do("clone_edition", "secretariat", **given, like=ids["edition"])
    assert caught.value.path == ("like",)
    assert await s.rows(t.edition, name="Once more") == []
    plain = await _opened(s, TrackPlan("dialogue", "dialogue"))
    again = await s.do("clone_edition", "secretariat", **given, like=plain["edition"])
    assert [row["subject_id"] for row in await s.rows(t.track, edition_id=again["edition"])] == [None]


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (lambda s: (), InvalidValue),  # every track of the process, and one of them reviews somebody
        (lambda s: (TrackPlan("main", "main"),), InvalidValue),
        (lambda s: (TrackPlan("dialogue", "d", subject=s.organisations["kenya"]),), InvalidValue),
        (lambda s: (TrackPlan("main", "main", subject=uuid4()),), NotFound),
    ],
)
async def test_nobody_else_is_reviewed(s, plan, refusal):
    with pytest.raises(refusal) as caught:
        await _opened(s, *plan(s))
    assert caught.value.path == ("tracks", "0", "subject")


async def test_only_the_subject_hands_in_its_report(s):
    kenya = s.organisations["kenya"]
    ids = await _opened(s, TrackPlan("main", "kenya", subject=kenya))
    (track,) = await s.rows(t.track, edition_id=ids["edition"])
    call = fresh()
    row = await s.row(t.call, id=s.call)
    await s.add(t.call, {**row, "id": call, "track_id": track["id"], "edition_id": ids["edition"], "title": "Report"})
    async with begin(s.engine) as unit:
        await unit.change(t.track, track["id"], stage="call")
        await unit.connection.commit()
    given = {"call": call, "title": "Our report", "language": "en"}
    with pytest.raises(RoleNotAllowed, match="under review"):
        await s.do("save_contribution", "focal.nepal", **given)
    assert await s.do("save_contribution", "focal.kenya", **given)


def test_what_the_subject_can_do_is_for_those_who_take_part() -> None:
    assert SUBJECT_ACTS < ACTS_OF_PARTICIPANTS
