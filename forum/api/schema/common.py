"""What several nouns share: the Node interface, the enums used in more than one place, and text as it is read."""

import enum
from typing import Any

import strawberry

from ...domain import text as words
from ...reading import derived
from ...reading.declare import col, python, sql
from ...reading.prices import PLAIN
from .scalars import LanguageTag


def value(word: str, description: str) -> Any:
    """A member of an enum: the word that stands in the table, and what it means."""
    return strawberry.enum_value(word, description=description)


@strawberry.interface(description="Anything that has an id of its own and can be read again by it.")
class Node:
    id: strawberry.ID = col(description="`Type:uuid`; opaque: compare it, keep it, do not take it apart.")


@strawberry.enum(description="Which way a text runs.")
class Direction(enum.Enum):
    LTR = value("ltr", "From left to right.")
    RTL = value("rtl", "From right to left.")


_MARKDOWN = {"markdown": derived.markdown}


def _not_printed(markdown: str, language: str) -> list[str]:
    from ...rendering.pdf import unprintable  # the fonts of papers are loaded when somebody asks

    return list(unprintable.not_printed(words.plain(markdown), language))


@strawberry.type(description="A text, in the three ways it can be read, with its language.")
class Text:
    markdown: str = sql(derived.markdown, description="As it was sent: CommonMark without HTML.")
    plain_text: str = python(
        words.plain, needs=_MARKDOWN, cost=PLAIN, description="The words alone; lengths are counted on these."
    )
    safe_html: str = python(words.safe_html, needs=_MARKDOWN, description="HTML that is safe to place in any page.")
    not_printed: list[str] = python(
        _not_printed,
        needs={**_MARKDOWN, "language": derived.language},
        cost=PLAIN,
        description="Characters of it that no font of this service prints, each once: a paper has them by their code "
        "points. The text stands as it was sent.",
    )
    lang: LanguageTag = sql(derived.language, description="The language of the text.")
    dir: Direction = python(words.direction, needs={"language": derived.language}, description="Which way it runs.")
