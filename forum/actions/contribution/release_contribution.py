"""A contribution is released by whoever may release it for its author: the process says who, by kind of author."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import StaleRevision
from ...store import authors, inputs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import parts


@dataclass(frozen=True)
class ReleaseContribution(Command):
    """Release an input on behalf of its author: a state's by its national focal point, an organisation's by itself, a
    mechanism's collective one by its coordinator. A change afterwards voids the release."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to release.", of="Contribution")
    expected_revision: int = arg("The revision that was read and is released.")


async def release_contribution(do: ReleaseContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses one that is not a draft, another revision than the one read, and what does not fit the call."""
    need_state("release_contribution", context.row, "draft", "returned")
    sections = await inputs.sections(unit, context.place.id)
    if do.expected_revision != context.row["revision"]:
        was = "\n\n".join(s["markdown"] for s in sections)
        raise StaleRevision(expected=do.expected_revision, current=context.row["revision"], current_text=was)
    asked = await inputs.call_sections(unit, context.row["call_id"])
    length = parts.need_lengths(asked, sections, context.row["language"])
    released = {"state": "released", "released_revision": context.row["revision"], "length": length}
    await unit.change(t.contribution, context.place.id, **released)
    await unit.write(authors.note(context.place.id, released_by_id=context.person.id if context.person else None))
    return Outcome(
        {"contribution": context.place.id},
        (Entry("contribution", context.place.id, author=await parts.hidden(context, unit)),),
    )
