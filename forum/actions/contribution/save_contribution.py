"""A draft is saved, new or changed. Nobody but the author's own side can read it yet."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.author import Author, attributed, author_columns, wrote_by
from ...domain.call import Call
from ...domain.contribution import (
    AttributionKind,
    Contribution,
    ContributionKind,
    ContributionState,
    Visibility,
    revise,
)
from ...domain.text import clean
from ...errors import InvalidValue, NotFound, StaleRevision, WordNotAllowed
from ...store import authors, inputs
from ...store.records import add, change
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import parts
from .authoring import author_of, named

VISIBILITIES = tuple(Visibility)
ATTRIBUTIONS = (AttributionKind.ORGANISATION, AttributionKind.MECHANISM, AttributionKind.NONE)


@dataclass(frozen=True)
class SaveContribution(Command):
    """Save a draft input to a call, new or changed, until the deadline. A change to a released text voids the
    release."""

    on = ("call", "call")
    creates = True
    gives = {"contribution": "Contribution"}

    title: str = arg("What it is called.")
    language: str = arg("The language it is written in.", scalar="LanguageTag")
    call: UUID | None = arg("The call it answers; for a new draft.", of="Call", default=None)
    contribution: UUID | None = arg("The draft to change.", of="Contribution", default=None)
    expected_revision: int | None = arg("The revision that was edited; asked for on a change.", default=None)
    visibility: str = arg("Who may read it once it is handed in.", default="participants", scalar="Visibility")
    attribution: str = arg("What of the author is named.", default="organisation", scalar="AttributionKind")
    collective: bool = arg("What a mechanism decided together, saved by its coordinator.", default=False)
    mechanism: str | None = arg("Through which of your mechanisms, where you have several.", default=None)
    sections: tuple[parts.SectionText, ...] = arg("Answers to the call's sections.", default=())
    practices: tuple[parts.PracticeText, ...] = arg("Practices to report.", default=())
    targets: tuple[str, ...] = arg('SDG goals and targets, by code: "10.7".', default=())
    objectives: tuple[str, ...] = arg('GCM objectives and guiding principles, by code: "6".', default=())
    themes: tuple[str, ...] = arg("The edition's themes, by code.", default=())

    def on_kind(self) -> str:
        return "contribution" if self.contribution else "call"

    def target(self) -> UUID:
        chosen = self.contribution or self.call
        if chosen is None:
            raise InvalidValue(reason="Name the call to answer, or the draft to change.").at_path("call")
        return chosen


@dataclass(frozen=True)
class Content:
    """What a draft says of itself, beside its parts."""

    title: str
    language: str
    visibility: Visibility
    attribution: AttributionKind
    kind: ContributionKind
    named_organisation_id: UUID | None
    named_mechanism: str | None
    label: str


async def save_contribution(do: SaveContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses words outside the lists, a language or section the call does not have, a stale revision."""
    _need_words(do)
    before = context.target(Contribution) if do.contribution else None
    edition, call_id = (before.edition_id, before.call_id) if before else _of(context.target(Call))
    id_ = before.id if before else random_id()
    author = await author_of(context, store, collective=do.collective)
    sections = parts.sections_of(id_, do.sections, await store.ask(inputs.call_sections(call_id)))
    practices = parts.practices_of(id_, do.practices)
    tags = parts.tags_of(id_, do.targets, do.objectives, do.themes)
    await parts.need_themes(store, edition, do.themes)
    content = await _content(do, context, store, author)
    if before is None:
        await _begin(id_, content, context, store, author)
    else:
        await _change(before, do, content, store, author)
    await store.write(inputs.replace_sections(id_, sections))
    await store.write(inputs.replace_practices(id_, practices))
    await store.write(inputs.replace_tags(id_, tags))
    await store.write(add(*parts.practice_tags(practices)))
    return Outcome({"contribution": id_}, (Entry("contribution", id_, author=author_columns(author)),))


def _need_words(do: SaveContribution) -> None:
    for name, value, words in (
        ("visibility", do.visibility, VISIBILITIES),
        ("attribution", do.attribution, ATTRIBUTIONS),
    ):
        if value not in words:
            raise WordNotAllowed(word=value, words=words).at_path(name)


def _of(call: Call) -> tuple[UUID, UUID]:
    return call.edition_id, call.id


async def _content(do: SaveContribution, context: ActContext, store: Store, author: Author) -> Content:
    language = parts.need_language(do.language, context.place.call)
    naming = await named(context, store, author, do.attribution, do.mechanism)
    if not clean(do.title).strip():
        raise InvalidValue(reason="Give it a title.").at_path("title")
    return Content(
        title=clean(do.title),
        language=language,
        visibility=Visibility(do.visibility),
        attribution=attributed(author, do.attribution),
        kind=ContributionKind.COLLECTIVE if do.collective else ContributionKind.INPUT,
        named_organisation_id=naming.organisation,
        named_mechanism=naming.mechanism,
        label=naming.label,
    )


async def _begin(id_: UUID, content: Content, context: ActContext, store: Store, author: Author) -> None:
    call = context.target(Call)
    draft = Contribution(
        id=id_,
        track_id=call.track_id,
        edition_id=call.edition_id,
        forum_id=context.place.forum_id,
        call_id=call.id,
        state=ContributionState.DRAFT,
        **vars(content),
    )
    await store.write(add(draft))
    person = context.actor
    mandate = context.doer.mandate.id
    await store.write(authors.record("contribution", id_, author, context.now, person=person, mandate=mandate))


async def _change(before: Contribution, do: SaveContribution, content: Content, store: Store, author: Author) -> None:
    after = revise(before, **vars(content))
    kept = await store.ask(authors.of(before.id))
    if kept is None or wrote_by(kept) != author:
        raise NotFound(what="contribution").at_path("contribution")  # of this author: a person may write for several
    if do.expected_revision != before.revision:
        was = "\n\n".join(section.markdown for section in await store.ask(inputs.sections(before.id)))
        stale = StaleRevision(expected=do.expected_revision or 0, current=before.revision, current_text=was)
        raise stale.at_path("expectedRevision")
    await store.write(change(before, after))
