"""What the acts on admission share: the checks of an organisation that is admitted, and whom they tell. The operator's
file of bodies goes the same way."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from ...domain.admission import Application, Identity, need_new
from ...domain.body import Organisation
from ...domain.notice import NoticeKind
from ...domain.saying import Saying
from ...store import admissions, notices
from ...store.records import add
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext


@dataclass(frozen=True)
class Telling:
    """What people are told of an application or an organisation. `event`: each is told once of each."""

    of: UUID
    event: str
    words: Saying


async def enter(store: Store, wanted: Identity, *, another: bool) -> Organisation:
    """Write a new organisation down. Refuses (OrganisationStands) one that is here, (PossibleTwin) one that shares an
    acronym with another, unless it is said to be `another`."""
    need_new(wanted, await store.ask(admissions.alike(wanted, to_admit=True)), another=another)
    organisation = Organisation(
        id=fresh(), name=wanted.name, short_name=wanted.short_name, kind=wanted.kind, country_code=wanted.country_code,
        name_keys=wanted.keys,
    )  # fmt: skip
    await store.write(add(organisation))
    return organisation


async def tell(context: ActContext, store: Store, people: Iterable[UUID], what: Telling) -> None:
    """Tell these people, whoever acts not among them."""
    others = frozenset(id_ for id_ in people if id_ != context.actor)
    cause = uuid5(what.of, what.event)
    await store.write(notices.tell(others, kind=NoticeKind.ADMISSION, words=what.words, cause=cause, at=context.now))


def known_as(application: Application) -> Identity:
    """What the organisation of an application is known by."""
    return Identity(application.name, application.short_name, application.kind, application.country_code)
