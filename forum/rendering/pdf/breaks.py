"""Where a line may end: a plain subset of UAX #14 for the six languages, with the East Asian rules on punctuation."""

import re
import unicodedata
from collections.abc import Iterable

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f]")
_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕〗…—～·ー々〻‥“”’％‰℃,.;:!?)]}»›%/")
_NOT_LAST = frozenset("（《〈「『【〔〖“‘([{«‹＄￥$€£")
_AFTER = frozenset("-\u2010\u2012\u2013\u2014/\u200b\u00ad")
_CANDIDATES = re.compile("[ \\-\u2010\u2012\u2013\u2014/\u200b\u00ad]")
_NO_BREAK = frozenset("\u00a0\u202f\u2060\u2011\ufeff")


def break_points(words: str) -> list[int]:
    """The indices at which a new line may begin, ascending, with len(words) last. Newlines are not looked at."""
    if _WIDE.search(words):
        candidates: Iterable[int] = range(1, len(words))
    else:
        candidates = (match.end() for match in _CANDIDATES.finditer(words))
    points = [i for i in candidates if i < len(words) and _may_break(words, i)]
    points.append(len(words))
    return points


def _may_break(words: str, i: int) -> bool:
    left, right = words[i - 1], words[i]
    if right in " \u200b" or left in _NO_BREAK or right in _NO_BREAK or unicodedata.combining(right):
        return False
    if left == " ":
        return True
    if left in _AFTER:
        # "-5", "/2030" and "10.7-a" stay whole: after a hyphen a line begins with a letter, after letters only.
        return left == "\u200b" or (right.isalpha() and i >= 2 and words[i - 2].isalpha()) or _in_address(words, i)
    if _WIDE.match(left) or _WIDE.match(right):
        return right not in _NOT_FIRST and left not in _NOT_LAST
    return False


def _in_address(words: str, i: int) -> bool:
    """After a slash inside a web address."""
    return words[i - 1] == "/" and words[i] != "/" and "://" in words[max(0, i - 200) : i]


def characters(words: str, start: int, end: int) -> list[int]:
    """Where a word too long for any line may be cut: before each character that is not a mark upon another."""
    return [
        i
        for i in range(start + 1, end)
        if not unicodedata.combining(words[i]) and words[i] not in "\u200d\u200c\ufe0f" and words[i - 1] != "\u200d"
    ] + [end]
