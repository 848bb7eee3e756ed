"""What acts ask of agreements, and whom the acts on agreements tell."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from ...domain.agreement import MATTER, Agreement, AgreementPurpose, Use, not_agreed, secretariat_of
from ...domain.body import Forum
from ...domain.notice import NoticeKind
from ...errors import AgreementMissing
from ...store import agreements, mandates, notices
from ...store.steps import Store
from ..core.act import ActContext


async def need_agreed(context: ActContext, store: Store, use: Use, named: Iterable[Forum], *path: str) -> None:
    """Refuses (AgreementMissing, at `path`) the first of these bodies that has not agreed to be used so, and must."""
    bodies = tuple(named)
    there = await store.ask(agreements.agreed(use.asking, tuple(body.id for body in bodies), use.purpose))
    lacking = not_agreed(use, bodies, there, secretariat_of(context.doer.mandate))
    if lacking is not None:
        matter = MATTER[use.purpose]
        missing = AgreementMissing(body=lacking.name, body_id=lacking.id, purpose=use.purpose.name, matter=matter)
        raise missing.at_path(*path)


def use_here(context: ActContext, purpose: AgreementPurpose) -> Use:
    """What is done in the edition at hand: its forum asks, and the body whose place it is names what it set up."""
    edition, track = context.place.edition, context.place.track
    own = frozenset((context.place.forum_id,))
    if edition is None:
        return Use(context.place.forum_id, purpose)
    return Use(edition.forum_id, purpose, edition.name, None if track is None else track.name, own)


async def tell(
    store: Store, agreement: Agreement, event: str, reason: str | None, now: datetime, by: UUID | None
) -> None:
    """Tell the secretariats of both bodies, whoever acts (`by`) not among them. `event`: what happened, in a word."""
    asking, named = await store.ask(agreements.bodies((agreement.asking_id, agreement.named_id)))
    office = [await store.ask(mandates.office(body.id, now)) for body in (asking, named)]
    words = f"{event.capitalize()}: {described(agreement, asking, named)}{'.' if reason is None else f': {reason}'}"
    people = frozenset().union(*office) - {by}
    cause = uuid5(agreement.id, event)
    await store.write(notices.tell(people, kind=NoticeKind.AGREEMENT, words=words, cause=cause, at=now))


def described(agreement: Agreement, asking: Forum, named: Forum) -> str:
    """An agreement in a few words: "the HLPF agrees, for the GFMD in GFMD 2020, that texts are sent to it"."""
    where = "" if agreement.edition_name is None else f" in {agreement.edition_name}"
    track = "" if agreement.track_name is None else f" (track {agreement.track_name})"
    return f"{named.name} agrees, for {asking.name}{where}{track}, {MATTER[agreement.purpose]}"
