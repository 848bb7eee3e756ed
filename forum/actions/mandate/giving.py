"""What the acts that give, answer and end mandates share: the checks of what is given, and whom they tell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from ...domain.authority import SPEAKS_FOR, TABLE, By, at_once, how_to_ask, may_propose, whom_to_ask
from ...domain.body import Forum, Organisation
from ...domain.mandate import Mandate, Role, need_mechanism, need_term
from ...domain.notice import NoticeKind
from ...domain.saying import Saying, saying
from ...domain.text import filled, maybe
from ...errors import AuthorityNotYours, InvalidValue, LeavesDutyAlone, MandateStands, NotFound
from ...refusal import phrased
from ...spoken_words import role as spoken_role
from ...store import mandates, notices
from ...store.bodies import person_of
from ...store.records import add, by_id
from ...store.steps import Store
from ...times import zone_named
from ..core.act import ActContext

_WAITS_FOR_YOU = "Proposed: {mandate}. It waits for you."
_WAITS_FOR_ADMINISTRATOR = "Proposed: {mandate}. It waits for the organisation's administrator."


@dataclass(frozen=True)
class Who:
    """The person a role is given to: their subject, as tokens of this service name it, and a name where it is not known
    yet."""

    subject: str | None
    name: str | None


async def enter(store: Store, mandate: Mandate, who: Who | None, now: datetime, by: UUID | None) -> Mandate:
    """Write a mandate down, in force or as a proposal, and tell those whom it concerns but `by`, who gives it.

    `who`: the person, of a role; None for an office. Refuses what does not fit, and what stands already.
    """
    await need_fit(store, mandate)
    person = None if who is None else await the_person(store, who)
    return await _entered(store, replace(mandate, person_id=person), now, by)


async def enter_of(store: Store, mandate: Mandate, person: UUID, now: datetime, by: UUID | None) -> Mandate:
    """The same for a person who is here already, as who accepts an invitation is by then."""
    await need_fit(store, mandate)
    return await _entered(store, replace(mandate, person_id=person), now, by)


async def _entered(store: Store, mandate: Mandate, now: datetime, by: UUID | None) -> Mandate:
    await need_new(store, mandate, now)
    await store.write(add(mandate))
    named, waits = await described(store, mandate), mandate.accepted_at is None
    words = saying("You are named: {mandate}.", mandate=named)
    if waits:
        own = mandate.role == Role.ADMINISTRATOR
        words = saying(_WAITS_FOR_YOU if own else _WAITS_FOR_ADMINISTRATOR, mandate=named)
    await tell_of(store, mandate, "proposed" if waits else "given", words, now, by)
    return mandate


def by_office(mandate: Mandate, hands: Mapping[By, UUID | None], *, own: bool) -> Mandate:
    """A mandate as a forum's office may give it: in force from when it was proposed on, or waiting for whoever accepts
    it. `own`: it names the giver's own organisation. Refuses (AuthorityNotYours) what no forum may give."""
    by = frozenset(hands)
    if at_once(mandate.what, by, own=own):
        return replace(mandate, accepted_at=mandate.proposed_at)
    if not may_propose(mandate.what, by):
        naming = f"name the {mandate.what.value.replace('_', ' ')} of an organisation"
        raise AuthorityNotYours(act=naming, who=whom_to_ask(TABLE[mandate.what].gives), how=how_to_ask("grant_mandate"))
    return replace(mandate, accepted_at=None)


def need_own_to_give(role: Role) -> None:
    """Refuses (InvalidValue) a role that is not an organisation's to give to its own people."""
    if role not in SPEAKS_FOR:
        words = tuple(sorted(spoken_role(speaking.value) for speaking in SPEAKS_FOR))
        reason = phrased("This role is a forum's to give. An organisation names: {words}.", words=words)
        raise InvalidValue(reason=reason).at_path("role")


async def need_looked_after(store: Store, ending: Mandate, ends_at: datetime) -> None:
    """Refuses (LeavesDutyAlone) the end of a mandate in force that would leave a running duty to nobody."""
    if ending.accepted_at is None:
        return
    duty = await store.ask(mandates.left_alone(ending, ends_at))
    if duty is not None:
        raise LeavesDutyAlone(duty=duty)


async def need_new(store: Store, wanted: Mandate, now: datetime) -> None:
    """Refuses (MandateStands) a mandate that says what another one says for the same time."""
    same = await store.ask(mandates.same(wanted, now))
    if same is not None:
        raise MandateStands(mandate=same)


async def need_fit(store: Store, mandate: Mandate) -> None:
    """Refuses an unknown zone, a term that ends before it begins, an unknown organisation, a mechanism that does not
    fit the role."""
    zone_named(mandate.zone)
    need_term(mandate.starts_at, mandate.ends_at)
    if mandate.organisation_id is not None and await store.ask(by_id(Organisation, mandate.organisation_id)) is None:
        raise NotFound(what="organisation").at_path("organisation")
    known = mandate.role == Role.COORDINATOR and await store.ask(mandates.mechanism_known(mandate.mechanism_code))
    need_mechanism(mandate.role, mandate.mechanism_code, known)


async def the_person(store: Store, who: Who) -> UUID:
    """The person of a subject, entered where nobody knows it. Refuses (InvalidValue) a subject of blanks."""
    subject = filled(who.subject or "", "subject").strip()
    return await store.write(person_of(subject, maybe(who.name)))


async def tell(context: ActContext, store: Store, mandate: Mandate, event: str, words: Saying) -> None:
    """Tell those whom it concerns, whoever acts not among them. `event`: each is told once of each."""
    await tell_of(store, mandate, event, words, context.now, context.actor)


async def tell_of(store: Store, mandate: Mandate, event: str, words: Saying, now: datetime, by: UUID | None) -> None:
    """Tell the person, the organisation's administrators and the office of the forum that gave it; not `by`."""
    people = {mandate.person_id}
    if mandate.organisation_id is not None:
        people |= await store.ask(mandates.administrators(mandate.organisation_id, now))
    if mandate.given_by_forum_id is not None:
        people |= await store.ask(mandates.office(mandate.given_by_forum_id, now))
    recipients = frozenset(id_ for id_ in people if id_ is not None and id_ != by)
    cause = uuid5(mandate.id, event)
    await store.write(notices.tell(recipients, kind=NoticeKind.MANDATE, words=words, cause=cause, at=now))


async def described(store: Store, mandate: Mandate) -> Saying:
    """A mandate in a few words: "delegate of Kenya", "penholder in the GFMD"."""
    what = saying(mandate.what.value.replace("_", " "))
    of, in_ = mandate.organisation_id, mandate.forum_id
    organisation = None if of is None else await store.ask(by_id(Organisation, of))
    forum = None if in_ is None else await store.ask(by_id(Forum, in_))
    if organisation is not None and forum is not None:
        return saying(
            "{role} of {organisation} in {forum}", role=what, organisation=organisation.name, forum=forum.name
        )
    if organisation is not None:
        return saying("{role} of {organisation}", role=what, organisation=organisation.name)
    return what if forum is None else saying("{role} in {forum}", role=what, forum=forum.name)
