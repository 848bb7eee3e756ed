"""Become the database server's user, ask to end with the parent, then become the program.

Run as a script by `site.py` (`python launch.py ...`), never imported: between fork and exec of a process with threads
nothing of Python may run safely (`preexec_fn`), so a process of its own does it. The order matters: Linux forgets
PDEATHSIG when a process changes its user (prctl(2)), so the user is changed first.

Arguments: the parent's process id, the user id, the group id (both `-1`: stay who we are), the program, its arguments.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, uid: int, gid: int, *command: str) -> None:
    """Does not return. Ends with 70 when the user could not be changed or the parent is already gone."""
    end_with_parent = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None  # before the drop
    if uid != -1:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if end_with_parent is not None and end_with_parent(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0) != 0:
        sys.exit("prctl(PR_SET_PDEATHSIG) failed: " + os.strerror(ctypes.get_errno()))
    if os.getppid() != parent:  # it went before the request was in place, so no signal will come
        sys.exit(70)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
