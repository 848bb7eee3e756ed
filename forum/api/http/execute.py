"""Answers one GraphQL request, wherever it came from: over HTTP, or from our own pages.

A document becomes a plan (`plans.py`), its variables are coerced by graphql-core, its cost is known before anything is
done, and then: queries are compiled reads on one connection, mutations are performed one after the other, and
introspection is merged in. No request ever holds two connections: it would wait for others that wait for it. Whatever
goes wrong leaves here as an answer too, typed or masked; only cancelling passes.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from graphql.execution.values import VariableValues

from graphql import FieldNode, GraphQLError, GraphQLSchema, get_argument_values, get_variable_values

from ...domain.contact import Language
from ...languages.speaker import speaker
from ...reading.forms import Arguments, Variables
from ...refusal import Refusal
from ...store.people import AccountEnded, SignInEnded, TokenEnded
from ..limits import Limits, check_text
from ..paper_links import PaperLinks
from ..problem import (
    MOST_ERRORS,
    Problem,
    account_not_linked,
    of_errors,
    of_exception,
    of_refusal,
    sign_in_ended,
    token_ended,
    too_slow,
)
from ..schema.context import POOL_SECONDS
from .body import GraphQLRequest
from .budget import RATES, Budget
from .identity import Caller
from .lists import check_values
from .plans import Plan, Plans, Reads
from .rates import Rates, Spent
from .roots import Root
from .trusted_documents import TrustedDocuments

MOST_ENDED = 10_000  # tokens remembered
Perform = Callable[[Any, FieldNode, Arguments, Caller, Variables], Awaitable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What goes back. `kind`: ok; request_error (the document's or its variables' fault); refused (anything else)."""

    status: int
    body: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Service:
    """Everything one request needs, put together once by `forum/app.py`.

    `pool` is asyncpg's (`acquire(timeout=)` as a context manager). `viewer_of` says what a caller may see. `perform`
    does one mutation field - (prepared, field node, coerced arguments, caller, coerced variables) - and gives the JSON
    bytes of its payload. `context_of` makes what the reader hands to fields that need Python. `ready` raises when the
    database does not answer. `clock` counts seconds for the budgets of new documents. `papers`: the links to papers.
    `forms`: a viewer of each form
    that payloads of acts are compiled for, before the act is done. `rates`: what each may ask for in a while.
    """

    schema: GraphQLSchema
    reader: Reads
    pool: Any
    perform: Perform
    viewer_of: Callable[[Caller], Awaitable[Any]]
    documents: TrustedDocuments
    papers: PaperLinks
    limits: Limits = field(default_factory=Limits)
    context_of: Callable[[GraphQLRequest, Caller], Any] = lambda request, _: request
    ready: Callable[[], Awaitable[None]] | None = None
    clock: Callable[[], float] = time.monotonic
    forms: Sequence[Any] = ()
    rates: Rates = field(default_factory=lambda: Rates(0, time.monotonic))
    plans: Plans = field(init=False)
    ended: set[UUID] = field(default_factory=set)  # tokens and accounts seen to have ended: none ever comes back

    def remember_ended(self, id_: UUID | None) -> None:
        """Refuse this token or account from now on before anything is done; once it is forgotten, the database is asked
        again."""
        if len(self.ended) >= MOST_ENDED:
            self.ended.clear()
        if id_ is not None:
            self.ended.add(id_)

    def __post_init__(self) -> None:
        budget = Budget(RATES[self.documents.mode], self.clock)
        self.plans = Plans(self.schema, self.reader, self.limits, self.documents, budget)


async def answer(service: Service, request: GraphQLRequest, caller: Caller) -> Answer:
    """Answer one request. Never raises but for being cancelled: every error is an `Answer` with its code."""
    try:
        async with asyncio.timeout(service.limits.request_seconds) as deadline:
            body = await _answer(service, request, caller)
        return Answer(200, body, "ok")
    except Exception as error:  # the edge: nothing of ours leaves unmasked
        timed_out = isinstance(error, TimeoutError) and deadline.expired()
        # Ours: what was asked of the database is cancelled there, and its connection is given back.
        problem = too_slow() if timed_out else _problem(service, request, caller, error)
        return refused(problem, request.request_id, caller.language)


