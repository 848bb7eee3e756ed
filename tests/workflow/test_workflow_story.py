"""The main job, walked through the shipped definitions: each act at its stage, by the office that does it."""

from datetime import UTC, datetime

import pytest

from forum.files import shipped
from forum.workflow.engine import GateAnswer, Standing, Window, clock_moves, decide, gates_of, next_stages
from forum.workflow.load import read_file

NOW = datetime(2020, 5, 4, 10, tzinfo=UTC)
OPEN = Window(None, None)

# track, stage, role, acts in the order of the story
GFMD = (
    ("main", "preparation", "chair", "issue_call advance_stage"),
    ("focused_input", "call", "chair", "issue_call"),
    ("focused_input", "call", "delegate", "save_contribution submit_contribution decline_call"),
    ("focused_input", "call", "representative", "save_contribution release_contribution submit_contribution"),
    ("focused_input", "call", "coordinator", "save_contribution release_contribution submit_contribution"),
    ("focused_input", "call", "national_focal_point", "release_contribution withdraw_contribution"),
    ("focused_input", "call", "secretariat", "admit_contribution return_contribution record_contribution"),
    ("focused_input", "drafting", "secretariat", "record_contribution receive_contribution record_meeting"),
    ("focused_input", "drafting", "penholder", "draft_document write_paragraph add_recommendation cite_source"),
    ("focused_input", "drafting", "penholder", "circulate_document"),
    ("focused_input", "consultation", "observer", "add_comment"),
    ("focused_input", "consultation", "penholder", "record_disposition revise_paragraph record_joint_disposition"),
    ("focused_input", "no_objection", "secretariat", "start_silence"),
    ("focused_input", "no_objection", "member", "break_silence"),
    ("focused_input", "endorsed", "secretariat", "issue_document transmit_document deliver_document"),
    ("focused_input", "sent", "liaison", "deliver_document"),
    ("regional_consultation", "drafting", "resource_person", "write_paragraph"),
    ("regional_consultation", "issued", "chair", "issue_document"),
    ("regional_consultation", "issued", "secretariat", "transmit_document"),
    ("main", "closing", "chair", "issue_document"),
)
OTHERS = (
    ("national", "main", "call", "representative", "save_contribution release_contribution submit_contribution"),
    (
        "national",
        "main",
        "drafting",
        "national_focal_point",
        "draft_document write_paragraph cite_source record_disposition",
    ),
    ("national", "main", "release", "national_focal_point", "issue_document transmit_document"),
    ("idm", "meeting", "summary", "note_taker", "draft_document write_paragraph cite_source record_meeting"),
    ("idm", "meeting", "summary", "secretariat", "issue_document"),
    ("hlpf", "main", "drafting", "secretariat", "receive_contribution draft_document issue_document"),
    ("hlpf", "main", "adoption", "chair", "endorse_document"),
    ("imrf", "main", "drafting", "secretariat", "receive_contribution draft_document issue_document"),
)
STEPS = (*(("gfmd", *step) for step in GFMD), *OTHERS)


@pytest.mark.parametrize(("name", "track", "stage", "role", "acts"), STEPS)
def test_every_step_of_the_story_is_open(name: str, track: str, stage: str, role: str, acts: str) -> None:
    process = read_file(shipped() / f"{name}.toml")
    standing = Standing(frozenset({role}), frozenset({"member"}))
    for act in acts.split():
        answers = {gate: GateAnswer(gate, open=True) for gate in gates_of(process, track, stage, act)}
        verdict = decide(process, track, stage, act, standing, now=NOW, window=OPEN, gates=answers)
        assert verdict.yes, f"{act}: {verdict.because}"


def test_the_focused_input_runs_from_the_call_to_the_hlpf() -> None:
    gfmd = read_file(shipped() / "gfmd.toml")
    call, silence = (clock_moves(gfmd, "focused_input", stage)[0] for stage in ("call", "no_objection"))
    assert (call.at, call.to, call.act) == ("call_closes", "drafting", "advance_stage")
    assert (silence.at, silence.to, silence.act) == ("silence_closes", "endorsed", "endorse_document")
    assert silence.gates == ("no_paragraph_contested",)
    assert "drafting" in next_stages(gfmd, "focused_input", "no_objection")
    assert "endorsed" not in next_stages(gfmd, "focused_input", "no_objection")


def test_the_report_waits_for_every_answer() -> None:
    gfmd = read_file(shipped() / "gfmd.toml")
    for track, stage, act, kind in (
        ("main", "closing", "issue_document", "consolidated_report"),
        ("focused_input", "no_objection", "start_silence", "focused_input"),
        ("focused_input", "endorsed", "issue_document", "focused_input"),
        ("regional_consultation", "issued", "issue_document", "regional_report"),
    ):
        asked = gates_of(gfmd, track, stage, act, kind)
        assert {"every_input_answered", "every_comment_answered", "no_call_open"} <= set(asked)
    # It is of a meeting, not of the inputs: what is asked is that its own comments have their answers.
    only = ("every_comment_answered",)
    assert gates_of(gfmd, "main", "closing", "issue_document", "summary_of_conclusions") == only
