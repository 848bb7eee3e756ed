"""Where the suite's databases stand: in memory where the machine gives room for them, else on the disk.

A database of a test is a copy of some nine hundred small files. In memory it is there in a twentieth of the time that
it takes on a disk (measured: 20 ms for 440 ms), and a test suite needs no copy that outlives the machine.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ON_DISK = Path("/tmp")  # and not TMPDIR: sockets stand in it, whose names must be short
PREFIX = "forum-test-"
HELD = "held"
# What the clusters of one run come to at their largest, some workers at once: containers often give 64 MB only.
ROOM = 4 * 1024**3


def new_folder() -> Path:
    """A fresh folder for clusters, with a short name since sockets stand in it.

    The server's user may enter it when the tests are run by root: pytest's own folders are closed to others.
    """
    for place in (IN_MEMORY, ON_DISK):
        _clear(place)
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free >= ROOM
    folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if roomy else ON_DISK, prefix=PREFIX))
    folder.chmod(0o755)
    _hold(folder)
    return folder


def _hold(folder: Path) -> None:
    """Hold the folder as long as this process lives: the lock ends with it, however it ends."""
    unfinished = folder / "held.new"
    held = os.open(unfinished, os.O_CREAT | os.O_RDWR, 0o644)  # never closed
    fcntl.flock(held, fcntl.LOCK_EX)
    unfinished.rename(folder / HELD)


def _clear(place: Path) -> None:
    """Remove the folders of runs that were killed: else each leaves some hundred megabytes of memory behind."""
    for lock in place.glob(f"{PREFIX}*/{HELD}"):
        try:
            found = os.open(lock, os.O_RDWR)
        except OSError:  # somebody else's, or gone by now
            continue
        try:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(lock.parent, ignore_errors=True)
        finally:
            os.close(found)
