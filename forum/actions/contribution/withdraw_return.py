"""The secretariat takes a return back: the input stands as it was handed in."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, take_back_return
from ...domain.saying import saying
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .returning import tell_author

_WORDS = (
    'Your input "{title}" had been returned for clarification; the secretariat has taken that back. It stands as you '
    "handed it in, and there is nothing you need to do."
)


@dataclass(frozen=True)
class WithdrawReturn(Command):
    """Take the return of an input back, as long as its author has not begun to mend it: it stands as it was handed in,
    and is admitted or returned anew. Its author's side is told."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input that was returned.", of="Contribution")


async def withdraw_return(do: WithdrawReturn, context: ActContext, store: Store) -> Outcome:
    """Refuses one that is not returned. One that its author has begun to mend is that author's draft, and not seen."""
    before = context.target(Contribution)
    after = take_back_return(before)
    await store.write(change(before, after))
    await tell_author(context, store, after, saying(_WORDS, title=" ".join(before.title.split())))
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id),))
