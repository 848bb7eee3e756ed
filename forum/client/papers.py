"""Papers: what a reader may see of a document, asked for through the contract, becomes facts and then a PDF.

A paper holds nothing its reader could not read: sources that are withheld, or not attributed, stand nowhere on it.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import NotFound
from ..rendering.focused_input import (
    AnnexFacts,
    FocusedInputFacts,
    ParagraphFacts,
    PracticeFacts,
    PracticeGroup,
    RecommendationFacts,
    SectionFacts,
    focused_input,
)
from ..rendering.front import FigureFacts, Imprint
from ..rendering.pdf import draw
from ..rendering.response import AnswerFacts, ContributorFacts, ResponseFacts, response
from ..rendering.summary import ConclusionFacts, ConclusionGroup, SummaryFacts, summary
from .session import Session

Json = Mapping[str, Any]
UNATTRIBUTED = "Shared without attribution"


async def paper(url: str, token: str | None, symbol: str, responses: bool = False) -> bytes:
    """A PDF of the document as the token's person may read it."""
    session = Session(url, token)
    try:
        return await of(session, symbol, responses)
    finally:
        await session.close()


async def of(session: Session, symbol: str, responses: bool = False) -> bytes:
    """The paper of a document, or of what became of each input to it. Refuses (NotFound) one the reader may not see."""
    if responses:
        return draw(response(await _response(session, symbol)))
    document, paragraphs = await _whole(session, symbol)
    if document["kind"] == "summary_of_conclusions":
        return draw(summary(_summary(document, paragraphs)))
    practices = await _practices(session, document["track"]["id"]) if document["kind"] == "focused_input" else []
    return draw(focused_input(_report(document, paragraphs, practices)))


