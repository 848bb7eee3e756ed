"""An application for admission is declined, or taken back."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.admission import Application, ApplicationState, answer
from ...domain.authority import By
from ...domain.saying import saying
from ...domain.text import filled, maybe
from ...store import mandates
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .admitting import Telling, tell


@dataclass(frozen=True)
class DeclineApplication(Command):
    """Decline an application for admission, as the registrar and with a reason that the applicant reads; or take it
    back, as the person who applied. Another may be made afterwards."""

    on = ("application", "application")
    gives = {"application": "Application"}

    application: UUID = arg("The application.", of="Application")
    reason: str | None = arg("Why; who takes back their own need not say.", default=None)


async def decline_application(do: DeclineApplication, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) a registrar's answer without a reason, (WrongState) what was answered already."""
    before = context.target(Application)
    own = By.APPLICANT in context.hands
    reason = maybe(do.reason) if own else filled(do.reason or "", "reason").strip()
    state = ApplicationState.WITHDRAWN if own else ApplicationState.DECLINED
    after = answer(before, "decline_application", state, reason, context.now)
    await store.write(change(before, after))
    office = await store.ask(mandates.office(before.forum_id, context.now))
    words = saying("{organisation} is not admitted: {reason}", organisation=before.name, reason=reason or "")
    if own:
        words = saying("The application of {organisation} was taken back.", organisation=before.name)
    await tell(context, store, office if own else {before.person_id}, Telling(before.id, "answered", words))
    return Outcome({"application": before.id}, (Entry("application", before.id, {"state": state.value}),))
