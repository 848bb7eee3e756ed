"""A draft is saved, new or changed. Nobody but the author's own side can read it yet."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain.text import clean
from ...errors import InvalidValue, NotFound, StaleRevision, WordNotAllowed
from ...store import authors, inputs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import parts

VISIBILITIES = ("public", "participants", "secretariat")
ATTRIBUTIONS = ("organisation", "mechanism", "none")


@dataclass(frozen=True)
class SaveContribution(Command):
    """Save a draft input to a call, new or changed, until the deadline. A change to a released text voids the release."""

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


async def save_contribution(do: SaveContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses words outside the lists, a language or section the call does not have, a stale revision."""
    for name, value, words in (
        ("visibility", do.visibility, VISIBILITIES),
        ("attribution", do.attribution, ATTRIBUTIONS),
    ):
        if value not in words:
            raise WordNotAllowed(word=value, words=words).at_path(name)
    author = await parts.author_of(context, unit, collective=do.collective)
    call_id = context.row["call_id"] if do.contribution else context.row["id"]
    asked = await inputs.call_sections(unit, call_id)
    sections, practices = parts.sections_of(do.sections, asked), parts.practices_of(do.practices)
    tags = parts.tags_of(do.targets, do.objectives, do.themes)
    await parts.need_themes(unit, context.row["edition_id"], do.themes)
    columns: dict[str, Any] = {
        "title": clean(do.title),
        "language": parts.need_language(do.language, context.place.call),
        "visibility": do.visibility,
        "attribution": parts.shown_as(author, do.attribution),
        "kind": "collective" if do.collective else "input",
        **await parts.naming(context, unit, author, do.attribution, do.mechanism),
    }
    if not columns["title"].strip():
        raise InvalidValue(reason="Give it a title.").at_path("title")
    id_ = await (_change if do.contribution else _begin)(do, context, unit, columns, author)
    await inputs.replace_sections(unit, id_, sections)
    await inputs.replace_practices(unit, id_, practices)
    await inputs.replace_tags(unit, id_, tags)
    await inputs.add_tags(unit, id_, parts.practice_tags(practices))
    return Outcome({"contribution": id_}, (Entry("contribution", id_, author=author.columns()),))


async def _begin(
    do: SaveContribution, context: ActContext, unit: UnitOfWork, columns: dict[str, Any], author: parts.Author
) -> UUID:
    id_, place = random_id(), context.place
    where = {"track_id": context.row["track_id"], "edition_id": context.row["edition_id"], "forum_id": place.forum_id}
    await unit.add(t.contribution, {"id": id_, "call_id": context.row["id"], "state": "draft", **where, **columns})
    who = {"person_id": context.person.id if context.person else None, "mandate_id": context.doer.mandate.id}
    await authors.write(unit, "contribution", id_, context.now, **author.columns(), **who)
    return id_


async def _change(
    do: SaveContribution, context: ActContext, unit: UnitOfWork, columns: dict[str, Any], author: parts.Author
) -> UUID:
    need_state("save_contribution", context.row, "draft", "released", "returned", "withdrawn")
    kept = await unit.ask(authors.of(context.place.id))
    if kept is None or any(kept[name] != value for name, value in author.columns().items()):
        raise NotFound(what="contribution").at_path("contribution")  # of this author: a person may write for several
    if do.expected_revision != context.row["revision"]:
        was = "\n\n".join(s["markdown"] for s in await inputs.sections(unit, context.place.id))
        given = do.expected_revision if do.expected_revision is not None else 0
        raise StaleRevision(expected=given, current=context.row["revision"], current_text=was).at_path(
            "expectedRevision"
        )
    # A released text that is changed must be released again: what the focal point saw is not what stands there now.
    fresh = {"revision": context.row["revision"] + 1, "state": "draft", "released_revision": None, "submitted_at": None}
    await unit.change(t.contribution, context.place.id, **columns, **fresh)
    return context.place.id
