"""An input that the secretariat entered on behalf of its author by mistake is taken back, on the record."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, take_back_entry
from ...domain.correction import Change, CorrectionKind
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...domain.text import filled, sentence
from ...errors import ActedOnSince
from ...refusal import phrased
from ...store import facts, inputs
from ...store.records import change
from ...store.steps import Store
from ..core import correcting
from ..core.act import ActContext, Command, Outcome, arg
from .returning import tell_author

_WORDS = (
    'The input "{title}", which had been entered on behalf of your side, was taken back: it was entered by mistake. '
    "Your side may still hand in an input of its own while the call takes them. The reason given: {reason}"
)
_BUILT, _ALL_BUILT = "1 answer or passage is built on it", "{count} answers and passages are built on it"
_REMEDY = "Take what was built on it back first, or leave it and answer it."


@dataclass(frozen=True)
class WithdrawRecordedContribution(Command):
    """Take back an input that was entered on behalf of its author by mistake: for the wrong call, under the wrong name,
    twice. Possible until a text answers or cites it. It stays on the record with the reason; the side in whose name it
    stood is told, and is asked for its input again."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution", "correction": "Correction"}

    contribution: UUID = arg("The input that was entered.", of="Contribution")
    reason: str = arg("Why, on the record.")


async def withdraw_recorded_contribution(
    do: WithdrawRecordedContribution, context: ActContext, store: Store
) -> Outcome:
    """Refuses (WrongState) what its author handed in, which is the author's to take back; (ActedOnSince) what a text
    has answered or cites; an empty reason."""
    before, reason = context.target(Contribution), filled(do.reason, "reason").strip()
    after = take_back_entry(before)
    await _need_unused(before, store)
    await store.write(change(before, after))
    await store.write(inputs.unanswer(before))
    changes = (Change("title", before.title, None), Change("author", before.label, None))
    kind = CorrectionKind.TAKEN_BACK
    correction = await correcting.record(context, store, kind, changes, reason, contribution_id=before.id)
    title = " ".join(before.title.split())
    words = saying(_WORDS, title=title, reason=sentence(reason))
    await tell_author(context, store, after, words, kind=NoticeKind.CORRECTED)
    ids = {"contribution": before.id, "correction": correction.id}
    return Outcome(ids, (correcting.entry("contribution", before.id, correction, 0),))


async def _need_unused(before: Contribution, store: Store) -> None:
    """Refuses (ActedOnSince) an input that a text answers or cites."""
    count, ids = await store.ask(facts.built_on(before.id))
    if count:
        what = phrased(_BUILT if count == 1 else _ALL_BUILT, count=count)
        refusal = ActedOnSince(
            act="withdraw_recorded_contribution", sentence=what, remedy=_REMEDY, open_count=count, open_ids=ids
        )
        raise refusal.at_path("contribution")
