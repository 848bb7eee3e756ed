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
from ...store.unit import Unit
from ..core.act import Moment
from ..core.judge import place_of
from ..document import texts


def need_member(act: str, at: Moment, body: UUID) -> UUID:
    """The organisation whoever acts speaks for, which belongs to the body that is asked: by an office or a seat in it.
    Which of these may is the process's rule. Refuses (RoleNotAllowed) everybody else."""
    organisation = at.doer.mandate.organisation
    person = at.person
    if organisation is not None and person is not None:
        places = [(o.forum, o.organisation) for o in person.offices] + [(s.forum, s.organisation) for s in person.seats]
        if (body, organisation) in places:
            return organisation
    yours = tuple(sorted(at.doer.roles)) or (at.doer.mandate.role,)
    raise RoleNotAllowed(act=act, roles=("member of the body that is asked",), yours=yours)


def hours_of(row: Mapping[str, Any]) -> int:
    """How long a silence lasts by now, in whole hours: an extension counts."""
    return -(-int((row["ends_at"] - row["starts_at"]).total_seconds()) // 3600)


async def tell_started(at: Moment, unit: Unit, row: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    """Tell those who speak for the members of the body: what lies before it, and until when somebody may object."""
    body = await texts.body_name(unit, row["body_id"])
    again = f" once more (round {row['round']})" if row["round"] > 1 else ""
    words = (
        f"{document['symbol']} lies before {body}{again}. Who cannot agree to a paragraph objects before "
        f"{spoken(at, row['ends_at'])}; who lets it pass need do nothing."
    )
    await _tell(at, unit, await _members(at, unit, row["body_id"]), "silence_started", words, row["id"], document)


async def tell_ended(at: Moment, unit: Unit, row: Mapping[str, Any], document: Mapping[str, Any], words: str) -> None:
    """Tell the members of the body and the text's own team how it ended; never who objected."""
    place = place_of(at.place)
    people = await _members(at, unit, row["body_id"]) | await notices.team(unit, place, at.now)
    # A cause of its own: the beginning of the same silence was told under the silence's id.
    await _tell(at, unit, people, "silence_ended", words, uuid.uuid5(row["id"], "ended"), document)


def spoken(at: Moment, instant: datetime) -> str:
    """An instant as people of this edition say it: in its zone."""
    return times.spoken(instant, texts.zone_of(at))


async def _members(at: Moment, unit: Unit, body: UUID) -> frozenset[UUID]:
    """People of the body that is asked: by its offices, by its seats, by a role in it."""
    here = place_of(at.place)
    own = Place(frozenset((body,)), here.edition, here.track)
    return await notices.members(unit, body, here, at.now) | await notices.taking_part(unit, own, at.now)


async def _tell(
    at: Moment, unit: Unit, people: frozenset[UUID], kind: str, words: str, cause: UUID, document: Mapping[str, Any]
) -> None:
    edition = None if at.place.edition is None else at.place.edition["id"]
    told = {"kind": kind, "words": words, "cause": cause, "edition": edition, "document": document["id"]}
    await notices.tell(unit, people, at=at.now, **told)
