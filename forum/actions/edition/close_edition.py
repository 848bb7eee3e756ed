"""An edition ends at its instant, by the clock and once. What is still open stands in the history."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.edition import Edition, close, has_ended
from ...store import editions, tracks
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock as _clock


@dataclass(frozen=True)
class CloseEdition(Command):
    """The clock closes an edition whose end has come. From then on it is read and nothing is done in it; a call or a
    silence that still runs ends at its own instant."""

    on = ("edition", "edition")
    gives = {"edition": "Edition"}

    edition: UUID = arg("The edition whose end has come.", of="Edition")


async def close_edition(do: CloseEdition, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) when the edition is closed already, or its end has not come; nor while a call or
    a silence that ended before it waits for the clock: what comes first is done first."""
    edition = context.target(Edition)
    ends_at = edition.ends_at
    if not has_ended(edition, context.now) or ends_at is None:
        return Outcome({})
    if await store.ask(editions.undecided(edition.id, ends_at)):
        return Outcome({})
    moved: list[Entry] = []
    for track_id in await store.ask(editions.tracks_of(edition.id)):
        moved += await _clock.move(context, store, track_id)
    await store.write(change(edition, close(edition, context.now)))
    left = await store.ask(editions.left_open(edition.id))
    under_way = await store.ask(tracks.under_way(edition.id, context.definition()))
    stages = [{"stage": track.stage, "track": str(track.id)} for track in under_way]
    detail = {**left, "closed": True, "tracks": stages}
    return Outcome({"edition": edition.id}, (*moved, Entry("edition", edition.id, detail, at=ends_at)))
