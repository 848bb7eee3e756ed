"""A submitted contribution goes back to its author for clarification, who may mend it until a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.contribution import Contribution, send_back
from ...domain.saying import Instant, saying
from ...domain.text import clean, sentence
from ...errors import InvalidValue
from ...refusal import Refusal
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..window import moving
from .returning import tell_author, zone_of

_WORDS = (
    'Your input "{title}" was returned for clarification. You may change it, release it and hand it in again until '
    "{until}; what you handed in stands until then, and is not late for it. What needs clarifying: {reason}"
)


@dataclass(frozen=True)
class ReturnContribution(Command):
    """Return an input for clarification. Its author's side is told; it changes the input, releases it and hands it in
    again, until the instant that the return names, also after the deadline of the call. What was handed in still waits
    for its answer."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to return.", of="Contribution")
    reason: str = arg("What needs clarifying, for the author.")
    mend_until: datetime | None = arg(
        "The first instant that is too late to hand it in again. Left out: the deadline of the call, while it is "
        "ahead; after that it must be named.",
        default=None,
    )


async def return_contribution(do: ReturnContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that was not handed in, what nobody here could mend (a text that another forum sent, an input whose
    sender is not recorded), an empty reason, and an instant that is past, not named or after the end of the edition."""
    before, reason = context.target(Contribution), clean(do.reason)
    until = _until(do, context)
    after = send_back(before, reason, until)
    if not reason.strip():
        raise InvalidValue(reason="Say what needs clarifying: the author reads it.").at_path("reason")
    await store.write(change(before, after))
    spoken = Instant(until, zone_of(context))
    title = " ".join(before.title.split())
    await tell_author(context, store, after, saying(_WORDS, title=title, until=spoken, reason=sentence(reason)))
    detail = {"mend_until": until.isoformat()}
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id, detail),))


def _until(do: ReturnContribution, context: ActContext) -> datetime:
    """Until when its author may mend it: as asked, else until the deadline of the call."""
    call = context.place.call
    if do.mend_until is None:
        if call is not None and context.now < call.closes_at:
            return call.closes_at
        reason = "The deadline of the call has passed: say until when the author may mend the input."
        raise InvalidValue(reason=reason).at_path("mendUntil")
    try:
        until = moving.ahead(do.mend_until)
    except Refusal as refusal:
        raise refusal.at_path("mendUntil") from None
    if until <= context.now:
        raise InvalidValue(reason="Name an instant that lies ahead: the author needs time.").at_path("mendUntil")
    moving.within(until, context.place.edition, "mendUntil")
    return until
