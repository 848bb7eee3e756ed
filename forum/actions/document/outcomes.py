"""When a text is closed, the sides that wrote its inputs and comments are told what became of them: with the answer
itself, so that nobody must come and ask."""

from collections.abc import Mapping

from ...domain.disposition import Disposition
from ...domain.document import Document
from ...domain.notice import Notice, NoticeKind
from ...domain.saying import Saying, saying
from ...domain.text import sentence
from ...store import notices, texts
from ...store.steps import Store
from ...store.unit import random_id
from ...worded import reworded
from ...workflow.process import Process
from ..core.act import ActContext

_INPUT = 'The text "{title}" ({symbol}): {ending}. What became of your input: {answer}'
_COMMENT = 'The text "{title}" ({symbol}): {ending}. What became of your comment: {answer}'
_REASON = "{outcome} The reason given: {reason}"


async def tell_outcomes(context: ActContext, store: Store, document: Document, ending: str) -> None:
    """Tell each side once for each of its inputs and comments that the text answers. They read it when they read the
    text: nobody learns from it what the text's readers do not."""
    answers = await store.ask(texts.answers(document.id))
    sides = [
        _notice(context, document, ending, answer) for answer in answers.values() if answer.recommendation_id is None
    ]
    await store.write(notices.tell_sides(sides))


def _notice(context: ActContext, document: Document, ending: str, answer: Disposition) -> Notice:
    words = _words(document, ending, answer, context.definition())
    return Notice(
        id=random_id(),
        contribution_id=answer.contribution_id,
        comment_id=answer.comment_id,
        edition_id=document.edition_id,
        kind=NoticeKind.OUTCOME,
        words=str(words),
        saying=words.kept,
        document_id=document.id,
        cause_id=random_id(),  # in order of time it would say whose input was read first
        sent_at=context.now,
    )


def _words(document: Document, ending: str, answer: Disposition, process: Process) -> Saying:
    text = _INPUT if answer.contribution_id is not None else _COMMENT
    facts: Mapping[str, str] = {
        "title": " ".join(document.title.split()),
        "symbol": document.symbol,
        "ending": ending,
        "answer": reworded(process.answered(answer.word, answer.words), lambda words, _: sentence(words), ""),
    }
    words = saying(text, **facts)
    return words if answer.reason is None else saying(_REASON, outcome=words, reason=sentence(answer.reason))
