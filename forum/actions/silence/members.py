"""What the acts of a no-objection procedure share: who belongs to the body that is asked, and what people are told."""

import uuid
from datetime import datetime
from uuid import UUID

from ...domain.document import Document
from ...domain.mandates import Person, Place
from ...domain.notice import NoticeKind
from ...domain.saying import Instant, Saying, saying
from ...domain.silence import Silence
from ...errors import RoleNotAllowed
from ...store import notices
from ...store.steps import Store
from ..core.act import ActContext, Job
from ..core.judge import place_of
from ..document.closing import body_name, zone_of

_FIRST = (
    "{symbol} lies before {body}. Who cannot agree to a paragraph objects before {ends}; who lets it pass need do "
    "nothing."
)
_AGAIN = (
    "{symbol} lies before {body} once more (round {round}). Who cannot agree to a paragraph objects before {ends}; "
    "who lets it pass need do nothing."
)
_SOON = (
    "{symbol} lies before {body} until {ends}. Who cannot agree to a paragraph objects before then; who lets it pass "
    "need do nothing."
)


def need_member(act: str, context: ActContext, body: UUID) -> UUID:
    """The organisation whoever acts speaks for, which belongs to the body that is asked: by an office or a seat in it.
    Which of these may is the process's rule. Refuses (RoleNotAllowed) everybody else."""
    organisation = context.doer.mandate.speaks_for
    person = context.person
    if organisation is not None and person is not None and belongs(person, organisation, body):
        return organisation
    yours = tuple(sorted(context.doer.roles)) or (context.doer.mandate.role,)
    raise RoleNotAllowed(act=act, roles=("member of the body that is asked",), yours=yours)


def belongs(person: Person, organisation: UUID, body: UUID) -> bool:
    """Whether the organisation of a person belongs to a body: by an office or a seat in it."""
    places = [(o.forum, o.organisation) for o in person.offices] + [(s.forum, s.organisation) for s in person.seats]
    return (body, organisation) in places


async def tell_started(context: ActContext, store: Store, silence: Silence, document: Document) -> None:
    """Tell those who speak for the members of the body: what lies before it, and until when somebody may object."""
    body = await body_name(store, silence.body_id)
    words = saying(
        _AGAIN if silence.round > 1 else _FIRST, symbol=document.symbol, body=body, round=silence.round,
        ends=spoken(context, silence.ends_at),
    )  # fmt: skip
    people = await members_of(context, store, silence.body_id)
    await _tell(context, store, people, NoticeKind.SILENCE_STARTED, words, silence.id, document)


def reminder(silence: Silence) -> tuple[Job, ...]:
    """The job that reminds those who may still object; none where nobody is to be reminded."""
    return () if silence.remind_at is None else (Job("remind_members", silence.id, silence.remind_at),)


async def tell_ends(
    context: ActContext, store: Store, people: frozenset[UUID], silence: Silence, document: Document
) -> int:
    """Tell these people, who may still object, when it ends; how many were told. Of one end nobody is told twice; of
    objections nothing is said, so that it is told alike whether or not there are any."""
    body = await body_name(store, silence.body_id)
    words = saying(_SOON, symbol=document.symbol, body=body, ends=spoken(context, silence.ends_at))
    cause = uuid.uuid5(silence.id, f"ends {silence.ends_at.isoformat()}")
    return await _tell(context, store, people, NoticeKind.SILENCE_ENDS, words, cause, document)


async def tell_ended(
    context: ActContext, store: Store, silence: Silence, document: Document, words: Saying
) -> frozenset[UUID]:
    """Tell the members of the body and the text's own team how it ended; never who objected. Who was told."""
    members = await members_of(context, store, silence.body_id)
    people = members | await store.ask(notices.team(place_of(context.place), context.now))
    # A cause of its own: the beginning of the same silence was told under the silence's id.
    cause = uuid.uuid5(silence.id, "ended")
    await _tell(context, store, people, NoticeKind.SILENCE_ENDED, words, cause, document)
    return people


def spoken(context: ActContext, instant: datetime) -> Instant:
    """An instant as people of this edition say it: in its zone."""
    return Instant(instant, zone_of(context), utc=False)


async def members_of(context: ActContext, store: Store, body: UUID) -> frozenset[UUID]:
    """People of the body that is asked: by its offices, by its seats, by a role in it."""
    place = place_of(context.place)
    own = Place(frozenset((body,)), place.edition, place.track)
    members = await store.ask(notices.members(body, place, context.now))
    return members | await store.ask(notices.taking_part(own, context.now))


async def _tell(
    context: ActContext,
    store: Store,
    people: frozenset[UUID],
    kind: NoticeKind,
    words: Saying,
    cause: UUID,
    document: Document,
) -> int:
    edition = None if context.place.edition is None else context.place.edition.id
    about = {"edition": edition, "document": document.id}
    return await store.write(notices.tell(people, kind=kind, words=words, cause=cause, at=context.now, **about))
