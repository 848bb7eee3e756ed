"""Findings: a definition that loads and yet cannot work. Each fault is found under its own code, at its line."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.gates import GATES
from forum.workflow.acts import ACTS
from forum.workflow.check import check
from forum.workflow.graph import on_cycles, reachable
from forum.workflow.load import parse

SOUND = (Path(__file__).parent / "sound.toml").read_text("utf-8")
LIMBO = '[tracks.main.stages.limbo]\ntitle = "Limbo"\n'
BEFORE_CLOSED = "[tracks.main.stages.closed]"

# code, what is changed, into what, and the line (its text) at which it is found
UNSOUND = [
    ("initial_missing", 'initial = "call"', 'initial = "dawn"', "[tracks.main]"),
    ("unknown_stage", 'to = ["silence"]', 'to = ["silence", "dusk"]', "[tracks.main.stages.drafting]"),
    ("unknown_stage", 'to = "closed", act', 'to = "dusk", act', 'clock = { at = "silence_closes"'),
    ("unreachable_stage", BEFORE_CLOSED, LIMBO + 'to = ["closed"]\n' + BEFORE_CLOSED, "[tracks.main.stages.limbo]"),
    ("dead_end", BEFORE_CLOSED, LIMBO + BEFORE_CLOSED, "[tracks.main.stages.limbo]"),
    ("dead_end", "final = true", "final = false", "[tracks.main.stages.closed]"),
    ("no_end", "final = true", "final = false", "[tracks.main]"),
    ("no_way_to_end", 'to = "closed", act', 'to = "drafting", act', "[tracks.main.stages.silence]"),
    ("final_goes_on", "final = true", 'final = true\nto = ["call"]', "[tracks.main.stages.closed]"),
    ("nobody_advances", 'advance_stage = { by = ["office"] }', "", "[tracks.main.stages.drafting]"),
    ("clock_cycle", 'to = ["silence"]', 'clock = { at = "call_opens", to = "call" }\nto = ["silence"]', "clock = "),
    ("unknown_gate", '"every_input_answered"', '"every_wish_granted"', "start_no_objection"),
    ("unknown_gate", '"no_paragraph_contested"', '"no_sigh_heard"', 'clock = { at = "silence_closes"'),
    ("unknown_gate", 'title = "Report"', 'title = "Report"\ngates = ["good_mood"]', "[documents.report]"),
    ("unknown_role", '{ by = ["member"], window', '{ by = ["membre"], window', "break_silence"),
    ("unknown_role", 'organisation = "representative"', 'organisation = "envoy"', "release_contribution"),
    ("nobody_releases", 'forum = "secretariat"', "", "release_contribution"),
    ("unknown_mechanism", 'mechanisms = ["states"]', 'mechanisms = ["choirs"]', "submit_contribution"),
    ("misplaced_act", "dispose = {", 'open_edition = { by = ["chair"] }\ndispose = {', "open_edition"),
    ("misplaced_act", "open_edition = {", 'comment = { by = ["chair"] }\nopen_edition = {', "comment"),
    ("dispositions_missing", 'taken_up = "taken up in paragraph {paragraph}"', "", "start_no_objection"),
    ("gate_cannot_open", 'dispose = { by = ["penholder"] }', "", "start_no_objection"),
    ("window_never_opens", 'issue_call = { by = ["office"] }', "", "submit_contribution"),
    ("window_never_opens", "open_edition = {", 'grant_mandate = { by = ["chair"], window = "call" }\nopen_edition = {', "grant_mandate"),
    ("silence_without_voice", 'break_silence = { by = ["member"], window = "silence" }', "", "start_no_objection"),
    ("silence_without_end", 'clock = { at = "silence_closes"', 'clock = { at = "call_closes"', "start_no_objection"),
    ("no_way_back", 'title = "Silence"\nto = ["drafting"]', 'title = "Silence"', "start_no_objection"),
    ("unknown_closer", 'by = "steering_group"', 'by = "stewards"', "[closings.silence]"),
    ("unknown_closing", 'closing = "silence"', 'closing = "applause"', "[documents.report]"),
    ("unknown_document", 'documents = ["report"]', 'documents = ["report", "poem"]', "[tracks.main]"),
    ("unknown_document", 'document = "report"', 'document = "poem"', "[[transmissions]]"),
    ("cannot_be_closed", 'how = "no_objection"', 'how = "issued"', "[tracks.main]"),
    ("goes_nowhere", 'to = ["hlpf"]\noutside = true', "", "[[transmissions]]"),
    ("unknown_receiver", 'to = ["hlpf"]', 'to = ["hplf"]', "[[transmissions]]"),
    ("unknown_receiver", 'to = ["hlpf"]', 'to = ["sound/side"]', "[[transmissions]]"),
]  # fmt: skip


def findings(text: str, acts: tuple[str, ...] = ACTS):  # type: ignore[no-untyped-def]
    return check(parse(text), acts, GATES, {"hlpf"})


def test_the_sound_one_has_no_finding() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(("code", "old", "new", "line"), UNSOUND)
def test_each_fault_is_found_at_its_line(code: str, old: str, new: str, line: str) -> None:
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    found = [finding for finding in findings(text) if finding.code == code]
    assert found, [finding.code for finding in findings(text)]
    lines = text.split("\n")
    assert any(line in lines[finding.line - 1] for finding in found if finding.line), found
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.remedy.endswith((".", "?"))
        assert finding.spoken("x.toml").startswith(f"x.toml, line {finding.line}")


def test_an_act_the_code_lacks_is_found_also_on_a_clock() -> None:
    older = tuple(act for act in ACTS if act not in ("comment", "endorse", "dispose"))
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


def test_two_hundred_stages_with_a_thousand_transitions_take_less_than_a_second() -> None:
    text = large(200, 5)
    begun = time.perf_counter()
    assert findings(text) == []
    assert time.perf_counter() - begun < 1


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), min_size=1))
def test_cycles_are_those_a_walk_would_find(edges: dict[int, list[int]]) -> None:
    walked = {node for node in edges if node in reachable(edges[node], lambda one: edges.get(one, ()))}
    assert on_cycles(edges) == walked
