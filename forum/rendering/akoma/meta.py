"""What an Akoma Ntoso document says of itself: the work, this version of it in this language, and this file."""

import re

from ..markup import element
from ..outline import Outline

# ISO 639-2, as the naming convention asks; other languages as the tag has them.
_THREE_LETTERS = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
_OPEN = "0001-01-01"  # the format wants a date, and an open text has none


def meta(outline: Outline) -> str:
    """The element `meta`, by the Akoma Ntoso Naming Convention 1.0: `/akn/un/doc/2020-06-12/gfmd-2020-fi`."""
    origin, head = outline.origin, outline.head
    day = origin.day.isoformat() if origin.day else _OPEN
    work = f"/akn/un/doc/{day}/{_slug(origin.symbol or head.title)}"
    tag = _language(outline.language)
    expression = f"{work}/{tag}@{_slug(origin.version)}" if origin.version else f"{work}/{tag}"
    of_work = [
        _value("FRBRcountry", "un"),
        _value("FRBRnumber", origin.symbol) if origin.symbol else "",
        _value("FRBRname", head.title),
        _value("FRBRauthoritative", str(not origin.authoritative or origin.authoritative == outline.language).lower()),
    ]
    hashed = element("FRBRalias", {"name": "hash", "value": origin.hash}) if origin.hash else ""
    language = element("FRBRlanguage", {"language": tag})
    levels = [
        element("FRBRWork", {}, *_common(work, "/!main", day), *of_work),
        element("FRBRExpression", {}, *_common(expression, "/!main", day, hashed), language),
        element(
            "FRBRManifestation", {}, *_common(f"{expression}.xml", "", day), _value("FRBRformat", "application/akn+xml")
        ),
    ]
    return element("meta", {}, element("identification", {"source": "#forum"}, *levels), _references(head.series))


def _common(uri: str, part: str, day: str, alias: str = "") -> list[str]:
    date = {"date": day, "name": "closed" if day != _OPEN else "open"}
    author = {"href": "#forum", "as": "#author"}
    whole = _value("FRBRthis", uri + part), _value("FRBRuri", uri)
    return [*whole, alias, element("FRBRdate", date), element("FRBRauthor", author)]


def _references(series: str) -> str:
    forum = {"eId": "forum", "href": "/akn/ontology/organization/un/forum", "showAs": series or "forum"}
    author = {"eId": "author", "href": "/akn/ontology/role/un/author", "showAs": "Author"}
    inside = element("TLCOrganization", forum), element("TLCRole", author)
    return element("references", {"source": "#forum"}, *inside)


def _value(name: str, value: str) -> str:
    return element(name, {"value": value})


def _language(tag: str) -> str:
    return _THREE_LETTERS.get(tag.split("-")[0].lower(), tag)


def _slug(words: str) -> str:
    """A piece of an address: what is no letter or figure of any script is a hyphen."""
    return re.sub(r"[^\w.]+", "-", words.casefold()).strip("-") or "untitled"
