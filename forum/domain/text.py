"""Text as it comes in and as it is read: cleaned once, stored as CommonMark, shown as plain text and as safe HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import nh3

from ..errors import InvalidValue, TextTooLong, UnknownCode
from ..refusal import phrased
from . import marks

LONGEST = 100_000  # characters in one text; the longest parliamentary document has some 75,000
_LINE_ENDS = re.compile(r"\r\n?")
# What any other reader of CommonMark could take for HTML: a "<" before a letter, "/", "!" or "?", unless a backslash
# makes it a word already or it begins an address (<https://...>, <a@b.org>).
_HTML = re.compile(
    r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])(?!(?:https?|mailto):[^\s<>]{1,2000}>|[^\s<>@]{1,64}@[^\s<>]{1,255}>)"
)
# NUL and lone surrogates cannot be stored; other controls are never typed, they come from a damaged file. C1 controls
# (U+0080 to U+009F) are what Windows-1252 quotes turn into when they are read as Latin-1.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# One line that begins with a letter and holds no sign that could be a mark: it says what it says. Most comments are so,
# and a page has hundreds.
_BARE = re.compile(r"[^\W\d_][^\\`*_\[\]<>&!~\x00-\x1f\x7f-\x9f\u2028\u2029]*")
_TAGS = {
    "p", "br", "em", "strong", "blockquote", "ul", "li", "a", "code",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
_RTL_SCRIPTS = {"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
# What people write for the six languages instead of the tag: the word, its own word, the codes of three letters where
# there is one of two (RFC 5646, section 2.2.1: the shortest is the one).
_LANGUAGE_WORDS = {
    word: tag
    for tag, words in {
        "ar": "arabic arabe ara", "zh": "chinese chinois mandarin zho chi", "en": "english anglais eng",
        "fr": "french francais fran\u00e7ais fra fre", "ru": "russian russe rus",
        "es": "spanish espagnol espa\u00f1ol spa",
    }.items()
    for word in words.split()
}  # fmt: skip
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII,
)

# What ends a sentence, in the six languages and some of their neighbours.
_ENDS = (".", "!", "?", "…", "。", "！", "？", "．", "؟", "۔", "।")
NAMED = 5  # things that a sentence names one by one


def clean(text: str) -> str:
    """The text as it is stored: NFC (UAX #15), lines ended by LF.

    Refuses (InvalidValue, naming line and column) NUL, lone surrogates and control characters other than tab and
    line ends, and a text longer than LONGEST. What was cleaned once stays as it is when cleaned again.
    """
    text = _LINE_ENDS.sub("\n", text)
    bad = _NEVER.search(text)
    if bad:
        raise InvalidValue(reason=_why_never(text, bad.start()))
    text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST:
        raise InvalidValue(
            reason=phrased(
                "One text may have {longest:,} characters; this has {count:,}. Send it in parts.",
                longest=LONGEST,
                count=len(text),
            )
        )
    return text


def filled(text: str, *path: str) -> str:
    """The text, cleaned. Refuses (InvalidValue, at `path`) an empty one."""
    cleaned = clean(text)
    if not cleaned.strip():
        raise InvalidValue(reason="This must not be empty.").at_path(*path)
    return cleaned


def line(text: str, most: int, *path: str) -> str:
    """A short text on one line, as a name or a heading is. Refuses (InvalidValue, TextTooLong, at `path`) an empty one,
    one of several lines, and one of more than `most` characters."""
    cleaned = filled(text, *path).strip()
    if "\n" in cleaned:
        raise InvalidValue(reason="This stands on one line: take the line breaks out.").at_path(*path)
    need_characters(cleaned, most, *path)
    return cleaned


def maybe_line(text: str | None, most: int, *path: str) -> str | None:
    """The same; None for none and for an empty one."""
    return line(text, most, *path) if text is not None and clean(text).strip() else None


def need_characters(text: str, most: int, *path: str) -> None:
    """Refuses (TextTooLong, at `path`) more characters than there may be."""
    if len(text) > most:
        too_long = TextTooLong(section="This", limit=most, actual=len(text), unit="characters")
        raise too_long.at_path(*path)


def need_number(number: int | None, least: int, *path: str) -> int | None:
    """The number, or None for none. Refuses (InvalidValue, at `path`) one below the least that makes sense there."""
    if number is not None and number < least:
        why = phrased("Give a number from {least} up, not {number}.", least=least, number=number)
        raise InvalidValue(reason=why).at_path(*path)
    return number


def maybe(text: str | None) -> str | None:
    """The text, cleaned; None for none and for an empty one."""
    cleaned = None if text is None else clean(text)
    return cleaned if cleaned and cleaned.strip() else None


def composed(text: str, *path: str) -> str:
    """A text in CommonMark as it is stored: cleaned, without lines that hold nothing before and after it, and its tags
    of HTML made words ("\\<b>"), so that no page that shows it by a reader of its own can take them for more. Refuses
    (InvalidValue, at `path`) an empty one. What was composed once stays as it is when composed again."""
    return _HTML.sub(r"\1\\<", filled(text, *path)).strip("\n")


def maybe_composed(text: str | None) -> str | None:
    """The same; None for none and for an empty one."""
    return composed(text) if text is not None and clean(text).strip() else None


def sentence(words: str) -> str:
    """Words that somebody gave as a reason, with a full stop."""
    plain = " ".join(words.split())
    bare = plain.rstrip("\"'’”»」』)）\u200e\u200f\u2069")
    return plain if bare.endswith(_ENDS) else f"{plain}."


def few(things: Sequence[str]) -> str:
    """The first few of these, and how many more there are: "a; b; and 3 more"."""
    more = (f"and {len(things) - NAMED} more",) if len(things) > NAMED else ()
    return "; ".join((*things[:NAMED], *more))


def plain(markdown: str) -> str:
    """The words alone, without marks (`marks.py`): what is counted and searched. Passages are parted by a blank
    line."""
    if _BARE.fullmatch(markdown):
        return markdown.strip()
    return "\n\n".join(passage.words.strip("\n") for passage in marks.passages(markdown))


def safe_html(markdown: str) -> str:
    """The text as HTML that is safe to place in any page: a short list of elements, links to http, https and mailto."""
    return nh3.clean(
        marks.html(markdown),
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def direction(language: str) -> str:
    """ "rtl" or "ltr": by the script subtag when the tag has one, else by the language."""
    parts = language_tag(language).split("-")
    script = next((p for p in parts[1:] if len(p) == 4 and p.isalpha()), None)
    return "rtl" if (script in _RTL_SCRIPTS if script else parts[0] in _RTL_LANGUAGES) else "ltr"


def language_tag(text: str) -> str:
    """A BCP 47 tag (RFC 5646, section 2.1) in its usual case: "zh-hans-cn" -> "zh-Hans-CN".

    Well-formedness is checked, not registration; but a language is a code of two or three letters, since none of
    four to eight was ever registered: "english" is a word. Refuses (UnknownCode) all else, a variant or extension given
    twice, tags over 60 characters, and the irregular tags of before 2005 ("i-klingon").
    """
    match = _TAG.fullmatch(text.lower()) if len(text) <= 60 and text.isascii() else None
    if (
        not match
        or match["language"] in _LANGUAGE_WORDS
        or _repeats(match["variants"])
        or _repeats("".join(re.findall(r"-\w(?=-)", match["extensions"])))
    ):
        meant = _LANGUAGE_WORDS.get(text.strip().lower())
        hint = f"Write {meant}." if meant else "Write a BCP 47 tag, as in ar, zh, en, fr, ru, es or pt-BR."
        raise UnknownCode(scheme="BCP 47", given=text[:60].encode("ascii", "replace").decode(), hint=hint)
    parts = [match["language"], (match["script"] or "").title(), (match["region"] or "").upper()]
    tail = match["variants"] + match["extensions"] + (match["private"] or "")
    return "-".join(p for p in parts if p) + tail


def _why_never(text: str, at: int) -> str:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    where = f"Line {line}, character {column}"
    code = ord(text[at])
    if code == 0:
        return f"{where}: a NUL character cannot be kept. Remove it and send the text again."
    if 0xD800 <= code <= 0xDFFF:
        return f"{where}: half of a surrogate pair (U+{code:04X}) is no character. Send the text again as UTF-8."
    if code >= 0x7F:
        return (
            f"{where}: a control character (U+{code:04X}), mostly a sign of a wrong encoding. Save the text as UTF-8."
        )
    return f"{where}: a control character (U+{code:04X}) cannot be kept. Remove it; tabs and line ends are welcome."


def _repeats(joined: str) -> bool:
    parts = joined.split("-")[1:]
    return len(parts) != len(set(parts))
