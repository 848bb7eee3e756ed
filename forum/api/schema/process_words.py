"""What a process lets its people choose from: kinds of document to draft, answers to inputs."""

from functools import lru_cache
from typing import Any

import strawberry

from ...reading import derived
from ...reading.declare import python
from ...workflow.load import parse
from ...workflow.process import Process as Definition

_NAMES_PARAGRAPH = "{paragraph}"


@lru_cache(maxsize=256)
def definition(text: str) -> Definition:
    """The definition in this text, which was checked when it was published."""
    return parse(text)


@strawberry.type(description="A kind of document that a track makes.")
class DraftableKind:
    kind: str = strawberry.field(description="Its name in the process: `kind` of draftDocument.")
    title: str = strawberry.field(description="Its title, as the process words it.")


@strawberry.type(description="An answer that the process has for inputs, comments and recommendations.")
class AnswerWord:
    word: str = strawberry.field(description="Its name in the process: `word` of recordDisposition.")
    words: str = strawberry.field(
        description="What its author reads; the number of a paragraph comes in place of `{paragraph}`."
    )
    names_paragraph: bool = strawberry.field(description="Whether it needs the paragraph it is reflected in.")


def _kinds(track: str, text: str | None) -> list[DraftableKind]:
    """A recorded edition has no process, and drafts nothing."""
    process = definition(text) if text else None
    defined = process.tracks.get(track) if process else None
    if process is None or defined is None:
        return []
    return [DraftableKind(kind=kind, title=process.documents[kind].title) for kind in defined.documents]


def _answers(text: str | None) -> list[AnswerWord]:
    known = definition(text).dispositions if text else {}
    return [AnswerWord(word=word, words=words, names_paragraph=_NAMES_PARAGRAPH in words)
            for word, words in known.items()]  # fmt: skip


def kinds_here() -> Any:
    """The field of a track."""
    return python(
        _kinds,
        needs={"track": lambda row: row.c.definition, "text": derived.process("text")},
        description="The kinds of document that it makes.",
    )


def answers_here() -> Any:
    """The field of a document."""
    return python(
        _answers,
        needs={"text": derived.process("text")},
        description="The answers that its process has, in their order there.",
    )
