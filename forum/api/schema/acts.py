"""Why not, and when: every act on a thing, with the answer the act itself would give."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from ...actions.core import possible
from ...domain.viewer import Viewer
from ...reading.declare import arg, python
from ...reading.prices import ACTS as ACTS_COST
from ...store import people
from ...store.places import KINDS
from ...workflow.act_names import ACTS, SAYS
from .context import POOL_SECONDS, Context
from .ids import split
from .inputs import pascal
from .refusals import UserError

_KINDS = {pascal(kind): kind for kind in KINDS}  # the type of a thing -> its kind, as an act is on it
_NAMES: Any = {name.upper(): strawberry.enum_value(name, description=SAYS[name]) for name in ACTS}
_WORDS: Any = enum.Enum("Act", _NAMES)  # type: ignore[misc]
Act: Any = strawberry.enum(_WORDS, description="The acts the service knows; a process chooses among them.")


@strawberry.type(description="One act on a thing: whether you may do it now, and if not, why not and from when.")
class ActAnswer:
    act: Act = strawberry.field(description="The act.")
    yes: bool = strawberry.field(description="Whether you may do it now.")
    because: UserError | None = strawberry.field(
        description="The refusal the act would meet; null where it is possible."
    )
    possible_from: datetime | None = strawberry.field(
        description="The instant from which it is possible, where one is known."
    )


async def _of_any(kind: str, id_: UUID, context: Context) -> list[possible.ActAnswer]:
    """None of them on a thing that the person does not see: it answers as one that does not exist."""
    async with context.pool.acquire(timeout=POOL_SECONDS) as connection:
        viewer = Viewer.of(await people.who(connection, context.subject))
        if not await context.sight.sees(connection, viewer, kind, id_):
            return []
    return _spoken(await possible.possible(context.runner, context.subject, kind, id_), context)


def _spoken(answers: list[possible.ActAnswer], context: Context) -> list[possible.ActAnswer]:
    for answer in answers:
        if answer.because is not None:
            answer.because.spoken_by(context.speaker)
    return answers


_ABOUT = (
    "The acts on this thing, each with the answer the act itself would give by stage, role, gate and clock; what hangs "
    "on the content is said by the act. Judged under the mandate of yours that reaches the place. "
    f"Costs {ACTS_COST} for each thing."
)


@dataclass(frozen=True)
class Thing:
    """One whose acts are asked for: a row of the answer, so the person sees it."""

    id: UUID


def acts_here(kind: str) -> Any:
    """`acts` as a field of a thing of this type, of all things of a list at once."""

    async def acts(rows: list[Thing], context: Context) -> list[list[possible.ActAnswer]]:
        ids = [row.id for row in rows]
        found = await possible.possible_on(context.runner, context.subject, kind.lower(), ids)
        return [_spoken(answers, context) for answers in found]

    return python(acts, needs=("id",), cost=ACTS_COST, description=_ABOUT)


def acts_on_root() -> Any:
    """`acts(on: ID!)` of the Query type."""

    async def acts(on: str, context: Context) -> list[possible.ActAnswer]:
        kind, id_ = split(on)
        return [] if id_ is None else await _of_any(_KINDS.get(kind, kind.lower()), id_, context)

    return python(acts, args={"on": arg(strawberry.ID, "The thing, by its id.")}, cost=ACTS_COST, description=_ABOUT)
