"""Names: how one is compared with another. What looks the same to a reader is the same here."""

import re
import unicodedata

from .text import clean

_JOINERS = "\u200c\u200d"  # Persian and Indian words are spelt with them
_LINE = re.compile(r"\s+")


def spelled(name: str) -> str:
    """A name in its one spelling: composed letters, one space between words, no invisible signs.

    Names are kept and looked up so: two spaces, a no-break space, a direction mark or a decomposed letter make no
    other name. What is spelled so stays as it is when spelled again.
    """
    visible = "".join(sign for sign in clean(name) if not _invisible(sign))
    return unicodedata.normalize("NFC", _LINE.sub(" ", visible).strip())


def key(name: str) -> str:
    """What two names share when they are the same name: the spelling, without the difference of capitals."""
    return unicodedata.normalize("NFKC", spelled(name).casefold())


def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" and sign not in _JOINERS
