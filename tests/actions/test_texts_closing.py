"""Answers, and how texts end: issued, by no objection and by the clock, endorsed or adopted by hand."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from forum import errors
from forum.store.tables import schema as t
from forum.times import spoken
from tests.support.scene import DAY, scene
from tests.support.typed import Refused

HOUR = timedelta(hours=1)
PASSED = timedelta(hours=72, minutes=1)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def silent(s, **more):
    """A focused input before the Steering Group."""
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    p = await s.write(d, "Desks help.")
    await s.stage("focused", "no_objection")
    ids = await s.do("start_silence", "secretariat", document=d, body=s.forums["steering"], **more)
    return d, p, ids["silence"]


async def test_answers_are_the_processs_words(s):
    mine, other = await s.input("rep.quito"), await s.input("rep.network")
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    first = await s.write(d, "One.")
    p = await s.write(d, "Two.")
    bullet = await s.write(d, "Of two.", kind="bullet", parent=p)
    given = {"document": d, "subject": f"Contribution:{mine}", "word": "taken_up"}
    ids = await s.do("record_disposition", "penholder", **given, paragraph=bullet, reason="It fits.")
    row = await s.row(t.disposition, id=ids["disposition"])
    assert (row["words"], row["reason"], row["contribution_id"]) == ("taken up in paragraph 2", "It fits.", mine)
    again = await s.do("record_disposition", "penholder", **{**given, "word": "noted"})
    assert again == ids
    row = await s.row(t.disposition, id=ids["disposition"])
    assert (row["word"], row["words"], row["reason"], row["paragraph_id"]) == (
        "noted",
        "noted for further work",
        "It fits.",  # what is left out stays
        None,
    )
    lines = sorted((h["detail"] for h in await s.rows(t.history, subject_id=ids["disposition"])), key=len)
    assert lines == ['{"word":"taken_up"}', '{"was":"taken_up","word":"noted"}']
    await s.do(
        "record_disposition", "penholder", document=d, subject=f"Contribution:{other}", word="merged", paragraph=p
    )
    await s.do("withdraw_paragraph", "penholder", paragraph=first, expected_revision=1, reason="Said already.")
    said = await s.row(t.disposition, contribution_id=other)
    assert (
        said["words"] == "reflected together with other inputs in paragraph 1"
    )  # the numbers moved, the sentence with them
    refused: Refused = [
        ({"word": "rejected"}, errors.WordNotAllowed, ("word",)),
        ({"word": "taken_up"}, errors.InvalidValue, ("paragraph",)),
        ({"word": "taken_up", "paragraph": first}, errors.NotFound, ("paragraph",)),
        ({"subject": f"Contribution:{uuid.uuid4()}"}, errors.NotFound, ("subject",)),
        ({"subject": f"Paragraph:{p}"}, errors.InvalidValue, ("subject",)),
    ]
    for wrong, refusal, path in refused:
        with pytest.raises(refusal) as caught:
            await s.do("record_disposition", "penholder", **{**given, "word": "noted", **wrong})
        assert caught.value.path == path


async def test_issued_when_every_input_is_answered(s):
    inputs = [await s.input("rep.quito"), await s.input("rep.network", attribution="none")]
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    await s.write(d, "One.")
    revision = await s.circulate(d)
    await s.stage("main", "closing")
    with pytest.raises(errors.GateClosed) as refused:
        await s.do("issue_document", "secretariat", document=d)
    assert set(refused.value.open_ids) == {f"Contribution:{i}" for i in inputs}
    subjects = tuple(f"Contribution:{i}" for i in inputs)
    with pytest.raises(errors.NotFound):
        await s.do(
            "record_joint_disposition",
            "penholder",
            document=d,
            subjects=(*subjects, f"Comment:{uuid.uuid4()}"),
            reason="x",
        )
    with pytest.raises(errors.InvalidValue):
        await s.do("record_joint_disposition", "penholder", document=d, subjects=subjects, reason=" ")
    assert await s.rows(t.disposition) == []
    await s.do(
        "record_joint_disposition", "penholder", document=d, subjects=subjects, reason="Beyond this year's theme."
    )
    rows = await s.rows(t.disposition, document_id=d)
    assert len({r["noted_together_id"] for r in rows}) == 1
    assert {r["words"] for r in rows} == {"noted for further work"}
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=d)
    row = await s.row(t.document, id=d)
    day = spoken(row["closed_at"], "Europe/Zurich").split(",")[0]
    assert (row["state"], row["audience"], row["closing"]) == ("issued", "public", "issued")
    assert row["closing_words"] == f"Issued by the Chair on {day}"
    assert [r["id"] for r in await s.rows(t.revision, document_id=d)] == [revision]  # the text was frozen already
    for act, fields in (
        ("write_paragraph", {"document": d, "text": "More."}),
        ("add_recommendation", {"document": d, "heading": "More"}),
        ("circulate_document", {"document": d, "label": "x", "comments_close_at": s.now + DAY}),
        ("issue_document", {"document": d}),
    ):
        with pytest.raises(errors.WrongState):
            await s.do(act, "secretariat", **fields)


async def test_a_text_that_changed_is_frozen_once_more(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    p = await s.write(d, "One.", kind="conclusion")
    await s.circulate(d)
    await s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=1, text="One, mended.")
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=d, label="Final")
    assert [r["label"] for r in sorted(await s.rows(t.revision, document_id=d), key=lambda r: r["number"])] == [
        "Rev.1",
        "Final",
    ]
    assert (await s.row(t.document, id=d))["version_label"] == "Final"
    with pytest.raises(errors.WrongState):
        await s.do("revise_paragraph", "secretariat", paragraph=p, expected_revision=2, text="Too late.")


async def test_comments_wait_for_their_answer(s):
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    await s.write(d, "One.")
    await s.circulate(d)
    await s.stage("focused", "consultation")
    k = (await s.do("add_comment", "focal.kenya", document=d, text="Add cities."))["comment"]
    await s.stage("focused", "no_objection")
    put = {"document": d, "body": s.forums["steering"]}
    with pytest.raises(errors.GateClosed) as refused:
        await s.do("start_silence", "secretariat", **put)
    assert refused.value.open_ids == (f"Comment:{k}",)
    await s.do("record_disposition", "penholder", document=d, subject=f"Comment:{k}", word="carried_over")
    await s.do("start_silence", "secretariat", **put)


async def test_what_may_be_put_to_a_body(s):
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    await s.write(d, "One.")
    await s.stage("focused", "no_objection")
    refused: Refused = [
        ({"body": s.forums["gfmd"]}, errors.InvalidValue, ("body",)),  # not a steering group
        ({"body": s.forums["rcp"]}, errors.NotFound, ("body",)),
        ({"hours": 0}, errors.InvalidValue, ("hours",)),
        ({"hours": 2001}, errors.InvalidValue, ("hours",)),
    ]
    for wrong, refusal, path in refused:
        with pytest.raises(refusal) as caught:
            await s.do("start_silence", "secretariat", **{"document": d, "body": s.forums["steering"], **wrong})
        assert caught.value.path == path
    await s.stage("focused", "endorsed")
    with pytest.raises(errors.WrongState, match="ends otherwise"):
        await s.do("issue_document", "secretariat", document=d)


async def test_silence_passes_at_the_instant_and_once(s):
    d, p, silence = await silent(s)
    row = await s.row(t.silence, id=silence)
    assert (row["state"], row["hours"], row["ends_at"] - row["starts_at"]) == ("running", 72, 72 * HOUR)
    assert (await s.row(t.document, id=d))["state"] == "silence"
    with pytest.raises(errors.Refusal):
        await s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=1, text="Not now.")
    assert not await s.by_clock("close_silence", silence=silence)
    assert (await s.row(t.silence, id=silence))["state"] == "running"
    await s.shift(PASSED + 5 * HOUR)  # the worker comes late; the instant is what counts
    closed = await asyncio.gather(*(s.by_clock("close_silence", silence=silence) for _ in range(6)))
    assert sorted(closed) == [False] * 5 + [True]
    document, track = await s.row(t.document, id=d), await s.row(t.track, id=s.tracks["focused"])
    day = spoken(row["ends_at"], "Europe/Zurich").split(",")[0]
    assert (document["state"], document["closed_at"], document["audience"]) == ("endorsed", row["ends_at"], "public")
    assert document["closing_words"] == f"Endorsed by the Steering Group on {day}, no objection having been raised"
    assert (track["stage"], track["stage_since"]) == ("endorsed", row["ends_at"])
    lines = await s.rows(t.history, at=row["ends_at"])
    assert {(h["act"], h["subject_kind"], h["actor_id"]) for h in lines} >= {
        ("close_silence", "silence", None), ("endorse_document", "document", None),
    }  # fmt: skip
    assert len(await s.rows(t.history, act="endorse_document")) == 1
    with pytest.raises(errors.DeadlinePassed):
        await s.do("break_silence", "focal.kenya", silence=silence, reason="Too late.")


async def test_a_broken_silence_ends_in_drafting(s):
    d, p, silence = await silent(s, hours=24)
    for outsider in ("rep.network", "secretariat"):
        with pytest.raises(errors.RoleNotAllowed):
            await s.do("break_silence", outsider, silence=silence, reason="Not mine to break.")
    with pytest.raises(errors.InvalidValue):
        await s.do("break_silence", "focal.kenya", silence=silence, reason="")
    with pytest.raises(errors.NotFound):
        await s.do("break_silence", "focal.kenya", silence=silence, reason="x", paragraph=uuid.uuid4())
    await s.do(
        "break_silence",
        "focal.kenya",
        silence=silence,
        paragraph=p,
        reason="Cities are missing.",
        proposed_text="Desks and cities.",
    )
    await s.do("break_silence", "focal.nepal", silence=silence, reason="The whole of it.")
    assert (await s.row(t.silence, id=silence))["state"] == "running"
    assert {o["organisation_id"] for o in await s.rows(t.objection)} == {
        s.organisations["kenya"],
        s.organisations["nepal"],
    }
    await s.shift(24 * HOUR + timedelta(seconds=1))
    assert await s.by_clock("close_silence", silence=silence)
    row = await s.row(t.silence, id=silence)
    assert (row["state"], row["closed_at"], row["words"]) == ("broken", row["ends_at"], None)
    assert (await s.row(t.document, id=d))["state"] == "circulated"
    assert (await s.row(t.track, id=s.tracks["focused"]))["stage"] == "no_objection"
    assert await s.rows(t.history, act="endorse_document") == []
    for o in await s.rows(t.objection):
        answered = {"silence": silence, "objection": o["id"], "kind": "explained", "text": "It stands as it is."}
        await s.do("answer_objection", "penholder", **answered)
    again = await s.do("start_silence", "secretariat", document=d, body=s.forums["steering"])  # another round
    await s.shift(24 * HOUR + PASSED)
    assert await s.by_clock("close_silence", silence=again["silence"])
    assert (await s.row(t.document, id=d))["state"] == "endorsed"
    assert (await s.row(t.track, id=s.tracks["focused"]))["stage"] == "endorsed"


async def test_the_silences_job_is_in_the_queue_with_it(s):
    _, _, silence = await silent(s)
    async with s.engine.connect() as connection:
        raw = connection.raw
        found = await raw.fetch("SELECT entrypoint, payload, execute_after - now() AS wait FROM pgqueuer")
    [job] = [r for r in found if r["entrypoint"] == "close_silence"]
    assert bytes(job["payload"]).decode() == str(silence)
    assert 71 * HOUR < job["wait"] <= 72 * HOUR


async def test_objecting_while_it_closes_is_one_or_the_other(s):
    d, _, silence = await silent(s, hours=1)
    await s.shift(HOUR - timedelta(milliseconds=400))
    objecting = [s.do("break_silence", "focal.kenya", silence=silence, reason=f"Reason {n}.") for n in range(3)]
    told = await asyncio.gather(*objecting, return_exceptions=True)
    await s.shift(HOUR + timedelta(seconds=1))
    assert await s.by_clock("close_silence", silence=silence)
    stood = [one for one in told if isinstance(one, dict)]
    assert all(isinstance(one, dict | errors.DeadlinePassed) for one in told)
    assert len(await s.rows(t.objection, silence_id=silence)) == len(stood)
    assert (await s.row(t.document, id=d))["state"] == ("circulated" if stood else "endorsed")


async def test_only_who_adopts_says_adopted(s):
    await s.stage("hlpf", "drafting")
    fields = {
        "track": s.tracks["hlpf"],
        "kind": "declaration",
        "title": "Declaration",
        "symbol": "HLPF/D",
        "language": "en",
    }
    d = (await s.do("draft_document", "secretariat.hlpf", **fields))["document"]
    await s.do("write_paragraph", "secretariat.hlpf", document=d, text="We declare.")
    with pytest.raises(errors.WrongState):
        await s.do("issue_document", "secretariat.hlpf", document=d)
    await s.stage("hlpf", "adoption")
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("endorse_document", "secretariat.hlpf", document=d)
    holder = {"organisation_id": s.organisations["desa"], "forum_id": s.forums["hlpf"], "office": "chair"}
    await s.add(t.mandate, {"id": uuid.uuid4(), "starts_at": s.now - DAY, "accepted_at": s.now - DAY, **holder})
    await s.do("endorse_document", "secretariat.hlpf", document=d)
    row = await s.row(t.document, id=d)
    assert row["state"] == "adopted"
    assert row["closing_words"].startswith("Adopted by Member States on ")
    assert (await s.row(t.revision, document_id=d))["number"] == 1
