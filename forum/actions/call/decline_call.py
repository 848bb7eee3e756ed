"""An addressee answers "no input this time", and is reminded no more."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Answer
from ...domain.text import clean
from ...errors import NotFound
from ...store import inputs
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class DeclineCall(Command):
    """Answer a call with "no input this time". Participation is voluntary: no reason is needed, and an input may
    follow."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call to answer.", of="Call")
    reason: str | None = arg(
        "A reason, for the secretariat, if you wish; left out: the one given before stays.", default=None
    )


async def decline_call(do: DeclineCall, context: ActContext, store: Store) -> Outcome:
    """Refuses (NotFound) an organisation the call is not addressed to."""
    # Declined again without a reason: the one that was given stays.
    reason = {} if do.reason is None else {"reason": clean(do.reason)}
    organisation = context.doer.mandate.speaks_for
    answer = {**reason, "answered_at": context.now}
    done = await store.write(inputs.answer_of(context.place.id, organisation, Answer.NO_INPUT_THIS_TIME, **answer))
    if not done or organisation is None:
        raise NotFound(what="addressee of this call for your organisation")
    return Outcome({"call": context.place.id}, (Entry("call", context.place.id, {"organisation": str(organisation)}),))
