"""Why not, and when: every act on a thing, with the answer the act itself would give."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from ...actions.core import possible
from ...domain.viewer import Viewer
from ...reading.declare import arg, python
from ...store import people
from ...workflow.act_names import ACTS, SAYS
from .context import POOL_SECONDS, Context
from .ids import split
from .refusals import UserError

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


async def _answers(rows: list[dict[str, Any]], args: dict[str, Any], context: Context) -> list[list[dict[str, Any]]]:
    kind, uuid = split(args["on"])
    return [[] if uuid is None else await _of(kind, uuid, context) for _ in rows]


async def _of(kind: str, uuid: UUID, context: Context) -> list[dict[str, Any]]:
    async with context.pool.acquire(timeout=POOL_SECONDS) as raw:
        viewer = Viewer.of(await people.who(raw, context.subject))
        if not await context.sight.sees(raw, viewer, kind.lower(), uuid):
            return []
    found = await possible.possible(context.runner, context.subject, kind.lower(), uuid)
    return [
        {
            "__typename": "ActAnswer",
            "act": a.act.upper(),
            "yes": a.yes,
            "because": a.because,
            "possible_from": a.possible_from,
        }
        for a in found
    ]


_ABOUT = (
    "The acts on this thing, each with the answer the act itself would give by stage, role, gate and clock; what hangs on "
    "the content is said by the act. Judged under the mandate of yours that reaches the place."
)


def acts_here(kind: str) -> Any:
    """`acts` as a field of a thing of this type."""

    async def answers(rows: list[dict[str, Any]], _: dict[str, Any], context: Context) -> list[list[dict[str, Any]]]:
        return [await _of(kind, UUID(str(row["id"])), context) for row in rows]

    return python(answers, needs=("id",), description=_ABOUT)


def acts_on_root() -> Any:
    """`acts(on: ID!)` of the Query type."""
    on = {"on": arg(strawberry.ID, "The thing, by its id.")}
    return python(_answers, args=on, description=_ABOUT)
