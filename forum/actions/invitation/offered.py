"""What an invitation offers, to whoever holds its link. Looks only: the answer is another act."""

from ...domain.invitation import Invitation, Offer
from ...domain.secret_link import LinkKind, answered_by
from ...domain.viewer import Viewer
from ...errors import LinkNotGood
from ...store import invitations, places
from ...store.unit import begin
from ..core.judge import judge
from ..core.runner import Runner
from .meant import need_meant


async def offered(runner: Runner, subject: str | None, link: str) -> Offer:
    """What accepting would give. `subject`: of whoever signed in.

    Refuses (LinkNotGood) a link that is none, before anything is looked at; and as accepting would: InvitationAnswered,
    InvitationEnded, InvitationTooLate, InviterMayNoLonger, InvitationForAnother.
    """
    runner.links.need_good(LinkKind.INVITATION, link)
    async with begin(runner.engine) as unit:
        person = await unit.person(subject)
        await unit.claim(Viewer.of(person).session())
        located = await places.locate(unit, "invitation", answered_by(link), lock=False)
        if located is None or not isinstance(located.target, Invitation):
            raise LinkNotGood().at_path("link")
        because = (await judge(unit, runner.processes, "accept_invitation", located, person)).verdict.because
        if because is not None:
            raise because
        if subject is not None:
            await need_meant(unit, located.target, None if person is None else person.id, subject)
        return await unit.ask(invitations.offer(located.target))
