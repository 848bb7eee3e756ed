"""The penholder answers an objection, before the text is put to the body again."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import NotFound, WordNotAllowed
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from ..document import texts

KINDS = ("taken_up", "taken_up_in_part", "withdrawn", "explained")


@dataclass(frozen=True)
class AnswerObjection(Command):
    """Say to a member that objected what became of the objection. Once every objection of a round has its answer, the
    text may be put to the body again. Answered again, the answer changes; the history keeps both."""

    on = ("silence", "silence")
    creates = True
    gives = {"silence": "Silence", "objection": "Objection"}

    silence: UUID = arg("The silence that was broken.", of="Silence")
    objection: UUID = arg("The objection.", of="Objection")
    kind: str = arg("What became of it.", scalar="ObjectionAnswer")
    text: str = arg("The answer, for the member that objected and the body.")


async def answer_objection(do: AnswerObjection, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a silence that was not broken or whose clock still runs, an objection of another round, an unknown kind,
    and an empty answer."""
    need_state("answer_objection", context.row, "broken")
    row = await unit.row(t.objection, id=do.objection, silence_id=context.place.id)
    if row is None:
        raise NotFound(what="objection of this round").at_path("objection")
    if do.kind not in KINDS:
        raise WordNotAllowed(word=do.kind, words=KINDS).at_path("kind")
    answer = {"answer": texts.filled(do.text, "text"), "answer_kind": do.kind, "answered_at": context.now}
    await unit.change(t.objection, do.objection, **answer)
    was = {} if row["answer_kind"] is None else {"was": row["answer_kind"], "was_answer": row["answer"]}
    detail = {"kind": do.kind, **was}
    return Outcome(
        {"silence": context.place.id, "objection": do.objection}, (Entry("objection", do.objection, detail),)
    )
