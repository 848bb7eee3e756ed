"""What the contract answers of a document -> the facts of its paper, as far as its layout prints them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..rendering.papers.facts import (
    AnnexFacts,
    MeetingFacts,
    PaperFacts,
    PracticeFacts,
    PracticeGroup,
)
from ..rendering.papers.front import FigureFacts
from ..rendering.papers.words import word
from .in_common import Json, disclaimers, imprint, kind_title, written
from .placing import FIRST, Placed
from .reserved import Reserved

FIGURES = ("participants", "sessions", "panels", "speakers", "women", "regions")
HANDED_IN = ("SUBMITTED", "ADMITTED", "RETURNED")


def facts_of(
    document: Json, paragraphs: Sequence[Json], inputs: Sequence[Json], reserved: Reserved, home: str = ""
) -> PaperFacts:
    """All that the paper prints but what became of inputs. `home`: the address of the pages it leads to. A reservation
    stands at the foot of its paragraph only where the layout prints that paragraph with footnotes."""
    blocks = {part["block"].lower() for part in document["layout"]}
    meeting = document["meeting"] or {}
    theme = document["edition"]["theme"]
    cover = "cover" in blocks
    forum, edition = document["forum"]["name"], document["edition"]["name"]
    prose = _prose(document, Placed(document, paragraphs, blocks, reserved), home)
    return replace(
        prose,
        series=f"{forum} · {edition}" if cover else meeting.get("series") or forum,
        subtitles=((theme,) if theme else ()) if cover else _event(meeting, document["language"]),
        meeting=_meeting(document, meeting),
        practices=_annex(inputs, document["language"]) if "practices" in blocks else None,
        contributors=_contributors(inputs) if "contributors" in blocks else (),
        disclaimers=disclaimers(document, document["kind"]),
        reservations=reserved.left(),
    )


# ---- the text
def _prose(document: Json, placed: Placed, home: str) -> PaperFacts:
    """The text, all of it: each paragraph where the layout prints it, else before or after the text proper."""
    blocks, part = placed.blocks, placed.recommendations_part()
    numbered = "paragraphs" in blocks
    return PaperFacts(
        imprint=imprint(document, home),
        series="",
        title=document["title"],
        kind=kind_title(document, document["kind"]),
        opening=placed.in_block("paragraphs" if numbered else "opening", foot=numbered),
        preamble=placed.in_block("preamble"),
        first=placed.in_block(FIRST, foot=True),
        sections=placed.sections() if "sections" in blocks else (),
        conclusions=placed.conclusions() if "conclusions" in blocks else (),
        recommendations=placed.recommendations() if "recommendations" in blocks else (),
        recommendations_heading=part["heading"] if part else "",
        recommendations_number=part["number"] if part else None,
        rest=placed.rest(),
        closing=placed.in_block("closing"),
    )


# ---- the meeting
def _dates(meeting: Json, language: str) -> str:
    if not meeting:
        return ""
    begins, ends = (written(date.fromisoformat(meeting[k]), language) for k in ("startsOn", "endsOn"))
    return f"{begins} – {ends}"


def _venue(meeting: Json) -> str:
    return ", ".join(filter(None, (meeting.get("venue"), meeting.get("city"))))


def _event(meeting: Json, language: str) -> tuple[str, ...]:
    """The lines under the title of a paper about a meeting."""
    return tuple(
        filter(None, (", ".join(filter(None, (meeting.get("label"), _dates(meeting, language)))), _venue(meeting)))
    )


def _meeting(document: Json, meeting: Json) -> MeetingFacts:
    figures = {f["what"]: f for f in meeting.get("figures", ())}
    shown = [w for w in FIGURES if w in figures]
    return MeetingFacts(
        forum=document["forum"]["name"],
        place=_venue(meeting),
        dates=_dates(meeting, document["language"]),
        figures=tuple(
            FigureFacts(w, figures[w]["computed"], figures[w]["statedText"] or "", figures[w]["statedValue"])
            for w in shown
        ),
        rule=next((figures[w]["rule"] for w in ("speakers",) if w in figures and figures[w]["rule"]), ""),
    )


# ---- the annexes
def _annex(inputs: Sequence[Json], language: str) -> AnnexFacts | None:
    """The practices of the inputs. Lists of inputs come in an order that tells nothing: groups stand as the inputs that
    hold several have them, then by name; within one a reader looks for a place and a name."""
    practices = [p for contribution in inputs for p in contribution["practices"]["nodes"]]
    first: dict[str, int] = {}
    for p in practices:
        first[p["sectionLabel"] or ""] = min(p["ordinal"], first.get(p["sectionLabel"] or "", p["ordinal"]))

    def place(p: Json) -> tuple[int, str, str, str]:
        group = p["sectionLabel"] or ""
        return first[group], group, p["place"].casefold(), p["name"].casefold()

    groups: dict[str, list[PracticeFacts]] = {}
    for p in sorted(practices, key=place):
        row = PracticeFacts(
            p["sdgAsWritten"], p["name"], p["url"] or "", p["datesAsWritten"], p["place"], p["aim"], p["partners"]
        )
        groups.setdefault(p["sectionLabel"] or "", []).append(row)
    if not groups:
        return None
    criteria = (word("as_received", language), word("carried_out", language))
    return AnnexFacts(
        word("practices", language),
        criteria,
        tuple(PracticeGroup(title, tuple(rows)) for title, rows in groups.items()),
    )


def _contributors(inputs: Sequence[Json]) -> tuple[str, ...]:
    """Under whose names inputs were handed in, each once; nobody whose input is not attributed."""
    named = {
        contribution["attribution"]["label"]
        for contribution in inputs
        if contribution["state"] in HANDED_IN and contribution["attribution"]["kind"] != "NONE"
    }
    return tuple(sorted(named, key=str.casefold))
