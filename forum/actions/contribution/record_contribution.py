"""The secretariat enters a contribution on behalf of its author, after the deadline too, guessing nothing."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.body import Organisation
from ...domain.call import Answer, Call
from ...domain.contribution import (
    AttributionKind,
    Contribution,
    ContributionKind,
    ContributionState,
    TagScheme,
    Visibility,
    enter,
)
from ...domain.names import titled
from ...domain.same_text import need_new
from ...errors import NotFound
from ...store import authors, inputs
from ...store.records import add, by_id, change
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import parts
from .authoring import of_organisation
from .freezing import freeze

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
    again: bool = arg("Enter it although the same words were entered for the same sender.", default=False)


async def record_contribution(do: RecordContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses an unknown organisation, a section the call does not have, and (SameTextHandedIn) what was entered
    already. Lengths are taken as they come."""
    id_, call = random_id(), context.target(Call)
    sender = None if do.received_from is None else await store.ask(by_id(Organisation, do.received_from))
    if do.received_from is not None and sender is None:
        raise NotFound(what="organisation").at_path("receivedFrom")
    sections = parts.sections_of(id_, do.sections, await store.ask(inputs.call_sections(call.id)))
    practices = parts.practices_of(id_, do.practices)
    draft = _draft(id_, do, context, sender, ContributionKind.PRACTICES if practices else ContributionKind.INPUT)
    await store.write(add(draft))
    author = None if sender is None else of_organisation(sender, sender.id)
    person, mandate = context.actor, context.doer.mandate.id
    await store.write(authors.record("contribution", id_, author, context.now, person=person, mandate=mandate))
    await store.write(inputs.replace_sections(id_, sections))
    await store.write(inputs.replace_practices(id_, practices))
    await store.write(inputs.replace_tags(id_, TagScheme.SDG, parts.tags_of(id_, do.targets, (), ())))
    await store.write(add(*parts.practice_tags(practices)))
    content = await store.ask(inputs.content(draft))
    need_new(content, () if do.again else await store.ask(inputs.entered_for(draft)))
    receipt = await freeze(store, draft, content)
    await store.write(change(draft, enter(draft, context.now, receipt)))
    await store.write(inputs.answer_of(call.id, do.received_from, Answer.SENT, answered_at=context.now))
    return Outcome({"contribution": id_}, (Entry("contribution", id_, {"hash": receipt.hash}),))


def _draft(
    id_: UUID, do: RecordContribution, context: ActContext, sender: Organisation | None, kind: ContributionKind
) -> Contribution:
    call = context.target(Call)
    return Contribution(
        id=id_,
        track_id=call.track_id,
        edition_id=call.edition_id,
        forum_id=context.place.forum_id,
        call_id=call.id,
        title=titled(do.title, "title"),
        language=parts.need_language(do.language, None),
        state=ContributionState.DRAFT,
        visibility=Visibility(do.visibility),
        attribution=AttributionKind.ORGANISATION,
        named_organisation_id=do.received_from,
        label=sender.name if sender else UNKNOWN,
        kind=kind,
        on_behalf=True,
        late=context.now >= call.closes_at,
    )
