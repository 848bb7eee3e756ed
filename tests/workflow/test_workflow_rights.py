"""What a later version would take away of a right that may be in use is found, with who would lose it."""

from pathlib import Path

import pytest

from forum.files import shipped
from forum.workflow.check.rights import CODE, RIGHTS, RightInUse, findings
from forum.workflow.load import parse, read_file
from forum.workflow.moves import Place
from forum.workflow.process import Process

MINI = (Path(__file__).parent / "mini.toml").read_text("utf-8")
SILENT = Place("main", "silence")
CALLED = Place("main", "call")
OBJECTING = 'break_silence = { by = ["member"], window = "silence" }'
SAVING = 'save_contribution = { by = ["contributors"], window = "call" }'
COMMENTING = 'comment = { by = ["contributors"], window = "consultation" }'
OLD = parse(MINI)


def later(*changes: tuple[str, str]) -> Process:
    text = MINI.replace('version = "1"', 'version = "2"')
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse(text)


NARROWED = {
    "a role": (SILENT, "silence", OBJECTING, OBJECTING.replace('"member"', '"delegate"'), "break_silence", "member"),
    "the act": (SILENT, "silence", OBJECTING, "", "break_silence", "member"),
    "a gate": (
        SILENT,
        "silence",
        OBJECTING,
        OBJECTING.replace('window = "silence"', 'window = "silence", gates = ["every_input_answered"]'),
        "break_silence",
        "every_input_answered",
    ),
    "another window": (
        SILENT,
        "silence",
        OBJECTING,
        OBJECTING.replace('"silence" }', '"stage" }'),
        "break_silence",
        "stage",
    ),
    "one of several roles": (
        CALLED,
        "call",
        SAVING,
        SAVING.replace('"contributors"', '"delegate", "representative"'),
        "save_contribution",
        "national_focal_point",
    ),
    "a status": (
        CALLED,
        "returned",
        SAVING,
        SAVING.replace("window", 'statuses = ["member"], window'),
        "save_contribution",
        "delegate",
    ),
    "a kind of author": (
        CALLED,
        "call",
        'mechanism = "representative"',
        'mechanism = "secretariat"',
        "release_contribution",
        "representative (mechanism)",
    ),
    "who comments": (
        Place("main", "drafting"),
        "consultation",
        COMMENTING,
        COMMENTING.replace("contributors", "delegate"),
        "add_comment",
        "representative",
    ),
}


@pytest.mark.parametrize("name", NARROWED)
def test_what_is_narrowed_is_found_with_who_loses_it_and_what_is_widened_is_not(name: str) -> None:
    place, thing, before, after, act, word = NARROWED[name]
    new = later((before, after))
    [found] = list(findings(OLD, new, in_use=[RightInUse(place, thing)]))
    assert (found.code, found.track, found.stage) == (CODE, place.track, place.stage)
    assert act in found.message
    assert word in found.message
    assert found in list(findings(OLD, new)) or thing == "returned"
    if name in ("a role", "a kind of author"):
        return  # another one took its place: the way back takes it from that one
    assert [f for f in findings(new, OLD, in_use=[RightInUse(place, thing)]) if act in f.message] == []


def test_nothing_under_way_nothing_found_and_a_definition_takes_nothing_from_itself() -> None:
    assert list(findings(OLD, later((OBJECTING, "")), in_use=[])) == []
    for path in sorted(shipped().glob("*.toml")):
        process = read_file(path)
        assert list(findings(process, process)) == []


def test_while_a_text_is_in_silence_its_members_keep_their_right_wherever_the_track_stands() -> None:
    back = RightInUse(Place("main", "drafting"), "silence")
    [found] = findings(OLD, later((OBJECTING, OBJECTING.replace('"member"', '"delegate"'))), in_use=[back])
    assert (found.stage, "break_silence" in found.message) == ("drafting", True)
    elsewhere = later((OBJECTING, ""), ("[tracks.main.always]\n", f"[tracks.main.always]\n{OBJECTING}\n"))
    assert list(findings(OLD, elsewhere, in_use=[back])) == []


def test_under_a_late_permit_the_right_is_that_of_the_call_at_every_stage() -> None:
    permit = RightInUse(Place("main", "silence"), "permit")
    assert list(findings(OLD, later(), in_use=[permit])) == []
    [found] = list(findings(OLD, later((SAVING, "")), in_use=[permit]))
    assert "save_contribution is given to" in found.message


def test_a_track_that_waits_for_another_takes_every_right() -> None:
    other = '\n[tracks.first]\ntitle = "First"\ninitial = "only"\n'
    other += '[tracks.first.stages.only]\ntitle = "Only"\nfinal = true\n'
    waiting = later(('feeds = "summit"\n', 'feeds = "summit"\nafter = "first"\n'))
    waiting = parse(waiting.text + other)
    found = list(findings(OLD, waiting, in_use=[RightInUse(SILENT, "silence")]))
    assert [f.message.split(", ")[1].split()[0] for f in found] == list(RIGHTS["silence"])


def test_a_right_split_between_two_rules_is_kept_whole() -> None:
    split = later(
        (OBJECTING, OBJECTING.replace('by = ["member"]', 'by = ["member", "delegate"]')),
    )
    assert list(findings(OLD, split, in_use=[RightInUse(SILENT, "silence")])) == []
