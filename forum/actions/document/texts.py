"""What the deeds on texts share: reading opaque ids, keeping paragraphs in order, freezing a revision, closing words."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ... import times
from ...domain import lengths, numbering, snapshot
from ...domain.text import clean
from ...errors import InvalidValue, NotFound, TextTooLong, WordNotAllowed
from ...store import texts
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...workflow.definition_parts import Closing, Document
from ..core.act import ActContext, need_state

EDITABLE = ("draft", "circulated")
CLOSED = ("issued", "endorsed", "adopted")
NUMBERED = frozenset(("paragraph", "conclusion"))


def need_editable(act: str, context: ActContext) -> Mapping[str, Any]:
    """The document at hand. Refuses (WrongState) one that lies before a body or is closed: its text is frozen."""
    document: Mapping[str, Any] = context.place.document or {}
    need_state(act, document, *EDITABLE)
    return document


def filled(text: str, *path: str) -> str:
    """The text, cleaned. Refuses (InvalidValue) an empty one."""
    cleaned = clean(text)
    if not cleaned.strip():
        raise InvalidValue(reason="This must not be empty.").at_path(*path)
    return cleaned


def maybe(text: str | None) -> str | None:
    """The text, cleaned; None for none and for an empty one."""
    cleaned = None if text is None else clean(text)
    return cleaned if cleaned and cleaned.strip() else None


def opaque(given: str, kinds: Sequence[str], *path: str) -> tuple[str, UUID]:
    """`Contribution:<uuid>` -> its kind and uuid. Refuses (InvalidValue) all but an id of one of the kinds."""
    kind, _, rest = given.partition(":")
    try:
        if kind in kinds and len(rest) == 36:
            return kind, UUID(rest)
    except ValueError:
        pass
    shown = given[:60].encode("ascii", "replace").decode()
    raise InvalidValue(reason=f"This takes the id of one of {', '.join(kinds)}; {shown} is none.").at_path(*path)


def scope(context: ActContext) -> texts.Scope:
    """What the text at hand may name, seen by whoever acts."""
    edition = None if context.place.edition is None else context.place.edition["id"]
    forums = (context.place.forum_id, *context.place.convened_by)
    return texts.Scope(forums, edition, context.viewer.forums, context.viewer.teams)


async def need_paragraph(unit: UnitOfWork, document: UUID, id_: UUID, *path: str) -> Mapping[str, Any]:
    """A paragraph of this document that was not withdrawn. Refuses (NotFound) any other."""
    row = await unit.row(t.paragraph, id=id_, document_id=document)
    if row is None or row["withdrawn"]:
        raise NotFound(what="paragraph of this document").at_path(*path)
    return row


async def need_recommendation(unit: UnitOfWork, document: UUID, id_: UUID, *path: str) -> None:
    """Refuses (NotFound) a recommendation that is not of this document."""
    if await unit.row(t.recommendation, id=id_, document_id=document) is None:
        raise NotFound(what="recommendation of this document").at_path(*path)


# ---- order
def placed(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The place of each paragraph in the order given: id, ordinal, e_id, number.

    A running number is part of the paragraph's identity (`para` in its w_id); one with a number of its own keeps it. A
    withdrawn paragraph keeps its identity and has no place. One outside all parts is counted with the part before it.
    """
    section, standing = 1, []
    for row in rows:
        if not row["withdrawn"]:
            section = row["section"] or section
            standing.append(numbering.Paragraph(row["w_id"], section, "__para_" in row["w_id"]))
    places = {place.w_id: place for place in numbering.renumber(standing)}
    return [_place(n, row, places.get(row["w_id"])) for n, row in enumerate(rows, 1)]


def _place(ordinal: int, row: Mapping[str, Any], place: numbering.Place | None) -> dict[str, Any]:
    own = None if "__para_" in row["w_id"] else row["number"]
    if place is None:
        return {"id": row["id"], "ordinal": ordinal, "e_id": "", "number": own}
    number = own if place.number is None else str(place.number)
    return {"id": row["id"], "ordinal": ordinal, "e_id": place.e_id, "number": number}


