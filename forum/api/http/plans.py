"""What was once parsed, validated and prepared is kept: by the hash of its text, bounded in number and in size.

A text seen for the first time is charged to its client's budget and read beside the event loop (`workshop.py`): parsed
(bounded in bytes and tokens), measured, and only then validated, because some of the specification's rules take
quadratic time. What fails is not kept. Trusted documents are prepared from the start on, and never pushed out.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from ...errors import Misconfigured
from ...reading.fill import Fetched
from ...reading.forms import Variables
from ..limits import Limits, bad_text, check_document, check_strings, too_large
from ..problem import MOST_ERRORS, Problem, of_errors
from .budget import Budget
from .introspection import Introspector, split
from .lists import Holding, Lists, check_literals
from .roots import Root, roots
from .trusted_documents import TrustedDocuments, document_id
from .workshop import Workshop

MOST_KEPT = 512  # documents
FREE_FORMS = 2  # of a trusted document: as many as the start compiles by itself
MOST_TOKENS = 100_000  # in all of them: a token's nodes take about a kilobyte


class Reads(Protocol):
    """What this room needs of `forum.reading`: see `Reader` there."""

    def prepare(self, document: DocumentNode, operation: OperationDefinitionNode, *, trusted: bool = False) -> Any: ...
    def cost(self, prepared: Any, variables: Variables) -> int: ...
    def known(self, prepared: Any, variables: Variables, viewer: Any, node: FieldNode | None = None) -> bool: ...
    def compiling(
        self, prepared: Any, variables: Variables, viewer: Any, node: FieldNode | None = None
    ) -> Callable[[], Callable[[], None]]: ...
    async def fetch(self, connection: Any, prepared: Any, variables: Variables, viewer: Any) -> Fetched: ...


@dataclass(frozen=True, eq=False)
class Plan:
    """One operation, ready to run. `prepared` is the reader's part; None where only introspection is asked."""

    digest: str
    document: DocumentNode
    operation: OperationDefinitionNode
    prepared: Any | None
    introspection: DocumentNode | None
    roots: tuple[Root, ...]
    holding: Holding  # which variables may hold lists

    @property
    def is_mutation(self) -> bool:
        return self.operation.operation is OperationType.MUTATION


