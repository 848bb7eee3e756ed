"""No shipped process lets a text go out while a call is open, or an input or a comment lacks its answer.

A text that is not made of the inputs is excepted by name, with the reason.
"""

import pytest

from forum.domain.gates import GATES
from forum.files import shipped
from forum.workflow.effects import ENDED_BY
from forum.workflow.engine import gates_of
from forum.workflow.load import read_file

FILES = sorted(shipped().glob("*.toml"))
ASKED = {"every_input_answered", "every_comment_answered", "no_call_open"}
OF_A_MEETING = {"every_comment_answered"}
# process, kind -> what is asked instead of all three.
EXCEPTED: dict[tuple[str, str], set[str]] = {
    ("gfmd", "summary_of_conclusions"): OF_A_MEETING,
    ("gfmd", "response_document"): {"every_comment_answered"},  # it reports the answers that the other texts gave
    ("regional", "summary_of_conclusions"): OF_A_MEETING,
    ("imrf", "round_table_summary"): OF_A_MEETING,
    ("idm", "background_paper"): set(),  # before the meeting, for those who are asked
    # The synthesis answers each input; the declaration is negotiated, and the track ends with every input answered.
    ("hlpf", "declaration"): {"every_comment_answered", "no_call_open"},
}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_text_waits_for_every_answer_and_for_open_calls(path):
    process = read_file(path)
    for name, kind in process.documents.items():
        closing = process.closings[kind.closing].name
        act = next(act for act, ways in ENDED_BY.items() if closing in ways)
        wanted = EXCEPTED.get((process.name, name), ASKED)
        for track in process.tracks.values():
            stages = track.stages_with(act) if name in track.documents else ()
            for stage in stages:
                asked = set(gates_of(process, track.name, stage, act, name))
                assert wanted <= asked, f"{name} at {track.name}/{stage}: {wanted - asked} not asked"
    assert GATES.keys() >= ASKED


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_whoever_may_return_an_input_may_take_that_back(path):
    for track in read_file(path).tracks.values():
        for stage in track.stages:
            rules = [track.rule(stage, act) for act in ("return_contribution", "withdraw_return")]
            assert (rules[0] is None) == (rules[1] is None)
            assert rules[0] is None or rules[1] is None or rules[0].roles == rules[1].roles
