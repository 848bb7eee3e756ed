"""A track moves on to a stage that the process lets follow."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.track import Track, advance
from ...errors import WordNotAllowed
from ...store.records import change
from ...store.steps import Store
from ...workflow.engine import next_stages
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class AdvanceStage(Command):
    """Move a track on to another stage. The process says which may follow."""

    on = ("track", "track")
    gives = {"track": "Track"}

    track: UUID = arg("The track to move.", of="Track")
    to: str = arg("The stage to go to, by its id in the process.")

    def stage_named(self) -> str | None:
        return self.to


async def advance_stage(do: AdvanceStage, context: ActContext, store: Store) -> Outcome:
    """Refuses (WordNotAllowed) a stage that may not follow the present one. What it needs was asked before the act."""
    track = context.target(Track)
    following = next_stages(context.definition(), track.definition, track.stage)
    try:
        after = advance(track, do.to, following, context.now)
    except WordNotAllowed as refusal:
        raise refusal.at_path("to") from None
    await store.write(change(track, after))
    return Outcome({"track": track.id}, (Entry("track", track.id, {"from": track.stage, "to": after.stage}),))