@dataclass(eq=False)
class Known:
    """A validated document, with the plans of its operations as they were asked for."""

    digest: str
    document: DocumentNode
    tokens: int
    trusted: bool
    plans: dict[str, Plan] = field(default_factory=dict)

    def choose(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Refuses (OPERATION_NOT_FOUND) when neither is there."""
        operations = [d for d in self.document.definitions if isinstance(d, OperationDefinitionNode)]
        if name is None and len(operations) == 1:
            return operations[0]
        for operation in operations:
            if name is not None and operation.name and operation.name.value == name:
                return operation
        outcome = (
            f"no operation named {name}" if name is not None else f"{len(operations)} operations: say operationName"
        )
        raise Problem("OPERATION_NOT_FOUND", f"The document has {outcome}.", of_document=True)


class Plans:
    """All that is known of documents in one process."""

    def __init__(
        self, schema: GraphQLSchema, reader: Reads, limits: Limits, trusted: TrustedDocuments, budget: Budget
    ) -> None:
        self.schema, self.reader, self.limits, self.trusted, self.budget = schema, reader, limits, trusted, budget
        self.introspector = Introspector(schema)
        self.lists = Lists(schema, limits)
        self.workshop = Workshop()
        self.parsed = 0  # how many texts were ever parsed
        self._pinned: dict[str, Known] = {}
        self._free: dict[str, int] = {}  # of trusted documents, by digest: forms that are on nobody's budget
        self._recent: OrderedDict[str, Known] = OrderedDict()
        self._tokens = 0

    def __len__(self) -> int:
        return len(self._recent)

    def read_trusted(self, name: str) -> list[Plan]:
        """The plans of all operations of a trusted document; another thread may ask for them. Refuses (Misconfigured)
        an invalid one."""
        digest = self.trusted.names[name]
        if digest not in self._pinned:
            try:
                known = self._learn(digest, self.trusted.texts[digest], True)
                for operation in known.document.definitions:
                    if isinstance(operation, OperationDefinitionNode):
                        self._plan(known, operation)
            except Problem as problem:
                raise Misconfigured(reason=f"The trusted document {name}.graphql: {problem.message}") from problem
            self._pinned.setdefault(digest, known)
        return list(self._pinned[digest].plans.values())

    def charge(self, client: str, plan: Plan) -> None:
        """Take the compiling of a new form from this client's budget. The first forms of a trusted document are the
        service's own to compile (`warming.py`): who asks before they are ready pays for none of them."""
        free = self._free.get(plan.digest, FREE_FORMS if plan.digest in self.trusted.texts else 0)
        if free:
            self._free[plan.digest] = free - 1
        elif client:
            self.budget.spend(client)

    def by_id(self, digest: str, operation_name: str | None) -> Plan:
        """The plan of a trusted document. Refuses DOCUMENT_NOT_FOUND."""
        text = self.trusted.find(digest)
        if digest not in self._pinned:
            self._pinned[digest] = self._learn(digest, text, True)
        return self._of(self._pinned[digest], operation_name)

    async def asked(self, text: str, operation_name: str | None, client: str) -> Plan:
        """The plan of a document sent as text. `client` names the budget for new ones; "" is this process itself. A new
        one is read beside the event loop (`workshop.py`)."""
        digest = self._digest(text)
        if digest in self._recent or digest in self.trusted.texts:
            return self._at_once(digest, text, operation_name)
        self.trusted.admit(digest)
        if client:
            self.budget.spend(client)
        known = await self.workshop.do(client, digest, lambda: self._read(digest, text, operation_name))
        if digest not in self._recent:
            self._keep(known)
        return self._of(known, operation_name)

    def by_text(self, text: str, operation_name: str | None) -> Plan:
        """The same at once, whatever it takes, and on nobody's budget."""
        return self._at_once(self._digest(text), text, operation_name)

    def _at_once(self, digest: str, text: str, operation_name: str | None) -> Plan:
        if digest in self.trusted.texts:
            return self.by_id(digest, operation_name)
        self.trusted.admit(digest)
        known = self._recent.get(digest)
        if known is None:
            known = self._learn(digest, text, False)
            self._keep(known)
        self._recent.move_to_end(digest)
        return self._of(known, operation_name)

    def _digest(self, text: str) -> str:
        try:
            content = text.encode()
        except UnicodeEncodeError:
            raise bad_text("The document") from None
        if len(content) > self.limits.document_bytes:
            raise too_large("bytes", len(content), self.limits.document_bytes)
        return document_id(content)

    def _read(self, digest: str, text: str, operation_name: str | None) -> Known:
        """A new document with the plan that is asked for: all that takes long, and nothing that others share."""
        known = self._learn(digest, text, False)
        self._of(known, operation_name)
        return known

    def _of(self, known: Known, operation_name: str | None) -> Plan:
        return self._plan(known, known.choose(operation_name))

    def _plan(self, known: Known, operation: OperationDefinitionNode) -> Plan:
        name = operation.name.value if operation.name else ""
        if name not in known.plans:
            known.plans[name] = self._make(known, operation)
        return known.plans[name]

    def _make(self, known: Known, operation: OperationDefinitionNode) -> Plan:
        if operation.operation is OperationType.SUBSCRIPTION:
            raise Problem(
                "SUBSCRIPTIONS_NOT_SUPPORTED",
                "Subscriptions are not served yet: ask again with a query.",
                of_document=True,
            )
        parts = split(known.document, operation)
        if parts.introspection:
            self.introspector.check(parts.introspection)
        prepared = parts.rest and self.reader.prepare(*parts.rest, trusted=known.trusted)
        root_fields = roots(known.document, operation)
        holding = self.lists.holding(operation)
        return Plan(known.digest, known.document, operation, prepared, parts.introspection, root_fields, holding)

    def _learn(self, digest: str, text: str, trusted: bool) -> Known:
        self.parsed += 1
        document = self._parse(text)
        check_document(document, self.limits)
        check_strings(text, document)
        check_literals(text, document, self.limits)
        errors = validate(self.schema, document, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise of_errors("INVALID_DOCUMENT", errors)
        # Places in the text were needed for the errors only, and they hold every token in memory: parsed again without.
        light = parse(text, no_location=True, max_tokens=self.limits.tokens, allow_empty_selection_sets=False)
        return Known(digest, light, document.token_count, trusted)

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_tokens=self.limits.tokens, allow_empty_selection_sets=False)
        except GraphQLError as error:
            if "tokens" in error.message and str(self.limits.tokens) in error.message:
                raise too_large("tokens", self.limits.tokens + 1, self.limits.tokens) from None
            raise of_errors("SYNTAX_ERROR", [error]) from None

    def _keep(self, known: Known) -> None:
        self._recent[known.digest] = known
        self._tokens += known.tokens
        while len(self._recent) > MOST_KEPT or self._tokens > MOST_TOKENS:
            _, gone = self._recent.popitem(last=False)
            self._tokens -= gone.tokens
