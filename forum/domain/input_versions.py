"""The versions of an input, one each time it was handed in, and what changed between two of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import redline

_TITLE = "title"


@dataclass(frozen=True)
class Version:
    """Which of an input's versions, counted from 1. `first_number`: the version since which it was mended only, and
    never taken back; what came before that is read by its author's side alone."""

    number: int
    first_number: int


FIRST = Version(1, 1)


def following(last: Version | None, *, mended: bool) -> Version:
    """The version that comes after `last`. `mended`: it was returned to its author; else it was taken back."""
    if last is None:
        return FIRST
    number = last.number + 1
    return Version(number, last.first_number if mended else number)


@dataclass(frozen=True)
class SectionChange:
    """What became of one section between two versions; `code` is None of the title. `kind` as in `redline.KINDS`."""

    code: str | None
    heading: str | None
    kind: str
    words: tuple[redline.Words, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[SectionChange, ...]:
    """The title and every section of two versions (`store/inputs.content`), in the order of the later one; sections are
    told apart by their code. One that stands no more stands after the section it followed."""
    codes: dict[str, tuple[str, str]] = {}
    texts = [{"paragraphs": list(_passages(side, codes)), "recommendations": []} for side in (before, after)]
    rows = redline.changes(*texts)
    passages = [(row, codes.get(row.w_id, (None, None))) for row in rows]
    return tuple(SectionChange(code, heading, row.kind, row.words) for row, (code, heading) in passages)


def _passages(content: Mapping[str, Any], codes: dict[str, tuple[str, str]]) -> Iterator[Mapping[str, Any]]:
    """The title and the sections as passages of a text; `codes` keeps each one's code and heading."""
    yield {"w_id": _TITLE, "text": content["title"], "number": None, "weight": None}
    times: Counter[str] = Counter()
    for section in content["sections"]:
        code, heading = section["code"], section["heading"]
        times[code] += 1  # several sections may have one code: told apart by which of them it is
        id_ = f"{times[code]} {code}"
        codes[id_] = (code, heading)
        yield {"w_id": id_, "text": section["markdown"], "number": None, "weight": heading}
