"""Weight words: "several speakers" in a conclusion is a field, and beside it stands what carries it.

The words are the penholder's. What is offered here is a suggestion and a remark, never a correction: how many spoke is
not how far they agreed.
"""

from __future__ import annotations

from dataclasses import dataclass

WORDS = ("one speaker", "several speakers", "many speakers", "participants agreed")
_LEAST = {"one speaker": 1, "several speakers": 2, "many speakers": 5, "participants agreed": 2}


@dataclass(frozen=True)
class Weight:
    """The words as written, with the distinct sources and the distinct mechanisms that carry the sentence."""

    words: str
    sources: int
    mechanisms: int

    def beside(self) -> str:
        """What stands beside the words: "4 sources from 2 mechanisms"."""
        return f"{_counted(self.sources, 'source')} from {_counted(self.mechanisms, 'mechanism')}"

    def remark(self) -> str | None:
        """A remark when the words promise more sources than are cited; None when they do not, or are the chair's
        own."""
        least = _LEAST.get(self.words)
        if least is None or self.sources >= least:
            return None
        return f'"{self.words}" stands on {_counted(self.sources, "source")}: cite the others or choose other words.'


def suggest(sources: int) -> str | None:
    """Words that fit the number of distinct sources, or None without any.

    "participants agreed" is never suggested: agreement is heard in the room, not counted.
    """
    fitting = [words for words in WORDS[:3] if sources >= _LEAST[words]]
    return fitting[-1] if fitting else None


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
