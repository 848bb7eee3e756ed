"""The secretariat enters a contribution on behalf of its author, after the deadline too, guessing nothing."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution
from ...domain.text import clean
from ...errors import NotFound
from ...store import authors, inputs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import parts

UNKNOWN = "Sender not recorded"


@dataclass(frozen=True)
class RecordContribution(Command):
    """Enter an input that came by another way, on behalf of its author, also after the deadline: the record is complete
    or it is nothing. The sender stands as "not recorded" unless it is given; a place is never read as a sender."""

    on = ("call", "call")
    creates = True
    gives = {"contribution": "Contribution"}

    call: UUID = arg("The call it answers.", of="Call")
    title: str = arg("What it is called.")
    language: str = arg("The language it is written in.", scalar="LanguageTag")
    received_from: UUID | None = arg(
        "The organisation it came from, where that is known.", of="Organisation", default=None
    )
    visibility: str = arg("Who may read it.", default="participants", scalar="Visibility")
    sections: tuple[parts.SectionText, ...] = arg("Answers to the call's sections, as far as it has them.", default=())
    practices: tuple[parts.PracticeText, ...] = arg("Practices it reports.", default=())
    targets: tuple[str, ...] = arg('SDG goals and targets, by code: "10.7".', default=())


async def record_contribution(do: RecordContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses an unknown organisation, a section the call does not have. Lengths are taken as they come."""
    sender = None if do.received_from is None else await unit.row(t.organisation, id=do.received_from)
    if do.received_from is not None and sender is None:
        raise NotFound(what="organisation").at_path("receivedFrom")
    sections = parts.sections_of(do.sections, await inputs.call_sections(unit, context.place.id))
    practices = parts.practices_of(do.practices)
    id_ = random_id()
    row = {
        "id": id_,
        "track_id": context.row["track_id"],
        "edition_id": context.row["edition_id"],
        "forum_id": context.place.forum_id,
        "call_id": context.place.id,
        "title": clean(do.title),
        "language": parts.need_language(do.language, None),
        "state": "draft",
        "visibility": do.visibility,
        "attribution": "organisation",
        "named_organisation_id": do.received_from,
        "label": sender["name"] if sender else UNKNOWN,
        "kind": "practices" if practices else "input",
        "on_behalf": True,
        "late": context.now >= context.row["closes_at"],
    }
    await unit.add(t.contribution, row)
    who = {"person_id": context.person.id if context.person else None, "mandate_id": context.doer.mandate.id}
    kind = None if sender is None else "state" if sender["kind"] == "state" else "organisation"
    await authors.write(
        unit, "contribution", id_, context.now, author_kind=kind, organisation_id=do.received_from, **who
    )
    await inputs.replace_sections(unit, id_, sections)
    await inputs.replace_practices(unit, id_, practices)
    await inputs.replace_tags(unit, id_, parts.tags_of(do.targets, (), ()))
    await inputs.add_tags(unit, id_, parts.practice_tags(practices))
    frozen = await parts.freeze(unit, Contribution(**row))
    receipt = {"receipt_number": frozen.number, "receipt_hash": frozen.hash, "submitted_at": context.now}
    await unit.change(t.contribution, id_, state="admitted", **receipt)
    await unit.write(inputs.answer_of(context.place.id, do.received_from, "sent", answered_at=context.now))
    return Outcome({"contribution": id_}, (Entry("contribution", id_, {"hash": frozen.hash}),))
