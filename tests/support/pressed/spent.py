"""Processor time to the nanosecond, from /proc (Linux): what one request takes, not what a minute of them does."""

from pathlib import Path

_PROC = Path("/proc")


def spent(server: int, postmaster: int) -> float:
    """Milliseconds of processor time so far: of a server, and of PostgreSQL's backends."""
    children = (_PROC / f"{postmaster}/task/{postmaster}/children").read_text().split()
    return sum(_nanoseconds(pid) for pid in (server, *map(int, children))) / 1e6


def _nanoseconds(pid: int) -> int:
    try:
        return sum(int(task.read_text().split()[0]) for task in (_PROC / str(pid) / "task").glob("*/schedstat"))
    except (FileNotFoundError, ProcessLookupError):  # a backend that is gone
        return 0
