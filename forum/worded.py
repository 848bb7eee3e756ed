"""Texts of a process in several languages: a string in the process's own language that remembers the others.

Inside the service it is the string that it is: compared, kept and measured like any other. Whoever answers a reader,
writes a letter or prints a paper asks for their language (`in_language`). Tags are those of BCP 47.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Worded(str):
    """A text in the language of its process, `own`. `by_language`: the same in each language that the file gives, its
    own among them."""

    __slots__ = ("by_language", "own")
    own: str
    by_language: Mapping[str, str]


def worded(own: str, by_language: Mapping[str, str]) -> Worded:
    """The text of the language `own`, which is one of them."""
    text = Worded(by_language[own])
    text.own, text.by_language = own, dict(by_language)
    return text


def languages_of(text: str) -> Mapping[str, str]:
    """The text in each language that it is given in, by tag; nothing of a plain text."""
    return text.by_language if isinstance(text, Worded) else {}


def in_language(text: str, tag: str) -> str:
    """The text as a plain string in a language: of the very tag, else of the same primary language ("zh" for
    "zh-Hans", and the other way round), else in the process's own."""
    by_language = languages_of(text)
    if tag in by_language:
        return by_language[tag]
    primary = tag.partition("-")[0].lower()
    near = (words for of, words in by_language.items() if of.partition("-")[0].lower() == primary)
    return next(near, str(text))


def reworded(text: str, change: Callable[[str, str], str], own: str) -> str:
    """The text with `change(words, tag)` made of it in each language; `own`: the tag of a plain one."""
    if not isinstance(text, Worded):
        return change(text, own)
    return worded(text.own, {tag: change(words, tag) for tag, words in text.by_language.items()})


def refilled(template: str, place: str, sentence: str) -> str:
    """A sentence that was made of a template, in each language of the template: what stands at `place` ("{paragraph}")
    stands there again. As it is, where it was not made of this template."""
    before, gap, after = str(template).partition(place)
    value = sentence[len(before) : len(sentence) - len(after)] if gap else ""
    if template.replace(place, value) != sentence:
        return sentence
    return reworded(template, lambda words, _: words.replace(place, value), "")


def same(left: object, right: object) -> bool:
    """Whether two texts are the same in every language; of other values, whether they are equal."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right and languages_of(left) == languages_of(right)
    return left == right
