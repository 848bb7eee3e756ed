"""What several nouns share: the Node interface, the enums used in more than one place, and text as it is read."""

import enum
from typing import Any

import strawberry

from ...domain import text as words
from ...reading import derived
from ...reading.declare import col, python, sql
from .scalars import LanguageTag


def value(word: str, description: str) -> Any:
    """A member of an enum: the word that stands in the table, and what it means."""
    return strawberry.enum_value(word, description=description)


@strawberry.interface(description="Anything that has an id of its own and can be read again by it.")
class Node:
    id: strawberry.ID = col(description="`Type:uuid`; opaque: compare it, keep it, do not take it apart.")


@strawberry.enum(description="At which level a forum works, from the ground up.")
class Layer(enum.Enum):
    LOCAL = value("local", "A city, a district or another local authority.")
    NATIONAL = value("national", "A country.")
    REGIONAL = value("regional", "A region: a consultative process, an economic community, a UN regional commission.")
    GFMD = value("gfmd", "The Global Forum on Migration and Development and other thematic or inter-agency bodies.")
    GLOBAL = value("global", "The United Nations: the HLPF every year, the IMRF every four years.")


@strawberry.enum(description="Who may read a text or a comment on it.")
class Audience(enum.Enum):
    TEAM = value("team", "The secretariat and the penholders.")
    PARTICIPANTS = value("participants", "Those who take part in the forum, as well.")
    PUBLIC = value("public", "Everybody.")


@strawberry.enum(description="Under whose name a contribution or comment stands.")
class AttributionKind(enum.Enum):
    ORGANISATION = value("organisation", "An organisation's: a state, a city, a network.")
    MECHANISM = value("mechanism", "A mechanism's: what it decided together.")
    FORUM = value("forum", "A forum's: a text received from another body.")
    NONE = value("none", "Nobody's: not attributed, and nothing in any answer tells who wrote it.")


@strawberry.enum(description="Which way a text runs.")
class Direction(enum.Enum):
    LTR = value("ltr", "From left to right.")
    RTL = value("rtl", "From right to left.")


_MARKDOWN = {"markdown": derived.markdown}


@strawberry.type(description="A text, in the three ways it can be read, with its language.")
class Text:
    markdown: str = sql(derived.markdown, description="As it was sent: CommonMark without HTML.")
    plain_text: str = python(words.plain, needs=_MARKDOWN, description="The words alone; lengths are counted on these.")
    safe_html: str = python(words.safe_html, needs=_MARKDOWN, description="HTML that is safe to place in any page.")
    lang: LanguageTag = sql(derived.language, description="The language of the text.")
    dir: Direction = python(words.direction, needs={"language": derived.language}, description="Which way it runs.")
