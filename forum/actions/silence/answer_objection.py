"""The penholder answers an objection, before the text is put to the body again."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.silence import Objection, Silence, answer, need_broken
from ...errors import NotFound
from ...store.records import change, first
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


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


async def answer_objection(do: AnswerObjection, context: ActContext, store: Store) -> Outcome:
    """Refuses a silence that was not broken or whose clock still runs, an objection of another round, an unknown kind,
    and an empty answer."""
    silence = context.target(Silence)
    need_broken(silence)
    before = await store.ask(first(Objection, id=do.objection, silence_id=silence.id))
    if before is None:
        raise NotFound(what="objection of this round").at_path("objection")
    await store.write(change(before, answer(before, do.kind, do.text, context.now)))
    earlier = {} if before.answer_kind is None else {"was": str(before.answer_kind), "was_answer": before.answer}
    detail = {"kind": do.kind, **earlier}
    return Outcome({"silence": silence.id, "objection": before.id}, (Entry("objection", before.id, detail),))
