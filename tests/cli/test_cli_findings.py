"""`forum workflow check`: the same findings for people and for programs, each with file, line, stage and remedy."""

import argparse
import json
from pathlib import Path

import pytest

from forum.cli.definitions import check_files
from forum.errors import FileRefused
from forum.settings import Settings

SOUND = (Path(__file__).parents[1] / "workflow" / "sound.toml").read_text("utf-8")
BROKEN = SOUND.replace('answer_objection = { by = ["penholder"] }\n', "", 1)
FIELDS = {"file", "code", "message", "remedy", "line", "track", "stage"}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.toml"
    path.write_text(BROKEN, "utf-8")
    return path


async def run(path: Path, as_json: bool) -> int:
    return await check_files(argparse.Namespace(files=[str(path)], json=as_json, against=None), Settings())


async def test_as_text(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(broken, False) == 1
    [told] = capsys.readouterr().out.splitlines()  # a finding is a line, however narrow the terminal
    line = BROKEN.split("\n").index("[tracks.main.stages.drafting]") + 1
    assert f"broken.toml, line {line} (main, drafting): At drafting the track can come to a stop for ever" in told
    assert told.endswith("Give answer_objection at drafting, or at a stage that follows it.")


async def test_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(broken, True) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["stage"] for one in told] == ["drafting"]
    for one in told:
        assert one.keys() >= FIELDS
        assert one["file"] == str(broken)
        assert one["code"] == "locked_for_ever"
        assert one["remedy"]
    lines = BROKEN.split("\n")
    assert [lines[one["line"] - 1] for one in told] == ["[tracks.main.stages.drafting]"]


async def test_a_sound_file_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sound.toml").write_text(SOUND, "utf-8")
    assert await run(tmp_path / "sound.toml", True) == 0
    assert json.loads(capsys.readouterr().out) == []


async def test_a_file_that_cannot_be_read_is_data_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.toml").write_text(SOUND.replace('version = "1"', 'version = "1"\nversion = "2"', 1), "utf-8")
    assert await run(tmp_path / "bad.toml", True) == 2
    [one] = json.loads(capsys.readouterr().out)
    assert one.keys() >= FIELDS
    assert (one["code"], one["line"]) == ("not_read", 3)
    assert "bad.toml, line 3: this is not TOML" in one["message"]
    with pytest.raises(FileRefused):
        await run(tmp_path / "bad.toml", False)
