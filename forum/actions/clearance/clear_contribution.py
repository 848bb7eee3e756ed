"""Somebody clears an input of their own organisation, as it stands."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.clearance import need_not_out
from ...domain.contribution import Contribution
from ...errors import StaleRevision
from ...store import clearances, inputs
from ...store.steps import Store
from ..core.act import ActContext, Command, Outcome, arg
from .clearing import clear


@dataclass(frozen=True)
class ClearContribution(Command):
    """Clear the present revision of an input of your own organisation, so that it may go out. A change afterwards asks
    for clearance anew. Only your own side learns of it."""

    on = ("contribution", "contribution")
    gives = {"clearance": "Clearance"}

    contribution: UUID = arg("The input.", of="Contribution")
    expected_revision: int = arg("The revision that was read and is cleared.")


async def clear_contribution(do: ClearContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses an input that is out or was taken back, and another revision than the one read. Cleared twice in the same
    role is cleared once."""
    before = context.target(Contribution)
    need_not_out(before)
    if do.expected_revision != before.revision:
        was = "\n\n".join(section.markdown for section in await store.ask(inputs.sections(before.id)))
        stale = StaleRevision(expected=do.expected_revision, current=before.revision, current_text=was)
        raise stale.at_path("expectedRevision")
    standing = await store.ask(clearances.of_revision(before.id, before.revision))
    return await clear(context, store, standing, contribution_id=before.id, revision=before.revision)
