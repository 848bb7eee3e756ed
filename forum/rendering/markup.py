"""Elements and escaped words of XML and HTML, as strings: what all formats with tags are put together from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from .outline import Run, Text

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": " "})
_NO_ATTRIBUTES: Mapping[str, str | None] = {}


def escaped(words: str) -> str:
    """Words as they stand between tags, or in an attribute within double quotation marks."""
    return words.translate(_ESCAPED)


def element(name: str, attributes: Mapping[str, str | None] = _NO_ATTRIBUTES, *inside: str) -> str:
    """An element with what is inside it, which is markup already. An attribute that is None is left out."""
    known = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{known}>{''.join(inside)}</{name}>" if inside else f"<{name}{known}/>"


def passages(words: Text) -> Iterator[Text]:
    """A text as the paragraphs that blank lines part it into; one that is empty where there are no words."""
    now: list[Run] = []
    for run in words:
        first, *further = re.split(r"\n{2,}", run.text)
        now += [_with(run, first)] if first else []
        for piece in further:
            yield tuple(now)
            now = [_with(run, piece)] if piece else []
    yield tuple(now)


def _with(run: Run, words: str) -> Run:
    return replace(run, text=words)
