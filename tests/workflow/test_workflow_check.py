"""Findings: a definition that loads and yet cannot work. Each fault is found under its own code, at its line."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forum.workflow
from forum.domain.gates import GATES
from forum.files import shipped
from forum.rendering.papers.words import LANGUAGES
from forum.workflow.act_names import ACTS
from forum.workflow.check.check import check
from forum.workflow.check.endings import explored
from forum.workflow.finding import Finding
from forum.workflow.graph import on_cycles, reachable
from forum.workflow.load import parse, read_file
from tests.support.work import A_SECOND, counted
from tests.support.workflow.broken import STILL_SOUND, UNSOUND
from tests.workflow.test_workflow_never_sound import CHANGES

SOUND = (Path(__file__).parent / "sound.toml").read_text("utf-8")

# Their tables stand with what they are about: the dates of editions, the move from one version to the next.
OF_OTHERS = ("dates.py", "moves.py")
DEAF = parse(SOUND.replace('name = "sound"', 'name = "deaf"').replace('layer = "regional"', 'layer = "local"'))
HLPF = read_file(shipped() / "hlpf.toml")


def findings(text: str, acts: tuple[str, ...] = ACTS) -> list[Finding]:
    others = {"hlpf": HLPF, "deaf": DEAF}
    return check(parse(text), acts, GATES, {"hlpf", "deaf"}, processes=others, languages=LANGUAGES)


def changed(changes: tuple[tuple[str, str], ...]) -> str:
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_the_sound_one_has_no_finding() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(("code", "changes", "line"), UNSOUND)
def test_each_fault_is_found_at_its_line(code: str, changes: tuple[tuple[str, str], ...], line: str) -> None:
    text = changed(changes)
    every, work = counted(lambda: findings(text))
    assert work < A_SECOND
    found = [finding for finding in every if finding.code == code]
    assert found, [finding.spoken("broken.toml") for finding in findings(text)]
    lines = text.split("\n")
    assert any(line in lines[finding.line - 1] for finding in found if finding.line), found
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.remedy.endswith((".", "?"))
        assert finding.spoken("x.toml").startswith(f"x.toml, line {finding.line}")


def test_the_table_has_every_code_the_check_knows() -> None:
    """A code without a definition that earns it is a check that nobody has seen at work."""
    mine = (path for path in Path(forum.workflow.__file__).parent.glob("check/*.py") if path.name not in OF_OTHERS)
    sources = "\n".join(path.read_text("utf-8") for path in mine)
    codes = set(re.findall(r'(?:Finding\(\s*|yield |_at\(track, \w+, )"([a-z_]+)"', sources))
    shown = {code for code, _, _ in UNSOUND} | {code for _, _, code in CHANGES.values()}
    assert len(UNSOUND) >= 40
    assert len(codes) > 30
    assert codes - shown == {"unknown_act"}  # the reader refuses it: the test below asks an older service


@pytest.mark.parametrize("what", STILL_SOUND)
def test_what_only_looks_like_a_fault_is_none(what: str) -> None:
    assert findings(changed(STILL_SOUND[what])) == []


def test_a_layer_is_judged_only_where_all_its_processes_are_known() -> None:
    process = parse(changed((('to = ["hlpf"]', 'to = ["local"]'),)))
    assert check(process, ACTS, GATES, {"deaf", "elsewhere"}, processes={"deaf": DEAF}) == []
    told = check(process, ACTS, GATES, {"deaf"}, processes={"deaf": DEAF})
    assert [one.code for one in told] == ["not_accepted"]


def test_of_stages_that_are_locked_one_by_the_other_the_root_is_told() -> None:
    last = '[tracks.main.stages.{}]\ntitle = "{}"\nto = ["{}"]\n'
    text = changed(
        (
            ("final = true", 'final = true\nneeds = ["every_input_answered"]'),
            ('to = "closed", act', 'to = "one", act'),
            (
                "[tracks.main.stages.closed]",
                last.format("one", "One", "two") + last.format("two", "Two", "closed") + "[tracks.main.stages.closed]",
            ),
            ("break_silence = {", 'receive_contribution = { by = ["office"] }\nbreak_silence = {'),
        )
    )
    assert [(f.code, f.stage) for f in findings(text)] == [("locked_for_ever", "two")]


def test_what_nobody_may_move_is_told_once() -> None:
    told = findings(changed((('advance_stage = { by = ["office"] }\n', ""),)))
    assert {(f.code, f.stage) for f in told} == {("nobody_advances", s) for s in ("call", "drafting", "silence")}


def test_a_role_that_nobody_can_fill_is_told_once() -> None:
    none = (('[mechanisms]\nstates = "States"\n', ""), ('mechanisms = ["states"], ', ""))
    forum = [
        (f'{act} = {{ by = ["office"] }}', f'{act} = {{ by = ["chair"] }}')
        for act in ("open_edition", "publish_process", "grant_mandate")
    ]
    text = changed((*none, *forum, ('office = ["chair", ', 'office = ["coordinator", "chair", ')))
    assert [f.code for f in findings(text)] == ["role_unfilled"]


def test_a_lock_is_told_with_what_holds_it_and_what_is_missing() -> None:
    told = {
        code_and_line: next(f for f in findings(changed(changes)) if f.code == "locked_for_ever")
        for code_and_line, changes in ((line, changes) for code, changes, line in UNSOUND if code == "locked_for_ever")
    }
    assert [(one.message, one.remedy) for one in told.values()] == [
        (
            "At drafting the track can come to a stop for ever: with an objection without an answer, and from there "
            "no way leads to an end.",
            "Give answer_objection at drafting, or at a stage that follows it.",
        ),
        (
            "At call the track can come to a stop for ever: no call is open, and from there no way leads to an end.",
            "Give issue_call at call, or name in `to` a stage to go on to by hand.",
        ),
        (
            "At last the track can come to a stop for ever: with an input without an answer, and from there no way "
            "leads to an end.",
            "Give record_disposition at last, or name in `to` a stage that gives it.",
        ),
        (
            "At late the track can come to a stop for ever: with an input without an answer while there is no text "
            "yet, and from there no way leads to an end.",
            "Give draft_document at late, or name in `to` a stage that gives it.",
        ),
    ]


def test_an_act_the_code_lacks_is_found_also_on_a_clock() -> None:
    older = tuple(act for act in ACTS if act not in ("add_comment", "endorse_document", "record_disposition"))
    found = [(f.code, f.track, f.stage) for f in findings(SOUND, older)]
    assert found == [("unknown_act", "main", "drafting"), ("unknown_act", "main", "silence")]


def test_receivers_are_judged_only_where_they_are_known() -> None:
    process = parse(SOUND.replace('to = ["hlpf"]', 'to = ["hplf"]', 1))
    assert check(process, ACTS, GATES) == []


def large(stages: int, ways: int) -> str:
    """A definition of many stages, each with several ways on, all of them leading to the end."""
    dice = random.Random(7)
    parts = [SOUND[: SOUND.index("[tracks.main.stages.call]")].replace('"call"', '"s0"').replace('["report"]', "[]")]
    for number in range(stages):
        targets = {f"s{number + 1}", *(f"s{dice.randrange(stages)}" for _ in range(ways - 1))}
        listed = ", ".join(f'"{target}"' for target in sorted(targets))
        parts.append(f'[tracks.main.stages.s{number}]\ntitle = "S"\nto = [{listed}]\n')
    parts.append(f'[tracks.main.stages.s{stages}]\ntitle = "End"\nfinal = true\n')
    return "\n".join(parts)


# Every act there is, as it may stand at a stage of drafting; with all of them every thing can be open, and matters.
EVERYTHING = """
[sets.everything]
issue_call = { by = ["office"] }
submit_contribution = { by = ["delegate"], window = "call" }
record_contribution = { by = ["office"] }
receive_contribution = { by = ["office"] }
draft_document = { by = ["penholder"] }
write_paragraph = { by = ["penholder"] }
cite_source = { by = ["penholder"] }
circulate_document = { by = ["penholder"] }
add_comment = { by = ["member"], window = "consultation" }
record_disposition = { by = ["penholder"] }
answer_objection = { by = ["penholder"] }
permit_late_contribution = { by = ["office"] }
start_silence = { by = ["office"], gates = ["every_comment_answered"] }
break_silence = { by = ["member"], window = "silence" }

