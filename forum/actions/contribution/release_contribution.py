"""A contribution is released by whoever may release it for its author: the process says who, by kind of author."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, need_fit, release
from ...domain.lengths import check_sections
from ...errors import StaleRevision
from ...store import authors, inputs
from ...store.records import change
from ...store.steps import Store
from ..clearance.clearing import need_cleared_input
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .authoring import hidden


@dataclass(frozen=True)
class ReleaseContribution(Command):
    """Release an input on behalf of its author: a state's by its national focal point, an organisation's by itself, a
    mechanism's collective one by its coordinator. A change afterwards voids the release."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to release.", of="Contribution")
    expected_revision: int = arg("The revision that was read and is released.")


async def release_contribution(do: ReleaseContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that is with the secretariat, another revision than the one read, what does not fit the call, and
    (ClearanceMissing) what its organisation's own people have not all cleared, where that is asked."""
    before = context.target(Contribution)
    need_fit("release_contribution", before)
    sections = await store.ask(inputs.sections(before.id))
    if do.expected_revision != before.revision:
        was = "\n\n".join(section.markdown for section in sections)
        raise StaleRevision(expected=do.expected_revision, current=before.revision, current_text=was)
    await need_cleared_input(context, store, before)
    asked = await store.ask(inputs.call_sections(before.call_id))
    await store.write(change(before, release(before, check_sections(asked, sections, before.language))))
    await store.write(authors.note(before.id, released_by_id=context.actor))
    entry = Entry("contribution", before.id, author=await hidden(context, store))
    return Outcome({"contribution": before.id}, (entry,))
