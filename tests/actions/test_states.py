"""`acts` and the act give one answer for the state of a thing: every act on every kind of thing, in every state.

What the table of `forum/domain/states.py` says is compared with what each act itself does with a thing in that state,
the judge left out: an act whose own check the table forgets, or a line of the table that no act bears out, is found.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from forum import errors
from forum.actions.core.act import ActContext
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.judge import place_of
from forum.actions.core.judge_state import unless_unfit
from forum.actions.core.possible import acts_on, possible
from forum.domain.call import CallState
from forum.domain.contribution import ContributionKind, ContributionState
from forum.domain.document import CLOSED, DocumentState
from forum.domain.mandates import acting
from forum.domain.silence import SilenceState
from forum.domain.viewer import Viewer
from forum.store import places
from forum.store.processes import Processes
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.engine import YES
from tests.support.scene import scene

DAY = timedelta(days=1)
# Refused for the state alone; whatever else an act refuses hangs on what is asked.
FOR_THE_STATE = (errors.WrongState, errors.WindowClosed)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def fields(s, ids: dict[str, UUID]) -> dict[str, dict[str, Any]]:
    """For each act, what is asked beside the thing it is on: enough to get as far as its state."""
    paragraph = {"paragraph": ids["paragraph"]}
    return {
        "save_contribution": {"title": "T", "language": "en", "expected_revision": 1},
        "release_contribution": {"expected_revision": 1},
        "clear_contribution": {"expected_revision": 1},
        "return_contribution": {"reason": "Which year?", "mend_until": s.now + 5 * DAY},
        "rename_document": {"title": "Another"},
        "withdraw_document": {"reason": "Begun twice."},
        "write_paragraph": {"text": "More."},
        "revise_paragraph": {"expected_revision": 1, "text": "Other words."},
        "withdraw_paragraph": {"expected_revision": 1, "reason": "Said twice."},
        "add_recommendation": {"heading": "Do it"},
        "cite_source": {**paragraph, "source": f"Contribution:{ids['contribution']}"},
        "circulate_document": {"label": "Rev.1", "comments_close_at": s.now + 15 * DAY},
        "start_silence": {"body": s.forums["steering"]},
        "add_comment": {"text": "We agree.", "audience": "participants"},
        "clear_comment": {"text": "We agree.", "audience": "participants"},
        "transmit_document": {"to_track": s.tracks["hlpf"]},
        "deliver_document": {"name": "A body"},
        "record_disposition": {"subject": f"Contribution:{ids['contribution']}", "word": "noted"},
        "record_joint_disposition": {"subjects": (f"Contribution:{ids['contribution']}",), "reason": "Together."},
        "break_silence": {"reason": "No."},
        "place_reservation": {"words": "But."},
        "answer_objection": {"objection": fresh(), "kind": "explained", "text": "So."},
        "extend_window": {"closes_at": s.now + 50 * DAY, "reason": "Asked for."},
        "switch_reminders": {"remind": False},
        "withdraw_recorded_contribution": {"reason": "Entered twice."},
        "correct_document": {"addition": "More.", "reason": "Left out."},
        "withdraw_call": {"reason": "Asked for by mistake."},
        "record_contribution": {"title": "By post", "language": "en"},
        "permit_late_contribution": {
            "organisation": s.organisations["kenya"],
            "until": s.now + 50 * DAY,
            "reason": "x",
        },
    }


async def things(s) -> tuple[dict[str, UUID], list[tuple[str, UUID, Any, dict[str, Any]]]]:
    """The kinds of things that have states: each with its id, its table, and the values that put it there."""
    contribution = await s.input()
    await s.stage("focused", "drafting")
    report = await s.document("focused", "focused_input")
    paragraph = await s.write(report, "Desks help.")
    await s.circulate(report)
    await s.stage("focused", "no_objection")
    silence = (await s.do("start_silence", "secretariat", document=report, body=s.forums["steering"]))["silence"]
    ids = {"contribution": contribution, "document": report, "paragraph": paragraph, "silence": silence}
    cases: list[tuple[str, UUID, Any, dict[str, Any]]] = []
    for kind in (ContributionKind.INPUT, ContributionKind.RECEIVED):
        cases += [
            ("contribution", contribution, t.contribution, {"state": st, "kind": kind}) for st in ContributionState
        ]
    cases += [("document", report, t.document, {"state": st}) for st in DocumentState]
    cases += [("paragraph", paragraph, t.document, {"state": st}) for st in DocumentState]
    cases += [("silence", silence, t.silence, {"state": st}) for st in SilenceState]
    cases += [("call", s.call, t.call, {"state": st}) for st in CallState]
    return ids, cases


async def test_every_act_and_what_acts_says_of_it_agree_on_every_state(s):
    ids, cases = await things(s)
    asked, refused_by_state = fields(s, ids), 0
    for kind, id_, table, values in cases:
        await s.change(t.silence, ids["silence"], state="passed")  # one runs only while its text lies before the body
        await s.change(table, ids["document"] if kind == "paragraph" else id_, **values)
        for act in acts_on(kind):
            known = CATALOGUE[act]
            on = known.command.on[1] if known.command.on[0] == kind else kind
            do = known.command(**{on: id_}, **asked.get(act, {}))
            said, done = await both(s, kind, id_, do, act)
            where = f"{act} on a {kind} that is {values}"
            assert said is done, f"{where}: acts says {said}, the act {done}"
            refused_by_state += said is not None
    assert refused_by_state > 80


async def both(s, kind, id_, do, act) -> tuple[type | None, type | None]:
    """How the state of the thing is answered: by the table, and by the act itself; None where it is no obstacle."""
    own = kind in ("contribution", "call") or act == "clear_comment"
    subject = "rep.network" if own else "secretariat"
    async with begin(s.engine) as unit:
        person = await unit.person(subject)
        assert person is not None
        viewer = Viewer.of(person)
        await unit.claim(viewer.session())
        located = await places.locate(unit, kind, id_)
        assert located is not None
        assert located.track is not None
        assert located.process_hash is not None
        assert located.process_text is not None
        processes = Processes()
        process = processes.get(located.process_hash, located.process_text)
        track = process.tracks[located.track.definition]
        verdict = unless_unfit(YES, act, located, process)
        said = type(verdict.because) if isinstance(verdict.because, FOR_THE_STATE) else None
        mandate = next(m for m in person.mandates)
        context = ActContext(
            located.now, located, person, viewer, acting(person, mandate, place_of(located)), process, track, processes
        )
        try:
            await CATALOGUE[act].perform(do, context, unit)
        except FOR_THE_STATE as refusal:
            return said, type(refusal)
        except errors.Refusal:
            return said, None
        return said, None


async def test_a_migration_is_taken_back_only_where_there_is_one(s):
    answers = {a.act: a for a in await possible(s.runner, "secretariat", "edition", s.editions["gfmd"])}
    assert answers["migrate_edition"].yes
    assert isinstance(answers["undo_migration"].because, errors.WrongState)
    with pytest.raises(errors.WrongState):
        await s.do("undo_migration", "secretariat", edition=s.editions["gfmd"])


@pytest.mark.parametrize("state", CLOSED)
async def test_nothing_is_written_in_a_text_that_is_closed_and_acts_says_so(s, state):
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report")
    await s.write(document, "Desks help.")
    await s.change(t.document, document, state=state, closed_at=s.now)
    answers = {a.act: a for a in await possible(s.runner, "secretariat", "document", document)}
    for act in ("write_paragraph", "cite_source", "circulate_document"):
        assert isinstance(answers[act].because, errors.WrongState), act
    with pytest.raises(errors.WrongState):
        await s.do("write_paragraph", "secretariat", document=document, text="More.")


async def test_acts_says_of_an_input_what_its_state_allows(s):
    id_ = await s.input()

    async def refused(by: str) -> set[str]:
        answers = await possible(s.runner, by, "contribution", id_)
        return {a.act for a in answers if isinstance(a.because, errors.WrongState)}

    assert {"receive_contribution", "withdraw_return"} <= await refused("secretariat")
    assert {"save_contribution", "release_contribution", "submit_contribution"} <= await refused("rep.network")
    await s.do("admit_contribution", "secretariat", contribution=id_)
    assert "admit_contribution" in await refused("secretariat")
    await s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?")
    assert {"admit_contribution", "return_contribution"} <= await refused("secretariat")
    assert "submit_contribution" in await refused("rep.network")
