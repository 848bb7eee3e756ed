"""How one block is laid out on a paper."""

from dataclasses import dataclass

FOOTNOTES, LINE, NONE = "footnotes", "line", "none"


@dataclass(frozen=True, slots=True)
class Laid:
    """A block by its name (`layout.BLOCKS`). `heading`: in the paper's language, empty for the language's own or none.
    `sources`: whether paragraphs name their sources in footnotes, in a line below them, or not at all."""

    block: str
    heading: str = ""
    sources: str = FOOTNOTES
