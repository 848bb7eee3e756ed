"""Where the suite's databases stand: a run that was killed leaves nothing behind for longer than until the next one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import places

KILLED = """
import os, signal
from pathlib import Path
from tests.support import places
places.IN_MEMORY = places.ON_DISK = Path({place!r})
print(places.new_folder(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(places, "ON_DISK", tmp_path)


def test_the_folder_of_a_killed_run_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    living = places.new_folder()
    line = [sys.executable, "-c", KILLED.format(place=str(tmp_path))]
    killed = subprocess.run(line, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = Path(killed.stdout.strip())
    (left / "cluster").mkdir()
    assert set(tmp_path.iterdir()) == {living, left}
    fresh = places.new_folder()
    assert set(tmp_path.iterdir()) == {living, fresh}


def test_what_no_run_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "forum-test-by-hand").mkdir()
    (tmp_path / "another").mkdir()
    (tmp_path / "another" / places.HELD).touch()
    places.new_folder()
    assert {"forum-test-by-hand", "another"} < set(os.listdir(tmp_path))
