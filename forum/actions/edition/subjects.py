"""Whom a track reviews: named when it begins, among those who take part in the forum."""

from uuid import UUID

from ...domain.body import Participation
from ...errors import InvalidValue, NotFound
from ...refusal import phrased
from ...store.records import matching
from ...store.steps import Store
from ...workflow.process import Track
from ..core.act import ActContext


async def need_subject(subject: UUID | None, definition: Track, context: ActContext, store: Store) -> None:
    """Refuses a track that reviews somebody without a subject, one that reviews nobody with one (InvalidValue), and a
    subject that does not take part in the forum (NotFound)."""
    if not definition.reviews:
        if subject is not None:
            reason = phrased("{title} reviews nobody: leave the subject out.", title=definition.title)
            raise InvalidValue(reason=reason).at_path("subject")
        return
    if subject is None:
        reason = phrased("{title} reviews somebody who takes part: name the subject.", title=definition.title)
        raise InvalidValue(reason=reason).at_path("subject")
    seats = await store.ask(matching(Participation, "id", forum_id=context.place.forum_id, organisation_id=subject))
    now = context.now
    if not any(seat.starts_at <= now and (seat.ends_at is None or now < seat.ends_at) for seat in seats):
        raise NotFound(what="organisation of this forum").at_path("subject")
