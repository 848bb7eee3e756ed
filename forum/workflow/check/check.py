"""Is a definition sound? Every fault is found before it is published, each with its place and its remedy.

Each module of this folder looks at one side of a process and yields findings; a new kind of check is an entry in
`CHECKS`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..finding import Finding
from ..process import Process
from . import characters as check_characters
from . import dates as check_dates
from . import documents as check_documents
from . import endings as check_space
from . import floor as check_floor
from . import languages as check_languages
from . import life as check_life
from . import links as check_links
from . import moves as check_moves
from . import names as check_names
from . import papers as check_papers
from . import people as check_people
from . import stages as check_stages
from . import windows as check_windows
from . import words as check_words


@dataclass(frozen=True)
class Known:
    """What the code and its surroundings offer to processes.

    `receivers` are the names of the other processes, `processes` those of them whose definition is available,
    `languages` those that papers can be set in. `receivers` and `languages` are None where they are not known: then
    nothing is reported about them.
    """

    acts: frozenset[str]
    gates: frozenset[str]
    receivers: frozenset[str] | None = None
    processes: Mapping[str, Process] = field(default_factory=lambda: MappingProxyType({}))
    languages: frozenset[str] | None = None


CHECKS: tuple[Callable[[Process, Known], Iterator[Finding]], ...] = (
    lambda process, known: check_names.findings(process, known.acts, known.gates),
    lambda process, known: check_links.findings(process),
    lambda process, known: check_stages.findings(process),
    lambda process, known: check_windows.findings(process),
    lambda process, known: check_people.findings(process, known.receivers),
    lambda process, known: check_floor.findings(process),
    lambda process, known: check_life.findings(process),
    lambda process, known: check_characters.findings(process),
    lambda process, known: check_words.findings(process),
    lambda process, known: check_languages.findings(process),
    lambda process, known: check_space.findings(process),
    lambda process, known: check_dates.findings(process),
    lambda process, known: check_moves.targets(process),
    lambda process, known: check_documents.findings(process, known.receivers, known.processes, known.languages),
    lambda process, known: check_papers.findings(process),
)


def check(
    process: Process,
    known_acts: Collection[str],
    known_gates: Collection[str],
    known_receivers: Collection[str] | None = None,
    *,
    processes: Mapping[str, Process] | None = None,
    languages: Collection[str] | None = None,
) -> list[Finding]:
    """All findings, in the order of the file; none means the definition may be published.

    `known_acts` and `known_gates` are those the code has. `known_receivers` are the names of the other processes; where
    they are not given, no unknown receiver is reported. `processes`: other definitions, by name, that are asked whether
    they receive what is sent to them. `languages`: those that papers can be set in.
    """
    known = Known(
        frozenset(known_acts),
        frozenset(known_gates),
        None if known_receivers is None else frozenset(known_receivers),
        processes or {},
        None if languages is None else frozenset(languages),
    )
    findings = dict.fromkeys(finding for find in CHECKS for finding in find(process, known))
    return sorted(findings, key=lambda finding: finding.line or 0)
