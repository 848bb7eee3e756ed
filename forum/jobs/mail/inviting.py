"""The letter of an invitation: who invites, to what, until when, and the link, which is made anew whenever it goes."""

from datetime import datetime
from email.message import EmailMessage
from urllib.parse import urlencode
from uuid import uuid5

from ...domain.invitation import Invitation, Offer, is_open
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, Saying, saying
from ...domain.secret_link import LinkKind, Links
from ...languages.say import Reader
from ...store import invitations, notices
from ...store.clock import moment
from ...store.letters import Taken
from ...store.records import by_id
from ...store.unit import UnitOfWork
from . import words
from .compose import House, begun, finished, line
from .office import Office
from .parcel import Parcel

_CAME_BACK = (
    "The mail that invites somebody to be {role} comes back: the mail server refuses the address. Take the invitation "
    "back, and invite anew under another address."
)


async def parcel(office: Office, letter: Taken) -> Parcel | None:
    """The letter as it goes now; None where the invitation was answered, taken back, or is over."""

    async def work(unit: UnitOfWork) -> tuple[Invitation, Offer] | None:
        assert letter.invitation_id is not None
        invitation = await unit.ask(by_id(Invitation, letter.invitation_id))
        if invitation is None or not is_open(invitation, await unit.ask(moment())):
            return None
        return invitation, await unit.ask(invitations.offer(invitation))

    known = await office.runner.by_itself(work)
    if known is None:
        return None
    invitation, offer = known
    assert invitation.address is not None  # an open one has its address (a rule of its table)

    async def refused(unit: UnitOfWork, now: datetime) -> None:
        """Who invited is told. The address stands in the invitation alone."""
        sentence = saying(_CAME_BACK, role=_role(invitation))
        to, cause = frozenset((invitation.invited_by_id,)), uuid5(invitation.id, "refused")
        await unit.write(notices.tell(to, kind=NoticeKind.ADDRESS_REFUSED, words=sentence, cause=cause, at=now))

    return Parcel(_message(office.house, letter, invitation, offer), invitation.address, refused)


def _message(house: House, letter: Taken, invitation: Invitation, offer: Offer) -> EmailMessage:
    assert invitation.address is not None
    mind = Reader(invitation.language, invitation.zone)
    mail = begun(house, letter, invitation.language, (offer.name, invitation.address), words.INVITED)
    link = Links(house.secret).sign(LinkKind.INVITATION, invitation.id, invitation.open_until)
    address = f"{house.url.rstrip('/')}/invitation?{urlencode({'link': link})}"
    says = [
        saying(words.DEAR, name=line(offer.name)),
        _offered(invitation, offer),
        _term(invitation),
        saying(words.ANSWER, until=Instant(invitation.open_until, invitation.zone), url=address),
        saying(words.ONE_USE, name=line(offer.invited_by)),
    ]
    return finished(mail, mind, [*map(mind.say, says), "--", mind.say(saying(words.READ_OF, url=house.url))])


def _offered(invitation: Invitation, offer: Offer) -> Saying:
    facts = {"inviter": line(offer.invited_by), "organisation": line(offer.organisation)}
    if offer.forum is None:
        return saying(words.INVITES, role=_role(invitation), **facts)
    return saying(words.INVITES_TO, role=_role(invitation), forum=line(offer.forum), **facts)


def _term(invitation: Invitation) -> Saying:
    since = Instant(invitation.starts_at, invitation.zone, utc=False)
    if invitation.ends_at is None:
        return saying(words.SINCE, since=since)
    return saying(words.TERM, since=since, until=Instant(invitation.ends_at, invitation.zone, utc=False))


def _role(invitation: Invitation) -> Saying:
    return saying(invitation.role.value.replace("_", " "))
