"""Names: how one is written down, looked up and compared. What looks the same to a reader is the same here.

Two strengths. A *key* tells whether two names are the same name: of editions, bodies, tracks, people, symbols, codes.
What is *folded* also leaves out accents and signs: organisations are compared so, since there a likeness is a danger.
"""

import re
import unicodedata
from collections.abc import Iterable

from ..errors import InvalidValue, TextTooLong
from ..refusal import phrased
from .text import clean, filled

# Characters: the longest names of real organisations have some 150, titles of calls and texts some 250; a code or a
# symbol stands in a column of a table.
LONGEST_NAME, LONGEST_SHORT_NAME, LONGEST_TITLE, LONGEST_CODE = 200, 40, 500, 60
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")
_JOINERS = "\u200c\u200d"  # Persian and Indian words are spelt with them
_LINE = re.compile(r"\s+")
_WORDS = r"[^\W_](?:[\w .,()&+:-]*[\w).])?"
_SYMBOL = re.compile(rf"{_WORDS}(?:/{_WORDS})*")


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


def twice(names: Iterable[str]) -> int | None:
    """The place, counted from 0, of the first of these that is the same name as one before it; None where none is."""
    before: set[str] = set()
    for n, name in enumerate(names):
        if key(name) in before:
            return n
        before.add(key(name))
    return None


def in_full(name: str, short: str | None) -> str:
    """A name with its short form: "Global Forum on Migration (GFM)"."""
    return f"{name} ({short})" if short else name


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs. What two names share here, readers confuse."""
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    joined = unicodedata.normalize("NFKC", bare.casefold())
    return "".join(sign for sign in joined if unicodedata.category(sign)[0] in "LMN")


def titled(text: str, *path: str) -> str:
    """A title, on one line. Refuses (InvalidValue) an empty one, (TextTooLong) one too long. Direction marks stay: a
    title in two scripts may need them."""
    title = " ".join(filled(text, *path).split())
    _need_visible(title, *path)
    need_length(title, LONGEST_TITLE, *path)
    return title


def coded(text: str, *path: str, longest: int = LONGEST_CODE) -> str:
    """A code, a short name or a symbol in its one spelling. Refuses (InvalidValue) an empty one, (TextTooLong) one too
    long."""
    code = spelled(text)
    _need_visible(code, *path)
    need_length(code, longest, *path)
    return code


def symbol(text: str, *path: str) -> str:
    """A document's symbol in its one spelling, as in `GFMD/2020/HLPF/1`: words of letters and digits between single
    slashes, so that it can stand in an address and on paper. Refuses (InvalidValue) any other, (TextTooLong) one too
    long."""
    code = coded(text, *path)
    if not _SYMBOL.fullmatch(code):
        reason = (
            "A symbol is letters, digits, spaces and . , ( ) & + : - between single slashes, as in GFMD/2020/HLPF/1."
        )
        raise InvalidValue(reason=reason).at_path(*path)
    return code


def one_line(text: str, longest: int, *path: str) -> str:
    """A name in its one spelling. Refuses (InvalidValue) one without letters or digits, one with invisible signs, and
    a word made of two alphabets, which looks like another word; (TextTooLong) one that is too long."""
    cleaned = filled(text, *path)
    if any(_invisible(sign) for sign in cleaned):
        raise InvalidValue(reason="This has an invisible sign in it. Write it anew, without.").at_path(*path)
    line = spelled(cleaned)
    need_length(line, longest, *path)
    if not folded(line):
        raise InvalidValue(reason="A name needs a letter or a digit.").at_path(*path)
    for word in line.split():
        names = [unicodedata.name(sign, "") for sign in word if sign.isalpha()]
        if len({a for a in _ALPHABETS for name in names if name.startswith(a)}) > 1:
            reason = phrased("{word} mixes letters of two alphabets that look alike. Write it in one.", word=word)
            raise InvalidValue(reason=reason).at_path(*path)
    return line


def need_length(text: str, longest: int, *path: str) -> None:
    """Refuses (TextTooLong) a text of more characters than are taken here."""
    if len(text) > longest:
        where = path[-1] if path else "name"
        raise TextTooLong(section=where, limit=longest, actual=len(text), unit="characters").at_path(*path)


def _need_visible(text: str, *path: str) -> None:
    if not spelled(text):
        raise InvalidValue(reason="This must not be empty.").at_path(*path)


def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" and sign not in _JOINERS
