"""Sends requests as the people of the corpus, and notes each with its answer.

A mutation is sent by its operation document as it was at the time of the record (`operations/`), with all facts of all
refusals asked for (`errors.graphql`). The name of its input type is read from the contract, so that a type may be
renamed.
"""

import json
import re
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.corpus.corpus_normal import Normal
from tests.corpus.corpus_service import Service, token

HERE = Path(__file__).parent
NEW = "application/graphql-response+json"
OLD = "application/json"
HEADERS = ("content-type", "allow", "retry-after", "www-authenticate", "cache-control", "location")
KEYS = uuid.UUID("6f0b7c1e-0000-4000-8000-000000000000")
ERRORS = (HERE / "errors.graphql").read_text("utf-8")
TYPES = (
    "{ __schema { mutationType { fields(includeDeprecated: true) { name args { name type { ofType { name } } } } } } }"
)


class Player:
    """`do` sends a mutation, `ask` a read, `query` a document of the corpus's own, `raw` whatever else."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.normal = Normal()
        self.noted: list[dict[str, Any]] = []
        self.misfits: list[str] = []  # what was to be done and was refused, or the other way round
        self.ids: dict[str, str] = {}
        self._lines: dict[str | None, httpx.AsyncClient] = {}
        self._types: dict[str, str] = {}

    async def begin(self) -> None:
        """Learn from the contract what each mutation takes."""
        fields = (await self._silent(None, TYPES))["__schema"]["mutationType"]["fields"]
        self._types = {f["name"]: f["args"][0]["type"]["ofType"]["name"] for f in fields}

    async def close(self) -> None:
        for line in self._lines.values():
            await line.aclose()

    async def do(self, by: str | None, operation: str, why: str = "done", /, **given: Any) -> Any:
        """Send a mutation and note it; the payload, or None where the request was refused as a whole."""
        given.setdefault("idempotencyKey", self.key())
        text, field = self._mutation(operation), operation[0].lower() + operation[1:]
        name = f"{operation}: {why}"
        answer = await self._send(name, by, text, {"input": given}, operation)
        payload = (answer.get("data") or {}).get(field)
        wanted = why == "done" or why.startswith("done,")
        if wanted != (payload is not None and payload["errors"] == []):
            self.misfits.append(f"{name}, by {by}: {json.dumps(answer, ensure_ascii=False)}")
        return payload

    async def ask(
        self, by: str | None, operation: str, why: str = "", /, *, unordered: bool = False, **variables: Any
    ) -> Any:
        """Send a read by its document and note it; its data."""
        name = f"{operation}: {why}" if why else operation
        answer = await self._send(name, by, _document(operation), variables, operation, unordered)
        return answer.get("data")

    async def query(self, by: str | None, name: str, text: str, /, *, unordered: bool = False, **variables: Any) -> Any:
        """Send a document of the corpus's own and note it; its data."""
        return (await self._send(name, by, text, variables, None, unordered)).get("data")

    async def raw(
        self, name: str, by: str | None, method: str, /, path: str = "/graphql", **sent: Any
    ) -> httpx.Response:
        """Send any request and note it. What is sent stands in the record as far as it is text."""
        answer = await self.line(by).request(method, path, **sent)
        kept = {"method": method, **{k: _shown(v) for k, v in sent.items()}}
        self._note(name, by, {"request": kept}, answer)
        return answer

    async def look(self, by: str | None, text: str, **variables: Any) -> Any:
        """Read something that the corpus itself needs; not noted."""
        return await self._silent(by, text, **variables)

    async def clock(self, to: datetime) -> None:
        await self.service.set_clock(to)

    def key(self) -> str:
        """A fresh idempotency key, the same in each run."""
        return str(uuid.uuid5(KEYS, str(len(self.noted))))

    def line(self, by: str | None) -> httpx.AsyncClient:
        if by not in self._lines:
            headers = {"Accept": NEW, **({} if by is None else {"Authorization": f"Bearer {token(by)}"})}
            self._lines[by] = self.service.line(headers)
        return self._lines[by]

    def _mutation(self, operation: str) -> str:
        asked = r"(?ms)^    errors \{.*\n    \}"
        text = re.sub(asked, f"    errors {{ {ERRORS} }}", _document(operation))
        field = operation[0].lower() + operation[1:]
        return text.replace(f"$input: {operation}Input!", f"$input: {self._types[field]}!")

    async def _send(
        self,
        name: str,
        by: str | None,
        text: str,
        variables: dict[str, Any],
        operation: str | None,
        unordered: bool = False,
    ) -> Any:
        answer = await self.line(by).post(
            "/graphql", json={"query": text, "operationName": operation, "variables": variables}
        )
        asked = {"operation": operation} if operation else {"query": text}
        self._note(name, by, {**asked, "variables": variables}, answer, unordered)
        return answer.json()

    def _note(
        self, name: str, by: str | None, asked: dict[str, Any], answer: httpx.Response, unordered: bool = False
    ) -> None:
        body: Any = answer.text
        if answer.headers.get("content-type", "").split(";")[0] in (NEW, OLD) and answer.content:
            body = answer.json()
        told = {
            "status": answer.status_code,
            "headers": {h: answer.headers[h] for h in HEADERS if h in answer.headers},
            "answer": self.normal.of(body, unordered),
        }
        self.noted.append({"name": name, "by": by, **self.normal.of(asked), **told})

    async def _silent(self, by: str | None, text: str, **variables: Any) -> Any:
        answer = await self.line(by).post("/graphql", json={"query": text, "variables": variables})
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]


def _document(operation: str) -> str:
    """The text of an operation, as it was at the time of the record."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
    return (HERE / "operations" / f"{name}.graphql").read_text("utf-8")


def _shown(value: Any) -> Any:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str) and len(value) > 300:
        return f"{value[:60]}... ({len(value)} characters)"
    if isinstance(value, dict):
        return {k: _shown(v) for k, v in value.items() if k.lower() != "authorization"}
    return value
