"""What changed between two rounds of a silence procedure, worked out from the two frozen revisions alone."""

import asyncio
import enum
from typing import Any

import orjson
import strawberry

from ...domain import redline
from ...reading import derived
from ...reading.declare import arg, python
from ...reading.visibility import sees_rounds
from .common import value


@strawberry.enum(description="What became of a passage between two rounds.")
class ChangeKind(enum.Enum):
    UNCHANGED = value("unchanged", "It stands as it stood; its number may be another.")
    CHANGED = value("changed", "Its words, or its weight words, are others.")
    NEW = value("new", "It did not stand in the round before.")
    WITHDRAWN = value("withdrawn", "It was taken out.")


@strawberry.enum(description="What sort of passage changed.")
class ChangedThing(enum.Enum):
    PARAGRAPH = value("paragraph", "A paragraph.")
    RECOMMENDATION = value("recommendation", "The heading of a recommendation, with its addressee as weight words.")


@strawberry.enum(description="Whether words stayed.")
class WordsKind(enum.Enum):
    SAME = value("same", "They stayed.")
    ADDED = value("added", "They were put in.")
    REMOVED = value("removed", "They were taken out.")


@strawberry.type(
    description="A stretch of a passage that stayed, was put in or was taken out; in Chinese to the character."
)
class ChangedWords:
    kind: WordsKind = strawberry.field(description="Whether they stayed.")
    text: str = strawberry.field(description="The words, as CommonMark, with the white space that belongs to them.")


@strawberry.type(description="What became of one passage between the round before and this one.")
class PassageChange:
    what: ChangedThing = strawberry.field(description="What sort of passage it is.")
    w_id: str = strawberry.field(
        description="Its identity, which no change of number touches; of a recommendation `rec_3`."
    )
    kind: ChangeKind = strawberry.field(description="What became of it.")
    was_number: str | None = strawberry.field(description="Its number as printed in the round before.")
    number: str | None = strawberry.field(description="Its number as printed in this round.")
    was_weight: str | None = strawberry.field(description="Its weight words in the round before.")
    weight: str | None = strawberry.field(description="Its weight words in this round.")
    words: list[ChangedWords] = strawberry.field(
        description="Its text in stretches. Those that stayed or were put in are the text of this round; those that "
        "stayed or were taken out are that of the round before."
    )


def _compared(before: str, after: str, unchanged: bool) -> list[redline.Change]:
    changes = redline.changes(orjson.loads(before), orjson.loads(after))
    return [change for change in changes if unchanged or change.kind != "unchanged"]


async def _changes(before: str | None, after: str | None, unchanged: bool | None) -> list[redline.Change]:
    if before is None or after is None:
        return []
    # Beside the loop: a long text takes its time, and others are not to wait for it.
    return await asyncio.to_thread(_compared, before, after, unchanged is not False)


def changes_here() -> Any:
    """`changes` as a field of a round."""
    return python(
        _changes,
        needs={"before": derived.revision_before, "after": derived.revision_put},
        args={
            "unchanged": arg(
                bool | None, "Whether passages that did not change are listed too; null means they are.", True
            )
        },
        when=sees_rounds,
        description="What changed since the round before, passage by passage in the order of the text; empty in the "
        "first round, null to those who could not read the text while it lay before the body.",
    )