# ---- what is asked for
async def _whole(session: Session, symbol: str) -> tuple[Json, list[Json]]:
    paragraphs: list[Json] = []
    after = None
    while True:
        document = (await session.ask("DocumentPaper", symbol=symbol, after=after))["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["paragraphs"]
        paragraphs += [p for p in page["nodes"] if not p["withdrawn"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return document, paragraphs


async def _practices(session: Session, track: str) -> list[Json]:
    found: list[Json] = []
    after = None
    while True:
        page = (await session.ask("AnnexPaper", id=track, after=after))["node"]["contributions"]
        found += [p for c in page["nodes"] for p in c["practices"]["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            # Lists of inputs come in an order that tells nothing; a reader of the annex looks for a place and a name.
            return sorted(found, key=lambda p: (p["sectionLabel"] or "", p["place"].casefold(), p["name"].casefold()))


# ---- what papers have in common
def _process(document: Json) -> Json:
    return tomllib.loads(document["edition"]["process"]["text"])


def _imprint(document: Json) -> Imprint:
    revisions = document["revisions"]["nodes"]
    last = max(revisions, key=lambda r: r["number"]) if revisions else None
    return Imprint(
        language=document["language"],
        authoritative_language=document["language"],
        snapshot_hash=last["hash"] if last else "",
        closing_words=document["closingWords"] or "",
        symbol=document["symbol"],
        version=document.get("versionLabel") or (last["label"] if last else ""),
        date=_day(document.get("closedAt"), document["edition"].get("zone")),
    )


def _day(instant: str | None, zone: str | None) -> str:
    if instant is None:
        return ""
    return _written(datetime.fromisoformat(instant).astimezone(ZoneInfo(zone or "UTC")).date())


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _kind_title(document: Json, kind: str) -> str:
    return _process(document)["documents"].get(kind, {}).get("title", kind.replace("_", " "))


def _disclaimers(document: Json, kind: str) -> tuple[str, ...]:
    words = _process(document).get("disclaimers", {}).get(kind)
    return (words,) if words else ()


def _labels(paragraph: Json) -> tuple[str, ...]:
    """What the reader may see of a paragraph's sources, each once."""
    return tuple(dict.fromkeys(label for s in paragraph["sources"]["nodes"] if (label := _label(s))))


def _label(source: Json) -> str:
    end = source["end"]
    match end and end["__typename"]:
        case "Contribution":
            return "" if end["attribution"]["kind"] == "NONE" else f"{end['attribution']['label']}, “{end['title']}”"
        case "Paragraph":
            return f"{end['document']['symbol']}, paragraph {end['number']}"
        case "Panel":
            speaker = f", {source['speaker']['name']}" if source["speaker"] else ""
            return f"Panel “{end['panelTitle']}”{speaker}"
        case _:
            return ""


# ---- one file, one kind of facts each
def _summary(document: Json, paragraphs: list[Json]) -> SummaryFacts:
    meeting = document["meeting"] or {}
    figures = {f["what"]: f for f in meeting.get("figures", ())}
    shown = [w for w in ("participants", "sessions", "panels", "speakers", "women", "regions") if w in figures]
    begins, ends = (date.fromisoformat(meeting[k]) for k in ("startsOn", "endsOn")) if meeting else (None, None)
    dates = f"{_written(begins)} – {_written(ends)}" if begins and ends else ""
    venue = ", ".join(filter(None, (meeting.get("venue"), meeting.get("city"))))
    groups = [
        ConclusionGroup(part["heading"], tuple(_conclusion(p, paragraphs) for p in _of(paragraphs, "conclusion", part)))
        for part in document["parts"]
    ]
    return SummaryFacts(
        imprint=_imprint(document),
        series=meeting.get("series") or document["forum"]["name"],
        title=document["title"],
        kind=_kind_title(document, document["kind"]),
        event=tuple(filter(None, (", ".join(filter(None, (meeting.get("label"), dates))), venue))),
        held_by=document["forum"]["name"],
        place=venue,
        dates=dates,
        figures=tuple(FigureFacts(w, figures[w]["computed"], figures[w]["statedText"] or "") for w in shown),
        rule=next((figures[w]["rule"] for w in ("speakers",) if w in figures and figures[w]["rule"]), ""),
        preamble=tuple(p["text"]["markdown"] for p in paragraphs if p["kind"] == "PREAMBLE"),
        groups=tuple(g for g in groups if g.conclusions),
        closing=tuple(p["text"]["markdown"] for p in paragraphs if p["kind"] == "CLOSING"),
        disclaimers=_disclaimers(document, document["kind"]),
    )


def _conclusion(conclusion: Json, paragraphs: list[Json]) -> ConclusionFacts:
    bullets = [p for p in paragraphs if p["parent"] and p["parent"]["id"] == conclusion["id"]]
    sources = dict.fromkeys(label for p in (conclusion, *bullets) for label in _labels(p))
    number = "".join(c for c in conclusion["number"] or "" if c.isdigit())
    return ConclusionFacts(
        int(number or 0), conclusion["text"]["markdown"], tuple(b["text"]["markdown"] for b in bullets), tuple(sources)
    )


def _of(paragraphs: list[Json], kind: str, part: Json) -> list[Json]:
    return [p for p in paragraphs if p["kind"] == kind.upper() and p["part"] and p["part"]["id"] == part["id"]]


def _paragraph(p: Json) -> ParagraphFacts:
    return ParagraphFacts(p["text"]["markdown"], p["number"] or "", _labels(p))


def _report(document: Json, paragraphs: list[Json], practices: list[Json]) -> FocusedInputFacts:
    plain = [p for p in paragraphs if p["recommendation"] is None and p["kind"] in ("PARAGRAPH", "QUOTE", "PREAMBLE")]
    loose = [p for p in plain if p["part"] is None]
    sections = [
        SectionFacts(part["heading"], tuple(_paragraph(p) for p in plain if p["part"] and p["part"]["id"] == part["id"]))
        for part in document["parts"]
    ]
    headings = {p["part"]["id"] for p in paragraphs if p["recommendation"] and p["part"]}
    named = next((part["heading"] for part in document["parts"] if part["id"] in headings), "")
    return FocusedInputFacts(
        imprint=_imprint(document),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=_kind_title(document, document["kind"]),
        subtitles=tuple(filter(None, (document["edition"]["theme"],))),
        summary=tuple(p["text"]["markdown"] for p in loose),
        sections=tuple(s for s in sections if s.blocks),
        recommendations=tuple(_recommendation(r, paragraphs) for r in document["recommendations"]),
        recommendations_heading=named,
        annex=_annex(practices) if practices else None,
        disclaimers=_disclaimers(document, document["kind"]),
    )


def _recommendation(recommendation: Json, paragraphs: list[Json]) -> RecommendationFacts:
    own = [p for p in paragraphs if p["recommendation"] and p["recommendation"]["id"] == recommendation["id"]]
    return RecommendationFacts(
        recommendation["heading"], tuple(_paragraph(p) for p in own), recommendation["addressee"] or ""
    )


def _annex(practices: list[Json]) -> AnnexFacts:
    groups: dict[str, list[PracticeFacts]] = {}
    for p in practices:
        row = PracticeFacts(
            p["sdgAsWritten"], p["name"], p["url"] or "", p["datesAsWritten"], p["place"], p["aim"], p["partners"]
        )
        groups.setdefault(p["sectionLabel"] or "", []).append(row)
    criteria = ("Practices are printed as they were received.", "The place is where a practice is carried out, not who sent it.")
    return AnnexFacts("Practices", criteria, tuple(PracticeGroup(title, tuple(rows)) for title, rows in groups.items()))


async def _response(session: Session, symbol: str) -> ResponseFacts:
    answers: list[Json] = []
    after = None
    while True:
        document = (await session.ask("ResponsePaper", symbol=symbol, after=after))["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["dispositions"]
        answers += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    contributors: dict[str, list[AnswerFacts]] = {}
    for a in answers:
        name, piece = _whose(a["of"])
        reached = (a["reflectedIn"]["number"],) if a["reflectedIn"] and a["reflectedIn"]["number"] else ()
        contributors.setdefault(name, []).append(AnswerFacts(piece, a["words"], a["reason"] or "", reached))
    together = sum(1 for a in answers if a["notedTogether"])
    return ResponseFacts(
        imprint=_imprint(document),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=_kind_title(document, "response_document"),
        about=document["symbol"],
        figures=(("Answers given", str(len(answers))), ("Of these noted together", str(together))),
        contributors=tuple(
            ContributorFacts(name, tuple(sorted(given, key=lambda f: f.piece))) for name, given in sorted(contributors.items())
        ),
        disclaimers=_disclaimers(document, "response_document"),
    )


def _whose(of: Json | None) -> tuple[str, str]:
    """Under whose name an answer stands, and what it is an answer to."""
    if of is None:
        return UNATTRIBUTED, "An input"
    if of["__typename"] == "Recommendation":
        return "Recommendations", of["heading"]
    # Under one heading for all: "a participant" over two of them would say that the same one sent both.
    name = UNATTRIBUTED if of["attribution"]["kind"] == "NONE" else of["attribution"]["label"]
    if of["__typename"] == "Contribution":
        return name, of["title"]
    return name, f"Comment on paragraph {of['paragraph']['number']}" if of["paragraph"] else "Comment"
