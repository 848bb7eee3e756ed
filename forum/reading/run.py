"""Running compiled reads: plans kept by form, parameters bound, bytes handed on to `fill.py`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)

from . import page, relations  # noqa: F401 - they register what each declaration becomes
from .compile import Compiler
from .cost import Cost
from .declarations import COUNT_MAXIMUM, PAGE_MAXIMUM
from .fill import Fetched
from .forms import Form, Plans, Variables
from .plan import Catalogue, Plan
from .values import refused


class Viewer(Protocol):
    """Who reads: `form` may steer the compiler (`me.form`), `values` are the viewer's parameters by name."""

    @property
    def form(self) -> frozenset[str]: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(eq=False)
class Prepared:
    """One operation of a validated document, with the plans of all forms it has taken so far."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    cost: Cost
    trusted: bool = False
    step: int = 0
    runs: int = 0
    plans: Plans = field(default_factory=Plans)


@contextmanager
def _not_too_deep() -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise refused("The document is nested too deep.", "TOO_DEEP") from None


class Reader:
    """Reads of one schema. `me(form)` makes the viewer's parameters as the predicates take them; `settings` are told to
    row-level security before a statement that touches `authorship`: name -> text expression over those parameters."""

    def __init__(
        self,
        schema: GraphQLSchema,
        me: Callable[[frozenset[str]], Any],
        *,
        settings: Mapping[str, Any] | None = None,
        maximum: int = PAGE_MAXIMUM,
        most_counted: int = COUNT_MAXIMUM,
        documents: int = 512,
    ) -> None:
        self.catalogue = Catalogue.of(schema)
        self.schema, self.me, self.documents = schema, me, documents
        self.maximum, self.most_counted = maximum, most_counted
        self.settings = settings or {}
        self._preparing = Lock()
        self.prepared: OrderedDict[tuple[Any, str | None], Prepared] = OrderedDict()
        self.compiled = 0  # how many plans were ever made: what a budget of compilations counts

    # ---- before
    def prepare(self, document: DocumentNode, operation: OperationDefinitionNode, *, trusted: bool = False) -> Prepared:
        """The operation, ready to be compiled for whatever form its variables take. `trusted` documents are prepared on
        the server at their first run; others only when they come a second time."""
        text = document.loc.source.body if document.loc else id(document)
        key = (text, operation.name.value if operation.name else None)
        with self._preparing:  # documents are read on two threads
            return self._prepare(key, document, operation, trusted)

    def _prepare(
        self, key: tuple[Any, str | None], document: DocumentNode, operation: OperationDefinitionNode, trusted: bool
    ) -> Prepared:
        prepared = self.prepared.get(key)
        if prepared is None:
            fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
            cost = Cost(self.schema, fragments, self.maximum)
            prepared = Prepared(document, operation, fragments, cost, trusted)
            with _not_too_deep():
                prepared.step = cost.root(self._root(operation), [operation.selection_set])
            self.prepared[key] = prepared
            while len(self.prepared) > self.documents:
                self.prepared.popitem(last=False)
        prepared.trusted = prepared.trusted or trusted
        self.prepared.move_to_end(key)
        return prepared

    def cost(self, prepared: Prepared, variables: Variables) -> int:
        """By `cost.FORMULA`."""
        return prepared.cost.of(prepared.step, variables)

    def known(self, prepared: Prepared, variables: Variables, viewer: Viewer, node: FieldNode | None = None) -> bool:
        """Whether this form of the operation was compiled before, or of the payload of one field of a mutation: what it
        would cost a budget is nothing then."""
        return prepared.plans.find((_key(node), viewer.form), variables) is not None

    def compiling(
        self, prepared: Prepared, variables: Variables, viewer: Viewer, node: FieldNode | None = None
    ) -> Callable[[], Callable[[], None]]:
        """Compiling as work for another thread: it touches nothing that is shared. What it gives is called here, and
        keeps the plan."""
        name, type_, sets = _key(node), *self._selected(prepared, [] if node is None else [node])

        def compiled() -> Callable[[], None]:
            form, plan = self._compiled(prepared, type_, sets, variables, viewer)
            return lambda: self._keep(prepared, (name, viewer.form), form, plan)

        return compiled

    def plan(self, prepared: Prepared, variables: Variables, viewer: Viewer) -> Plan:
        """The operation's statement for this form, compiled if it is new."""
        found = prepared.plans.find(("", viewer.form), variables)
        return found or self._plan(prepared, "", *self._selected(prepared, []), variables, viewer)

    def _selected(self, prepared: Prepared, nodes: Sequence[FieldNode]) -> tuple[Any, list[SelectionSetNode]]:
        """The type whose fields are selected and the selections: of the operation, or of a mutation's field."""
        root = self._root(prepared.operation)
        if not nodes:
            return root, [prepared.operation.selection_set]
        type_ = get_named_type(root.fields[nodes[0].name.value].type)
        return type_, [n.selection_set for n in nodes if n.selection_set is not None]

    def _root(self, operation: OperationDefinitionNode) -> Any:
        return self.schema.get_root_type(operation.operation)

    def _plan(
        self,
        prepared: Prepared,
        name: str,
        type_: Any,
        sets: Sequence[SelectionSetNode],
        variables: Any,
        viewer: Viewer,
    ) -> Plan:
        start = (name, viewer.form)
        plan = prepared.plans.find(start, variables)
        if plan is None:
            form, plan = self._compiled(prepared, type_, sets, variables, viewer)
            self._keep(prepared, start, form, plan)
        return plan

    def _compiled(
        self, prepared: Prepared, type_: Any, sets: Sequence[SelectionSetNode], variables: Variables, viewer: Viewer
    ) -> tuple[Form, Plan]:
        form = Form(variables)
        me = self.me(viewer.form)
        compiler = Compiler(
            self.catalogue, prepared.fragments, form, me, self.maximum, self.most_counted, self.settings
        )
        with _not_too_deep():
            return form, compiler.plan(type_, sets)

    def _keep(self, prepared: Prepared, start: tuple[str, frozenset[str]], form: Form, plan: Plan) -> None:
        if prepared.plans.find(start, form.variables) is None:  # several may have waited for one compilation
            prepared.plans.keep(start, form, plan)
            self.compiled += 1

    # ---- reading
    async def fetch(self, connection: Any, prepared: Prepared, variables: Variables, viewer: Viewer) -> Fetched:
        """The operation's root fields, to be `filled` into their JSON object once the connection is given back.
        `variables` are coerced by graphql-core already."""
        plan = self.plan(prepared, variables, viewer)
        return await self._run(connection, prepared, plan, variables, viewer, {}, {})

    async def payload(
        self,
        connection: Any,
        prepared: Prepared,
        field_nodes: FieldNode | Sequence[FieldNode],
        variables: Variables,
        ids: Mapping[str, UUID | None],
        projected: Mapping[str, Any],
        viewer: Viewer,
    ) -> Fetched:
        """One mutation's payload, likewise: outcomes read anew by `ids`, `projected` shown as they are."""
        nodes = [field_nodes] if isinstance(field_nodes, FieldNode) else list(field_nodes)
        plan = self._plan(prepared, _key(nodes[0]), *self._selected(prepared, nodes), variables, viewer)
        return await self._run(connection, prepared, plan, variables, viewer, ids, projected)

    async def _run(
        self,
        connection: Any,
        prepared: Prepared,
        plan: Plan,
        variables: Any,
        viewer: Viewer,
        ids: Any,
        outside: Any,
    ) -> Fetched:
        for check in plan.checks:
            check(variables)
        values = viewer.values
        sent = []
        for kind, source in plan.parameters:
            if kind == "variable":
                sent.append(source(variables))
            elif kind == "viewer":
                sent.append(values[source])
            else:
                sent.append(ids.get(source) if kind == "id" else source)
        prepared.runs += 1
        if prepared.trusted or prepared.runs > 1:
            body = await connection.fetchval(plan.sql, *sent)
        else:  # an unknown document is kept on the server only when it comes again
            statement = await connection.prepare(plan.sql, name="")
            body = await statement.fetchval(*sent)
        return Fetched(body, plan.fills, variables, outside)


