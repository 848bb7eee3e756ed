"""What a process lets its people choose from: kinds of document to draft, answers to inputs; and its own words for what
stands in the tables in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import strawberry

from ...reading import derived, derived_process
from ...reading.declare import python
from ...reading.prices import OWN_WORDS
from ...workflow.load import parse
from ...workflow.process import Process as Definition
from .context import Context

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


# ---- what stands in the tables, in the words of the process
@dataclass(frozen=True)
class RunTrack:
    """A track of an edition: its title as it stands, the track of the process, and the hash of that."""

    title: str
    definition: str
    process: str | None


@dataclass(frozen=True)
class GivenAnswer:
    """An answer: its word, its sentence as it was given, and the hash of the process."""

    word: str
    words: str
    process: str | None


@dataclass(frozen=True)
class DatedAnchor:
    """An anchor of an edition: its name, and the hash of the process."""

    name: str
    process: str | None


async def _titles(rows: list[RunTrack], context: Context) -> list[str]:
    """Whoever opened the edition may have given a track a title of its own: that stays as it was written."""
    processes = await _processes(rows, context)
    tracks = [
        process.tracks.get(row.definition) if process else None for row, process in zip(rows, processes, strict=True)
    ]
    return [track.called(row.title) if track else row.title for row, track in zip(rows, tracks, strict=True)]


async def _sentences(rows: list[GivenAnswer], context: Context) -> list[str]:
    processes = await _processes(rows, context)
    return [process.answered(row.word, row.words) if process else row.words
            for row, process in zip(rows, processes, strict=True)]  # fmt: skip


async def _anchors(rows: list[DatedAnchor], context: Context) -> list[str]:
    """An anchor of which the process says nothing has no other title than its name."""
    processes = await _processes(rows, context)
    anchors = [process.anchors.get(row.name) if process else None for row, process in zip(rows, processes, strict=True)]
    return [anchor.title if anchor else row.name for row, anchor in zip(rows, anchors, strict=True)]


async def _processes(rows: Sequence[RunTrack | GivenAnswer | DatedAnchor], context: Context) -> list[Definition | None]:
    """The process of each; None where it has none, or one that this version of the service cannot read."""
    hashes = {row.process for row in rows if row.process is not None}
    known = await context.runner.processes.of_hashes(context.pool, hashes)
    return [known.get(row.process or "") for row in rows]


def track_title_here() -> Any:
    """`title` of a track."""
    needs = {
        "title": lambda row: row.c.title, "definition": lambda row: row.c.definition,
        "process": derived_process.hash_of_edition,
    }  # fmt: skip
    about = "Its title; where the process worded it, in your language as far as the process has it."
    return python(_titles, needs=needs, cost=OWN_WORDS, description=about)


def answer_words_here() -> Any:
    """`words` of an answer."""
    needs = {
        "word": lambda row: row.c.word, "words": lambda row: row.c.words,
        "process": derived_process.hash_of_document,
    }  # fmt: skip
    about = "The sentence, as the process words it, in your language as far as it has that."
    return python(_sentences, needs=needs, cost=OWN_WORDS, description=about)


def anchor_title_here() -> Any:
    """`title` of an anchor."""
    needs = {"name": lambda row: row.c.name, "process": derived_process.hash_of_edition}
    about = "What people call it, as the process words it; of a recorded edition its name."
    return python(_anchors, needs=needs, cost=OWN_WORDS, description=about)
