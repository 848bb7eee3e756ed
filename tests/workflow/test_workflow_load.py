"""Broken files: each is refused for its own reason, with the line and a remedy, and never with a traceback."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.gates import GATES
from forum.errors import FileRefused
from forum.workflow.act_names import ACTS
from forum.workflow.check.check import check
from forum.workflow.load import MAX_BYTES, parse, read_file
from tests.support.work import A_SECOND, counted

SOUND = (Path(__file__).parent / "sound.toml").read_text("utf-8")

# what is changed, into what, and what the refusal says
BROKEN = {
    "syntax": ('version = "1"', "version = 1.", "not TOML"),
    "unquoted": ('version = "1"', "version = one", "not TOML"),
    "duplicate key": ('version = "1"', 'version = "1"\nversion = "2"', "not TOML"),
    "duplicate table": ("[groups]", "[release]\n[groups]", "not TOML"),
    "number for text": ('version = "1"', "version = 1", "version holds a number, not a text"),
    "date for text": ('version = "1"', "version = 2020-01-01", "version holds a date or time, not a text"),
    "missing name": ('name = "sound"\n', "", "lacks name"),
    "missing title": ('title = "Drafting"\n', "", "[tracks.main.stages.drafting] lacks title"),
    "missing initial": ('initial = "call"\n', "", "lacks initial"),
    "missing closing": ('closing = "silence"\n', "", "lacks closing"),
    "missing words": ('on_paper = "Endorsed on {date}"\n', "", "lacks on_paper"),
    "unknown top key": ('version = "1"', 'version = "1"\ncolour = "blue"', "has no key colour"),
    "mistyped key": ('to = ["silence"]', 'too = ["silence"]', "Did you mean to?"),
    "mistyped rule key": ("{ by = [", "{ bye = [", "Nobody may open_edition"),
    "unknown rule key": ('["member"], window', '["member"], winter = "x", window', "has no key winter"),
    "unknown act": ("record_disposition = {", "record_dispositon = {", "Did you mean record_disposition?"),
    "unknown clock act": ('act = "endorse_document"', 'act = "applaud"', "act does not know applaud"),
    "unknown layer": ('layer = "regional"', 'layer = "galactic"', "layer does not know galactic"),
    "unknown status": ('statuses = ["member"]', 'statuses = ["friend"]', "statuses does not know friend"),
    "unknown window": ('window = "silence"', 'window = "open"', "window does not know open"),
    "unknown instant": ('at = "call_closes"', 'at = "noon"', "at does not know noon"),
    "unknown closing": ('how = "no_objection"', 'how = "acclaimed"', "how does not know acclaimed"),
    "unknown set": ('sets = ["writing"]', 'sets = ["reading"]', "sets does not know reading"),
    "unknown author": ('forum = "secretariat"', 'forums = "secretariat"', "has no key forums"),
    "text for list": ('to = ["silence"]', 'to = "silence"', "to is not a list of texts"),
    "numbers in list": ('to = ["silence"]', "to = [1, 2]", "to is not a list of texts"),
    "twice in list": ('to = ["silence"]', 'to = ["silence", "silence"]', "to names silence twice"),
    "text for flag": ("final = true", 'final = "yes"', "final holds a text, not true or false"),
    "number for table": (
        'layer = "regional"',
        'layer = "regional"\nwording = 3',
        "wording holds a number, not a table",
    ),
    "list for tables": ("[[transmissions]]", "transmissions = [1]\n[other]", "transmissions"),
    "hours too many": ("hours = 48", "hours = 5000", "hours is not a whole number from 1 to 2000"),
    "hours none": ("hours = 48", "hours = 0", "hours is not a whole number"),
    "hours true": ("hours = 48", "hours = true", "hours is not a whole number"),
    "nobody": ('{ by = ["member"], window', "{ by = [], window", "Nobody may break_silence"),
    "NUL": ('title = "Main"', 'title = "Ma\\u0000in"', "NUL"),
    "raw NUL": ('title = "Main"', 'title = "Ma\0in"', "not TOML"),
    "half a character": ('title = "Main"', 'title = "Ma\ud800in"', "half a character"),
    "long text": ('title = "Main"', f'title = "{"x" * 4001}"', "over 4000 characters"),
    "odd name": ("[documents.report]", '[documents."a report"]', "is not a plain word"),
    "unknown placeholder": ("{paragraph}", "{colour}", "unknown placeholder {colour}"),
    "reaching placeholder": ("{paragraph}", "{paragraph.__class__}", "unknown placeholder"),
    "placeholder with a format": ("{paragraph}", "{paragraph:>99999}", "unknown placeholder"),
    "odd brace": ("{paragraph}", "{paragraph", "brace that does not pair"),
    "bad language": ('layer = "regional"', 'layer = "regional"\nlanguage = "ENGLISH"', "is not a language tag"),
    "no track": (SOUND[SOUND.index("[tracks.main]") : SOUND.index("[closings")], "", "no track"),
    "deep list": ('version = "1"', "version = " + "[" * 100_000, "nested too deep"),
    "deep key": ('version = "1"', "version" + ".a" * 100_000 + " = 1", "more than 100 dots"),
    "long number": ('version = "1"', "version = " + "1" * 10_000, "a number in it is too long"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_each_is_refused_for_its_own_reason(fault: str) -> None:
    old, new, says = BROKEN[fault]
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    with pytest.raises(FileRefused) as refused:
        parse(text, "broken.toml")
    assert counted(lambda: _refused(text))[1] < A_SECOND
    message = refused.value.message
    assert message.startswith("broken.toml")
    assert says in message
    assert len(message) < 600
    if refused.value.line is not None:
        assert f"broken.toml, line {refused.value.line}:" in message


@pytest.mark.parametrize(
    ("fault", "line"),
    [("mistyped key", 'too = ["silence"]'), ("unknown act", "record_dispositon"), ("hours too many", "hours = 5000"),
     ("number for text", "version = 1"), ("unknown placeholder", "{colour}"), ("duplicate key", 'version = "2"'),
     ("missing title", "[tracks.main.stages.drafting]"), ("unknown window", 'window = "open"')],
)  # fmt: skip
def test_the_line_is_the_one_to_mend(fault: str, line: str) -> None:
    old, new, _ = BROKEN[fault]
    text = SOUND.replace(old, new, 1)
    with pytest.raises(FileRefused) as refused:
        parse(text)
    assert refused.value.line is not None
    assert line in text.split("\n")[refused.value.line - 1]


def test_the_sound_one_loads_with_its_lines() -> None:
    process = parse(SOUND)
    lines = SOUND.split("\n")
    drafting = process.tracks["main"].stages["drafting"]
    assert drafting.line is not None
    assert lines[drafting.line - 1] == "[tracks.main.stages.drafting]"
    rule = drafting.acts["record_disposition"]
    assert rule.line is not None
    assert lines[rule.line - 1].startswith("record_disposition")
    assert process.tracks["main"].stages["call"].acts["issue_call"].roles == {"chair", "secretariat"}


def test_bytes_that_are_no_definition(tmp_path: Path) -> None:
    for name, raw, says in (
        ("latin.toml", SOUND.replace("Main", "Mainé").encode("latin-1"), "not UTF-8"),
        ("wide.toml", SOUND.encode("utf-16"), "not UTF-8"),
        ("large.toml", b"# " + b"x" * 10_000_000, f"larger than {MAX_BYTES:,} bytes"),
        ("empty.toml", b"", "lacks"),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(FileRefused, match=says) as refused:
            read_file(tmp_path / name)
        assert name in refused.value.message
    for missing in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(FileRefused, match="cannot be read"):
            read_file(missing)


def test_marks_and_line_ends_of_other_editors_are_taken(tmp_path: Path) -> None:
    (tmp_path / "windows.toml").write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_file(tmp_path / "windows.toml") == parse(SOUND)


@given(st.integers(0, len(SOUND)), st.integers(0, 40), st.text(max_size=30))
def test_random_damage_is_taken_or_refused_and_nothing_else(start: int, length: int, junk: str) -> None:
    damaged = SOUND[:start] + junk + SOUND[start + length :]
    with contextlib.suppress(FileRefused):
        assert parse(damaged).tracks


STAGE = '[tracks.main.stages.s{}]\ntitle = "S"\nto = ["s{}"]\n'
CIRCLE = (
    '[anchors.a]\ntitle = "A"\nat = "1 day after b"\n[anchors.b]\ntitle = "B"\nat = "1 day after a"\n[sets.writing]'
)
GAP = 'title = "Drafting"\nopens = "2027-03-28 02:30"'
# What people hand in at their worst: what is changed, and what the message says, the remedy at its end.
BAD_INPUT = {
    "TOML error": (SOUND.replace('version = "1"', 'version = "1'), "not TOML", "Mend that place."),
    "duplicate key": (SOUND.replace('version = "1"', 'version = "1"\nversion = "2"'),
        "not TOML: Cannot overwrite a value", "Mend that place."),
    "circle of anchors": (SOUND.replace("[sets.writing]", CIRCLE), "a", "Let one of them be given, or fixed."),
    "unknown zone": (SOUND.replace('version = "1"', 'version = "1"\nzone = "Geneva"'), "is no time zone",
        "Write an IANA name, as in Europe/Zurich (Geneva), America/New_York or UTC."),
    "an hour that the clocks skip": (SOUND.replace('title = "Drafting"', GAP), "does not exist in Europe/Zurich",
        "Write another time or date."),
    "10 MB of stages": (SOUND + "".join(STAGE.format(n, n + 1) for n in range(220_000)), "larger than 500,000 bytes",
        "take out what is too much."),
    "a file of stages as large as may be": (SOUND + "".join(STAGE.format(n, n + 1) for n in range(7_000)),
        "more than 400 stages", "join stages, or tracks that repeat."),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD_INPUT)
def test_the_worst_input_gets_a_line_and_a_remedy_in_less_than_a_second_of_work(fault: str, tmp_path: Path) -> None:
    text, says, remedy = BAD_INPUT[fault]
    (tmp_path / "bad.toml").write_text(text, "utf-8")
    messages, work = counted(lambda: _messages(tmp_path / "bad.toml"))
    assert work < A_SECOND
    where = re.compile(r"bad\.toml, line \d+[ :(]")
    assert any(where.match(m) and says in m and m.endswith(remedy) for m in messages), messages[:3]


def _refused(text: str) -> None:
    with contextlib.suppress(FileRefused):
        parse(text, "broken.toml")


def _messages(path: Path) -> list[str]:
    try:
        return [finding.spoken(path.name) for finding in check(read_file(path), ACTS, GATES)]
    except FileRefused as refused:
        return [refused.message]
