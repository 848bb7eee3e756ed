"""A small schema with a reader that is no reader, and a server of it on a free port: for the tests of HTTP itself.

`Told` answers reads through graphql-core's executor instead of compiled statements, and notes what it was asked.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import httpx
import orjson
import uvicorn
from starlette.applications import Starlette

from forum.api.http.callers import Callers
from forum.api.http.endpoint import routes
from forum.api.http.execute import Service
from forum.api.http.identity import Caller
from forum.api.http.sign_ins import SignIns
from forum.api.http.trusted_documents import TrustedDocuments, document_id
from forum.api.limits import Limits
from forum.api.paper_links import PaperLinks
from forum.errors import WrongState
from forum.reading.fill import Fetched
from forum.settings import Settings
from graphql import (
    DocumentNode,
    FieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    execute_sync,
    print_ast,
    visit,
)
from tests.support.typed import some

SECRET = "a secret for tests of thirty-two bytes or more"
NEW = "application/graphql-response+json"
OLD = "application/json"
SDL = """
type Query { hello(name: String): String  echo(text: String): String!  viewer: String  again: Query
  items(first: Int = 20, where: Where): [Item!]!  ill: String  lost: String  shut: String }
type Item { id: ID! }
input Where { title: String  colour: Colour }
enum Colour { RED GREEN }
type Mutation { add(input: AddInput!): AddPayload!  ill: AddPayload!  lost: AddPayload! }
input AddInput { text: String!  idempotencyKey: ID }
type AddPayload { added: String  count: Int }
type Subscription { ticks: Int }
"""
HELLO = "query Hello($name: String) { hello(name: $name) }\n"


WORDS = "Amina's words"


class Ill(Exception):
    """A fault of ours whose text holds what must not leave."""


class Told:
    """Stands for `forum.reading.Reader`."""

    def __init__(self) -> None:
        self.schema = build_schema(SDL)
        self.prepared: list[OperationDefinitionNode] = []
        self.forms: set[tuple[int, frozenset[str]]] = set()
        self.reads = 0

    def prepare(self, document: DocumentNode, operation: OperationDefinitionNode, *, trusted: bool = False) -> Any:
        self.prepared.append(operation)
        return document, operation

    def cost(self, prepared: Any, variables: Mapping[str, Any]) -> int:
        info, total = TypeInfo(self.schema), [1]

        class Pages(Visitor):
            def enter_field(self, node: FieldNode, *_: Any) -> None:
                for argument in node.arguments or ():
                    if argument.name.value == "first":
                        literal = getattr(argument.value, "value", None)
                        total[0] += int(literal if literal is not None else variables[print_ast(argument.value)[1:]])

        visit(prepared[1], TypeInfoVisitor(info, Pages()))
        return total[0]

    def known(self, prepared: Any, variables: Mapping[str, Any], viewer: Any, node: FieldNode | None = None) -> bool:
        return (id(prepared[1]), frozenset(variables)) in self.forms

    def compiling(
        self, prepared: Any, variables: Mapping[str, Any], viewer: Any, node: FieldNode | None = None
    ) -> Callable[[], Callable[[], None]]:
        return lambda: lambda: self.forms.add((id(prepared[1]), frozenset(variables)))

    async def fetch(self, connection: Any, prepared: Any, variables: Any, viewer: Any) -> Fetched:
        self.reads += 1
        self.forms.add((id(prepared[1]), frozenset(variables)))
        document, operation = prepared
        result = execute_sync(
            self.schema, document, Root(viewer), variable_values=dict(variables), operation_name=_name(operation)
        )
        for error in result.errors or ():
            raise error.original_error or error
        return Fetched(orjson.dumps(result.data))


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


class Root:
    """The values of the root fields."""

    def __init__(self, viewer: Any) -> None:
        self.viewer = viewer

    def hello(self, info: Any, name: str | None = None) -> str:
        return f"Hello {name or 'world'}"

    def echo(self, info: Any, text: str = "") -> str:
        return text

    def again(self, info: Any) -> "Root":
        return self

    def items(self, info: Any, first: int = 20, where: Any = None) -> list[dict[str, str]]:
        return [{"id": f"Item:{n}"} for n in range(first)]

    def ill(self, info: Any) -> str:
        raise Ill(WORDS)

    def lost(self, info: Any) -> str:
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    def shut(self, info: Any) -> str:
        raise WrongState(act="read", state="closed", needs=("open",))


class Pool:
    """Connections that answer, or not."""

    def __init__(self) -> None:
        self.down: Exception | None = None

    @asynccontextmanager
    async def acquire(self, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - asyncpg's own signature
        if self.down:
            raise self.down
        yield self

    async def execute(self, text: str) -> str:
        return ""


class Acts:
    """Stands for `forum.api.schema.mutations`: notes each act and answers what it was given."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Mapping[str, Any], Caller]] = []

    async def __call__(
        self, prepared: Any, node: FieldNode, given: Mapping[str, Any], caller: Caller, variables: Any
    ) -> bytes:
        if node.name.value == "ill":
            raise Ill(WORDS)
        if node.name.value == "lost":
            raise ConnectionRefusedError("no server at 10.0.0.7")
        self.done.append((node.name.value, given, caller))
        selected = [s.name.value for s in some(node.selection_set).selections if isinstance(s, FieldNode)]
        worth = {"added": given["input"]["text"], "count": len(self.done)}
        return orjson.dumps({name: worth[name] for name in selected})


