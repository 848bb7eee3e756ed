"""A file that says only what differs from another: the two together are the definition."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from forum.__main__ import main
from forum.domain.gates import GATES
from forum.errors import FileRefused
from forum.files import shipped
from forum.workflow import json_schema
from forum.workflow.act_names import ACTS
from forum.workflow.check.check import check
from forum.workflow.compare.compare import changes
from forum.workflow.extend import MOST_FILES
from forum.workflow.lines import LineOf
from forum.workflow.load import digest, parse, read_file
from forum.workflow.process import Process
from forum.workflow.toml_text import written

HERE = Path(__file__).parent
SOUND = (HERE / "sound.toml").read_text("utf-8")
EVERY_FILE = [*sorted(shipped().glob("*.toml")), *sorted(HERE.rglob("*.toml"))]


def put(folder: Path, **files: str) -> Path:
    """Files of these names in a folder; the path of the first."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder / f"{next(iter(files))}.toml"


def over(folder: Path, text: str, base: str = SOUND) -> Process:
    return read_file(put(folder, mine=f'extends = "base.toml"\n{text}', base=base))


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.stem)
def test_what_is_written_out_reads_as_it_was(path: Path) -> None:
    tables = tomllib.loads(path.read_text("utf-8"))
    assert tomllib.loads(written(tables)) == tables
    assert max(map(len, written(tables).split("\n"))) < 700


def test_a_long_text_with_every_sort_of_sign_reads_as_it_was() -> None:
    words = 'He said: "no\\yes". Then\ttab, \x7f, 移民.  Two blanks. \u00a0Odd blank; end.' * 9
    tables = {"title": words, "disclaimers": {"a": {"en": words, "fr": "bref"}, "b": ""}, "chair": {}, "x y": [True, 3]}
    assert tomllib.loads(written(tables)) == tables


def test_parts_are_put_together_name_by_name(tmp_path: Path) -> None:
    text = """
        version = "2"
        [closings.silence]
        hours = 96
        [tracks.main.stages.drafting]
        title = "Writing"
        """
    base, mine = parse(SOUND), over(tmp_path, text)
    assert mine.version == "2"
    assert mine.closings["silence"].hours == 96
    assert mine.closings["silence"].by == base.closings["silence"].by
    assert list(mine.tracks["main"].stages) == list(base.tracks["main"].stages)
    assert mine.tracks["main"].stages["drafting"].title == "Writing"
    assert mine.tracks["main"].stages["drafting"].acts == base.tracks["main"].stages["drafting"].acts
    assert [change.group for change in changes(base, mine)] == ["stages", "closings", "texts"]


def test_a_rule_stands_or_goes_as_a_whole(tmp_path: Path) -> None:
    base = f'{SOUND}\n[sets.more]\nreceive = {{ by = ["secretariat"], gates = ["no_call_open"] }}\n'
    mine = over(tmp_path, '[sets.more]\nreceive_contribution = { by = ["chair"] }\n', base)
    # By whichever name the other file calls the act.
    assert tomllib.loads(mine.text)["sets"]["more"] == {"receive_contribution": {"by": ["chair"]}}


def test_a_text_comes_with_all_its_languages(tmp_path: Path) -> None:
    base = SOUND.replace('title = "Drafting"', 'title = { en = "Drafting", fr = "Rédaction" }')
    mine = over(tmp_path, '[tracks.main.stages.drafting]\ntitle = { en = "Writing" }', base)
    assert "Rédaction" not in mine.text


def test_transmissions_are_put_together_by_their_document(tmp_path: Path) -> None:
    (sent,) = parse(SOUND).transmissions
    new = f'[[transmissions]]\ndocument = "{sent.document}"\noutside = true\n'
    assert [one.outside for one in over(tmp_path, new).transmissions] == [True]
    other = '[documents.other]\ntitle = "Other"\nclosing = "silence"\n' + new.replace(sent.document, "other")
    assert [one.document for one in over(tmp_path, other).transmissions] == [sent.document, "other"]
    without = f'without = ["transmissions.{sent.document}"]\n'
    assert over(tmp_path, without).transmissions == ()


def test_the_whole_text_is_what_is_hashed_checked_and_published(tmp_path: Path) -> None:
    mine = over(tmp_path, 'version = "2"\n')
    assert "extends" not in tomllib.loads(mine.text)
    assert parse(mine.text) == mine
    assert digest(mine.text) != digest(SOUND)
    # The same words in another file: the hash is of the whole, not of what was typed.
    again = read_file(put(tmp_path, mine='version = "2"\nextends = "base.toml"  # as ever\n'))
    assert digest(again.text) == digest(mine.text)


def test_a_shipped_file_need_not_lie_beside(tmp_path: Path) -> None:
    mine = read_file(put(tmp_path, mine='extends = "gfmd.toml"\nversion = "2031.1"\n'))
    assert mine.documents == read_file(shipped() / "gfmd.toml").documents
    own = read_file(put(tmp_path, mine='extends = "gfmd.toml"\nversion = "2031.1"\n', gfmd=SOUND))
    assert own.name == "sound"


def test_files_may_extend_one_another_in_a_row(tmp_path: Path) -> None:
    files = {f"f{n}": f'extends = "f{n + 1}.toml"\nversion = "{n}"\n' for n in range(MOST_FILES - 1)}
    path = put(tmp_path, **files, **{f"f{MOST_FILES - 1}": SOUND})
    assert read_file(path).version == "0"
    put(tmp_path, g='extends = "f0.toml"\n')
    with pytest.raises(FileRefused, match=r"f3\.toml, line 1: g\.toml -> .* more than 5 files extend one another"):
        read_file(tmp_path / "g.toml")


