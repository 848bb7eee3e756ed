"""Mutations: one field a deed of `forum/actions/`, its input made from the command, its payload read anew.

Rules are Python's, the payload is a compiled read on the connection that wrote, and refusals are data in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from graphql import FieldNode

from ...actions.core.act import Act, Outcome
from ...actions.core.catalogue import CATALOGUE
from ...actions.core.runner import ActRequest, Runner
from ...domain.viewer import Viewer
from ...errors import Refusal
from ...reading.declare import outcome, projected
from ...reading.run import Prepared, Reader
from ...store import people
from ...workflow.acts import ACTS, FORMER
from ..http.identity import Caller
from .context import POOL_SECONDS, Context
from .ids import ident
from .inputs import camel, command_input, pascal, read
from .refusals import UserError
from .sight import Sight

_ERRORS = "Why it was not done; empty when it was. The other fields are null then."


def exposed() -> tuple[Act, ...]:
    """The deeds that clients may ask for; what the clock does is nobody's mutation."""
    return tuple(CATALOGUE[name] for name in ACTS if name in CATALOGUE)


def _payload(deed: Act, nouns: Mapping[str, type], name: str) -> type:
    command = pascal(name)
    body: dict[str, Any] = {
        name: outcome(name, description=f"The {camel(name)}, as it stands now; null where it was not done.")
        for name in deed.command.gives
    }
    body["errors"] = projected("errors", description=_ERRORS)
    annotations: dict[str, Any] = {name: nouns[type_] | None for name, type_ in deed.command.gives.items()}
    annotations["errors"] = list[UserError]
    body["__annotations__"] = annotations
    made = type(f"{command}Payload", (), body)
    return strawberry.type(made, name=f"{command}Payload", description=f"What came of {camel(name)}.")


def _field(deed: Act, payload: type, former: str | None = None) -> Any:
    taken: Any = command_input(deed.command, None if former is None else pascal(former))  # type: ignore[arg-type]

    def resolver(input: Any) -> Any:
        """Never run: `perform` below does the deed, graphql-core executes introspection only."""

    about = strawberry.argument(description="What is asked for, by whom, under which key.")
    resolver.__annotations__ = {"input": Annotated[taken, about], "return": payload}
    reason = None if former is None else f"It is called {camel(deed.name)} now; this name goes after one release."
    described = " ".join((deed.command.__doc__ or "").split())
    return strawberry.mutation(resolver=resolver, description=described, deprecation_reason=reason)


def mutation_type(nouns: Mapping[str, type]) -> type:
    """The Mutation type; `nouns` are the object types by their GraphQL names."""
    body: dict[str, Any] = {deed.name: _field(deed, _payload(deed, nouns, deed.name)) for deed in exposed()}
    for former, name in FORMER.items():
        body[former] = _field(CATALOGUE[name], _payload(CATALOGUE[name], nouns, former), former)
    body["__annotations__"] = {}
    made = type("Mutation", (), body)
    return strawberry.type(made, name="Mutation", description="What can be done: one field an act of the processes.")


@dataclass(frozen=True)
class Performer:
    """Does the mutations of a document, one field at a time."""

    runner: Runner
    reader: Reader
    pool: Any
    sight: Sight

    async def __call__(
        self,
        prepared: Prepared,
        field: FieldNode | Sequence[FieldNode],
        args: Mapping[str, Any],
        caller: Caller,
        variables: Mapping[str, Any],
    ) -> bytes:
        """The JSON bytes of one mutation's payload. Refusals come back in it; other exceptions are the caller's."""
        first = field if isinstance(field, FieldNode) else field[0]
        deed = _BY_FIELD[first.name.value]

        async def payload(raw: Any, done: Outcome, viewer: Viewer) -> bytes:
            return await self._read(raw, prepared, field, caller, variables, done.ids, [], viewer)

        try:
            asked = _asked(deed, args["input"], caller)
        except Refusal as refusal:
            return await self._refused(prepared, field, caller, variables, refusal, None)
        try:
            return await self.runner.perform(asked, payload)
        except Refusal as refusal:
            return await self._refused(prepared, field, caller, variables, refusal, asked)

    async def _refused(
        self,
        prepared: Prepared,
        field: FieldNode | Sequence[FieldNode],
        caller: Caller,
        variables: Mapping[str, Any],
        refusal: Refusal,
        asked: ActRequest | None,
    ) -> bytes:
        async with self.pool.acquire(timeout=POOL_SECONDS) as raw:
            if asked is not None:
                viewer = Viewer.of(await people.who(raw, caller.subject))
                refusal = await self.sight.told(raw, viewer, refusal, asked.do)
            return await self._read(raw, prepared, field, caller, variables, {}, [refusal], Viewer())

    async def _read(
        self,
        raw: Any,
        prepared: Prepared,
        field: FieldNode | Sequence[FieldNode],
        caller: Caller,
        variables: Mapping[str, Any],
        ids: Mapping[str, Any],
        errors: list[Refusal],
        viewer: Viewer,
    ) -> bytes:
        context = Context(caller.subject, self.runner, self.sight, self.pool)
        shown = {"errors": errors}
        body = await self.reader.payload(raw, prepared, field, variables, ids, shown, viewer, context)
        # The write side's connections decode json to text, the read side's hand on its bytes.
        return body.encode() if isinstance(body, str) else body


def _asked(deed: Act, given: Mapping[str, Any], caller: Caller) -> ActRequest:
    acting = given.get("actingAs")
    return ActRequest(
        deed,
        read(deed.command, given),
        caller.subject,
        None if acting is None else ident(acting, "Mandate", "actingAs"),
        given.get("idempotencyKey"),
    )


_BY_FIELD = {
    **{camel(deed.name): deed for deed in exposed()},
    **{camel(former): CATALOGUE[name] for former, name in FORMER.items()},
}
