"""The no-objection procedure, round by round: who may break, what is answered, what changed, and the exact instant."""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from datetime import timedelta

import pytest

from forum import errors
from forum.actions.core.possible import possible
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import HOUR, answered, drafted, ended, put, reading, repinned

CHANGES = """query Changes($id: ID!) { node(id: $id) { ... on Silence { round state
  changes { what wId kind wasNumber number words { kind text } } short: changes(unchanged: false) { wId }
  objections(first: 9) { totalCount nodes { reason answer answerKind organisation { name } paragraph { id } } } } } }"""


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def ask(database):
    async with reading(database.app_url) as asked:
        yield asked


async def objects(s, who, silence, paragraph=None, **more):
    given = {"silence": silence, "paragraph": paragraph, "reason": "Cities are missing.", **more}
    return (await s.do("break_silence", who, **given))["objection"]


# ---- rounds
async def test_a_round_is_answered_before_the_next_begins(s):
    d, [one, two] = await drafted(s, "Desks help.", "Cities wait.")
    first = await put(s, d)
    mine = await objects(s, "focal.kenya", first, one, proposed_text="Desks and cities help.")
    other = await objects(s, "focal.kenya", first, two)  # one member, on several paragraphs
    third = await objects(s, "focal.nepal", first, two)
    answer = {"silence": first, "objection": mine, "kind": "taken_up", "text": "Cities stand in it now."}
    with pytest.raises(errors.WrongState):  # the clock runs: nobody answers an objection away
        await s.do("answer_objection", "penholder", **answer)
    assert await ended(s, first) == "broken"
    assert (await s.row(t.document, id=d))["state"] == "circulated"
    with pytest.raises(errors.ObjectionsOpen) as refused:
        await put(s, d)
    assert (refused.value.round, refused.value.open_count) == (1, 3)
    assert set(refused.value.open_ids) == {f"Objection:{o}" for o in (mine, other, third)}
    for outsider in ("focal.kenya", "rep.network"):
        with pytest.raises(errors.RoleNotAllowed):
            await s.do("answer_objection", outsider, **answer)
    for wrong, refusal in (({"text": " "}, errors.InvalidValue), ({"kind": "rejected"}, errors.WordNotAllowed),
                           ({"objection": uuid.uuid4()}, errors.NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            await s.do("answer_objection", "penholder", **{**answer, **wrong})
    await s.do("answer_objection", "penholder", **answer)
    await s.do("answer_objection", "penholder", **{**answer, "kind": "taken_up_in_part"})
    row = await s.row(t.objection, id=mine)
    assert (row["answer"], row["answer_kind"]) == ("Cities stand in it now.", "taken_up_in_part")
    lines = {h["detail"] for h in await s.rows(t.history, act="answer_objection", subject_id=mine)}
    assert lines == {
        '{"kind":"taken_up"}',
        '{"kind":"taken_up_in_part","was":"taken_up","was_answer":"Cities stand in it now."}',
    }
    with pytest.raises(errors.ObjectionsOpen) as refused:
        await put(s, d)
    assert refused.value.open_count == 2
    await answered(s, first)
    second = await s.row(t.silence, id=await put(s, d))
    assert (second["round"], second["state"]) == (2, "running")
    assert await ended(s, second["id"]) == "passed"  # the objections of round 1 are not counted twice
    assert (await s.row(t.document, id=d))["state"] == "endorsed"
    assert (await s.row(t.track, id=s.tracks["focused"]))["stage"] == "endorsed"


async def test_whoever_may_object_may_until_the_instant_wherever_the_track_was_moved(s):
    """Seen once: the office moved the track on by hand, every objection was refused, and the text passed."""
    d, [one, two] = await drafted(s, "Desks help.", "Cities wait.")
    silence = await put(s, d)
    await s.stage("focused", "drafting")
    await s.do("place_reservation", "focal.nepal", silence=silence, paragraph=two, words="Nepal cannot go along.")
    for outsider in ("rep.network", "penholder"):
        with pytest.raises(errors.RoleNotAllowed):
            await objects(s, outsider, silence, one)
    await objects(s, "focal.kenya", silence, one)
    assert await ended(s, silence) == "broken"
    assert (await s.row(t.document, id=d))["state"] == "circulated"
    with pytest.raises(errors.DeadlinePassed):
        await objects(s, "focal.kenya", silence, one)


async def test_what_changed_between_two_rounds_is_marked(s, ask):
    d, [one, two, three] = await drafted(s, "Desks help migrants.", "Cities wait.", "Count everyone.")
    first = await put(s, d)
    await objects(s, "focal.kenya", first, one)
    await ended(s, first)
    await answered(s, first)
    await s.stage("focused", "drafting")
    await s.do(
        "revise_paragraph", "penholder", paragraph=one, expected_revision=1, text="Desks near markets help migrants."
    )
    await s.do("withdraw_paragraph", "penholder", paragraph=two, expected_revision=1, reason="Said elsewhere.")
    await s.write(d, "Say how.", after=three)
    await s.stage("focused", "no_objection")
    second = await put(s, d, label="Rev.2")
    told = (await ask("focal.nepal", CHANGES, id=f"Silence:{second}"))["node"]
    assert [(c["what"], c["wId"], c["kind"], c["wasNumber"], c["number"]) for c in told["changes"]] == [
        ("PARAGRAPH", "sec_1__para_1", "CHANGED", "1", "1"),
        ("PARAGRAPH", "sec_1__para_2", "WITHDRAWN", "2", None),
        ("PARAGRAPH", "sec_1__para_3", "UNCHANGED", "3", "2"),
        ("PARAGRAPH", "sec_1__para_4", "NEW", None, "3"),
    ]
    words = [(w["kind"], w["text"]) for w in told["changes"][0]["words"]]
    assert words == [("SAME", "Desks "), ("ADDED", "near markets "), ("SAME", "help migrants.")]
    assert [c["wId"] for c in told["short"]] == ["sec_1__para_1", "sec_1__para_2", "sec_1__para_4"]
    assert (await ask("focal.nepal", CHANGES, id=f"Silence:{first}"))["node"]["changes"] == []  # nothing went before it
    await ended(s, second)
    assert (await s.row(t.document, id=d))["audience"] == "public"
    seen = (await ask(None, CHANGES, id=f"Silence:{second}"))["node"]
    # The public reads the text and that it passed; what stood in it before, it never read.
    assert (seen["round"], seen["state"], seen["changes"], seen["short"]) == (2, "PASSED", None, None)
    assert (await ask("rep.network", CHANGES, id=f"Silence:{second}"))["node"]["changes"] is not None


async def test_a_silence_is_no_shorter_than_the_forum_allows(s):
    await repinned(s, ("[minimums]\n", '[minimums]\nsilence = "48 hours"\n'))
    d, _ = await drafted(s, "One.")
    with pytest.raises(errors.InvalidValue, match="at least 48 hours") as refused:
        await put(s, d, hours=47)
    assert refused.value.path == ("hours",)
    row = await s.row(t.silence, id=await put(s, d, hours=48))
    assert row["ends_at"] - row["starts_at"] == 48 * HOUR


async def test_an_empty_text_is_put_to_nobody(s):
    d, [one] = await drafted(s, "One.")
    await s.stage("focused", "drafting")
    await s.do("withdraw_paragraph", "penholder", paragraph=one, expected_revision=1, reason="No.")
    await s.stage("focused", "no_objection")
    with pytest.raises(errors.InvalidValue, match="no paragraph"):
        await put(s, d)


async def test_more_time_counts_and_is_said(s):
    """The instant is read under the lock: extended, the silence ends later, whatever job comes round."""
    d, _ = await drafted(s, "One.")
    silence = await put(s, d)
    row = await s.row(t.silence, id=silence)
    await s.change(t.silence, silence, ends_at=row["ends_at"] + 24 * HOUR)
    await repinned(s, ("no objection having been raised", "no objection having been raised within {hours} hours"))
    await s.shift(72 * HOUR + timedelta(minutes=1))
    assert not await s.by_clock("close_silence", silence=silence)
    await s.shift(96 * HOUR + timedelta(minutes=1))
    assert await s.by_clock("close_silence", silence=silence)
    assert (await s.row(t.document, id=d))["closing_words"].endswith("within 96 hours")
    assert (await s.row(t.document, id=d))["closed_at"] == row["ends_at"] + 24 * HOUR


# ---- who is asked
async def test_who_may_break_is_the_processs_choice(s):
    """A forum that asks its own participants: those with a seat in it, as far as the rule gives it to them."""
    await repinned(
        s,
        ('by = "steering_group"', 'by = "forum"'),
        ('break_silence = { by = ["member"], window = "silence" }',
         'break_silence = { by = ["national_focal_point", "representative"], statuses = ["member"], '
         'window = "silence" }'),
    )  # fmt: skip
    d, [p] = await drafted(s, "One.")
    silence = await put(s, d, body="gfmd")
    with pytest.raises(errors.Refusal):
        await objects(s, "rep.network", silence, p)  # an observer
    with pytest.raises(errors.Refusal):
        await objects(s, "rep.stranger", silence, p)  # no seat at all
    ends_at = (await s.row(t.silence, id=silence))["ends_at"]
    await s.do("extend_window", "secretariat", silence=silence, closes_at=ends_at + HOUR, reason="A holiday")
    asked, heard = [{n["person_id"] for n in await s.rows(t.notice, kind=k)} for k in ("silence_started", "extension")]
    assert s.people["focal.kenya"] in asked <= heard, "who was asked hears of more time"
    await objects(s, "focal.kenya", silence, p)
    assert {o["organisation_id"] for o in await s.rows(t.objection)} == {s.organisations["kenya"]}


async def test_the_members_are_told_once_when_it_begins_and_when_it_ends(s):
    d, [p] = await drafted(s, "One.")
    silence = await put(s, d)
    begun = await s.rows(t.notice, kind="silence_started")
    members = {s.people[name] for name in ("focal.kenya", "delegate.kenya", "focal.nepal")}
    assert {n["person_id"] for n in begun} == members
    symbol = (await s.row(t.document, id=d))["symbol"]
    assert all(n["words"].startswith(f"{symbol} lies before Steering.") and n["document_id"] == d for n in begun)
    await objects(s, "focal.kenya", silence, p)
    assert await ended(s, silence) == "broken"
    over = await s.rows(t.notice, kind="silence_ended")
    team = {s.people[name] for name in ("secretariat", "penholder", "liaison")}
    assert {n["person_id"] for n in over} == members | team
    assert not any(name in n["words"] for n in over for name in ("Kenya", "Nepal", "object"))
    await answered(s, silence)
    again = await put(s, d)
    words = {n["words"] for n in await s.rows(t.notice, kind="silence_started") if n["cause_id"] == again}
    assert all("once more (round 2)" in w for w in words)
    assert words


async def test_who_broke_it_is_known_to_the_body_and_the_drafters_alone(s, ask):
    d, [p] = await drafted(s, "One.")
    silence = await put(s, d)
    mine = await objects(s, "focal.kenya", silence, p)
    await ended(s, silence)
    await answered(s, silence)
    one = "query One($id: ID!) { node(id: $id) { id ... on Objection { reason answer organisation { name } } } }"
    for reader in ("focal.nepal", "delegate.kenya", "secretariat", "penholder"):
        assert (await ask(reader, one, id=f"Objection:{mine}"))["node"]["answer"] == "As agreed."
        assert (await ask(reader, CHANGES, id=f"Silence:{silence}"))["node"]["objections"]["totalCount"] == 1
    for stranger in (None, "rep.network", "rep.quito", "coordinator", "rep.stranger"):
        assert (await ask(stranger, one, id=f"Objection:{mine}"))["node"] is None
        seen = (await ask(stranger, CHANGES, id=f"Silence:{silence}"))["node"]
        assert seen is None or seen["objections"] == {"totalCount": 0, "nodes": []}


# ---- the instant
async def test_nobodys_objection_is_lost_or_late_at_the_closing_instant(s):
    """Members object around the instant while several workers close: each objection was taken before the instant and
    counts, or is refused with the deadline; the silence ends once, and as they say."""
    d, paragraphs = await drafted(s, *(f"Paragraph {n}." for n in range(6)))
    silence = await put(s, d, hours=1)
    ends = (await s.row(t.silence, id=silence))["ends_at"]
    early = await objects(s, "focal.nepal", silence, paragraphs[0])  # one is in time, however slow the machine is
    # The rest comes around the instant, by real time as it goes on from here.
    await s.shift(ends - dt.datetime.now(dt.UTC) - timedelta(milliseconds=800))
    done = asyncio.Event()
    closed = []

    async def closer():
        while not done.is_set():
            closed.append(await s.by_clock("close_silence", silence=silence))

    async def member(who, n):
        try:
            return await objects(s, who, silence, paragraphs[n % 6])
        except errors.DeadlinePassed as refused:
            return refused
        except errors.WrongState as refused:
            return refused

    closers = [asyncio.create_task(closer()) for _ in range(2)]
    told = [early]
    for n in range(400):
        told += await asyncio.gather(
            member("focal.kenya", n), member("focal.nepal", n + 1), member("delegate.kenya", n + 2)
        )
        if (await s.row(t.silence, id=silence))["state"] != "running" and n > 5:
            break
    done.set()
    await asyncio.gather(*closers)
    taken = {o for o in told if isinstance(o, uuid.UUID)}
    rows = await s.rows(t.objection, silence_id=silence)
    assert {r["id"] for r in rows} == taken  # an answer that was given is in the record, and nothing else is
    assert all(r["broken_at"] < ends for r in rows)
    assert all(e.deadline == ends and e.server_time >= ends for e in told if isinstance(e, errors.DeadlinePassed))
    assert Counter(closed)[True] == 1
    row = await s.row(t.silence, id=silence)
    assert (row["state"], row["closed_at"]) == ("broken" if taken else "passed", ends)
    [line] = await s.rows(t.history, act="close_silence", subject_id=silence)
    assert f'"objections":{len(taken)}' in line["detail"] or not taken
    assert early in taken
    assert any(not isinstance(one, uuid.UUID) for one in told)  # and some too late: the instant was passed here


async def test_a_process_without_silence_closes_as_before(s):
    """The main track's report is issued: nothing of a silence is asked, told or made."""
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    p = await s.write(d, "One.")
    await s.stage("main", "closing")
    with pytest.raises(errors.NotInThisProcess):
        await put(s, d)
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=d)
    assert (await s.row(t.document, id=d))["state"] == "issued"
    assert await s.rows(t.silence) == []
    with pytest.raises(errors.WrongState):
        await s.do("withdraw_paragraph", "penholder", paragraph=p, expected_revision=1, reason="Late.")


async def test_a_text_is_put_to_a_body_no_longer_than_its_kind_may_be(s):
    await repinned(
        s,
        (
            'closing = "no_objection_of_steering_group"',
            'most_words = 6\nclosing = "no_objection_of_steering_group"',
        ),
    )
    d, [one] = await drafted(s, "Desks help migrants near markets everywhere now.")
    with pytest.raises(errors.TextTooLong) as refused:
        await put(s, d)
    assert (refused.value.limit, refused.value.actual, refused.value.unit, refused.value.path) == (
        6,
        7,
        "words",
        ("document",),
    )
    await s.stage("focused", "drafting")
    await s.circulate(d)  # a draft may be too long
    await s.do(
        "revise_paragraph",
        "penholder",
        paragraph=one,
        expected_revision=1,
        text="Desks help migrants near markets everywhere.",
    )
    await s.stage("focused", "no_objection")
    await put(s, d)


async def test_what_may_be_done_on_a_silence_is_what_the_acts_would_say(s):
    d, [p] = await drafted(s, "One.")
    silence = await put(s, d)
    acts = ("break_silence", "place_reservation", "answer_objection")

    async def told(who):
        found = {a.act: a for a in await possible(s.runner, who, "silence", silence)}
        return [type(found[act].because).__name__ if found[act].because else "yes" for act in acts]

    assert await told("focal.kenya") == ["yes", "yes", "RoleNotAllowed"]
    assert await told("rep.network") == ["RoleNotAllowed"] * 3
    assert (await told("penholder"))[2] == "WrongState"  # nobody has broken it: there is nothing to answer
    with pytest.raises(errors.WrongState):
        await s.do("answer_objection", "penholder", silence=silence, objection=p, kind="explained", text="x")
    await s.shift((await s.row(t.silence, id=silence))["ends_at"] - s.now)
    assert await told("focal.kenya") == ["DeadlinePassed", "DeadlinePassed", "RoleNotAllowed"]
