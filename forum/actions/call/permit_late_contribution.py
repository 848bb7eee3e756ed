"""One organisation may hand in after the deadline of a call, until an instant, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.reminders import deadline
from ...errors import InvalidValue, NotFound
from ...store import extensions, notices
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of
from ..document import texts
from ..window import moving

_WORDS = (
    'The call "{title}": your organisation may still hand in an input until {deadline}, and it will be marked as late. The '
    "reason given: {reason} The secretariat can tell from its time that an input came under this permit, also where it is "
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


async def permit_late_contribution(do: PermitLateContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses an organisation that was not asked and takes no part, an instant that is past, before the deadline or
    after the end of the edition, and an empty reason."""
    call, reason = context.row, texts.filled(do.reason, "reason")
    if not await extensions.may_be_permitted(
        unit, context.place.id, do.organisation, place_of(context.place).forums, context.now
    ):
        raise NotFound(what="addressee of this call, or participant of the forum,").at_path("organisation")
    ends = call["late_until"] or call["closes_at"]
    if moving.ahead(do.until) <= max(context.now, ends):
        raise InvalidValue(
            reason="A permit ends at an instant that lies ahead, and after the deadline with its grace."
        ).at_path("until")
    moving.within(do.until, context.place.edition, "until")
    known = await unit.row(t.late_permit, call_id=context.place.id, organisation_id=do.organisation)
    if known is not None and (known["until"], known["reason"]) == (do.until, reason):
        return Outcome({"call": context.place.id, "late_permit": known["id"]}, ())
    id_ = fresh()
    row = {
        "id": id_,
        "call_id": context.place.id,
        "organisation_id": do.organisation,
        "until": do.until,
        "reason": reason,
    }
    await extensions.permit(unit, {**row, "given_at": context.now})
    people = await unit.ask(notices.speaking_for([do.organisation], place_of(context.place), context.now))
    words = _WORDS.format(
        title=call["title"], deadline=deadline(do.until, call["zone"]), reason=moving.sentence(reason)
    )
    about = {"edition": call["edition_id"], "call": context.place.id}
    await unit.write(notices.tell(people, kind="permit", words=words, cause=id_, at=context.now, **about))
    detail = {"organisation": str(do.organisation), "until": do.until.isoformat(), "reason": reason}
    return Outcome({"call": context.place.id, "late_permit": id_}, (Entry("call", context.place.id, detail),))
