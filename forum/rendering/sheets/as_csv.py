"""A list of a paper as CSV: `draw(outline, nth)`; the same outline gives the same bytes."""

import csv
import io

from ...errors import InvalidValue
from ...refusal import phrased
from ..outline import Outline, plain
from .lists import lists

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def draw(outline: Outline, nth: int = 1) -> bytes:
    """The nth list, from 1 (RFC 4180, UTF-8 with a mark of it, which Excel asks for). A cell that begins like a formula
    gets a quotation mark before it (OWASP, CSV injection). Refuses (InvalidValue) where there is no such list."""
    found = lists(outline)
    if not 1 <= nth <= len(found):
        reason = phrased("This paper has {count} lists: there is no list {nth}.", count=len(found), nth=nth)
        raise InvalidValue(reason=reason)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(map(_inert, found[nth - 1].columns))
    rows.writerows([_inert(plain(words)) for words in cells] for cells in found[nth - 1].rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(words: str) -> str:
    return f"'{words}" if words.lstrip().startswith(BEGINS_FORMULA) else words
