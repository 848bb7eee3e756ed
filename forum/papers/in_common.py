"""What papers have in common: the process behind a document, its imprint, its days, and how sources and reservations
are named to whoever reads."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ..domain.contact import Language
from ..languages.say import Reader
from ..rendering.papers.front import Imprint
from ..rendering.papers.silence_words import phrase
from ..rendering.papers.words import word
from ..worded import in_language, worded
from .asking import Asks

Json = Mapping[str, Any]


def process(document: Json) -> Json:
    """The process the document was made under, as its file says."""
    return tomllib.loads(document["edition"]["process"]["text"])


def address(home: str, document: Json, paragraph: Json | None = None) -> str:
    """Where a document is read, or a paragraph of it; empty where no `home` of pages is known."""
    place = f"#{paragraph['id'].partition(':')[2]}" if paragraph else ""
    return f"{home}/documents/{quote(document['symbol'])}{place}" if home else ""


def imprint(document: Json, home: str) -> Imprint:
    """Which print of the record a paper of the document is. The first language of its kind, by the process, is that of
    the authoritative version."""
    revisions = document["revisions"]["nodes"]
    last = max(revisions, key=lambda r: r["number"]) if revisions else None
    return Imprint(
        language=document["language"],
        authoritative_language=process(document)["documents"].get(document["kind"], {}).get("languages", ["en"])[0],
        snapshot_hash=last["hash"] if last else "",
        closing_words=document["closingWords"] or "",
        symbol=document["symbol"],
        version=document.get("versionLabel") or (last["label"] if last else ""),
        date=day(document.get("closedAt"), document["edition"].get("zone"), document["language"]),
        themes=tuple(
            (theme["title"], (theme["resourcePerson"] or {}).get("name") or "")
            for theme in (document.get("track") or {}).get("themes", ())
        ),
        read_by=document.get("readBy", ""),
        corrections=tuple(
            f"{correction['symbol']} "
            f"({day(correction['madeAt'], document['edition'].get('zone'), document['language'])})"
            for correction in (document.get("corrections") or {}).get("nodes", ())
        ),
        address=address(home, document),
        day=_day(document.get("closedAt"), document["edition"].get("zone")),
    )


TEAM = ("SECRETARIAT", "PENHOLDER", "NOTE_TAKER", "RESOURCE_PERSON", "MODERATOR", "LIAISON")


def reader(viewer: Json | None, forum: str) -> str:
    """As whose reader a paper is asked for: the team of this forum, somebody else who signed in, or the public."""
    if viewer is None or viewer["person"] is None:
        return "public"
    here = [m["role"] for m in viewer["mandates"] if m["forum"] and m["forum"]["id"] == forum]
    return "team" if any(role in TEAM for role in here) else "participants"


def day(instant: str | None, zone: str | None, language: str) -> str:
    """The day of an instant in the edition's zone, as written in a language; nothing where there is none."""
    on = _day(instant, zone)
    return "" if on is None else written(on, language)


def _day(instant: str | None, zone: str | None) -> date | None:
    return None if instant is None else datetime.fromisoformat(instant).astimezone(ZoneInfo(zone or "UTC")).date()


def written(day: date, language: str) -> str:
    """A day as papers of a language print it; in English the day before the month, as the United Nations do."""
    reads = _READS.get(language.split("-")[0])
    return reads.day(day) if reads else f"{day.day} {day:%B %Y}"


_READS = {each.value: Reader(each, "UTC") for each in Language if each is not Language.EN}


def kind_title(document: Json, kind: str) -> str:
    """The process's name for a kind of document."""
    return _worded(document, process(document)["documents"].get(kind, {}).get("title", kind.replace("_", " ")))


def _worded(document: Json, text: str | Json) -> str:
    """A text of the process in the language of the document, as far as the file has it there: in the very tag, else in
    its primary language, else in the file's own."""
    if isinstance(text, str):
        return text
    tag = str(document["language"])
    return in_language(worded(process(document).get("language", "en"), text), tag)


def answering_kind(document: Json) -> str:
    """The kind of document that says what became of inputs, by the process's file: one whose paper has the block
    `responses`, rather another one than the document's own; "" where there is none."""
    kinds = process(document)["documents"]
    answering = [kind for kind, said_ in kinds.items() if "responses" in _blocks(said_)]
    return next((kind for kind in answering if kind != document["kind"]), answering[0] if answering else "")


def _blocks(kind: Json) -> list[str]:
    """The blocks of a kind's paper as the file names them; before there were layouts, files did so in `outline`."""
    entries = kind.get("layout") or kind.get("outline") or ()
    return [entry if isinstance(entry, str) else entry["block"] for entry in entries]


