"""The texts of a track by how they end and what they wait for: those that are alike are one thing to the check.

A kind that names `sources`, or is named there, is a sort of its own: whether one is out decides what may follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .definition_parts import Twice
from .effects import ENDED_BY, NONE
from .process import Process, Track


@dataclass(frozen=True)
class Way:
    """How texts end: by which act, past which gates of their kind; `then`, by which act once more. `kind`: of one that
    waits for others, or for which others wait; else ""."""

    act: str
    gates: frozenset[str]
    kind: str = ""
    then: str = ""


@dataclass(frozen=True)
class Sort:
    """Texts that are alike: their way, the thing that is open while one of them is, the things that must be so before
    one is put to its body or closed (`needs`), and what is so from then on (`out`). `between`: the thing that is open
    while one of them waits for its second closing."""

    way: Way
    thing: str
    needs: frozenset[str] = NONE
    out: frozenset[str] = NONE
    between: str = ""


Sorts = Mapping[Way, Sort]


def way_of(process: Process, kind: str) -> Way | None:
    """The way of a kind of text; None where the kind, or its closing, does not exist."""
    document = process.documents.get(kind)
    act = _ending_in(process, document.closing) if document else ""
    if document is None or not act:
        return None
    waits = bool(document.sources) or any(kind in other.sources for other in process.documents.values())
    return Way(act, frozenset(document.gates), kind if waits else "", _ending_in(process, document.then))


def _ending_in(process: Process, name: str) -> str:
    closing = process.closings.get(name)
    return next((act for act, names in ENDED_BY.items() if closing and closing.name in names), "")


def twice(process: Process, track: Track) -> tuple[Twice, ...]:
    """The kinds of text of a track that end twice."""
    known, found = sorts(process, track), []
    for kind in track.documents:
        way = way_of(process, kind)
        if way is not None and way.then:
            first = process.closings[process.documents[kind].closing].name
            found.append(Twice(kind, first, known[way].between))
    return tuple(found)


def out(kind: str) -> str:
    """The thing that is so once a text of a kind is out."""
    return f"out_{kind}"


def sorts(process: Process, track: Track) -> dict[Way, Sort]:
    """The sorts of text of a track. Sources that other tracks make are not its own to bring out: they come, or those
    tracks end without them (`check/links.py` finds circles)."""
    found: dict[Way, Sort] = {}
    for name in track.documents:
        way = way_of(process, name)
        if way is None or way in found:
            continue
        sources = process.documents[name].sources if way.kind else ()
        needs = frozenset(out(source) for source in sources if source in track.documents)
        nth = f"_{len(found)}" if found else ""
        between = f"between{nth}" if way.then else ""
        ended = {out(name)} if way.kind else set()
        found[way] = Sort(way, f"text{nth}", needs, frozenset(ended | ({between} if between else set())), between)
    return found
