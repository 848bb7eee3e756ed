"""Several inputs or comments are answered at once, with one reason, on the record."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.text import filled
from ...errors import InvalidValue
from ...refusal import phrased
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import answers

MOST = 1_000


@dataclass(frozen=True)
class RecordJointDisposition(Command):
    """Answer several contributions, comments or recommendations with one word and one reason. Each author reads that
    the answer was given together with others."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document"}

    document: UUID = arg("The document in which, or for which, they were considered.", of="Document")
    subjects: tuple[str, ...] = arg("The `id`s of the Contributions, Comments or Recommendations that are answered.")
    reason: str = arg("Why, for their authors.")
    word: str = arg("One of the process's words that names no paragraph.", default="noted")


async def record_joint_disposition(do: RecordJointDisposition, context: ActContext, store: Store) -> Outcome:
    """Refuses an empty reason, no subject or more than 1,000, a word the process does not use or that names a
    paragraph, and (NotFound) a subject that is not to be answered here. One that is wrong: none is answered."""
    if not 1 <= len(do.subjects) <= MOST:
        raise InvalidValue(
            reason=phrased("Name from 1 to {most:,} subjects; these are {count:,}.", most=MOST, count=len(do.subjects))
        ).at_path("subjects")
    reason, wording = filled(do.reason, "reason"), await answers.words(context, store, do.word, None)
    asked = await answers.subjects(context, store, do.subjects, "subjects")
    together = fresh()
    answer = answers.Answer(do.word, wording, reason, noted_together=together)
    done = await answers.write(context, store, asked, answer)
    entries = [Entry("disposition", id_, _detail(do.word, was, together)) for id_, was in done]
    return Outcome({"document": context.place.id}, tuple(entries))


def _detail(word: str, was: str | None, together: UUID) -> dict[str, str]:
    detail = {"together": str(together), "word": word}
    return detail if was is None else {**detail, "was": was}
