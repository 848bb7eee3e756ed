"""What the mail rooms need: the runner, reads as one person, who writes, and the relay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from graphql import OperationDefinitionNode, parse

from ...actions.core.runner import Runner
from ...domain.viewer import Viewer
from ...reading.run import Prepared, Reader
from ...settings import Relay
from ...store.letters import LEASE
from .compose import House

_LOOK = parse("query Told($ids: [ID!]!) { nodes(ids: $ids) { id } }")


@dataclass
class Office:
    """Everything of the mail. Without a relay (None) nothing is written to anybody, and nothing waits."""

    runner: Runner
    reader: Reader
    pool: asyncpg.Pool
    house: House
    relay: Relay | None
    lease: timedelta = LEASE
    look: Prepared = field(init=False)

    def __post_init__(self) -> None:
        operation = next(d for d in _LOOK.definitions if isinstance(d, OperationDefinitionNode))
        self.look = self.reader.prepare(_LOOK, operation, trusted=True)

    async def visible(self, viewer: Viewer, notices: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these notices a person sees: by the contract's own read, so that no letter tells what a page would
        not."""
        if not notices:
            return frozenset()
        variables = {"ids": [f"Notice:{id_}" for id_ in notices]}
        async with self.pool.acquire(timeout=10) as connection:
            answer: Any = await self.reader.fetch(connection, self.look, variables, viewer)
        found = (node for node in orjson.loads(answer.body)["nodes"] if node is not None)
        return frozenset(UUID(node["id"].partition(":")[2]) for node in found)
