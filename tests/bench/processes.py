"""What processes cost, from /proc (Linux): processor time and memory of one, or of a whole PostgreSQL with its
backends."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Spent:
    """Processor seconds so far, by who spent them."""

    server: float
    database: float
    generator: float

    def since(self, before: "Spent") -> "Spent":
        """What was spent between two looks."""
        return Spent(self.server - before.server, self.database - before.database, self.generator - before.generator)


def spent(server: int, postmaster: int, generator: int) -> Spent:
    """The processor time of a server, of PostgreSQL with all its backends, and of the generator."""
    return Spent(cpu(server), sum(cpu(pid) for pid in family(postmaster)), cpu(generator))


def cpu(pid: int) -> float:
    """Seconds of processor time, in user and kernel; a process that is gone has spent nothing more."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / _TICKS if fields else 0.0


def family(parent: int) -> list[int]:
    """A process and its children."""
    found = [int(p.name) for p in _PROC.iterdir() if p.name.isdecimal()]
    return [parent, *(pid for pid in found if (fields := _stat(pid)) and int(fields[1]) == parent)]


def memory(pid: int) -> int:
    """Bytes resident now."""
    return _status(pid, "VmRSS:")


def peak(pid: int) -> int:
    """The most bytes that were ever resident."""
    return _status(pid, "VmHWM:")


def _status(pid: int, name: str) -> int:
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _stat(pid: int) -> list[str]:
    """The fields after the command's name, which may hold anything."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
