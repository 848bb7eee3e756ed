"""Moves of running editions to another version: every stage has a place to go, and nothing owed is lost on the way."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.workflow.check.moves import InUse, everything, findings, targets
from forum.workflow.load import parse
from forum.workflow.moves import Place, lost, moves_from, overridden, stands, target
from forum.workflow.process import Process

TEXT = (Path(__file__).parent / "sound.toml").read_text("utf-8")
OLD = parse(TEXT)
NEW = TEXT.replace('version = "1"', 'version = "2"')
MOVES = '\n[[moves]]\nfrom = "1"\n'


def text(*swaps: tuple[str, str], moves: str = "") -> Process:
    made = NEW
    for old, new in swaps:
        assert old in made, old
        made = made.replace(old, new)
    return parse(made + moves)


RENAMED = (("stages.drafting", "stages.writing"), ('"drafting"', '"writing"'))
SECOND = '\n[tracks.side]\ntitle = "Side"\ninitial = "only"\n[tracks.side.stages.only]\ntitle = "Only"\nfinal = true\n'


def codes(new: Process, old: Process = OLD, **more: object) -> list[str]:
    return [finding.code for finding in findings(old, new, **more)]  # type: ignore[arg-type]


def test_what_keeps_its_name_goes_to_itself() -> None:
    assert codes(text()) == []
    assert target(moves_from(text(), "1"), Place("main", "drafting")) == Place("main", "drafting")


def test_a_renamed_stage_needs_a_map_and_is_sound_with_one() -> None:
    new = text(*RENAMED)
    [found] = list(findings(OLD, new))
    assert (found.code, found.track, found.stage) == ("moves_stage_lost", "main", "drafting")
    assert "stages.main" in found.remedy
    assert lost(new, moves_from(new, "1"), [Place("main", "drafting"), Place("main", "call")]) == (
        Place("main", "drafting"),
    )
    mapped = text(*RENAMED, moves=MOVES + 'stages.main = { drafting = "writing" }\n')
    assert codes(mapped) == []
    assert target(moves_from(mapped, "1"), Place("main", "drafting")) == Place("main", "writing")


def test_a_map_for_another_version_does_not_count() -> None:
    new = text(*RENAMED, moves='\n[[moves]]\nfrom = "0"\nstages.main = { drafting = "writing" }\n')
    assert codes(new) == ["moves_stage_lost"]


def test_an_override_counts_before_the_map_of_the_file() -> None:
    new = text(*RENAMED)
    moves = overridden(moves_from(new, "1"), [(Place("main", "drafting"), Place("main", "writing"))])
    assert codes(new, moves=moves) == []
    assert target(moves, Place("main", "drafting")) == Place("main", "writing")


def test_a_renamed_track_needs_a_map() -> None:
    new = text(("tracks.main", "tracks.path"))
    assert codes(new) == ["moves_track_lost"]
    mapped = text(("tracks.main", "tracks.path"), moves=MOVES + 'tracks = { main = "path" }\n')
    assert codes(mapped) == []
    assert target(moves_from(mapped, "1"), Place("main", "call")) == Place("path", "call")


SILENCE = (
    'clock = { at = "silence_closes", to = "closed", act = "endorse_document", gates = ["no_paragraph_contested"] }'
)


@pytest.mark.parametrize(
    ("code", "swaps", "moves"),
    [
        ("moves_unknown_track", (), MOVES + 'tracks = { mian = "main" }\n'),
        ("moves_unknown_stage", (), MOVES + 'stages.main = { darfting = "drafting" }\n'),
        ("moves_stage_lost", (), MOVES + 'stages.main = { drafting = "wrting" }\n'),
        ("moves_track_lost", (), MOVES + 'tracks = { main = "mian" }\n'),
        ("moves_end", (), MOVES + 'stages.main = { closed = "drafting" }\n'),
        ("moves_end", (), MOVES + 'stages.main = { drafting = "closed" }\n'),
        ("moves_obligation_lost", (), MOVES + 'stages.main = { silence = "drafting" }\n'),
        ("moves_obligation_lost", ((SILENCE, ""),), ""),
        ("moves_obligation_lost", (), MOVES + 'stages.main = { call = "drafting" }\n'),
        ("moves_answers_lost", (('record_disposition = { by = ["penholder"] }\n', ""),), ""),
        ("moves_answers_lost", ((', gates = ["every_input_answered", "no_call_open"]', ""),), ""),
        ("moves_subject_missing", (('documents = ["report"]', 'documents = ["report"]\nreviews = true'),), ""),
        ("moves_document_lost", (("documents.report", "documents.paper"),), ""),
        ("moves_document_lost", (('documents = ["report"]', "documents = []"),), ""),
        ("moves_disposition_lost", (("taken_up =", "used ="),), ""),
        ("moves_closing_lost", (('how = "no_objection"', 'how = "issued"'),), ""),
    ],
)
def test_what_would_be_lost_is_found(code: str, swaps: tuple[tuple[str, str], ...], moves: str) -> None:
    found = [finding for finding in findings(OLD, text(*swaps, moves=moves)) if finding.code == code]
    assert found
    assert all(one.message.endswith(".") and one.remedy.endswith((".", "?")) for one in found)


def test_two_tracks_do_not_meet_on_one_that_runs_once() -> None:
    old = parse(TEXT + SECOND)
    new = text(moves=MOVES + 'tracks = { side = "main" }\nstages.side = { only = "closed" }\n')
    assert codes(new, old) == ["moves_tracks_meet"]


def test_only_what_editions_hold_must_be_kept() -> None:
    new = text(("taken_up =", "used ="), ('how = "no_objection"', 'how = "issued"'))
    assert codes(new, in_use=InUse()) == []
    assert codes(new, in_use=InUse(dispositions=frozenset({"taken_up"}))) == ["moves_disposition_lost"]
    assert codes(new, in_use=InUse(silent=frozenset({"report"}))) == ["moves_closing_lost"]
    assert set(codes(new, in_use=everything(OLD))) == {"moves_disposition_lost", "moves_closing_lost"}


def test_a_map_that_leads_nowhere_is_found_without_the_earlier_version() -> None:
    assert list(targets(text())) == []
    wrong = text(moves=MOVES + 'tracks = { side = "mian" }\nstages.main = { call = "asking" }\n')
    assert [found.code for found in targets(wrong)] == ["moves_unknown_target"] * 2
    assert all(found.line for found in targets(wrong))
    twice = text(moves=MOVES + MOVES)
    assert [found.code for found in targets(twice)] == ["moves_twice"]


STAGES = list(OLD.tracks["main"].stages)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(STAGES), st.sampled_from(STAGES)), st.booleans())
def test_a_map_without_findings_leads_every_stage_to_one_of_its_kind(named: dict[str, str], renamed: bool) -> None:
    """What the check passes holds for every place an edition can stand at, whatever the map says."""
    said = ", ".join(f'{old} = "{new}"' for old, new in named.items())
    new = text(*(RENAMED if renamed else ()), moves=MOVES + f"stages.main = {{ {said} }}\n")
    moves = moves_from(new, "1")
    if codes(new):
        return
    for stage in OLD.tracks["main"].stages.values():
        there = target(moves, Place("main", stage.id))
        assert stands(new, there)
        goal = new.tracks[there.track].stages[there.stage]
        assert goal.final == stage.final
        assert {clock.at for clock in stage.clocks} <= {clock.at for clock in goal.clocks}
