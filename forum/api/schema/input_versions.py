"""What an input said each time it was handed in, and what changed between two of these versions."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
import strawberry

from ...domain import input_versions
from ...domain import text as words
from ...reading import derived_frozen
from ...reading.declare import arg, python
from ...reading.prices import FROZEN
from ...reading.visibility_frozen import sees_versions
from .redlines import ChangedWords, ChangeKind


@strawberry.type(description="A section of an input as it was handed in.")
class SectionVersion:
    code: str = strawberry.field(description="The call's section that it answers.")
    heading: str = strawberry.field(description="Its heading.")
    markdown: str = strawberry.field(description="What it says: CommonMark without HTML.")
    safe_html: str = strawberry.field(description="The same as HTML that is safe to place in any page.")


@strawberry.type(description="What an input said at one handing in.")
class InputVersion:
    number: int = strawberry.field(description="Its number, from 1.")
    title: str = strawberry.field(description="Its title then.")
    sections: list[SectionVersion] = strawberry.field(description="Its sections then, in order.")


@strawberry.type(description="What became of the title, or of one section, between two versions of an input.")
class SectionChange:
    code: str | None = strawberry.field(description="The call's section that it answers; null of the title.")
    heading: str | None = strawberry.field(description="Its heading in the later version; null of the title.")
    kind: ChangeKind = strawberry.field(description="What became of it.")
    words: list[ChangedWords] = strawberry.field(description="Its text in stretches, in reading order.")


def _kept(versions: str | None) -> dict[int, Mapping[str, Any]]:
    """What each version says, by number, in order."""
    rows = [] if versions is None else orjson.loads(versions)
    return {row["number"]: orjson.loads(row["content"]) for row in sorted(rows, key=lambda row: row["number"])}


def _section(row: Mapping[str, Any]) -> SectionVersion:
    text = row["markdown"]
    return SectionVersion(code=row["code"], heading=row["heading"], markdown=text, safe_html=words.safe_html(text))


def _versions(versions: str | None) -> list[InputVersion]:
    return [
        InputVersion(number=number, title=content["title"], sections=[_section(row) for row in content["sections"]])
        for number, content in _kept(versions).items()
    ]


async def _changes(versions: str | None, since: int | None, until: int | None) -> list[input_versions.SectionChange]:
    kept = _kept(versions)
    after = until if until is not None else max(kept, default=0)
    before = since if since is not None else max((number for number in kept if number < after), default=0)
    if before not in kept or after not in kept:
        return []
    # Beside the loop: a long text takes its time, and others are not to wait for it.
    return list(await asyncio.to_thread(input_versions.changes, kept[before], kept[after]))


def versions_here() -> Any:
    """`versions` as a field of an input."""
    return python(
        _versions,
        needs={"versions": derived_frozen.versions},
        when=sees_versions,
        cost=FROZEN,
        description="What it said each time it was handed in, the 20 newest by number: to its own side, and to the "
        "team of its forum since it was last taken back; null to everybody else, and to the team too while it is not "
        "attributed. Versions that were not attributed are its own side's. It is dear: ask for one input at a time.",
    )


def changes_here() -> Any:
    """`changes` as a field of an input."""
    return python(
        _changes,
        needs={"versions": derived_frozen.versions},
        args={
            "since": arg(int | None, "The number of the earlier version; null: the one before the later.", None),
            "until": arg(int | None, "The number of the later version; null: the last.", None),
        },
        when=sees_versions,
        cost=FROZEN,
        description="What changed between two of its versions: the title, then section by section; empty where one "
        "of them is not among `versions`, null to whom `versions` is. It is dear: ask for one input at a time.",
    )
