"""What the acts that answer share: who may be answered here, the words, and writing an answer down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.comment import Comment
from ...domain.disposition import Disposition
from ...domain.notice import Notice, NoticeKind
from ...domain.paragraph import Paragraph
from ...domain.saying import saying
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...refusal import phrased
from ...store import notices, texts
from ...store.records import add, by_id, change, first
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext
from ..document.renumbering import sentence
from ..document.scope import document_of, need_paragraph, opaque, scope

_NAMES = "{paragraph}"
_TOLD = {
    "Contribution": 'The text "{title}" says what became of your input.',
    "Comment": 'The text "{title}" says what became of your comment.',
}  # whose sides are told; a recommendation has no author here


@dataclass(frozen=True)
class Answer:
    """What became of a thing: the process's word, the sentence its author reads, the paragraph it is reflected in.

    `noted_together`: the id that those have in common which were answered at once.
    """

    word: str
    words: str
    reason: str | None
    paragraph: UUID | None = None
    noted_together: UUID | None = None


def template(context: ActContext, word: str) -> str:
    """The process's sentence for a word. Refuses (WordNotAllowed) a word it does not use."""
    known = context.definition().dispositions
    if word not in known:
        raise WordNotAllowed(word=word, words=tuple(known)).at_path("word")
    return known[word]


def names_a_paragraph(context: ActContext, word: str) -> bool:
    """Whether the process's sentence for a word says in which paragraph a thing is reflected."""
    return _NAMES in template(context, word)


async def words(context: ActContext, store: Store, word: str, paragraph: UUID | None) -> str:
    """The sentence the author reads. Refuses (InvalidValue) a word that names a paragraph where none is given."""
    wording = template(context, word)
    if paragraph is None:
        if _NAMES in wording:
            raise InvalidValue(
                reason=phrased("The words for “{word}” name a paragraph: say which one.", word=word)
            ).at_path("paragraph")
        return wording
    reflected_in = await need_paragraph(store, context.place.id, paragraph, "paragraph")
    return sentence(wording, await _number(store, reflected_in))


async def _number(store: Store, paragraph: Paragraph) -> str:
    """A paragraph by its number; a bullet by its conclusion's, one without any by its place."""
    if paragraph.number is None and paragraph.parent_id is not None:
        parent = await store.ask(by_id(Paragraph, paragraph.parent_id))
        return (parent or paragraph).called
    return paragraph.called


async def subjects(context: ActContext, store: Store, node_ids: Sequence[str], *path: str) -> list[tuple[str, UUID]]:
    """The kinds and ids of what is answered. Refuses (NotFound) what is neither this body's nor was sent here, was not
    handed in, or is not to be seen by whoever answers."""
    asked = [opaque(id_, tuple(texts.SUBJECTS), *path) for id_ in dict.fromkeys(node_ids)]
    for kind in texts.SUBJECTS:
        ids = tuple(id_ for of, id_ in asked if of == kind)
        known = await _answerable(context, store, kind, ids) if ids else frozenset[UUID]()
        if len(known) < len(set(ids)):
            raise NotFound(what=kind).at_path(*path)
    for id_ in (id_ for kind, id_ in asked if kind == "Comment"):
        if await store.ask(first(Comment, id=id_, document_id=context.place.id)) is None:
            raise NotFound(what="Comment on this document").at_path(*path)
    return asked


async def _answerable(context: ActContext, store: Store, kind: str, ids: tuple[UUID, ...]) -> frozenset[UUID]:
    """What a text may name; and an input whose author was given time to mend it and did not hand it in again."""
    known = await store.ask(texts.nameable(kind, ids, scope(context)))
    if kind == "Contribution" and len(known) < len(ids):
        known |= await store.ask(texts.not_mended(ids, scope(context)))
    return known


async def write(
    context: ActContext, store: Store, asked: Sequence[tuple[str, UUID]], answer: Answer
) -> list[tuple[UUID, str | None]]:
    """Give each the answer, in place of the one it had; the ids of the answers, each with the word that stood
    before."""
    before = await store.ask(texts.answers(context.place.id))
    done: list[tuple[UUID, str | None]] = []
    new, changed = [], []
    for kind, id_ in asked:
        earlier = before.get(id_)
        if earlier is None or _says(earlier) != answer:
            changed.append((kind, id_))
        if earlier is not None:
            await store.write(change(earlier, _answered(earlier, answer, context.now)))
            done.append((earlier.id, earlier.word))
            continue
        new.append(_new(context.place.id, kind, id_, answer, context.now))
        done.append((new[-1].id, None))
    await store.write(add(*new))
    await _tell(context, store, changed)
    return done


async def _tell(context: ActContext, store: Store, answered: Sequence[tuple[str, UUID]]) -> None:
    """Tell the sides that wrote these inputs and comments that they were answered. They read it when they read the
    text: what it says while it is drafted is its drafters' own."""
    text = document_of(context)
    words = {kind: saying(text_of, title=" ".join(text.title.split())) for kind, text_of in _TOLD.items()}
    sides = [
        Notice(
            id=random_id(),
            contribution_id=subject if kind == "Contribution" else None,
            comment_id=subject if kind == "Comment" else None,
            edition_id=text.edition_id,
            kind=NoticeKind.ANSWERED,
            words=str(words[kind]),
            saying=words[kind].kept,
            document_id=text.id,
            cause_id=random_id(),  # each answer is a cause of its own
            sent_at=context.now,
        )
        for kind, subject in answered
        if kind in _TOLD
    ]
    await store.write(notices.tell_sides(sides))


def _says(earlier: Disposition) -> Answer:
    return Answer(earlier.word, earlier.words, earlier.reason, earlier.paragraph_id, earlier.noted_together_id)


def _answered(earlier: Disposition, answer: Answer, now: datetime) -> Disposition:
    return replace(
        earlier,
        word=answer.word,
        words=answer.words,
        reason=answer.reason,
        paragraph_id=answer.paragraph,
        noted_together_id=answer.noted_together,
        given_at=now,
    )


def _new(document: UUID, kind: str, subject: UUID, answer: Answer, now: datetime) -> Disposition:
    """The answer to something that had none. Its id is random: in order of time it would say what was read first."""
    return Disposition(
        id=random_id(),
        document_id=document,
        contribution_id=subject if kind == "Contribution" else None,
        comment_id=subject if kind == "Comment" else None,
        recommendation_id=subject if kind == "Recommendation" else None,
        word=answer.word,
        words=answer.words,
        reason=answer.reason,
        paragraph_id=answer.paragraph,
        noted_together_id=answer.noted_together,
        given_at=now,
    )
