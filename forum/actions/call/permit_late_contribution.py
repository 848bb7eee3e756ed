"""One organisation may hand in after the deadline of a call, until an instant, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.call import Call, LatePermit, taken_until
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, saying
from ...domain.text import filled, sentence
from ...errors import InvalidValue, NotFound
from ...store import extensions, notices
from ...store.records import first
from ...store.steps import Store, Write
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of
from ..window import moving

_WORDS = (
    'The call "{title}": your organisation may still hand in an input until {deadline}, and it will be marked as '
    "late. The "
    "reason given: {reason} The secretariat can tell from its time that an input came under this permit, also where "
    "it is "
    "shared without attribution."
)


@dataclass(frozen=True)
class PermitLateContribution(Command):
    """Let one organisation hand in after the deadline, until an instant. Given again, it takes the place of the earlier
    permit. Only that organisation and the secretariat see it."""

    on = ("call", "call")
    alone = True
    gives = {"call": "Call", "late_permit": "LatePermit"}

    call: UUID = arg("The call.", of="Call")
    organisation: UUID = arg(
        "Who may: an addressee of the call, or one that takes part in the forum.", of="Organisation"
    )
    until: datetime = arg("The first instant that is too late also for it.")
    reason: str = arg("Why, for the record and for the organisation.")


async def permit_late_contribution(do: PermitLateContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses an organisation that was not asked and takes no part, an instant that is past, before the deadline or
    after the end of the edition, and an empty reason."""
    call, reason, place = context.target(Call), filled(do.reason, "reason"), place_of(context.place)
    if not await store.ask(extensions.may_be_permitted(call.id, do.organisation, place.forums, context.now)):
        raise NotFound(what="addressee of this call, or participant of the forum,").at_path("organisation")
    if moving.ahead(do.until) <= max(context.now, taken_until(call)):
        refused = "A permit ends at an instant that lies ahead, and after the deadline with its grace."
        raise InvalidValue(reason=refused).at_path("until")
    moving.within(do.until, context.place.edition, "until")
    known = await store.ask(first(LatePermit, call_id=call.id, organisation_id=do.organisation))
    if known is not None and (known.until, known.reason) == (do.until, reason):
        return Outcome({"call": call.id, "late_permit": known.id}, ())
    permit = LatePermit(
        id=fresh(), call_id=call.id, organisation_id=do.organisation, until=do.until, reason=reason,
        given_at=context.now,
    )  # fmt: skip
    await store.write(extensions.permit(permit))
    people = await store.ask(notices.speaking_for([do.organisation], place, context.now))
    await store.write(_notice(call, permit, people))
    detail = {"organisation": str(permit.organisation_id), "until": permit.until.isoformat(), "reason": reason}
    return Outcome({"call": call.id, "late_permit": permit.id}, (Entry("call", call.id, detail),))


def _notice(call: Call, permit: LatePermit, people: frozenset[UUID]) -> Write[int]:
    """What the organisation's people are told of its permit."""
    until, reason = Instant(permit.until, call.zone), sentence(permit.reason)
    return notices.tell(
        people,
        kind=NoticeKind.PERMIT,
        words=saying(_WORDS, title=call.title, deadline=until, reason=reason),
        cause=permit.id,
        at=permit.given_at,
        edition=call.edition_id,
        call=call.id,
    )
