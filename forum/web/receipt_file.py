"""`/inputs/<id>/receipt.pdf`: the receipt of an input as a paper, with what was handed in, for its own side."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ..rendering.formats import drawn
from ..rendering.outline import (
    Bullets,
    Disclaimer,
    Heading,
    KeyFacts,
    Outline,
    Paragraph,
    Part,
    Run,
    Text,
    TitleBlock,
    text,
)
from ..rendering.papers.front import pieces, running_line
from .page_words import Words
from .read_page import nothing_here, of_node
from .visits import HEADERS, Site, Visit


async def show(site: Site, visit: Visit) -> Response:
    """The file. Refuses (NO_SUCH_PAGE) an input that has no receipt, or none for this visitor."""
    thing = (await site.ask(visit, "receipt", **of_node("Contribution")(visit)))["node"]
    if not thing or not thing["mine"] or not (thing["receipt"] or {}).get("number"):
        raise nothing_here()
    content = await asyncio.to_thread(drawn, receipt(thing, visit.words), "pdf")
    kept = {"Content-Disposition": f'attachment; filename="{thing["receipt"]["number"]}.pdf"'}
    return Response(content, 200, {**HEADERS, **kept}, media_type="application/pdf")


def receipt(thing: Mapping[str, Any], words: Words) -> Outline:
    """What it says: the number, when and by whom it was handed in, the words. It names nobody whom the input does not
    name."""
    number, name = thing["receipt"]["number"], words.plain("Receipt {number}", number=thing["receipt"]["number"])
    facts = KeyFacts(tuple((label, fact) for label, fact in _facts(thing, words) if fact))
    parts: list[Part] = [facts, Heading(1, text(words.term("Receipt", "words")), listed=False)]
    for section in thing["sections"]:
        first, points = pieces(section["text"]["markdown"])
        if section["heading"]:
            parts.append(Heading(2, _of(thing, section["heading"]), listed=False))
        parts += [Paragraph(_tagged(thing, first))] if first else []
        parts += [Bullets(tuple(_tagged(thing, point) for point in points))] if points else []
    parts.append(Disclaimer((text(words.term("Receipt", "about")),)))
    title = TitleBlock(title=thing["title"], series=thing["edition"]["forum"]["name"], kind=name, symbol=number)
    return Outline(title, words.language.value, tuple(parts), running_line(name, thing["edition"]["name"]))


def _facts(thing: Mapping[str, Any], words: Words) -> list[tuple[str, Text]]:
    zone, nobody = (
        (thing["call"] or {}).get("timeZone") or thing["edition"]["zone"],
        thing["attribution"]["kind"] == "NONE",
    )
    by = words.term("AttributionKind", "NONE") if nobody else thing["attribution"]["label"]
    return [
        (words.term("Receipt", "number"), text(thing["receipt"]["number"])),
        (words.term("Receipt", "at"), text(words.instant(at, zone) if (at := thing["receipt"]["at"]) else "")),
        (words.term("Receipt", "by"), text(by)),
        (words.term("Receipt", "call"), text((thing["call"] or {}).get("title", ""))),
        (words.term("Receipt", "edition"), text(thing["edition"]["name"])),
        (words.term("Receipt", "hash"), text(_halves(thing["receipt"]["hash"] or ""))),
    ]


def _halves(hash_: str) -> str:
    """In two lines of one length, to be compared by eye."""
    middle = len(hash_) // 2
    return f"{hash_[:middle]}\n{hash_[middle:]}" if hash_ else ""


def _of(thing: Mapping[str, Any], words: str) -> Text:
    return _tagged(thing, text(words))


def _tagged(thing: Mapping[str, Any], words: Text) -> Text:
    """The words of the input, in its language."""
    return tuple(Run(run.text, run.bold, run.italic, run.small, run.link, thing["language"]) for run in words)
