"""Refusals in the reader's language, from catalogues of their own (`forum/languages/refusals`).

What the catalogues lack is said in English: no reader goes without a sentence. Acts, roles and states are taken from
the other two folders where these have them, so that one thing has one name on pages, in letters and in refusals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..domain.contact import Language
from ..refusal import ENGLISH, Speaker
from ..worded import in_language
from .catalogues import PAGES, REFUSALS, SENTENCES, texts
from .say import isolated

OR = "{others} or {last}"


@dataclass(frozen=True)
class Translated:
    """How one of the other five languages says a refusal."""

    language: Language

    @property
    def tag(self) -> str:
        return self.language.value

    def text(self, text: str) -> str:
        """A sentence or a template; in English where the catalogue lacks it."""
        return texts(self.language, REFUSALS).get(text, text)

    def word(self, word: str) -> str:
        """A word of the code as it is said in English -> in this language; with what stands in brackets behind it."""
        capital = f"{word[:1].upper()}{word[1:]}"  # acts: as their buttons say them
        parted = word.replace("-", " ")  # note-taker
        for folder, text in ((REFUSALS, word), (SENTENCES, parted), (PAGES, word), (PAGES, capital)):
            if found := texts(self.language, folder).get(text):
                return found
        head, bracket, rest = word.partition(" (")
        return f"{self.word(head)} ({self._marks(rest.removesuffix(')'))})" if bracket else self.apart(word)

    def _marks(self, marks: str) -> str:
        """What stands behind a role: "member or observer; civil society", "member, states"."""
        ways = [self.choice(map(self.word, mark.split(" or "))) for mark in marks.replace(", ", "; ").split("; ")]
        return "; ".join(ways)

    def apart(self, fact: str) -> str:
        """What somebody wrote or named, or a process says in its own words: its own direction kept among words that
        run the other way."""
        return isolated(self.language, in_language(fact, self.tag))

    def listed(self, words: Iterable[str]) -> str:
        """Several words after one another."""
        return self.text(", ").join(words)

    def choice(self, words: Iterable[str]) -> str:
        """Several words of which one will do."""
        *others, last = words
        return self.text(OR).format(others=self.listed(others), last=last) if others else last


@cache
def speaker(language: Language) -> Speaker:
    """Who says refusals in a language."""
    return ENGLISH if language == Language.EN else Translated(language)