PIECE = "forum_acts.open_edition.by is a piece of forum_acts.open_edition, which stands or goes as a whole."
REFUSED = {
    "itself": ('extends = "mine.toml"', "mine.toml, line 1: mine.toml -> mine.toml: these files extend one another."),
    "round": ('extends = "round.toml"', "round.toml, line 2: mine.toml -> round.toml -> mine.toml: these files"),
    "missing": ('version = "2"\nextends = "nowhere.toml"', "mine.toml, line 2: There is no file nowhere.toml here."),
    "elsewhere": ('extends = "../base.toml"', "mine.toml, line 1: extends does not name a file beside this one"),
    "no text": ("extends = 3", "mine.toml, line 1: extends holds a number, not a text."),
    "without alone": ('without = ["chair"]', "mine.toml, line 1: without takes away what another file says."),
    "nothing there": (
        'extends = "base.toml"\nwithout = ["tracks.mein"]',
        "mine.toml, line 2: There is no tracks.mein to take away. Did you mean main?",
    ),
    "a piece": ('extends = "base.toml"\nwithout = ["forum_acts.open_edition.by"]', f"mine.toml, line 2: {PIECE}"),
    "my fault": (
        'extends = "base.toml"\n[closings.silence]\nhours = 0',
        "mine.toml, line 3: hours is not a whole number",
    ),
    "its fault": ('extends = "broken.toml"', "broken.toml, line 3: version holds a number, not a text."),
    "unread": ('extends = "torn.toml"', "torn.toml, line 1: this is not TOML"),
    "no key": (
        'extends = "base.toml"\n[closings.silence]\nhour = 3',
        "mine.toml, line 3: [closings.silence] has no key hour. Did you mean hours?",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_put_together_is_refused_at_its_line(tmp_path: Path, case: str) -> None:
    text, expected = REFUSED[case]
    broken = SOUND.replace('version = "1"', "version = 1")
    line = broken.split("\n").index("version = 1") + 1
    others = {"base": SOUND, "round": '# back\nextends = "mine.toml"\n', "broken": broken, "torn": "= 3"}
    with pytest.raises(FileRefused) as refused:
        read_file(put(tmp_path, mine=text, **others))
    assert expected.replace("broken.toml, line 3", f"broken.toml, line {line}") in str(refused.value)


def test_too_much_of_both_is_refused(tmp_path: Path) -> None:
    def many(letter: str) -> str:
        return "[wording]\n" + "".join(f'{letter}{n} = "{"x" * 3000}"\n' for n in range(100))

    assert "[wording]" not in SOUND
    with pytest.raises(FileRefused, match=r"mine\.toml, written out whole, line .* larger than 500,000 bytes"):
        over(tmp_path, many("a"), SOUND + many("b"))


def test_a_finding_names_the_file_in_which_its_line_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = over(tmp_path, '[tracks.main.stages.drafting]\nneeds = ["no_gate"]\n[groups]\nmember = ["chair"]\n')
    found = check(mine, mine.acts(), mine.gates() - {"no_gate"})
    assert {finding.code for finding in found} >= {"unknown_gate", "group_named_as_role"}
    base = over(tmp_path, "", SOUND.replace('initial = "call"', 'initial = "cell"'))
    (finding,) = [one for one in check(base, base.acts(), base.gates()) if one.code == "initial_missing"]
    assert isinstance(finding.line, LineOf)
    assert finding.spoken("mine.toml").startswith(f"base.toml, line {int(finding.line)} (main")
    assert main(["workflow", "check", "--json", str(tmp_path / "mine.toml")]) == 1
    assert "base.toml" in {one["file"] for one in json.loads(capsys.readouterr().out)}


def test_the_service_takes_the_whole_text_only(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="forum workflow whole FILE prints it"):
        parse('extends = "gfmd.toml"\nversion = "2"\n')
    with pytest.raises(FileRefused, match="line 2: without: this text says only what differs"):
        parse(f'\nwithout = ["chair"]\n{SOUND}')


def test_the_whole_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path, mine='extends = "base.toml"\nversion = "2"\n', base=SOUND)
    assert main(["workflow", "whole", str(path)]) == 0
    assert capsys.readouterr().out == read_file(path).text


def test_an_editor_knows_both_sorts_of_file(capsys: pytest.CaptureFixture[str]) -> None:
    whole = jsonschema.Draft202012Validator(json_schema.schema())
    differing = jsonschema.Draft202012Validator(json_schema.differences())
    jsonschema.Draft202012Validator.check_schema(json_schema.differences())
    for path in sorted((HERE / "procedures").glob("?_*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        assert list(differing.iter_errors(tables)) == []
        assert list(whole.iter_errors(tables)) != []
        assert list(whole.iter_errors(tomllib.loads(read_file(path).text))) == []
    assert list(differing.iter_errors({"extends": "a.toml", "forum_acts": {"open_edition": {}}})) != []
    assert list(differing.iter_errors({"extends": "a/b.toml"})) != []
    assert main(["workflow", "schema", "--differences"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema.differences()


def test_the_example_of_the_page_is_sound(tmp_path: Path) -> None:
    page = (HERE.parents[1] / "docs" / "processes.md").read_text("utf-8")
    _, _, after = page.partition('```toml\nextends = "gfmd.toml"\n')
    mine = read_file(put(tmp_path, mine='extends = "gfmd.toml"\n' + after.partition("```")[0]))
    assert "regional_consultation" not in mine.tracks
    assert check(mine, ACTS, GATES) == []
