"""Enumerations whose members are the words of the tables and of the contract, each with what it means."""

from enum import StrEnum
from typing import Self, TypeVar

from ..errors import WordNotAllowed


class Words(StrEnum):
    """A closed list of words. `says`: what a member means, in a sentence that people read in the contract."""

    says: str

    def __new__(cls, word: str, says: str = "") -> Self:
        member = str.__new__(cls, word)
        member._value_ = word
        member.says = says
        return member

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """The bare words, in their order: what a table takes and a refusal lists."""
        return tuple(member.value for member in cls)


W = TypeVar("W", bound=Words)


def word_of(words: type[W], word: str, *path: str) -> W:
    """The member of this word. Refuses (WordNotAllowed, at `path`) a word that is not of the list."""
    try:
        return words(word)
    except ValueError:
        raise WordNotAllowed(word=word, words=tuple(words)).at_path(*path) from None