def _problem(service: Service, request: GraphQLRequest, caller: Caller, error: Exception) -> Problem:
    match error:
        case TokenEnded():
            service.remember_ended(caller.token)
            return token_ended()
        case AccountEnded():
            service.remember_ended(caller.account)
            return account_not_linked()
        case SignInEnded():
            return sign_in_ended()
        case Problem():
            return error
        case Refusal():
            return of_refusal(error.spoken_by(speaker(caller.language)))
        case GraphQLError():
            return of_errors("BAD_ARGUMENTS", [error])
    return of_exception(error, request.request_id)


def refused(problem: Problem, request_id: str, language: Language = Language.EN) -> Answer:
    """A problem as an answer, its JSON body included, said in a language."""
    kind = "request_error" if problem.of_document else "refused"
    return Answer(problem.status, problem.body(request_id, speaker(language)), kind, problem.headers)


def price(service: Service, request: GraphQLRequest) -> int:
    """What a request would cost, without executing it: by the formula of `forum.reading`. Raises Problem."""
    plan = service.plans.by_text(request.query or "", request.operation_name)
    return _cost(service, plan, _variables(service, plan, request).coerced)


async def _answer(service: Service, request: GraphQLRequest, caller: Caller) -> bytes:
    plan = await _plan(service, request)
    if plan.is_mutation and request.read_only:
        message = "A mutation is sent by POST: what is sent by GET must change nothing."
        raise Problem("METHOD_NOT_ALLOWED", message, status=405, headers={"Allow": "POST"})
    variables = _variables(service, plan, request)
    cost = _cost(service, plan, variables.coerced)
    if cost > service.limits.cost:
        raise Problem(
            "COST_TOO_HIGH",
            f"This would cost {cost}, and {service.limits.cost} is the most: ask for shorter lists or fewer levels.",
            of_document=True,
            facts={"requested": cost, "limit": service.limits.cost},
        )
    spent = service.rates.spend(request.spenders, cost)
    if plan.is_mutation:
        data = await _mutate(service, plan, variables, request, caller)
    else:
        data = await _query(service, plan, variables, request, caller)
    return b'{"data":%b,"extensions":{"cost":%b}}' % (
        data,
        orjson.dumps(_cost_report(service, request, caller, cost, spent)),
    )


def _cost_report(
    service: Service, request: GraphQLRequest, caller: Caller, cost: int, spent: Spent
) -> dict[str, int | None]:
    """What an answer says of its cost. One that caches may keep for everybody (`read_only`, without a token) says
    nothing of the points that one sender has left."""
    report: dict[str, int | None] = {"requested": cost, "charged": spent.charged, "limit": service.limits.cost}
    if request.read_only and caller.subject is None:
        return report
    return report | {"remaining": spent.remaining, "fullAfter": spent.full_after}


async def _plan(service: Service, request: GraphQLRequest) -> Plan:
    if request.operation_name is not None:
        check_text(request.operation_name)
    if request.document_id is not None:
        return service.plans.by_id(request.document_id, request.operation_name)
    return await service.plans.asked(request.query or "", request.operation_name, request.client)


def _variables(service: Service, plan: Plan, request: GraphQLRequest) -> VariableValues:
    service.plans.lists.check(plan.holding, request.variables)
    check_values(request.variables, service.limits)
    definitions = plan.operation.variable_definitions or ()
    values = get_variable_values(service.schema, definitions, dict(request.variables), MOST_ERRORS, True)
    if isinstance(values, list):
        raise of_errors("BAD_VARIABLES", values)
    return values


def _cost(service: Service, plan: Plan, variables: Variables) -> int:
    # Introspection has a bound of its own (`introspection.py`), its answer is kept, and it asks the database nothing.
    return service.reader.cost(plan.prepared, variables) if plan.prepared is not None else 0


