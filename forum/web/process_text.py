"""The text of a definition with what was found in it: each finding beside the line that it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_AROUND = 1  # lines before and after, so that the place is known again


@dataclass(frozen=True)
class FoundIn:
    """A finding, and the lines around it with their numbers; none where it names no line of the text."""

    message: str
    remedy: str
    line: int | None
    where: str
    lines: tuple[tuple[int, str], ...]


def found_in(text: str, findings: Iterable[Mapping[str, Any]]) -> tuple[FoundIn, ...]:
    """The findings in the order of their lines; last, those that name none."""
    rows = text.splitlines()
    found = [_found(rows, finding) for finding in findings]
    return tuple(sorted(found, key=lambda finding: (finding.line is None, finding.line or 0)))


def _found(rows: list[str], finding: Mapping[str, Any]) -> FoundIn:
    line = finding["line"]
    near = range(max(line - _AROUND, 1), min(line + _AROUND, len(rows)) + 1) if line else ()
    where = ", ".join(part for part in (finding["track"], finding["stage"]) if part)
    return FoundIn(finding["message"], finding["remedy"], line, where, tuple((n, rows[n - 1]) for n in near))
