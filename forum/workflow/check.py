"""Is a definition sound? Every fault is found before it is published, each with its place and its remedy.

Each `check_*.py` looks at one side of a process and yields findings; a new kind of check is a new entry in `CHECKS`.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from forum.workflow import check_dates, check_documents, check_names, check_stages, check_windows
from forum.workflow.finding import Finding
from forum.workflow.process import Process


@dataclass(frozen=True)
class Known:
    """What the code offers to processes. `receivers` is None where the other processes are not known."""

    acts: frozenset[str]
    gates: frozenset[str]
    receivers: frozenset[str] | None = None


CHECKS: tuple[Callable[[Process, Known], Iterator[Finding]], ...] = (
    lambda process, known: check_names.findings(process, known.acts, known.gates),
    lambda process, known: check_stages.findings(process),
    lambda process, known: check_windows.findings(process),
    lambda process, known: check_documents.findings(process, known.receivers),
    lambda process, known: check_dates.findings(process),
)


def check(
    process: Process,
    known_acts: Collection[str],
    known_gates: Collection[str],
    known_receivers: Collection[str] | None = None,
) -> list[Finding]:
    """All findings, in the order of the file; none means the definition may be published.

    `known_acts` and `known_gates` are those the code has. `known_receivers` are the names of the other processes; without
    them nobody can say whether a receiver exists, and none is reported.
    """
    receivers = None if known_receivers is None else frozenset(known_receivers)
    known = Known(frozenset(known_acts), frozenset(known_gates), receivers)
    found = dict.fromkeys(finding for one in CHECKS for finding in one(process, known))
    return sorted(found, key=lambda finding: finding.line or 0)