def _key(node: FieldNode | None) -> str:
    """Under which name the plans of a payload are kept; the empty name: those of the whole operation."""
    return "" if node is None else (node.alias or node.name).value


# ---- connections
STATEMENT_MS = 10_000  # a read that takes longer is stopped by the database itself, whatever became of us


async def create_pool(url: str, size: int) -> asyncpg.Pool:
    """Connections for reading: UTC, no jit, statements of any length kept (256 a connection), no query on release, and
    json handed on as the bytes it came in."""
    return await asyncpg.create_pool(
        url,
        min_size=0,  # the driver logs a traceback for each try at keeping more open while the database is away
        max_size=size,
        statement_cache_size=256,
        max_cached_statement_lifetime=0,
        max_cacheable_statement_size=0,
        max_queries=10**9,
        init=_as_bytes,
        reset=_nothing,
        server_settings={"TimeZone": "UTC", "jit": "off", "statement_timeout": str(STATEMENT_MS)},
    )


async def _as_bytes(connection: Any) -> None:
    same = lambda x: x  # noqa: E731
    await connection.set_type_codec("json", encoder=same, decoder=same, schema="pg_catalog", format="binary")


async def _nothing(_: Any) -> None:
    """No query on release: a read leaves nothing behind, its settings end with its transaction."""
