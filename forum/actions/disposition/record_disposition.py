"""What became of one input, comment or recommendation is said, in the process's words."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.text import maybe
from ...store import texts
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import answers


@dataclass(frozen=True)
class RecordDisposition(Command):
    """Say what became of a contribution, comment or recommendation. Answered again, the answer changes, what is left
    out stays, and the history keeps both. Whoever wrote it is told, once they see the text."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "disposition": "Disposition"}

    document: UUID = arg("The document in which, or for which, it was considered.", of="Document")
    subject: str = arg("The `id` of the Contribution, Comment or Recommendation that is answered.")
    word: str = arg("One of the process's words: taken_up, noted ...")
    reason: str | None = arg("Why, for its author; empty takes a reason away.", default=None)
    paragraph: UUID | None = arg("The paragraph it is reflected in.", of="Paragraph", default=None)


async def record_disposition(do: RecordDisposition, context: ActContext, store: Store) -> Outcome:
    """Refuses a word the process does not use, one that names a paragraph where none is given, and (NotFound) a subject
    that is not to be answered here."""
    asked = await answers.subjects(context, store, [do.subject], "subject")
    before = (await store.ask(texts.answers(context.place.id))).get(asked[0][1])
    paragraph = do.paragraph
    if paragraph is None and before is not None and answers.names_a_paragraph(context, do.word):
        paragraph = before.paragraph_id
    wording = await answers.words(context, store, do.word, paragraph)
    reason = maybe(do.reason) if do.reason is not None or before is None else before.reason
    answer = answers.Answer(do.word, wording, reason, paragraph)
    [(id_, earlier)] = await answers.write(context, store, asked, answer)
    detail = {"word": do.word, **({} if earlier is None else {"was": earlier})}
    return Outcome({"document": context.place.id, "disposition": id_}, (Entry("disposition", id_, detail),))
