"""`forum import meeting --revises` puts a meeting right by its file as it reads now, and says what changed."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

import pytest

from forum.cli.parser import parser
from forum.cli.remote import import_file
from forum.client import import_files
from forum.errors import FileRefused
from forum.settings import Settings
from tests.support.sources import ROOT

AGENDA = ROOT / "tests" / "fixtures" / "meeting_odd.json"
CHANGES = [
    {"what": "title", "was": "Cities", "reads": "Cities and migrants"},
    {"what": "session 2, panel 1", "was": "Counting", "reads": None},
]


class Answers:
    """A session that answers with an edition and a revised meeting, and keeps what it was asked."""

    def __init__(self, tracks: Sequence[dict[str, str]] = ()) -> None:
        self.tracks = tracks
        self.done: list[tuple[str, dict[str, Any]]] = []

    async def ask(self, operation: str, **_: Any) -> Any:
        assert operation == "EditionHead"
        return {"edition": {"id": "Edition:1", "tracks": list(self.tracks)}}

    async def do(self, operation: str, **fields: Any) -> Any:
        self.done.append((operation, fields))
        meeting = {"id": "Meeting:1", "revision": 3, "figures": [], "faults": []}
        return {"meeting": meeting, "correction": {"changes": CHANGES}}

    async def close(self) -> None:
        return None


async def test_the_report_of_a_meeting_says_by_which_id_it_is_revised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_files, "Session", lambda *_: Answers([{"id": "Track:1", "name": "meeting"}]))
    words = ["import", "meeting", str(AGENDA), "--edition", "gfmd/GFMD 2020", "--track"]
    report = await import_files.run(parser().parse_args([*words, "meeting"]), AGENDA.read_bytes(), "", lambda *_: None)
    assert report[0] == '"Cities and migrants" is entered. To put it right by its file later on: --revises Meeting:1'
    with pytest.raises(FileRefused, match="no track main for meetings"):
        await import_files.run(parser().parse_args([*words, "main"]), AGENDA.read_bytes(), "", lambda *_: None)


async def test_a_revision_without_a_reason_is_refused_before_anything_is_asked() -> None:
    words = ["import", "meeting", str(AGENDA), "--edition", "gfmd/GFMD 2020", "--revises", "Meeting:1"]
    for reason in ([], ["--reason", " "]):
        with pytest.raises(FileRefused, match="--reason"):
            await import_file(parser().parse_args([*words, *reason]), Settings())


async def test_the_file_is_entered_as_a_revision_and_the_report_says_what_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = Answers()
    monkeypatch.setattr(import_files, "Session", lambda *_: answers)
    words = ["import", "meeting", str(AGENDA), "--edition", "gfmd/GFMD 2020", "--revises", "Meeting:1"]
    asked: Namespace = parser().parse_args([*words, "--reason", "It was moved."])
    report = await import_files.run(asked, AGENDA.read_bytes(), "", lambda *_: None)
    [(operation, fields)] = answers.done
    assert (operation, fields["meeting"], fields["reason"]) == ("ReviseMeeting", "Meeting:1", "It was moved.")
    assert (fields["title"], len(fields["sessions"])) == ("Cities and migrants", 4)
    assert report[:3] == [
        '"Cities and migrants" is revised; it is at revision 3 now. What changed:',
        "  title: Cities -> Cities and migrants",
        "  session 2, panel 1: Counting -> nothing",
    ]
