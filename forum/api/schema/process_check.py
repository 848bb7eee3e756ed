"""A definition that is not published: what the check finds in it, its tracks, and in words what it would change."""

import asyncio
from dataclasses import dataclass
from typing import Any

import strawberry

from ...domain.gates import GATES
from ...reading.declare import arg, python
from ...reading.prices import BY_LENGTH, DEFINITION
from ...refusal import Refusal
from ...store import processes as stored
from ...workflow.act_names import ACTS
from ...workflow.check.check import check
from ...workflow.compare.compare import Change
from ...workflow.finding import Finding
from ...workflow.load import parse
from .context import POOL_SECONDS, Context
from .ids import ident
from .process_stages import ProcessTrack, process_tracks
from .processes import ProcessChange, ProcessFinding, compared
from .refusals import UserError


@strawberry.type(description="What there is to say of a definition before it is published.")
class ProcessCheck:
    name: str = strawberry.field(description="Its name.")
    version: str = strawberry.field(description="Its version.")
    title: str = strawberry.field(description="Its title.")
    findings: list[ProcessFinding] = strawberry.field(
        description="What keeps it from being published, with what to do; empty where nothing does."
    )
    changes: list[ProcessChange] | None = strawberry.field(
        description="What it changes since the definition it was compared with; null where it was compared with none."
    )
    tracks: list[ProcessTrack] = strawberry.field(description="Its tracks with their stages, in order.")


@strawberry.type(description="What there is to say of a definition, or why it cannot be read.")
class ProcessCheckAnswer:
    check: ProcessCheck | None = strawberry.field(description="The check; null where the text cannot be read.")
    errors: list[UserError] = strawberry.field(description="What is wrong; empty where nothing is.")


@dataclass(frozen=True)
class Content:
    """What `ProcessCheck` shows."""

    name: str
    version: str
    title: str
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] | None
    tracks: list[ProcessTrack]


@dataclass(frozen=True)
class Checked:
    """What `ProcessCheckAnswer` shows."""

    check: Content | None
    errors: tuple[Refusal, ...] = ()


def check_root() -> Any:
    """`checkProcess` of the Query type."""
    each = BY_LENGTH["Query.checkProcess"][1]
    about = "What the check finds in a definition that is not published, and what it would change; nothing is kept. "
    args = {
        "text": arg(str, "The definition, in TOML."),
        "since": arg(strawberry.ID | None, "The published definition to compare it with.", None),
    }
    cost = f"Costs {DEFINITION}, and {each} for each KiB of the text."
    return python(_check, args=args, cost=DEFINITION, description=about + cost)


async def _check(text: str, since: str | None, context: Context) -> Checked:
    """Made beside the loop: a long definition takes its time, and others are not to wait for it."""
    try:
        old = await _published(since, context) if since else None
        return Checked(await asyncio.to_thread(_checked, text, old))
    except Refusal as refusal:
        return Checked(None, (refusal,))


async def _published(since: str, context: Context) -> str | None:
    """The text of the definition of this id; None where there is none. Refuses an id of another kind."""
    other = ident(since, "Process")
    async with context.pool.acquire(timeout=POOL_SECONDS) as connection:
        return await stored.text_of(connection, other)


def _checked(text: str, old: str | None) -> Content:
    process = parse(text)
    found = tuple(check(process, frozenset(ACTS), frozenset(GATES)))
    changed = compared(old, text) if old is not None else None
    return Content(process.name, process.version, process.title, found, changed, process_tracks(text))
