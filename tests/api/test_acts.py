"""`acts` says what the act itself would say: the same refusal, and from when it is possible."""

import dataclasses
import datetime as dt
import uuid
from collections import Counter

import pytest

from forum.actions.contribution.parts import SectionText
from forum.actions.core.act import Act, Outcome
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.possible import acts_on, possible
from forum.actions.core.runner import ActRequest
from forum.domain.viewer import Viewer
from forum.errors import DeadlinePassed, GateClosed, NotFound, NotSignedIn, Refusal, RoleNotAllowed, WrongState
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.actions.running_edition import running
from tests.support.round_trips import round_trips
from tests.support.scene import DAY, scene
from tests.support.typed import some


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def _answers(s, subject, kind, id_):
    return {a.act: a for a in await possible(s.runner, subject, kind, id_)}


async def test_the_answer_is_the_refusal_the_act_would_give(s):
    answers = await _answers(s, "delegate.kenya", "call", s.call)
    assert answers["save_contribution"].yes
    assert isinstance(answers["record_contribution"].because, RoleNotAllowed)
    with pytest.raises(RoleNotAllowed) as caught:
        await s.do("record_contribution", "delegate.kenya", call=s.call, title="T", language="en")
    assert answers["record_contribution"].because.facts() == caught.value.facts()


async def test_after_the_deadline_the_answer_names_it(s):
    await s.shift(400 * DAY)
    answers = await _answers(s, "focal.kenya", "call", s.call)
    assert isinstance(answers["save_contribution"].because, DeadlinePassed)
    assert not answers["decline_call"].yes


async def test_what_is_only_the_authors_own_is_not_found_by_others(s):
    draft = await s.do("save_contribution", "rep.network", call=s.call, title="T", language="en")
    mine = await _answers(s, "rep.network", "contribution", draft["contribution"])
    theirs = await _answers(s, "focal.kenya", "contribution", draft["contribution"])
    assert mine["release_contribution"].yes
    assert isinstance(theirs["release_contribution"].because, NotFound)


async def test_nobody_signed_in_may_do_nothing_and_is_told_so(s):
    answers = await _answers(s, None, "track", s.tracks["main"])
    assert {a.because.code for a in answers.values()} == {"NOT_SIGNED_IN"}


async def test_a_window_without_dates_says_what_is_missing(s):
    await s.stage("focused", "consultation")
    document = await s.document("focused", "focused_input")
    answers = await _answers(s, "focal.kenya", "document", document)
    assert isinstance(answers["add_comment"].because, WrongState)


async def test_there_is_nothing_to_do_on_what_is_not_there(s):
    assert await possible(s.runner, "secretariat", "call", s.tracks["main"]) == []
    assert await possible(s.runner, "secretariat", "Nothing", s.call) == []
    assert "submit_contribution" in acts_on("contribution")


# ---- the whole of it: every act, role, stage and window
SUBJECTS = (
    "secretariat",
    "penholder",
    "focal.kenya",
    "rep.network",
    "rep.quito",
    "rep.stranger",
    "coordinator",
    "secretariat.rcp",
    None,
)
STAGES = ("preparation", "call", "drafting", "consultation", "closing", "closed")


@pytest.fixture
async def e(database):
    async with running(database.app_url) as made:
        yield made


async def _furnished(e):
    """One thing of every kind that acts are on, on the main track, and those of the tracks beside it."""
    call = await e.call(opens_at=dt.datetime.now(dt.UTC) - DAY)
    text = {"language": "en", "sections": (SectionText(code="a", text="Desks near markets help."),)}
    draft = (await e.s.do("save_contribution", "rep.network", call=call, title="Draft", **text))["contribution"]
    sent = await e.s.do("save_contribution", "focal.kenya", call=call, title="Sent", **text)
    await e.s.do("release_contribution", "focal.kenya", **sent, expected_revision=1)
    await e.s.do("submit_contribution", "focal.kenya", **sent)
    await e.s.stage_of(e.tracks["main"], "drafting")
    given = {"track": e.tracks["main"], "kind": "report", "title": "R", "symbol": "R/1", "language": "en"}
    document = (await e.s.do("draft_document", "penholder", **given))["document"]
    paragraph = (await e.s.do("write_paragraph", "penholder", document=document, text="Unsourced."))["paragraph"]
    await e.s.do("circulate_document", "penholder", document=document, label="Rev.1", comments_close_at=e.before(30))
    permit = {"id": fresh(), "call_id": call, "organisation_id": e.s.organisations["quito"], "until": e.before(70)}
    await e.s.add(t.late_permit, {**permit, "reason": "The line was down.", "given_at": e.s.now})
    tracks = [("track", e.tracks[name]) for name in ("main", "dialogue", "consultation")]
    return [
        *tracks, ("call", call), ("contribution", draft), ("contribution", sent["contribution"]),
        ("document", document),
        ("paragraph", paragraph), ("edition", e.edition), ("forum", e.s.forums["gfmd"]),
    ]  # fmt: skip


def _command(act, kind, id_):
    """A command of the act on the thing; what else it must hold is of no matter, it is not done."""
    command = CATALOGUE[act].command
    plain = {"str": "x", "int": 1, "datetime": dt.datetime.now(dt.UTC) + DAY, "bool": False, "UUID": uuid.UUID(int=1)}
    needed = [f for f in dataclasses.fields(command) if f.default is dataclasses.MISSING]
    given = {f.name: plain.get(str(getattr(f.type, "__name__", f.type)), ()) for f in needed}
    if "process" in given:
        given["process"] = "by_the_clock"  # under another one it is another question
    return command(**{**given, command.on[1] if kind == command.on[0] else kind: id_})


