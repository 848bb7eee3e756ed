"""A track moves on to a stage that the process lets follow."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import WordNotAllowed
from ...store import tracks
from ...store.unit import UnitOfWork
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


async def advance_stage(do: AdvanceStage, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses (WordNotAllowed) a stage that may not follow the present one. What the stage needs was asked by the judge."""
    following = next_stages(context.definition(), context.row["definition"], context.row["stage"])
    if do.to not in following:
        raise WordNotAllowed(word=do.to, words=following).at_path("to")
    await tracks.go(unit, context.place.id, do.to, context.now)
    return Outcome(
        {"track": context.place.id}, (Entry("track", context.place.id, {"from": context.row["stage"], "to": do.to}),)
    )
