"""A silence ends at its instant, by the clock and once: the text is endorsed, or goes back to its drafters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..domain import gates as questions
from ..store import facts
from ..store import tables as t
from ..store import texts as stored
from ..store.unit import Unit
from ..workflow.engine import clock_moves
from . import _clock
from . import _texts as texts
from .deeds import Command, Entry, Moment, Outcome, arg

EDGE = "silence_closes"


@dataclass(frozen=True)
class CloseSilence(Command):
    """The clock ends a silence whose instant has come. Nobody objected: the text is endorsed as of that instant, and its
    track moves as the process says. Somebody did: the text is circulated again."""

    on = ("silence", "silence")
    gives = {"silence": "Silence"}

    silence: UUID = arg("The silence whose instant has come.", of="Silence")


async def close_silence(do: CloseSilence, at: Moment, unit: Unit) -> Outcome:
    """Nothing comes of it (no entries) when it is closed already or its instant has not come. The silence is locked, so
    of several closers one wins, and an objection under way is waited for."""
    row, document = at.row, at.place.document
    if row["state"] != "running" or row["ends_at"] > at.now or document is None:
        return Outcome({})
    contested = await stored.objections(unit, row["id"])
    if contested:
        await unit.change(t.silence, row["id"], state="broken", closed_at=row["ends_at"])
        await unit.change(t.document, document["id"], state="circulated")
        broken = {"objections": contested, "passed": False}
        return Outcome({"silence": row["id"]}, (_line("silence", row["id"], broken, at),))
    closing = at.definition().closings[texts.kind_of(at, document).closing]
    body = await texts.body_name(unit, row["body_id"])
    words = texts.on_paper(closing, row["ends_at"], texts.zone_of(at), body, row["hours"])
    await unit.change(t.silence, row["id"], state="passed", closed_at=row["ends_at"], words=words)
    await texts.close(at, unit, document, "endorsed", words, row["ends_at"])
    entries = (_line("silence", row["id"], {"passed": True}, at), *await _move(at, unit, document))
    return Outcome({"silence": row["id"]}, entries)


async def _move(at: Moment, unit: Unit, document: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The process's word for what the clock did stands on the document, even where a gate still holds the track back."""
    track = at.place.track
    moves = () if track is None else clock_moves(at.definition(), track["definition"], track["stage"])
    found = next((m for m in moves if m.at == EDGE), None)
    if track is None or found is None:
        return (_line("document", document["id"], {"state": "endorsed"}, at),)
    endorsed = _line("document", document["id"], {"state": "endorsed"}, at, found.act)
    for name in found.gates:
        count, ids = await facts.FACTS[questions.gate(name).fact](unit, document)
        if not questions.answer(name, count, ids).open:
            return (endorsed,)
    return (endorsed, *await _clock.move(at, unit, track["id"], EDGE, at.row["ends_at"]))


def _line(kind: str, id_: UUID, detail: Mapping[str, Any], at: Moment, act: str | None = None) -> Entry:
    """A line as of the instant itself, not of when the worker came round."""
    return Entry(kind, id_, detail, act=act, at=at.row["ends_at"])
