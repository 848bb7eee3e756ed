"""Somebody clears an input of their own organisation, as it stands."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.clearance import Clearance, need_not_out
from ...domain.contribution import Contribution
from ...errors import StaleRevision
from ...store import clearances, inputs
from ...store.records import add
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Outcome, arg
from .clearing import own_entry


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
    before, mandate = context.target(Contribution), context.doer.mandate
    need_not_out(before)
    if do.expected_revision != before.revision:
        was = "\n\n".join(section.markdown for section in await store.ask(inputs.sections(before.id)))
        stale = StaleRevision(expected=do.expected_revision, current=before.revision, current_text=was)
        raise stale.at_path("expectedRevision")
    for there in await store.ask(clearances.of_revision(before.id, before.revision)):
        if (there.person_id, there.role) == (context.actor, mandate.role):
            return Outcome({"clearance": there.id})
    assert context.actor is not None
    assert mandate.speaks_for is not None  # the judge asked
    clearance = Clearance(
        id=random_id(), organisation_id=mandate.speaks_for, person_id=context.actor, role=mandate.role,
        cleared_at=context.now, contribution_id=before.id, revision=before.revision,
    )  # fmt: skip
    await store.write(add(clearance))
    return Outcome({"clearance": clearance.id}, (await own_entry(store, mandate.speaks_for, clearance.id),))
