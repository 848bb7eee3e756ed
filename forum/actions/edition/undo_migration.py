"""A migration is taken back: everything stands as it stood. Possible until the next act in the edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ...domain.edition import Edition, need_running
from ...domain.migration import MigratedTrack, Migration, is_followed, put_back, read_windows, undo
from ...domain.saying import saying
from ...domain.track import Track
from ...errors import ActInTheWay
from ...store import notices, processes, versions
from ...store.records import change, matching
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of
from ..document.promise import tell_anew

_BACK = "{edition} runs again under the version it was migrated from; the migration was taken back."


@dataclass(frozen=True)
class UndoMigration(Command):
    """Take the last migration of an edition back, as if it had not been. Possible until the next act in the edition."""

    on = ("edition", "edition")
    alone = True
    gives = {"migration": "Migration", "edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")


async def undo_migration(do: UndoMigration, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) where there is none to take back, and (ActInTheWay) where something was done since, naming
    it: of what is not attributed, only that there was something."""
    edition = context.target(Edition)
    need_running("undo_migration", edition)
    # Acts under way end first, and are then in the history.
    tracks = await store.ask(versions.tracks_alone(edition.id))
    last = await store.ask(versions.last(edition.id))
    back, undone = undo(edition, last, context.now)
    await _refuse_followed(undone, store)
    await _put_tracks_back(undone, tracks, store)
    await store.write(versions.remove_anchors(edition.id, undone.added_anchors))
    await store.write(change(edition, back))
    process = await store.ask(processes.definition(context.processes, undone.from_process_id))
    await tell_anew(store, edition.id, process, await store.ask(versions.tracks_alone(edition.id)))
    await store.write(change(last, undone))
    words = saying(_BACK, edition=edition.name)
    team = await store.ask(notices.team(place_of(context.place), context.now))
    await store.write(
        notices.tell(team, kind="migrated", words=words, cause=fresh(), at=context.now, edition=edition.id)
    )
    ids = {"migration": undone.id, "edition": edition.id}
    return Outcome(ids, (Entry("migration", undone.id, {"undone": True}),))


async def _refuse_followed(migration: Migration, store: Store) -> None:
    if is_followed(migration, await store.ask(versions.acts_in(migration.edition_id))):
        later = await store.ask(versions.act_since(migration.edition_id, migration.id))
        act, when = (later.act, later.at) if later else ("an act that is not attributed", None)
        raise ActInTheWay(act=act, done_at=when)


async def _put_tracks_back(migration: Migration, tracks: Iterable[Track], store: Store) -> None:
    """Every track that is still there goes back to where it stood, with its planned dates."""
    tracks_by_id = {track.id: track for track in tracks}
    for left in await store.ask(matching(MigratedTrack, "id", migration_id=migration.id)):
        track = tracks_by_id.get(left.track_id)
        if track is not None:
            await store.write(versions.put(put_back(track, left)))
            await store.write(versions.put_windows_back(track.id, read_windows(left.from_windows)))