async def _tried(e, act, kind, id_, subject):
    """What the act itself answers, as far as its own file: None where that would have been reached. Nothing is kept."""
    reached = []

    async def instead(do, at, unit):
        reached.append(act)
        return Outcome({})

    tried = Act(act, CATALOGUE[act].command, instead)
    try:
        async with begin(e.s.engine) as unit:
            person = await unit.person(subject)
            if person is None:
                raise NotSignedIn
            viewer = Viewer.of(person)
            await unit.claim(viewer.session())
            await e.s.runner._act(unit, ActRequest(tried, _command(act, kind, id_), subject), person, viewer)
    except Refusal as refusal:
        return refusal
    assert reached == [act]
    return None


def _said(refusal):
    """A refusal to the letter, but for the server's time, which goes on."""
    facts = {name: value for name, value in refusal.facts().items() if name != "server_time"}
    return refusal.code, refusal.path, facts


WHEN = {"open": 85, "grace": 79, "permit": 75, "late": 65, "comments over": 20, "over": -41}


async def agree(e, when, stages):
    """Every act on every thing by every subject at these stages: what `acts` says is what the act says. How often
    which."""
    things = await _furnished(e)
    seen: Counter[str] = Counter()
    await e.s.shift(e.before(WHEN[when]) - dt.datetime.now(dt.UTC))
    for n, stage in enumerate(stages):
        await e.s.stage_of(e.tracks["main"], stage)
        # What is not on the main track knows nothing of its stages, and nobody's answer is always the same.
        here = things if n == 0 else [(kind, id_) for kind, id_ in things if kind not in ("edition", "forum")]
        for subject in SUBJECTS if n == 0 else SUBJECTS[:-1]:
            for kind, id_ in here:
                for answer in await possible(e.s.runner, subject, kind, id_):
                    if answer.act != "advance_stage":  # of which the stage to go to is asked as well: below
                        seen[await _agrees(e, answer, kind, id_, subject, (when, stage))] += 1
    return seen


async def _agrees(e, answer, kind, id_, subject, where):
    refusal = await _tried(e, answer.act, kind, id_, subject)
    place = (*where, subject, kind, answer.act)
    assert answer.yes == (refusal is None), (place, answer.because, refusal)
    if refusal is None:
        return "yes"
    assert _said(answer.because) == _said(refusal), place
    assert answer.possible_from is None or answer.possible_from > e.before(WHEN[where[0]]), place
    return refusal.code


AT = {
    "open": ("call",), "grace": ("call",), "permit": ("consultation",), "late": ("drafting",),
    "comments over": ("closing",),
    "over": ("closed",),
}  # fmt: skip


@pytest.mark.parametrize("when", AT)
async def test_acts_and_the_act_agree_to_the_letter(e, when):
    seen = await agree(e, when, AT[when])
    assert seen.total() > 300
    assert len(seen) >= (3 if when == "over" else 5), seen


async def test_what_is_possible_from_an_instant_is_refused_before_it_and_not_after(e):
    """The instant that is named is the one: tried a moment before and at it, for all acts on a call still to come."""
    call, named = await e.call(), {}
    for subject in ("rep.network", "focal.kenya", "penholder"):
        for kind, id_ in (("call", call), ("track", e.tracks["main"])):
            for answer in await possible(e.s.runner, subject, kind, id_):
                if answer.possible_from is not None:
                    named[subject, kind, answer.act] = (answer.possible_from, id_)
    assert len(named) >= 4, named
    for instant in sorted({at for at, _ in named.values()}):
        for moment, yes in ((instant - dt.timedelta(minutes=1), False), (instant, True)):
            await e.to(moment)
            for (subject, kind, act), (at, id_) in named.items():
                if at == instant:
                    refusal = await _tried(e, act, kind, id_, subject)
                    assert (refusal is None) == yes, (subject, kind, act, moment, refusal)


async def test_to_advance_a_track_is_possible_where_one_of_the_ways_is_open(e):
    things = await _furnished(e)
    assert things
    main = e.tracks["main"]
    [answer] = [a for a in await possible(e.s.runner, "secretariat", "track", main) if a.act == "advance_stage"]
    assert answer.yes
    await e.s.stage_of(main, "closing")  # from where only `closed` follows, which needs every input answered
    [answer] = [a for a in await possible(e.s.runner, "secretariat", "track", main) if a.act == "advance_stage"]
    with pytest.raises(GateClosed) as caught:
        await e.s.do("advance_stage", "secretariat", track=main, to="closed")
    assert _said(answer.because) == _said(caught.value)
    assert caught.value.open_count == 1
    await e.s.stage_of(main, "closed")  # nothing follows
    [answer] = [a for a in await possible(e.s.runner, "secretariat", "track", main) if a.act == "advance_stage"]
    assert some(answer.because).code == "WRONG_STATE"


async def test_by_which_process_a_forum_works_is_read_once_for_all_its_acts(s):
    [forum] = await s.rows(t.forum, slug="gfmd")
    with round_trips(s.runner.engine) as asked:
        assert len(await possible(s.runner, "secretariat", "forum", forum["id"])) > 10
    assert sum("WITH RECURSIVE up" in statement for statement in asked) == 1
    assert len(asked) < 14
