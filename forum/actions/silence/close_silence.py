"""A silence ends at its instant, by the clock and once: the text is endorsed, or goes back to its drafters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...store import silences
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ...workflow.engine import clock_moves
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document import texts
from ..track import by_clock as _clock
from . import members as silent

EDGE = "silence_closes"


@dataclass(frozen=True)
class CloseSilence(Command):
    """The clock ends a silence whose instant has come. Nobody objected: the text is endorsed as of that instant, and its
    track moves as the process says. Somebody did: the text is circulated again."""

    on = ("silence", "silence")
    gives = {"silence": "Silence"}

    silence: UUID = arg("The silence whose instant has come.", of="Silence")


async def close_silence(do: CloseSilence, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) when it is closed already or its instant has not come. The silence is locked, so
    of several closers one wins, and an objection under way is waited for."""
    row, document = context.row, context.place.document
    if row["state"] != "running" or row["ends_at"] > context.now or document is None:
        return Outcome({})
    contested = await stored.objections(unit, row["id"])
    if contested:
        await unit.change(t.silence, row["id"], state="broken", closed_at=row["ends_at"])
        await unit.change(t.document, document["id"], state="circulated")
        told = f"{document['symbol']}: the silence ended on {silent.spoken(context, row['ends_at'])} and the text goes back to its drafters."
        await silent.tell_ended(context, unit, row, document, told)
        broken = {"objections": contested, "passed": False, "round": row["round"]}
        return Outcome({"silence": row["id"]}, (_line("silence", row["id"], broken, context),))
    return Outcome({"silence": row["id"]}, await _passed(context, unit, document))


async def _passed(context: ActContext, unit: UnitOfWork, document: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Nobody objected: the text is closed as of the instant, its reservations are its readers' where the process prints
    them, and its track moves on."""
    row = context.row
    closing = context.definition().closings[texts.kind_of(context, document).closing]
    body = await texts.body_name(unit, row["body_id"])
    words = texts.on_paper(closing, row["ends_at"], texts.zone_of(context), body, silent.hours_of(row))
    await unit.change(t.silence, row["id"], state="passed", closed_at=row["ends_at"], words=words)
    await texts.close(context, unit, document, "endorsed", words, row["ends_at"])
    placed = 0
    if closing.reservations != "none":
        placed = await silences.publish_reservations(unit, row["id"])
    await silent.tell_ended(context, unit, row, document, f"{document['symbol']}: {words}.")
    passed = {"passed": True, "reservations": placed, "round": row["round"]}
    return (_line("silence", row["id"], passed, context), *await _move(context, unit, document))


async def _move(context: ActContext, unit: UnitOfWork, document: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The process's word for what the clock did stands on the document, even where a gate still holds the track back: the
    sweep tries such a move again when the gate opens."""
    track = context.place.track
    moves = () if track is None else clock_moves(context.definition(), track["definition"], track["stage"])
    act = next((m.act for m in moves if m.at == EDGE), None)
    endorsed = _line("document", document["id"], {"state": "endorsed"}, context, act)
    return (endorsed,) if track is None else (endorsed, *await _clock.move(context, unit, track["id"]))


def _line(kind: str, id_: UUID, detail: Mapping[str, Any], context: ActContext, act: str | None = None) -> Entry:
    """A line as of the instant itself, not of when the worker came round."""
    return Entry(kind, id_, detail, act=act, at=context.row["ends_at"])
