"""A draft is saved, new or changed. Nobody but the author's own side can read it yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ...domain.author import Author, attributed, author_columns, wrote_by
from ...domain.call import Call
from ...domain.contribution import (
    AttributionKind,
    Contribution,
    ContributionKind,
    ContributionSection,
    ContributionState,
    Tag,
    TagScheme,
    Visibility,
    revise,
)
from ...domain.names import titled
from ...domain.practice import Practice
from ...errors import InvalidValue, NotFound, StaleRevision, WordNotAllowed
from ...refusal import phrased
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
    """Save a draft input to a call, new or changed, until the deadline. On a change, what is left out stays as it is;
    an empty list takes away. A change to a released text voids the release."""

    on = ("call", "call")
    creates = True
    gives = {"contribution": "Contribution"}

    title: str = arg("What it is called.")
    language: str = arg("The language it is written in.", scalar="LanguageTag")
    call: UUID | None = arg("The call it answers; for a new draft.", of="Call", default=None)
    contribution: UUID | None = arg("The draft to change.", of="Contribution", default=None)
    expected_revision: int | None = arg("The revision that was edited; asked for on a change.", default=None)
    visibility: str | None = arg(
        "Who may read it once it is handed in; a new one: the participants.", default=None, scalar="Visibility"
    )
    attribution: str | None = arg(
        "What of the author is named; of a new one: the organisation.", default=None, scalar="AttributionKind"
    )
    collective: bool | None = arg("What a mechanism decided together, saved by its coordinator.", default=None)
    mechanism: str | None = arg("Through which of your mechanisms, where you have several.", default=None)
    sections: tuple[parts.SectionText, ...] | None = arg("Answers to the call's sections, all of them.", default=None)
    practices: tuple[parts.PracticeText, ...] | None = arg("Practices to report, all of them.", default=None)
    targets: tuple[str, ...] | None = arg('SDG goals and targets, by code: "10.7".', default=None)
    objectives: tuple[str, ...] | None = arg('GCM objectives and guiding principles, by code: "6".', default=None)
    themes: tuple[str, ...] | None = arg("The edition's themes, by code.", default=None)

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
    author = await author_of(context, store, collective=_collective(do, before))
    content = await _content(do, context, store, author, before)
    new = await _parts(do, id_, call_id, edition, store)
    if before is None:
        await _begin(id_, content, context, store, author)
    else:
        await _change(before, do, content, store, author)
    await _write_parts(id_, new, store)
    return Outcome({"contribution": id_}, (Entry("contribution", id_, author=author_columns(author)),))


def _need_words(do: SaveContribution) -> None:
    for name, value, words in (
        ("visibility", do.visibility, VISIBILITIES),
        ("attribution", do.attribution, ATTRIBUTIONS),
    ):
        if value is not None and value not in words:
            raise WordNotAllowed(word=value, words=words).at_path(name)


def _of(call: Call) -> tuple[UUID, UUID]:
    return call.edition_id, call.id


def _collective(do: SaveContribution, before: Contribution | None) -> bool:
    if do.collective is not None:
        return do.collective
    return before is not None and before.kind == ContributionKind.COLLECTIVE


def _kind(do: SaveContribution, before: Contribution | None) -> ContributionKind:
    if _collective(do, before):
        return ContributionKind.COLLECTIVE
    stays = before is not None and before.kind != ContributionKind.COLLECTIVE
    return before.kind if before is not None and stays else ContributionKind.INPUT


def _attribution(do: SaveContribution, before: Contribution | None) -> str:
    """What is to be named: as asked, else as it stood. A forum's own is its own by whatever word."""
    if do.attribution is None and before is not None and before.attribution in ATTRIBUTIONS:
        return before.attribution
    return do.attribution or AttributionKind.ORGANISATION


async def _content(
    do: SaveContribution, context: ActContext, store: Store, author: Author, before: Contribution | None
) -> Content:
    language, attribution = parts.need_language(do.language, context.place.call), _attribution(do, before)
    stood = None if before is None else before.named_mechanism
    through = do.mechanism or (stood if stood in context.doer.mechanisms else None)
    naming = await named(context, store, author, attribution, through)
    return Content(
        title=titled(do.title, "title"),
        language=language,
        visibility=Visibility(do.visibility or (before.visibility if before else Visibility.PARTICIPANTS)),
        attribution=attributed(author, attribution),
        kind=_kind(do, before),
        named_organisation_id=naming.organisation,
        named_mechanism=naming.mechanism,
        label=naming.label,
    )


@dataclass(frozen=True)
class _Parts:
    """The parts that are written; None of those that stay as they are."""

    sections: tuple[ContributionSection, ...] | None
    practices: tuple[Practice, ...] | None
    tags: Mapping[TagScheme, tuple[Tag, ...]]


async def _parts(do: SaveContribution, id_: UUID, call: UUID | None, edition: UUID, store: Store) -> _Parts:
    sections = None
    if do.sections is not None:
        sections = parts.sections_of(id_, do.sections, await store.ask(inputs.call_sections(call)))
    practices = None if do.practices is None else parts.practices_of(id_, do.practices)
    codes = {TagScheme.SDG: do.targets, TagScheme.GCM: do.objectives, TagScheme.THEME: do.themes}
    tags = parts.tags_of(id_, do.targets or (), do.objectives or (), do.themes or ())
    await parts.need_themes(store, edition, do.themes or ())
    written = [scheme for scheme, sent in codes.items() if sent is not None]
    return _Parts(
        sections, practices, {scheme: tuple(tag for tag in tags if tag.scheme == scheme) for scheme in written}
    )


async def _write_parts(id_: UUID, new: _Parts, store: Store) -> None:
    if new.sections is not None:
        await store.write(inputs.replace_sections(id_, new.sections))
    if new.practices is not None:
        await store.write(inputs.replace_practices(id_, new.practices))
        await store.write(add(*parts.practice_tags(await store.ask(inputs.practices(id_)))))
    for scheme, tags in new.tags.items():
        await store.write(inputs.replace_tags(id_, scheme, tags))


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
    if do.expected_revision is None:
        reason = phrased("Say which revision you edited: it is at revision {revision} now.", revision=before.revision)
        raise InvalidValue(reason=reason).at_path("expectedRevision")
    if do.expected_revision != before.revision:
        was = "\n\n".join(section.markdown for section in await store.ask(inputs.sections(before.id)))
        stale = StaleRevision(expected=do.expected_revision, current=before.revision, current_text=was)
        raise stale.at_path("expectedRevision")
    await store.write(change(before, after))
