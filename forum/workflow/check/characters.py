"""Characters in the texts of a definition that are never meant: controls, and signs that turn the order of letters.

Titles and sentences stand on screens, papers and in mails as they are. A control character comes from a damaged file; a
direction override makes a reader see other words than those that are there (Unicode Standard Annex #9, section 2).
"""

import re
from collections.abc import Iterator

from ...worded import languages_of
from ..finding import Finding
from ..process import Process
from .texts import texts

# Controls but tab and line feed; embeddings, overrides and isolates. The marks U+200E and U+200F are welcome.
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Fields that stand in one line wherever they are shown.
_ONE_LINE = frozenset(("title", "version", "format"))


def findings(process: Process) -> Iterator[Finding]:
    """Every text with such a character, at the nearest line that is known."""
    for text in texts(process):
        for words in languages_of(text.words).values() or (text.words,):
            yield from _of_text(words, text.line, text.name)


def _of_text(text: str, line: int | None, name: str) -> Iterator[Finding]:
    found = _NEVER.search(text)
    if found is None and name in _ONE_LINE:
        found = re.search(r"[\t\n]", text)
    if found:
        says = f"{name} holds the character U+{ord(found[0]):04X}, which is not seen and changes what is."
        yield Finding("hidden_character", says, "Take it out; the page sets the direction by the language.", line)
