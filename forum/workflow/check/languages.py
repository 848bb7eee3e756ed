"""Texts that are given in several languages: languages that nobody reads here, texts that are empty, and placeholders
that one language has and another has not."""

import string
from collections.abc import Iterator

from ...worded import languages_of
from ..finding import Finding
from ..process import Process
from ..vocabulary import READ_IN
from .texts import Text, texts


def findings(process: Process) -> Iterator[Finding]:
    """What is wrong with a text in one of its languages."""
    for text in texts(process):
        yield from _empty(text)
        by_language = languages_of(text.words)
        for tag in by_language:
            if tag.partition("-")[0] not in (*READ_IN, process.language.partition("-")[0]):
                says = f"{text.name} is given in {tag}, and nobody reads that language here."
                yield Finding("unknown_language", says, f"Known are {', '.join(READ_IN)}.", text.line)
        own = _placeholders(text.words) if by_language else []
        for tag, words in by_language.items():
            if (there := _placeholders(words)) != own:
                says = f"{text.name} holds {_spoken(there)} in {tag}, and {_spoken(own)} in {process.language}."
                yield Finding("placeholders_differ", says, "Let each language hold the same placeholders.", text.line)


def _empty(text: Text) -> Iterator[Finding]:
    for tag, words in languages_of(text.words).items():
        if not words.strip():
            remedy = f"Write it, or take {tag} out: its readers get the language of the file then."
            yield Finding("empty_words", f"{text.name} is empty in {tag}.", remedy, text.line)
    if text.name == "title" and not text.words.strip() and not languages_of(text.words):
        yield Finding("empty_words", "title is empty.", "Write what people call it.", text.line)


def _placeholders(words: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(words) if name})


def _spoken(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names) or "no placeholder"