[documents.minutes]
title = "Minutes"
closing = "silence"
gates = ["every_paragraph_sourced"]
"""
MOVES = (
    ("call_closes", "every_input_answered"),
    ("consultation_closes", "every_comment_answered"),
    ("silence_closes", "no_paragraph_contested"),
)


def heavy(stages: int, ways: int) -> str:
    """The same with every act at every stage, gates before every third stage, and three gated clocks at each."""
    gates = ("every_input_answered", "every_comment_answered", "every_paragraph_sourced", "no_paragraph_contested")
    text = large(stages, ways - 3).replace("documents = []", 'documents = ["report", "minutes"]')
    text = text.replace("[sets.writing]", EVERYTHING + "[sets.writing]") + SOUND[SOUND.index("[closings.silence]") :]
    for number in range(stages):
        needs = f'needs = ["{gates[number % 4]}"]\n' if number % 3 == 0 and number else ""
        targets = [min(number + 1 + step, stages) for step in range(3)]
        told = [
            f'{{ at = "{at}", to = "s{to}", gates = ["{gate}"] }}'
            for (at, gate), to in zip(MOVES, targets, strict=True)
        ]
        head = f"[tracks.main.stages.s{number}]\n"
        text = text.replace(head, f'{head}sets = ["everything"]\nclock = [{", ".join(told)}]\n{needs}', 1)
    return text.replace("final = true\n", 'final = true\nneeds = ["every_input_answered", "no_paragraph_contested"]\n')


@pytest.mark.parametrize(("made", "things"), [(large, 0), (heavy, 15)], ids=["plain", "with gates and obligations"])
def test_two_hundred_stages_with_a_thousand_transitions_take_less_than_a_second_of_work(made, things: int) -> None:
    text = made(200, 5)
    process = parse(text)
    track = process.tracks["main"]
    assert len(track.stages) == 201
    assert sum(len(stage.to) + len(stage.clocks) for stage in track.stages.values()) > 900
    assert len(explored(process, track).bits.names) >= things
    found, work = counted(lambda: findings(text))
    assert work < A_SECOND
    # At every stage a text may be put to its body and any stage leads on by hand: so does the last one to the end.
    assert {one.code for one in found} == ({"end_leaves_silence"} if things else set())


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), min_size=1))
def test_cycles_are_those_a_walk_would_find(edges: dict[int, list[int]]) -> None:
    walked = {node for node in edges if node in reachable(edges[node], lambda one: edges.get(one, ()))}
    assert on_cycles(edges) == walked
