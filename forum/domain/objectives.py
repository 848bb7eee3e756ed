"""The Global Compact's 23 objectives and ten guiding principles (General Assembly resolution 73/195).

They have no official IRI: codes and IRIs here are local ones, and `official_iri` is None until somebody mints them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import UnknownCode

_LOCAL = "urn:review-forum:gcm:"


@dataclass(frozen=True)
class Entry:
    """One objective ("gcm-7") or guiding principle ("gcm-child-sensitive")."""

    code: str
    kind: str  # objective | principle
    label: str
    official_iri: str | None = None

    @property
    def iri(self) -> str:
        return _LOCAL + self.code.removeprefix("gcm-")


# Paragraph 15 of the resolution, in its order.
_PRINCIPLES = (
    "People-centred", "International cooperation", "National sovereignty", "Rule of law and due process",
    "Sustainable development", "Human rights", "Gender-responsive", "Child-sensitive", "Whole-of-government approach",
    "Whole-of-society approach",
)  # fmt: skip
OBJECTIVES = tuple(Entry(f"gcm-{n}", "objective", f"Objective {n}") for n in range(1, 24))
PRINCIPLES = tuple(Entry(f"gcm-{label.lower().replace(' ', '-')}", "principle", label) for label in _PRINCIPLES)
_BY_CODE = {entry.code: entry for entry in OBJECTIVES + PRINCIPLES}
_SPELLING = re.compile(r"(?:gcm[\s:-]*)?(?:objective\s*)?0?(\d{1,2})", re.ASCII)


def parse_objective(text: str) -> Entry:
    """ "7", "GCM 7", "Objective 7", "gcm-7", a principle's code or name, or a local IRI -> its entry.

    Refuses (UnknownCode) all else.
    """
    folded = text.strip().lower()[:80].replace(_LOCAL, "gcm-")
    number = _SPELLING.fullmatch(folded)
    slug = folded.removeprefix("gcm-").replace(" ", "-")
    entry = _BY_CODE.get(f"gcm-{int(number[1])}" if number else f"gcm-{slug}")
    if entry is None:
        hint = "Objectives run from 1 to 23; guiding principles go by name, as in child-sensitive."
        raise UnknownCode(scheme="the Global Compact", given=text[:60], hint=hint)
    return entry
