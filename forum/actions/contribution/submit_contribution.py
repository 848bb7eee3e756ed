"""A released contribution is handed in to its call, before the deadline; a receipt follows."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Answer
from ...domain.contribution import Contribution, Receipt, submit
from ...domain.input_versions import following
from ...domain.notice import NoticeKind
from ...domain.same_text import need_new
from ...domain.saying import Instant, saying
from ...store import authors, inputs
from ...store.records import change
from ...store.steps import Store
from ..clearance.clearing import need_cleared_input
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .authoring import hidden
from .freezing import freeze
from .returning import tell_author, zone_of

_RECEIPT = 'Your input "{title}" was handed in on {at}. Its receipt: {number}. The hash of what was handed in: {hash}'


@dataclass(frozen=True)
class SubmitContribution(Command):
    """Hand a released input in to its call. Answers with a receipt: number, hash of what was handed in, server time."""

    on = ("contribution", "contribution")
    creates = True
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to hand in.", of="Contribution")
    again: bool = arg("Hand it in although your side has handed in the same words to this call.", default=False)


async def submit_contribution(do: SubmitContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that is not released, and (ClearanceMissing) what its organisation's own people have not all cleared,
    where that is asked; and (SameTextHandedIn) words that the same author has handed in to the call already. The call
    is held shared and the clock was read after that: the deadline holds.

    What comes within the grace, or under a late permit, is marked late.
    """
    before = context.target(Contribution)
    await need_cleared_input(context, store, before)
    content = await store.ask(inputs.content(before))
    need_new(content, () if do.again else await store.ask(inputs.of_the_same_author(before)))
    version = following(await store.ask(inputs.last_version(before.id)), mended=before.mend_until is not None)
    receipt = await freeze(store, before, content, version)
    after = submit(before, context.place.call, context.now, receipt)
    await store.write(change(before, after))
    await store.write(authors.note(before.id, submitted_at=context.now))
    await _tell_receipt(context, store, after, receipt)
    organisation = before.named_organisation_id
    await store.write(inputs.answer_of(before.call_id, organisation, Answer.SENT, answered_at=context.now))
    # Who handed it in stands in the open only where the organisation itself does.
    author = None if organisation is not None else await hidden(context, store)
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id, {"hash": receipt.hash}, author),))


async def _tell_receipt(context: ActContext, store: Store, contribution: Contribution, receipt: Receipt) -> None:
    """The side that handed in has its receipt also where it is told things: nobody else is told."""
    title = " ".join(contribution.title.split())
    at = Instant(context.now, zone_of(context))
    words = saying(_RECEIPT, title=title, at=at, number=receipt.number, hash=receipt.hash)
    await tell_author(context, store, contribution, words, kind=NoticeKind.RECEIPT)
