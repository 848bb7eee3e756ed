"""What became of one input, comment or recommendation is said, in the process's words."""

from dataclasses import dataclass
from uuid import UUID

from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document import texts
from . import answers


@dataclass(frozen=True)
class RecordDisposition(Command):
    """Say what became of a contribution, comment or recommendation. Answered again, the answer changes; the history keeps
    both."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "disposition": "Disposition"}

    document: UUID = arg("The document in which, or for which, it was considered.", of="Document")
    subject: str = arg("The `id` of the Contribution, Comment or Recommendation that is answered.")
    word: str = arg("One of the process's words: taken_up, noted ...")
    reason: str | None = arg("Why, for its author.", default=None)
    paragraph: UUID | None = arg("The paragraph it is reflected in.", of="Paragraph", default=None)


async def record_disposition(do: RecordDisposition, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a word the process does not use, one that names a paragraph where none is given, and (NotFound) a subject
    that is not to be answered here."""
    said = await answers.words(context, unit, do.word, do.paragraph)
    asked = await answers.subjects(context, unit, [do.subject], "subject")
    answer = {
        "word": do.word,
        "words": said,
        "reason": texts.maybe(do.reason),
        "paragraph_id": do.paragraph,
        "noted_together_id": None,
    }
    [(id_, was)] = await answers.write(context, unit, asked, answer)
    detail = {"word": do.word, **({} if was is None else {"was": was})}
    return Outcome({"document": context.place.id, "disposition": id_}, (Entry("disposition", id_, detail),))
