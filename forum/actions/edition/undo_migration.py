"""A migration is taken back: everything stands as it stood, row by row. Possible until the next act in the edition."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import ActInTheWay, WrongState
from ...store import notices, versions
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from ..core.judge import place_of


@dataclass(frozen=True)
class UndoMigration(Command):
    """Take the last migration of an edition back, as if it had not been. Possible until the next act in the edition."""

    on = ("edition", "edition")
    alone = True
    gives = {"migration": "Migration", "edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")


async def undo_migration(do: UndoMigration, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses (WrongState) where there is none to take back, and (ActInTheWay) where something was done since, naming it:
    of what is not attributed, only that there was something."""
    need_state("undo_migration", context.row, "running")
    rows = await versions.tracks_alone(unit, context.place.id)  # acts under way end first, and are then in the history
    last = await versions.last(unit, context.place.id)
    if last is None or last["to_process_id"] != context.row["process_id"]:
        raise WrongState(act="undo_migration", state="not migrated", needs=("a migration that was not taken back",))
    if await versions.acts_in(unit, context.place.id) > last["acts_before"] + 1:
        found = await versions.act_since(unit, context.place.id, last["id"])
        what, when = (found["act"], found["at"]) if found else ("an act that is not attributed", None)
        raise ActInTheWay(act=what, done_at=when)
    there = {row["id"] for row in rows}
    for left in await unit.rows(t.migrated_track, "id", migration_id=last["id"]):
        if left["track_id"] in there:
            stage = {"stage": left["from_stage"], "stage_since": left["from_since"], "held_at": left["from_held_at"]}
            await versions.put(unit, left["track_id"], definition=left["from_definition"], **stage)
            await versions.put_windows_back(unit, left["track_id"], left["from_windows"])
    await versions.put_back(unit, context.place.id, last, context.now)
    words = f"{context.row['name']} runs again under the version it was migrated from; the migration was taken back."
    team = await unit.ask(notices.team(place_of(context.place), context.now))
    await unit.write(
        notices.tell(team, kind="migrated", words=words, cause=fresh(), at=context.now, edition=context.place.id)
    )
    return Outcome(
        {"migration": last["id"], "edition": context.place.id}, (Entry("migration", last["id"], {"undone": True}),)
    )
