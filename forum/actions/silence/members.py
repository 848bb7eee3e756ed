"""What the deeds of a no-objection procedure share: who belongs to the body that is asked, and what people are told."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ... import times
from ...domain.mandates import Place
from ...errors import RoleNotAllowed
from ...store import notices
from ...store.unit import UnitOfWork
from ..core.act import ActContext
from ..core.judge import place_of
from ..document import texts


def need_member(act: str, context: ActContext, body: UUID) -> UUID:
    """The organisation whoever acts speaks for, which belongs to the body that is asked: by an office or a seat in it.
    Which of these may is the process's rule. Refuses (RoleNotAllowed) everybody else."""
    organisation = context.doer.mandate.organisation
    person = context.person
    if organisation is not None and person is not None:
        places = [(o.forum, o.organisation) for o in person.offices] + [(s.forum, s.organisation) for s in person.seats]
        if (body, organisation) in places:
            return organisation
    yours = tuple(sorted(context.doer.roles)) or (context.doer.mandate.role,)
    raise RoleNotAllowed(act=act, roles=("member of the body that is asked",), yours=yours)


def hours_of(row: Mapping[str, Any]) -> int:
    """How long a silence lasts by now, in whole hours: an extension counts."""
    return -(-int((row["ends_at"] - row["starts_at"]).total_seconds()) // 3600)


async def tell_started(
    context: ActContext, unit: UnitOfWork, row: Mapping[str, Any], document: Mapping[str, Any]
) -> None:
    """Tell those who speak for the members of the body: what lies before it, and until when somebody may object."""
    body = await texts.body_name(unit, row["body_id"])
    again = f" once more (round {row['round']})" if row["round"] > 1 else ""
    words = (
        f"{document['symbol']} lies before {body}{again}. Who cannot agree to a paragraph objects before "
        f"{spoken(context, row['ends_at'])}; who lets it pass need do nothing."
    )
    await _tell(
        context, unit, await _members(context, unit, row["body_id"]), "silence_started", words, row["id"], document
    )


async def tell_ended(
    context: ActContext, unit: UnitOfWork, row: Mapping[str, Any], document: Mapping[str, Any], words: str
) -> None:
    """Tell the members of the body and the text's own team how it ended; never who objected."""
    place = place_of(context.place)
    people = await _members(context, unit, row["body_id"]) | await unit.ask(notices.team(place, context.now))
    # A cause of its own: the beginning of the same silence was told under the silence's id.
    await _tell(context, unit, people, "silence_ended", words, uuid.uuid5(row["id"], "ended"), document)


def spoken(context: ActContext, instant: datetime) -> str:
    """An instant as people of this edition say it: in its zone."""
    return times.spoken(instant, texts.zone_of(context))


async def _members(context: ActContext, unit: UnitOfWork, body: UUID) -> frozenset[UUID]:
    """People of the body that is asked: by its offices, by its seats, by a role in it."""
    here = place_of(context.place)
    own = Place(frozenset((body,)), here.edition, here.track)
    return await unit.ask(notices.members(body, here, context.now)) | await unit.ask(
        notices.taking_part(own, context.now)
    )


async def _tell(
    context: ActContext,
    unit: UnitOfWork,
    people: frozenset[UUID],
    kind: str,
    words: str,
    cause: UUID,
    document: Mapping[str, Any],
) -> None:
    edition = None if context.place.edition is None else context.place.edition["id"]
    told = {"kind": kind, "words": words, "cause": cause, "edition": edition, "document": document["id"]}
    await unit.write(notices.tell(people, at=context.now, **told))
