"""SDG codes: the 17 goals and 169 targets, and the cells people write them in.

Source of the codes: General Assembly resolution 70/1. IRIs are written as the United Nations minted them, with http.
What was written is always kept beside what was read; what is not certain is a doubt, and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import InvalidValue, UnknownCode
from ..refusal import phrased

IRI = "http://metadata.un.org/sdg/"
# goal: the number of its numbered targets and the last letter of its means of implementation
_SHAPE = {
    1: (5, "b"), 2: (5, "c"), 3: (9, "d"), 4: (7, "c"), 5: (6, "c"), 6: (6, "b"), 7: (3, "b"), 8: (10, "b"),
    9: (5, "c"),
    10: (7, "c"), 11: (7, "c"), 12: (8, "c"), 13: (3, "b"), 14: (7, "c"), 15: (9, "c"), 16: (10, "b"), 17: (19, ""),
}  # fmt: skip
GOALS = tuple(str(goal) for goal in _SHAPE)
TARGETS = tuple(
    f"{goal}.{part}"
    for goal, (most, last) in _SHAPE.items()
    for part in (*map(str, range(1, most + 1)), *(chr(c) for c in range(ord("a"), ord(last or "`") + 1)))
)
CODES = frozenset(GOALS + TARGETS)

_MOST_CELL = 2_000
_CODE = r"(?P<goal>\d{1,4})(?:\.(?P<part>\d{1,4}|[a-z])(?P<indicator>\.\d{1,3})?)?"
_SHAPED = re.compile(_CODE)
_ONE = re.compile(rf"(?:https?://metadata\.un\.org/sdg/|(?:(?:sdg|goal|target)s?\s*)*){_CODE}/?")
# A run of digits with all that hangs on it, so that "10.7x" is one doubt and never read as goal 10.
_RUN = re.compile(r"(?:https?://metadata\.un\.org/sdg/)?(?P<run>\d[^\W_]*(?:\.[^\W_]+)*)(?P<stop>\.(?![^\W_]))?")
_BETWEEN = re.compile(r"(?:[\s,;&/+|()]|\b(?:and|et|y|sdgs?|goals?|targets?)\b)+")
_RANGE = re.compile(r"\s*(?:-|\u2013|to)\s*")


@dataclass(frozen=True)
class CodeDoubt:
    """A part of a cell that was not read with certainty; `read_as` is None where nothing was taken from it."""

    as_written: str
    read_as: str | None
    why: str


@dataclass(frozen=True)
class Normalised:
    """A cell as written, the codes read from it (each once, in the order written), and what is doubtful in it."""

    original: str
    codes: tuple[str, ...] = ()
    doubts: tuple[CodeDoubt, ...] = field(default=())


def parse_code(text: str) -> str:
    """One code: "10.7", "10.C", "SDG 10.7", "Target 8.8" or its IRI -> "10.7". Refuses (UnknownCode) with a hint."""
    folded = _folded(text.strip()) if len(text) <= 100 else ""
    match = _ONE.fullmatch(folded)
    if not match or match["indicator"]:
        hint = "Write a goal as 10, a target as 10.7 or 10.c, or its IRI."
        raise UnknownCode(scheme="the SDGs", given=text[:60], hint=hint)
    code = _spelled(match)
    if code not in CODES:
        raise UnknownCode(scheme="the SDGs", given=text[:60], hint=_hint(match))
    return code


def normalise(cell: str) -> Normalised:
    """Every code in a cell as people write it: "8.7 & 8.8", "4. 8, 10, 11, 16 and 17", "10.C", IRIs.

    Refuses (InvalidValue) only a cell of more than 2,000 characters; whatever else it cannot read becomes a doubt.
    """
    if len(cell) > _MOST_CELL:
        raise InvalidValue(
            reason=phrased(
                "A cell of SDG codes may have {most} characters; this has {count}.", most=_MOST_CELL, count=len(cell)
            )
        )
    text = _folded(cell)
    codes: list[str] = []
    doubts: list[CodeDoubt] = []
    end = 0
    for run in _RUN.finditer(text):
        doubts += _between(text[end : run.start()], after_code=end > 0)
        end = run.end()
        code, doubt = _read(run)
        codes += [code] if code else []
        doubts += [doubt] if doubt else []
    doubts += _between(text[end:], after_code=False)
    doubts += _decimal_comma(text)
    return Normalised(cell, tuple(dict.fromkeys(codes)), tuple(doubts))


def within(goal: str, code: str) -> bool:
    """Whether `code` is `goal` or lies in it: goal 10 includes 10.7; 10.7 includes only itself."""
    return code == goal or code.startswith(f"{goal}.")


def iri(code: str) -> str:
    """The code's IRI. Refuses (UnknownCode) what is not a code."""
    return IRI + parse_code(code)


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes in the order of the resolution: 8, 8.7, 8.8, 8.10, 8.a, 10."""
    return sorted(codes, key=_place)


def _place(code: str) -> tuple[int, int, str]:
    goal, _, part = code.partition(".")
    return int(goal), int(part) if part.isdigit() else (1000 if part else 0), part


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _spelled(match: re.Match[str]) -> str:
    part = match["part"]
    goal = str(int(match["goal"]))
    return goal if part is None else f"{goal}.{int(part) if part.isdecimal() else part}"


def _read(run: re.Match[str]) -> tuple[str | None, CodeDoubt | None]:
    written = run[0]
    match = _SHAPED.fullmatch(run["run"])
    if not match:
        return None, CodeDoubt(written, None, "not a code of the SDGs: not read")
    code = _spelled(match)
    if code not in CODES:
        return None, CodeDoubt(written, None, f"not a code of the SDGs. {_hint(match)}")
    if match["indicator"]:
        return code, CodeDoubt(written, code, "an indicator's code: read as its target")
    if run["stop"] and not match["part"]:
        return code, CodeDoubt(written, code, f"a full stop stands after {code}: read as goal {code}")
    return code, None


def _between(text: str, *, after_code: bool) -> list[CodeDoubt]:
    if after_code and _RANGE.fullmatch(text) and text.strip():
        return [CodeDoubt(text.strip(), None, "a range: read as its two ends only")]
    left = _BETWEEN.sub(" ", text).strip(" .:")
    return [CodeDoubt(left, None, "not a code of the SDGs: not read")] if left else []


def _decimal_comma(text: str) -> list[CodeDoubt]:
    match = re.fullmatch(r"\s*(\d{1,2}),(\d{1,2})\s*", text)
    if match and f"{int(match[1])}.{int(match[2])}" in CODES:
        goals = f"{int(match[1])}, {int(match[2])}"
        return [CodeDoubt(match[0].strip(), goals, f"read as two goals; target {match[1]}.{match[2]} may be meant")]
    return []


def _hint(match: re.Match[str]) -> str:
    goal = int(match["goal"])
    if goal not in _SHAPE:
        return "Goals run from 1 to 17."
    most, last = _SHAPE[goal]
    return f"Goal {goal} has the targets {goal}.1 to {goal}.{most}" + (
        f" and {goal}.a to {goal}.{last}." if last else "."
    )
