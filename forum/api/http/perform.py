"""Performs the mutations of a document: the runner does the act, the payload is a compiled read on its connection.

Refusals are data in the payload, and do not reveal what the person may not see (`schema/sight.py`). Other exceptions
are left to the caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from graphql import FieldNode

from ...actions.core.act import Act, Outcome
from ...actions.core.runner import ActRequest, Runner
from ...domain.token import Token
from ...domain.viewer import Viewer
from ...languages.speaker import speaker
from ...reading.fill import Fetched
from ...reading.forms import Arguments, Variables
from ...reading.run import Prepared, Reader
from ...refusal import Refusal, Several
from ...store import people
from ..paper_links import PaperLinks
from ..schema.context import POOL_SECONDS, Context
from ..schema.ids import ident
from ..schema.inputs import read
from ..schema.mutations import acts_by_field
from ..schema.sight import Sight
from .identity import Caller, issue

_BY_FIELD = acts_by_field()


@dataclass(frozen=True)
class Performer:
    """Performs one field of the Mutation type at a time; see `Service.perform`."""

    runner: Runner
    reader: Reader
    pool: Any
    sight: Sight
    secret: str = field(repr=False)
    papers: PaperLinks

    async def __call__(
        self,
        prepared: Prepared,
        field: FieldNode | Sequence[FieldNode],
        args: Arguments,
        caller: Caller,
        variables: Variables,
    ) -> bytes:
        """The JSON bytes of one mutation's payload. `args`, `variables`: coerced by graphql-core."""
        first = field if isinstance(field, FieldNode) else field[0]
        act = _BY_FIELD[first.name.value]
        answer = _Payload(self, prepared, field, caller, variables)
        fetched = await self._done(act, args["input"], answer)
        says = speaker(caller.language)
        link = partial(self.papers.link, caller)
        context = Context(caller.subject, self.runner, self.sight, self.pool, link, says)
        return await fetched.filled(context, says.tag)

    def spelt(self, value: object) -> object:
        """What an act tells, as the payload says it: of a token its signed string, which is kept nowhere."""
        if not isinstance(value, Token):
            return value
        lifetime = round((value.expires_at - value.issued_at).total_seconds())
        return issue(self.secret, value.subject, now=value.issued_at.timestamp(), lifetime=lifetime, token=value.id)

    async def _done(self, act: Act, arguments: Arguments, answer: "_Payload") -> Fetched:
        try:
            request = _request(act, arguments, answer.caller)
        except Refusal as refusal:
            return await answer.refused(refusal, None)
        try:
            return await self.runner.perform(request, answer.done)
        except Refusal as refusal:
            return await answer.refused(refusal, request)


@dataclass(frozen=True)
class _Payload:
    """The payload of one field: what was selected there, read for its caller."""

    performer: Performer
    prepared: Prepared
    field: FieldNode | Sequence[FieldNode]
    caller: Caller
    variables: Variables

    async def done(self, connection: Any, outcome: Outcome, viewer: Viewer) -> Fetched:
        """The payload of an act that was done, read on the connection that wrote; what is told once is told now."""
        once: dict[str, Any] = {name: self.performer.spelt(value) for name, value in outcome.shown_once.items()}
        for row in once.get("rows", ()):
            self._spoken(*row.errors)
        return await self._read(connection, outcome.ids, {**once, "errors": []}, viewer)

    async def refused(self, refusal: Refusal, request: ActRequest | None) -> Fetched:
        """The payload of a refusal. `request`: None where not even the input could be read."""
        async with self.performer.pool.acquire(timeout=POOL_SECONDS) as connection:
            if request is not None:
                viewer = Viewer.of(await people.who(connection, self.caller.subject))
                refusal = await self.performer.sight.for_viewer(connection, viewer, refusal, request.do)
            each = refusal.each if isinstance(refusal, Several) else (refusal,)
            self._spoken(*each)
            return await self._read(connection, {}, {"errors": [*each]}, Viewer())

    def _spoken(self, *refusals: Refusal) -> None:
        for refusal in refusals:
            refusal.spoken_by(speaker(self.caller.language))

    async def _read(
        self, connection: Any, ids: Mapping[str, UUID | None], shown: Mapping[str, Any], viewer: Viewer
    ) -> Fetched:
        reader = self.performer.reader
        return await reader.payload(connection, self.prepared, self.field, self.variables, ids, shown, viewer)


def _request(act: Act, arguments: Arguments, caller: Caller) -> ActRequest:
    acting = arguments.get("actingAs")
    return ActRequest(
        act,
        read(act.command, arguments),
        caller.subject,
        None if acting is None else ident(acting, "Mandate", "actingAs"),
        arguments.get("idempotencyKey"),
        caller.token,
        caller.sign_in,
        caller.proven,
        caller.account,
    )
