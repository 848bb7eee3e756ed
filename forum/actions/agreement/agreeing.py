"""What acts ask of agreements, and whom the acts on agreements tell."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from ...domain.agreement import MATTER, Agreement, AgreementPurpose, Use, not_agreed, secretariat_of
from ...domain.body import Forum
from ...domain.notice import NoticeKind
from ...domain.saying import Fact, Saying, saying
from ...errors import AgreementMissing
from ...store import agreements, mandates, notices
from ...store.steps import Store
from ..core.act import ActContext

_EVENTS: Mapping[str, Saying] = {
    "proposed": saying("Proposed"),
    "accepted": saying("Accepted"),
    "declined": saying("Declined"),
    "ended": saying("Ended"),
}


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
    what = described(agreement, asking, named)
    words = saying("{event}: {agreement}.", event=_EVENTS[event], agreement=what)
    if reason is not None:
        words = saying("{event}: {agreement}: {reason}", event=_EVENTS[event], agreement=what, reason=reason)
    people = frozenset().union(*office) - {by}
    cause = uuid5(agreement.id, event)
    await store.write(notices.tell(people, kind=NoticeKind.AGREEMENT, words=words, cause=cause, at=now))


def described(agreement: Agreement, asking: Forum, named: Forum) -> Saying:
    """An agreement in a few words: "the HLPF agrees, for the GFMD in GFMD 2020, that texts are sent to it"."""
    bodies: dict[str, Fact] = {
        "named": named.name,
        "asking": asking.name,
        "matter": saying(MATTER[agreement.purpose]),
    }
    if agreement.edition_name is None:
        return saying("{named} agrees, for {asking}, {matter}", **bodies)
    if agreement.track_name is None:
        return saying("{named} agrees, for {asking} in {edition}, {matter}", edition=agreement.edition_name, **bodies)
    where = {"edition": agreement.edition_name, "track": agreement.track_name}
    return saying("{named} agrees, for {asking} in {edition} (track {track}), {matter}", **where, **bodies)
