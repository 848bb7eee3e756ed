"""A call that was issued by mistake is taken back, with its reason, and its addressees are told."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Addressee, Call, withdraw
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...domain.text import filled, sentence
from ...errors import ActedOnSince
from ...refusal import phrased
from ...store import facts, notices, reminders
from ...store.records import change, matching
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of

_WORDS = 'The call "{title}" of {edition} was taken back: nothing is handed in to it. The reason given: {reason}'
_ANSWERED, _ALL_ANSWERED = "1 input was handed in to it", "{count} inputs were handed in to it"
_REMEDY = "Answer them, and issue a corrected call beside this one under another title."


@dataclass(frozen=True)
class WithdrawCall(Command):
    """Take back a call that was issued by mistake: a wrong question, a wrong deadline, the wrong addressees. Possible
    until an input is handed in. It stays on the record; those who were asked, and the coordinators of their mechanisms,
    are told the reason. Drafts to it stay with their authors."""

    on = ("call", "call")
    alone = True
    gives = {"call": "Call"}

    call: UUID = arg("The call.", of="Call")
    reason: str = arg("Why, for everybody who was asked.")


async def withdraw_call(do: WithdrawCall, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed call (WrongState), and (ActedOnSince) one to which inputs were handed in: nobody's input drops
    out of the process."""
    call, reason = context.target(Call), filled(do.reason, "reason").strip()
    after = withdraw(call, context.now)
    count, ids = await store.ask(facts.handed_in_to(call.id))
    if count:
        what = phrased(_ANSWERED if count == 1 else _ALL_ANSWERED, count=count)
        refusal = ActedOnSince(act="withdraw_call", sentence=what, remedy=_REMEDY, open_count=count, open_ids=ids)
        raise refusal.at_path("call")
    await store.write(change(call, after))
    await store.write(reminders.plan(call.id, ()))
    people = await _concerned(call, context, store)
    edition = context.place.edition
    words = saying(_WORDS, title=call.title, edition=edition.name if edition else "", reason=sentence(reason))
    await store.write(
        notices.tell(
            people, kind=NoticeKind.WITHDRAWN, words=words, cause=fresh(), at=context.now, edition=call.edition_id,
            call=call.id,
        )
    )  # fmt: skip
    detail = {"reason": reason, "told": len(people), "was": call.state.value, "withdrawn": True}
    return Outcome({"call": call.id}, (Entry("call", call.id, detail),))


async def _concerned(call: Call, context: ActContext, store: Store) -> frozenset[UUID]:
    """Those who speak for an addressee, whatever it answered, the coordinators of their mechanisms, and the team."""
    place, at = place_of(context.place), context.now
    asked = [a.organisation_id for a in await store.ask(matching(Addressee, "id", call_id=call.id))]
    speaking = await store.ask(notices.speaking_for(asked, place, at))
    coordinating = await store.ask(notices.coordinating(asked, place, at))
    return speaking | coordinating | await store.ask(notices.team(place, at))