# ---- queries
async def _query(
    service: Service, plan: Plan, variables: VariableValues, request: GraphQLRequest, caller: Caller
) -> bytes:
    introspected = None
    if plan.introspection is not None:
        introspected = await _introspected(service, plan, request)
    if plan.prepared is None:
        return introspected or b"{}"
    viewer = await service.viewer_of(caller)
    # A document has many forms (see `forum.reading`): compiling a new one is charged to the client who sends it.
    if not service.reader.known(plan.prepared, variables.coerced, viewer):
        service.plans.charge(request.client, plan)
        await _compiled(service, request, plan, variables.coerced, viewer, None)
    async with service.pool.acquire(timeout=POOL_SECONDS) as connection:
        fetched = await service.reader.fetch(connection, plan.prepared, variables.coerced, viewer)
    data = await fetched.filled(service.context_of(request, caller), caller.language.value)
    return data if introspected is None else _merged(plan, data, introspected, variables)


async def _compiled(
    service: Service, request: GraphQLRequest, plan: Plan, variables: Variables, viewer: Any, node: FieldNode | None
) -> None:
    """Compile beside the event loop, and keep what came of it. Of one document one form is compiled at a time: most who
    wait for it find theirs made by then; the others look again."""
    reader = service.reader
    key = (id(plan.prepared), node and id(node))
    while not reader.known(plan.prepared, variables, viewer, node):
        work = reader.compiling(plan.prepared, variables, viewer, node)
        keep = await service.plans.workshop.do(request.client, key, work)
        keep()


async def _introspected(service: Service, plan: Plan, request: GraphQLRequest) -> bytes:
    """What is known is answered at once; what is not is executed beside the event loop: it takes long."""
    assert plan.introspection is not None
    introspector, document, variables = service.plans.introspector, plan.introspection, request.variables
    key = introspector.key(plan.digest, document, variables)
    body = introspector.kept(key)
    if body is None:
        body = await service.plans.workshop.do(request.client, key, lambda: introspector.execute(document, variables))
        introspector.keep(key, body)
    return body


def _merged(plan: Plan, data: bytes, introspected: bytes, variables: VariableValues) -> bytes:
    both = {**orjson.loads(data), **orjson.loads(introspected)}
    return orjson.dumps({root.key: both[root.key] for root in plan.roots if root.included(variables)})


# ---- mutations
async def _mutate(
    service: Service, plan: Plan, variables: VariableValues, request: GraphQLRequest, caller: Caller
) -> bytes:
    """The acts one after the other. An act that fails unexpectedly ends the request: those before it are done, and the
    same request, sent again with the same idempotency keys, gets their answers again."""
    mutations = service.schema.mutation_type
    assert mutations is not None
    calls: list[tuple[Root, Arguments]] = []
    for root in plan.roots:
        name = root.node.name.value
        if root.included(variables):
            # Every act's arguments are coerced before the first act, so a bad one cannot stop us half-way.
            typename = name == "__typename"
            field = mutations.fields.get(name)
            calls.append((root, {} if typename else get_argument_values(field, root.node, variables, None, True)))
    parts: list[bytes] = []
    for root, arguments in calls:
        await _prepared(service, plan, root, variables, request)
        if root.node.name.value == "__typename":
            payload = orjson.dumps(mutations.name)
        else:
            payload = await service.perform(plan.prepared, root.node, arguments, caller, variables.coerced)
        parts.append(orjson.dumps(root.key) + b":" + payload)
    return b"{" + b",".join(parts) + b"}"


async def _prepared(
    service: Service, plan: Plan, root: Root, variables: VariableValues, request: GraphQLRequest
) -> None:
    """The payload's statement is ready before the act is done: nobody's transaction waits for it."""
    for viewer in service.forms if root.node.selection_set else ():
        await _compiled(service, request, plan, variables.coerced, viewer, root.node)
