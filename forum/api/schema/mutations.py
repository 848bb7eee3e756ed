"""The Mutation type: one field an act of `forum/actions/`, its input made from the command, its payload read anew.

Nothing is done here: `forum/api/http/perform.py` does the acts. A field's former name stays beside it, deprecated.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from ...actions.core.act import Act, camel
from ...actions.core.catalogue import CATALOGUE
from ...reading.declare import outcome, projected
from ...workflow.act_names import ACTS, FORMER
from .inputs import command_input, pascal
from .refusals import UserError

_ERRORS = "Why it was not done; empty when it was. The other fields are null then."


def exposed() -> tuple[Act, ...]:
    """The acts that clients may ask for; what the clock does is nobody's mutation."""
    return tuple(CATALOGUE[name] for name in ACTS if name in CATALOGUE)


def acts_by_field() -> dict[str, Act]:
    """The act behind each field of the Mutation type, by the field's GraphQL name; former names included."""
    current = {camel(act.name): act for act in exposed()}
    return current | {camel(former): CATALOGUE[name] for former, name in FORMER.items()}


def mutation_type(nouns: Mapping[str, type]) -> type:
    """The Mutation type; `nouns` are the object types by their GraphQL names."""
    body: dict[str, object] = {act.name: _field(act, _payload(act, nouns, act.name)) for act in exposed()}
    for former, name in FORMER.items():
        body[former] = _field(CATALOGUE[name], _payload(CATALOGUE[name], nouns, former), former)
    body["__annotations__"] = {}
    class_ = type("Mutation", (), body)
    return strawberry.type(class_, name="Mutation", description="What can be done: one field an act of the processes.")


def _payload(act: Act, nouns: Mapping[str, type], name: str) -> type:
    command = pascal(name)
    body: dict[str, object] = {
        name: outcome(name, description=f"The {camel(name)}, as it stands now; null where it was not done.")
        for name in act.command.gives
    }
    once = {name: projected(name, description=about) for name, about in act.command.tells.items()}
    body |= {**once, "errors": projected("errors", description=_ERRORS)}
    annotations: dict[str, object] = {name: nouns[type_] | None for name, type_ in act.command.gives.items()}
    annotations |= dict.fromkeys(once, str | None)
    annotations |= {name: list[nouns[type_]] | None for name, type_ in act.command.shows.items()}  # type: ignore[valid-type]
    annotations["errors"] = list[UserError]
    body["__annotations__"] = annotations
    class_ = type(f"{command}Payload", (), body)
    return strawberry.type(class_, name=f"{command}Payload", description=f"What came of {camel(name)}.")


def _field(act: Act, payload: type, former: str | None = None) -> Any:
    taken: Any = command_input(act.command, None if former is None else pascal(former))  # type: ignore[arg-type]

    def resolver(input: Any) -> Any:
        """Never run: graphql-core executes introspection only."""

    about = strawberry.argument(description="What is asked for, by whom, under which key.")
    resolver.__annotations__ = {"input": Annotated[taken, about], "return": payload}
    reason = None if former is None else f"It is called {camel(act.name)} now; this name goes after one release."
    described = " ".join((act.command.__doc__ or "").split())
    return strawberry.mutation(resolver=resolver, description=described, deprecation_reason=reason)