async def renumber(context: ActContext, unit: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write down the places that changed, and the answers whose sentences name a number that is another one now."""
    was = {row["id"]: row for row in rows}
    moved = [p for p in placed(rows) if any(p[name] != was[p["id"]][name] for name in ("ordinal", "e_id", "number"))]
    await texts.place(unit, moved)
    await _reword(context, unit, {p["id"]: p["number"] or p["e_id"] for p in moved if p["e_id"]})


async def reword(context: ActContext, unit: UnitOfWork, paragraph: Mapping[str, Any]) -> None:
    """Write anew the sentences of the answers that name this paragraph."""
    await _reword(context, unit, {paragraph["id"]: paragraph["number"] or paragraph["e_id"]})


async def _reword(context: ActContext, unit: UnitOfWork, numbers: Mapping[UUID, str]) -> None:
    if numbers:
        templates = context.definition().dispositions
        naming = await texts.answers_naming(unit, list(numbers))
        known = [row for row in naming if row["word"] in templates]
        again = [{"id": r["id"], "words": sentence(templates[r["word"]], numbers[r["paragraph_id"]])} for r in known]
        await texts.reword(unit, again)


def sentence(template: str, number: str) -> str:
    """What the author reads: "taken up in paragraph 14". Nothing else of a template is ever filled in."""
    return template.replace("{paragraph}", number)


# ---- revisions
async def freeze(
    context: ActContext, unit: UnitOfWork, document: Mapping[str, Any], label: str, initials: str | None
) -> Mapping[str, Any]:
    """Freeze the text as it stands under a salted hash: a revision, which becomes the document's newest."""
    newest = await texts.newest_revision(unit, document["id"])
    return await _freeze(context, unit, document, newest, await texts.content(unit, document), label, initials)


async def frozen(
    context: ActContext, unit: UnitOfWork, document: Mapping[str, Any], label: str | None
) -> Mapping[str, Any]:
    """The newest revision where the text still is what it holds; else a new one. Refuses (TextTooLong) a text that is
    longer than its kind may be once it is closed; a draft in circulation may be."""
    newest = await texts.newest_revision(unit, document["id"])
    content = await texts.content(unit, document)
    _need_length(context, document, content)
    if newest is not None and snapshot.fits(content, bytes(newest["salt"]), newest["hash"]):
        return newest
    return await _freeze(context, unit, document, newest, content, label or document["version_label"], None)


def _need_length(context: ActContext, document: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    """Paragraphs and headings count; the title does not."""
    most = kind_of(context, document).most_words
    if most:
        said = [row["text"] for row in content["paragraphs"]]
        said += [row["heading"] for name in ("parts", "recommendations") for row in content[name]]
        actual = sum(lengths.count(text, document["language"]) for text in said)
        if actual > most:
            unit = lengths.unit_for(document["language"], "words")
            raise TextTooLong(section=document["symbol"], limit=most, actual=actual, unit=unit).at_path("document")


async def _freeze(
    context: ActContext,
    unit: UnitOfWork,
    document: Mapping[str, Any],
    newest: Mapping[str, Any] | None,
    content: Mapping[str, Any],
    label: str,
    initials: str | None,
) -> Mapping[str, Any]:
    salt = secrets.token_bytes(snapshot.SALT_BYTES)
    row = {
        "id": fresh(),
        "document_id": document["id"],
        "number": 1 if newest is None else newest["number"] + 1,
        "label": label,
        "initials": initials,
        "hash": snapshot.seal(content, salt),
        "salt": salt,
        "frozen_at": context.now,
    }
    await unit.add(t.revision, row)
    kept = {"id": fresh(), "subject_kind": "revision", "subject_id": row["id"], "salt": salt, "hash": row["hash"]}
    await unit.add(t.snapshot, {**kept, "content": snapshot.canonical(content).decode()})
    shown = f"{label} {initials}" if initials else label
    await unit.change(t.document, document["id"], revision=row["number"], version_label=shown)
    return row


# ---- closing
def kind_of(context: ActContext, document: Mapping[str, Any]) -> Document:
    """What the process says of this kind of document. Refuses (WordNotAllowed) one it no longer makes."""
    known = context.definition().documents
    if document["kind"] not in known:
        raise WordNotAllowed(word=document["kind"], words=tuple(known)).at_path("document")
    return known[document["kind"]]


def closing_of(act: str, context: ActContext, document: Mapping[str, Any], *names: str) -> Closing:
    """How this text ends. Refuses (WrongState) an act by which a text of this kind does not end."""
    closing = context.definition().closings[kind_of(context, document).closing]
    state = f"a {document['kind']}, which ends otherwise ({closing.name})"
    need_state(act, {"state": closing.name if closing.name in names else state}, *names)
    return closing


def on_paper(closing: Closing, when: datetime, zone: str, body: str, hours: int | None = None) -> str:
    """The words that stand on screen and paper, the date in the edition's zone: "Issued by the Chair on 14 May 2020"."""
    day = times.spoken(when, zone).split(",")[0]
    said = closing.word_on_paper.replace("{date}", day).replace("{body}", body)
    return said.replace("{hours}", str(closing.hours if hours is None else hours))


def zone_of(context: ActContext) -> str:
    """The zone in which people of this edition read dates."""
    return "UTC" if context.place.edition is None else context.place.edition["zone"]


async def body_name(unit: UnitOfWork, forum_id: UUID, *path: str) -> str:
    """The name of a body. Refuses (NotFound, at `path`) one that is not there."""
    row = await unit.row(t.forum, id=forum_id)
    if row is None:
        raise NotFound(what="forum").at_path(*path)
    return row["name"]


async def close(
    context: ActContext, unit: UnitOfWork, document: Mapping[str, Any], state: str, words: str, when: datetime
) -> None:
    """Close a text: its state, its words, the instant, and from now on the audience the process gives it."""
    kind = kind_of(context, document)
    closed = {
        "state": state,
        "closing": context.definition().closings[kind.closing].name,
        "closing_words": words,
        "closed_at": when,
    }
    await unit.change(t.document, document["id"], audience=kind.visibility, **closed)