def disclaimers(document: Json, kind: str) -> tuple[str, ...]:
    """The process's standing texts for a kind of document."""
    words = process(document).get("disclaimers", {}).get(kind)
    return (_worded(document, words),) if words else ()


def labels(paragraph: Json, language: str) -> tuple[str, ...]:
    """What the reader may see of a paragraph's sources, each once; of those that nobody is named for, how many."""
    found = Counter(words for s in paragraph["sources"]["nodes"] if (words := label(s, language)))
    unnamed = {word(key, language) for key in ("source_withheld", "source_unattributed")}
    return tuple(f"{words} ({n})" if n > 1 and words in unnamed else words for words, n in found.items())


def label(source: Json, language: str) -> str:
    """What a source is called on a paper in a language. That one is withheld is said where the contract says so: it
    does not where that would tell whose it is. Whoever is not to be named is not."""
    end = source["end"]
    unattributed = word("source_unattributed", language)
    match end and end["__typename"]:
        case "Contribution":
            by = end["attribution"]
            return unattributed if by["kind"] == "NONE" else f"{by['label']}, “{end['title']}”"
        case "Comment":
            by = end["attribution"]
            return unattributed if by["kind"] == "NONE" else word("of_comment", language, name=by["label"])
        case "Paragraph":
            return word("of_paragraph", language, symbol=end["document"]["symbol"], number=end["number"])
        case "Panel":
            speaker = f", {source['speaker']['name']}" if source["speaker"] else ""
            return word("of_panel", language, title=end["panelTitle"]) + speaker
        case "Withheld":
            return word("source_withheld", language)
        case _:
            return ""


async def all_of(session: Asks, operation: str, node: Json, name: str) -> Json:
    """A list of the node with all its rows: the page at hand, and those the operation asks for after it."""
    page = node[name]
    rows = list(page["nodes"])
    while page["pageInfo"]["hasNextPage"]:
        asked = await session.ask(operation, id=node["id"], after=page["pageInfo"]["endCursor"])
        page = asked["node"][name]
        rows += page["nodes"]
    return {"nodes": rows}


async def with_imprint(session: Asks, viewer: Json | None, document: Json) -> Json:
    """The document with what its imprint says: all its frozen versions, and as whose reader it was asked for."""
    revisions = await all_of(session, "DocumentRevisions", document, "revisions")
    return {**document, "revisions": revisions, "readBy": reader(viewer, document["forum"]["id"])}


# ---- reservations
async def reservations(session: Asks, document: Json) -> list[Json]:
    """The reservations that stand and are printed: of the round in which the text passed, where the process prints
    them."""
    passed = [s for s in document["silences"]["nodes"] if s["state"] == "PASSED"]
    if not passed or where_printed(document) == "none":
        return []
    printed: list[Json] = []
    after = None
    while True:
        asked = {"id": passed[-1]["id"], "reservations": after, "changes": False}
        page = (await session.ask("SilenceRound", **asked))["node"]["reservations"]
        printed += [r for r in page["nodes"] if r["withdrawnAt"] is None]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return sorted(printed, key=lambda r: r["organisation"]["name"].casefold())


def where_printed(document: Json) -> str:
    """Where the process prints reservations to this kind of document: annex, footnote or none."""
    definition = process(document)
    closing = definition["documents"].get(document["kind"], {}).get("closing")
    return str(definition.get("closings", {}).get(closing, {}).get("reservations", "annex"))


def reservation(document: Json, placed: Json, number: str | None = None) -> str:
    """A reservation as a sentence: the process's own where it has one, else the language's."""
    place = number or (placed["paragraph"] or {}).get("number")
    gaps = {"organisation": placed["organisation"]["name"], "reason": placed["words"]}
    if placed["paragraph"] is None:
        return phrase("reserved_whole", document["language"], **gaps)
    template = process(document).get("wording", {}).get("reservation")
    gaps["paragraph"] = place or placed["paragraph"]["wId"]
    if template is None:
        return phrase("reserved", document["language"], **gaps)
    return _filled(_worded(document, template), gaps)


def _filled(template: str, gaps: Mapping[str, str]) -> str:
    """The words in their places, once: what somebody wrote is never read as a place."""
    pieces: Iterable[tuple[str, str | None, str | None, str | None]] = Formatter().parse(template)
    return "".join(before + (gaps.get(name, f"{{{name}}}") if name else "") for before, name, _, _ in pieces)
