"""An outline as Akoma Ntoso: `draw(outline)` gives one XML document; the same outline gives the same bytes."""

from .. import outline as o
from ..markup import element
from .body import Body
from .meta import meta
from .words import Words

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def draw(outline: o.Outline) -> bytes:
    """The outline as a document of Akoma Ntoso 3.0 (OASIS Standard, Version 1.0, 29 August 2018), UTF-8.

    Paragraphs keep their identity of the record as `wId`; an `eId` is a place in this print, counted and not read from
    printed numbers, so that "10.7" and "10(7)" are two. What is not closed has the date 0001-01-01."""
    words = Words(outline.language)
    body = Body(outline, words)
    main = element("mainBody", {"xml:lang": outline.language}, *body.whole())
    inside = [meta(outline), _preface(outline, words), main, body.conclusions()]
    paper = element("akomaNtoso", {"xmlns": NAMESPACE}, element("doc", {"name": "paper"}, *inside))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{paper}\n'.encode()


def _preface(outline: o.Outline, words: Words) -> str:
    head, day = outline.head, outline.origin.day
    lines = [_line(words, "series", head.series)]
    if head.symbol:
        lines.append(element("p", {"class": "symbol"}, element("docNumber", {}, words.text(o.text(head.symbol)))))
    lines.append(element("p", {"class": "title"}, element("docTitle", {}, words.text(o.text(head.title)))))
    lines += [_line(words, "subtitle", subtitle) for subtitle in head.subtitles]
    lines += [_line(words, "kind", head.kind), _line(words, "version", head.version)]
    if head.date:
        printed = words.text(o.text(head.date))
        dated = element("docDate", {"date": day.isoformat()}, printed) if day else printed
        lines.append(element("p", {"class": "date"}, dated))
    return element("preface", {"xml:lang": outline.language}, *lines)


def _line(words: Words, name: str, line: str) -> str:
    return element("p", {"class": name}, words.text(o.text(line))) if line else ""
