"""Where the suite's databases stand: in memory where the machine gives room for them, else on the disk.

A database of a test is a copy of some nine hundred small files. In memory it is there in a twentieth of the time that
it takes on a disk (measured: 20 ms for 440 ms), and a test suite needs no copy that outlives the machine.
"""

import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
# What the clusters of one run come to at their largest, some workers at once: containers often give 64 MB only.
ROOM = 4 * 1024**3


def new_folder() -> Path:
    """A fresh folder for clusters, with a short name since sockets stand in it.

    The server's user may enter it when the tests are run by root: pytest's own folders are closed to others.
    """
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free >= ROOM
    folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if roomy else "/tmp", prefix="forum-test-"))
    folder.chmod(0o755)
    return folder
