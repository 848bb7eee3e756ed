"""`forum import ... --plan` says what was understood of a file: no edition, no token, no service."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forum.client import import_files, import_meeting
from forum.domain.meetings import read
from forum.errors import FileRefused
from tests.support.sources import ROOT

AGENDA = ROOT / "tests" / "fixtures" / "meeting_odd.json"


def imported(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "forum", "import", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_a_meeting_is_planned_without_a_service() -> None:
    done = imported("meeting", AGENDA, "--plan")
    assert done.returncode == 0, done.stderr
    for line in (
        '"Cities and migrants", 2031-03-04 to 2031-03-05, Town hall, Valparaíso.',
        "  Agenda: 3 numbered sessions, 7 items (1 registration, 1 opening, 4 panel, 1 wrap-up).",
        "  People: 7, who stand there 9 times.",
        "  participants: over 120 participants as stated",
        '  session 3, wrap-up: The time is written "1630 - 17:00": write both times, as in 16:30 - 17:00.',
        "  workshop.dates.as_written: the dates themselves are entered",
    ):
        assert line in done.stdout.splitlines()
    assert "4 by the rule (panel speakers" in done.stdout


def test_what_has_no_place_is_named() -> None:
    record = json.loads(AGENDA.read_text("utf-8"))
    record["workshop"]["background_paper"] = {"questions": ["Why?"]}
    assert "  workshop.background_paper" in import_files.plan("meeting", json.dumps(record).encode())


def test_practices_are_planned_without_a_service(tmp_path: Path) -> None:
    file = tmp_path / "practices.csv"
    head = "Section,SDG,Name and Link,Project Date,Country/Region/City,Aim,Key Partners"
    file.write_text(f"{head}\nI,10.7,Desks,2018,Kenya,Help,Cities\nI,eleven,Maps,2019,Fiji,Help,Cities\n", "utf-8")
    done = imported("practices", file, "--plan")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "2 practices, 1 of them with targets that were read."
    assert "  line 3, SDG: 'eleven' was not read" in done.stdout


def test_bodies_are_not_planned_from_the_file_alone() -> None:
    with pytest.raises(FileRefused):
        import_files.plan("meeting", b"[]")
    assert imported("bodies", AGENDA, "--plan").returncode != 0


def test_what_is_sent_says_the_same_as_the_file() -> None:
    """What the service is sent has every day, time, room and person of what was read."""
    meeting = read(AGENDA.read_bytes())
    sent = import_meeting._fields(meeting)
    days = [panel["heldOn"] for session in sent["sessions"] for panel in session["panels"]]
    assert days == [item.date.isoformat() if item.date else None for item in meeting.items()]
    people = [p for session in sent["sessions"] for panel in session["panels"] for p in panel["speakers"]]
    assert [(p["name"], p["honorific"]) for p in people] == [
        (p.name, p.honorific) for item in meeting.items() for p in item.people()
    ]
