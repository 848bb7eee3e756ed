"""Paragraph ids in the manner of Akoma Ntoso (OASIS AKN Naming Convention 1.0): `sec_2__para_14`.

`w_id` is a paragraph's identity: given once, where it was first written, and kept through every revision. `e_id` is its
place in one revision. Numbers run on through the whole document, as in the forums' papers; a paragraph without a
number (a preamble) is counted within its section: `sec_1__p_2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import InvalidValue
from ..refusal import phrased

_ID = re.compile(r"sec_([1-9]\d{0,3})__(para|p)_([1-9]\d{0,5})", re.ASCII)
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in its order: who it is, and the place of its section (from 1) in this revision."""

    w_id: str
    section: int
    numbered: bool = True


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands in one revision: `number` as printed (None without one) and its `e_id`."""

    w_id: str
    e_id: str
    number: int | None


def w_id(section: int, n: int, *, numbered: bool = True) -> str:
    """`sec_2__para_14`: the id of the n-th paragraph, written in this section. Both count from 1."""
    identity = f"sec_{section}__{'para' if numbered else 'p'}_{n}"
    if not _ID.fullmatch(identity):
        raise InvalidValue(
            reason=phrased(
                "Sections and paragraphs are counted from 1: {section} and {n} are not a place.", section=section, n=n
            )
        )
    return identity


def spoken(e_id: str) -> str:
    """How a sentence names a paragraph that has no number: "4 (unnumbered) of section 1"."""
    match = _ID.fullmatch(e_id)
    return f"{match[3]} (unnumbered) of section {match[1]}" if match else e_id


def mint(section: int, used: Iterable[str], *, numbered: bool = True) -> str:
    """A `w_id` for a new paragraph: a number no paragraph of the document ever had, deleted ones included."""
    kind = "para" if numbered else "p"
    taken = [int(match[3]) for match in map(_ID.fullmatch, used) if match and match[2] == kind]
    return w_id(section, max(taken, default=0) + 1, numbered=numbered)


def renumber(paragraphs: Sequence[Paragraph]) -> tuple[Place, ...]:
    """The place of each paragraph, in the order given. Identities stay, numbers and `e_id`s follow the order.

    Refuses a w_id that stands twice, and sections that go back: a section's paragraphs stand together.
    """
    places: list[Place] = []
    used: set[str] = set()
    number, unnumbered, section = 0, 0, 0
    for paragraph in paragraphs:
        if paragraph.w_id in used:
            raise InvalidValue(
                reason=phrased("The paragraph {paragraph} stands twice in this order.", paragraph=paragraph.w_id)
            )
        if paragraph.section < section:
            raise InvalidValue(
                reason=phrased(
                    "{paragraph}: section {next} comes after section {section}.",
                    paragraph=paragraph.w_id,
                    next=paragraph.section,
                    section=section,
                )
            )
        used.add(paragraph.w_id)
        unnumbered = unnumbered if paragraph.section == section else 0
        section = paragraph.section
        if paragraph.numbered:
            number += 1
            places.append(Place(paragraph.w_id, w_id(section, number), number))
        else:
            unnumbered += 1
            places.append(Place(paragraph.w_id, w_id(section, unnumbered, numbered=False), None))
    return tuple(places)


def roman(n: int) -> str:
    """1 -> "I", 14 -> "XIV", for sections. Refuses what Roman numerals do not write (below 1, above 3,999)."""
    if not 1 <= n <= 3999:
        raise InvalidValue(reason=phrased("{n} has no Roman numeral: sections run from 1 to 3999.", n=n))
    out = ""
    for value, letters in _ROMAN:
        out += letters * (n // value)
        n %= value
    return out


def letters(n: int) -> str:
    """1 -> "A", 26 -> "Z", 27 -> "AA", for annexes."""
    if n < 1:
        raise InvalidValue(reason=phrased("{n} has no letter: annexes are counted from 1.", n=n))
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