def trusted(mode: str = "open", **texts: str) -> TrustedDocuments:
    found = {name: (document_id(text.encode()), text) for name, text in ({"hello": HELLO} | texts).items()}
    return TrustedDocuments(dict(found.values()), {name: digest for name, (digest, _) in found.items()}, mode)


def service(mode: str = "open", limits: Limits | None = None, **more: Any) -> Service:
    reader = Told()

    async def viewer_of(caller: Caller) -> str:
        return caller.subject or "nobody"

    made = Service(
        schema=reader.schema,
        reader=reader,
        pool=Pool(),
        perform=Acts(),
        viewer_of=viewer_of,
        documents=more.pop("documents", None) or trusted(mode),
        papers=PaperLinks("of a sample"),
        limits=limits or Limits(),
        **more,
    )
    for name in made.documents.names:
        made.plans.read_trusted(name)
    return made


def reads_of(made: Service) -> Told:
    """The reader of such a service."""
    assert isinstance(made.reader, Told)
    return made.reader


def acts_of(made: Service) -> Acts:
    """What its acts are handed to."""
    assert isinstance(made.perform, Acts)
    return made.perform


def settings(**more: Any) -> Settings:
    return Settings(mode="test", secret=SECRET, **more)


@contextmanager
def serving(made: Service, given: Settings | None = None, http: Any = "httptools") -> Iterator[httpx.Client]:
    """A real server in a thread, and a client of it. The socket listens before the server runs: nobody has to wait."""
    by = given or settings()
    callers = Callers(made, by.secret, SignIns(made.pool, by, made.rates.spend))
    app = Starlette(routes=routes(made, by, callers))
    config = uvicorn.Config(app, log_level="critical", lifespan="off", http=http, loop="asyncio")
    server = uvicorn.Server(config)
    # The protocol is named because asyncio turns Nagle's delay of 40 ms off only where it is.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        host, port = listener.getsockname()
        try:
            with httpx.Client(base_url=f"http://{host}:{port}", timeout=20, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(20)


def post(
    client: httpx.Client, query: str | None = None, *, accept: str = NEW, token: str | None = None, **members: Any
) -> httpx.Response:
    """A POST of this document."""
    headers = {"Accept": accept} | ({"Authorization": f"Bearer {token}"} if token else {})
    body = members if query is None else {"query": query, **members}
    return client.post("/graphql", json=body, headers=headers)


def code(response: httpx.Response) -> str:
    """The code of the first error, after checking that the answer is a whole one."""
    assert response.headers["content-type"].startswith((NEW, OLD))
    found = response.json()
    assert "data" not in found
    for error in found["errors"]:
        assert error["message"]
        assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    return found["errors"][0]["extensions"]["code"]
