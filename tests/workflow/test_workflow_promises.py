"""What a later version would widen of what was promised is found, each at its line and with what to do."""

import argparse
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.cli.definitions import check_files
from forum.files import shipped
from forum.settings import Settings
from forum.workflow.check.promises import CODE, findings
from forum.workflow.load import parse, read_file
from forum.workflow.process import Process

RICH = (Path(__file__).parent / "rich.toml").read_text("utf-8")
CIRCLES = ("team", "participants", "public")


def version(*changes: tuple[str, str]) -> Process:
    text = RICH
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return parse(text)


# What changes from the earlier to the later version, and the words of the line that is named.
WIDENED = {
    "comments on every track": (
        (('comments = "participants"', 'comments = "team"'),),
        (),
        "[tracks.regional]",
    ),
    "comments on one track": (
        (('comments = "public"', 'comments = "participants"'),),
        (),
        "[tracks.main]",
    ),
    "the readers of a text": (
        (),
        (('visibility = "participants"', 'visibility = "public"'),),
        "[documents.",
    ),
    "reservations that are printed now": (
        (('reservations = "footnote"', 'reservations = "none"'),),
        (),
        "[closings.",
    ),
}


@pytest.mark.parametrize("name", WIDENED)
def test_what_widens_is_found_at_its_line(name: str) -> None:
    before, after, line = WIDENED[name]
    old, new = version(*before), version(*after)
    [found] = list(findings(old, new))
    assert found.code == CODE
    assert found.line is not None
    assert new.text.splitlines()[found.line - 1].startswith(line)
    assert found.remedy.startswith("Keep ")
    assert list(findings(new, old)) == []  # to narrow is allowed


def test_a_track_that_goes_on_under_another_name_takes_its_promise_along() -> None:
    old = version(('comments = "public"', 'comments = "team"'))
    moved = RICH.replace("[tracks.main", "[tracks.central").replace('track = "main"', 'track = "central"')
    new = parse(moved + f'\n[[moves]]\nfrom = "{old.version}"\ntracks = {{ main = "central" }}\n')
    [found] = list(findings(old, new))
    assert (found.track, "central" in found.message) == ("main", True)


@given(st.sampled_from(CIRCLES), st.sampled_from(CIRCLES), st.sampled_from(CIRCLES), st.sampled_from(CIRCLES))
def test_nothing_is_found_exactly_where_nothing_is_wider(was: str, now: str, read: str, reads: str) -> None:
    def one(comments: str, visibility: str) -> Process:
        return version(
            ('comments = "public"', f'comments = "{comments}"'),
            ('visibility = "participants"', f'visibility = "{visibility}"'),
        )

    found = list(findings(one(was, read), one(now, reads)))
    wider = [CIRCLES.index(now) > CIRCLES.index(was), CIRCLES.index(reads) > CIRCLES.index(read)]
    assert len(found) == sum(wider)


@pytest.mark.parametrize("path", sorted(shipped().glob("*.toml")), ids=lambda path: path.stem)
def test_a_definition_widens_nothing_of_itself(path: Path) -> None:
    process = read_file(path)
    assert list(findings(process, process)) == []


async def test_the_command_finds_it_against_the_earlier_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gfmd = (shipped() / "gfmd.toml").read_text("utf-8")
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(gfmd, "utf-8")
    new.write_text(gfmd.replace('comments = "participants"', 'comments = "public"', 1), "utf-8")
    asked = argparse.Namespace(files=[str(new)], json=False, against=str(old))
    assert await check_files(asked, Settings()) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(str(new))]
    assert all(
        "were promised to the participants" in line and 'Keep comments = "participants"' in line for line in told
    )
    assert len(told) == len(read_file(new).tracks)
    asked.json = True
    assert await check_files(asked, Settings()) == 1
    assert {one["code"] for one in json.loads(capsys.readouterr().out)} == {CODE}
    asked.against = str(new)
    assert await check_files(asked, Settings()) == 0
