"""What the deeds that answer share: who may be answered here, the words, and writing an answer down."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext
from ..document import texts

_NAMES = "{paragraph}"


def template(context: ActContext, word: str) -> str:
    """The process's sentence for a word. Refuses (WordNotAllowed) a word it does not use."""
    known = context.definition().dispositions
    if word not in known:
        raise WordNotAllowed(word=word, words=tuple(known)).at_path("word")
    return known[word]


async def words(context: ActContext, unit: UnitOfWork, word: str, paragraph: UUID | None) -> str:
    """The sentence the author reads. Refuses (InvalidValue) a word that names a paragraph where none is given."""
    said = template(context, word)
    if paragraph is None:
        if _NAMES in said:
            raise InvalidValue(reason=f"The words for {word} name a paragraph: say which one.").at_path("paragraph")
        return said
    row = await texts.need_paragraph(unit, context.place.id, paragraph, "paragraph")
    return texts.sentence(said, await _number(unit, row))


async def _number(unit: UnitOfWork, row: Mapping[str, Any]) -> str:
    """A paragraph by its number; a bullet by its conclusion's, one without any by its place."""
    if row["number"] is None and row["parent_id"] is not None:
        parent = await unit.row(t.paragraph, id=row["parent_id"])
        return row["e_id"] if parent is None else parent["number"] or parent["e_id"]
    return row["number"] or row["e_id"]


async def subjects(context: ActContext, unit: UnitOfWork, given: Sequence[str], *path: str) -> list[tuple[str, UUID]]:
    """The columns and ids of what is answered. Refuses (NotFound) what is neither this body's nor was sent here, was not
    handed in, or is not to be seen by whoever answers."""
    asked = [texts.opaque(one, tuple(stored.SUBJECTS), *path) for one in dict.fromkeys(given)]
    for kind in stored.SUBJECTS:
        ids = [id_ for k, id_ in asked if k == kind]
        found = await unit.ask(stored.nameable(kind, tuple(ids), texts.scope(context))) if ids else frozenset()
        if len(found) < len(set(ids)):
            raise NotFound(what=kind).at_path(*path)
    for id_ in (i for k, i in asked if k == "Comment"):
        if await unit.row(t.comment, id=id_, document_id=context.place.id) is None:
            raise NotFound(what="Comment on this document").at_path(*path)
    return [(stored.SUBJECTS[kind], id_) for kind, id_ in asked]


async def write(
    context: ActContext, unit: UnitOfWork, asked: Sequence[tuple[str, UUID]], answer: Mapping[str, Any]
) -> list[tuple[UUID, str | None]]:
    """Give each the answer, in place of the one it had; the ids of the answers, each with the word that stood before."""
    before = await unit.ask(stored.answers(context.place.id))
    done: list[tuple[UUID, str | None]] = []
    new = []
    for column, id_ in asked:
        was = before.get(id_)
        if was is not None:
            await unit.change(t.disposition, was["id"], **answer, given_at=context.now)
            done.append((was["id"], was["word"]))
            continue
        # Random: in order of time the ids would say in which order inputs were read.
        row = {"id": random_id(), "document_id": context.place.id, **answer, "given_at": context.now}
        new.append({**row, **{c: id_ if c == column else None for c in stored.SUBJECTS.values()}})
        done.append((row["id"], None))
    await unit.add(t.disposition, *new)
    return done
