"""Sends the documents of `graphql/operations/` to a service, as one person, and keeps a transcript where asked."""

import asyncio
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from ..files import folder
from ..refusal import Refusal

Json = dict[str, Any]  # an object of an answer, shaped by the operation document that asked for it
Note = Callable[["Sent"], None]  # what is to be done with each operation that was sent
_TRIES = 6


class Sent:
    """One operation that was sent, with what came back: a line of the transcript."""

    def __init__(self, persona: str, operation: str, variables: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        self.persona, self.operation, self.variables, self.answer = persona, operation, dict(variables), dict(answer)


class Refused(Refusal):
    """A refusal of the service: its stable code, its sentence, and the facts that came with them (`error`)."""

    says = "{operation}: {code_given}: {sentence}"
    operation: str
    code_given: str
    sentence: str
    error: Mapping[str, Any]


class Unreachable(Refusal):
    """Nobody answers, after all tries."""

    says = "No service answers at {url}: {cause}. Is it running there?"
    url: str
    cause: str


def document(name: str) -> str:
    """The text of an operation document, by its operation's name: SubmitContribution."""
    file = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    return (folder("graphql") / "operations" / f"{file}.graphql").read_text("utf-8")


class Session:
    """One person's connection to a service. A request whose connection was lost is sent again, under the same key.

    `home`: the address of its pages, which papers lead to; empty where it is not known."""

    def __init__(self, url: str, token: str | None, persona: str = "", note: Note | None = None) -> None:
        headers = {"Accept": "application/graphql-response+json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.http = httpx.AsyncClient(base_url=url, headers=headers, timeout=60)
        self.persona, self.note, self.language, self.home = persona, note, "en", ""

    def speak(self, language: str) -> None:
        """Ask for answers in a language (BCP 47) from now on: what processes say comes in it."""
        self.language = self.http.headers["Accept-Language"] = language

    async def ask(self, operation: str, /, **variables: Any) -> Json:
        """Read: the answer's data. Raises Refused for a request error."""
        answer = await self._send(operation, variables)
        if "errors" in answer:
            raise _refused(
                operation, answer["errors"][0], answer["errors"][0].get("extensions", {}).get("code", "ERROR")
            )
        data: Json = answer["data"]
        return data

    async def do(self, operation: str, /, **fields: Any) -> Json:
        """Write: the payload of one mutation. `idempotencyKey` among the fields replaces a new one. Raises Refused."""
        data = await self.ask(operation, input={"idempotencyKey": str(uuid4()), **fields})
        payload: Json = data[operation[0].lower() + operation[1:]]
        if payload["errors"]:
            raise _refused(operation, payload["errors"][0], payload["errors"][0]["code"])
        return payload

    async def _send(self, operation: str, variables: Mapping[str, Any]) -> Json:
        sent = {"query": document(operation), "operationName": operation, "variables": _plain(variables)}
        for remaining in reversed(range(_TRIES)):
            try:
                response = await self.http.post("/graphql", json=sent)
                if response.status_code != 503 or not remaining:
                    break
                await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
            except httpx.TransportError as error:
                if not remaining:
                    raise Unreachable(url=str(self.http.base_url), cause=str(error) or type(error).__name__) from None
                await asyncio.sleep(0.5)
        answer = self._json(response)
        if self.note:
            self.note(Sent(self.persona, operation, sent["variables"], answer))
        return answer

    def _json(self, response: httpx.Response) -> Json:
        try:
            answer: Json = response.json()
        except ValueError:
            cause = f"what answers there is no Review Forum (HTTP {response.status_code})"
            raise Unreachable(url=str(self.http.base_url), cause=cause) from None
        return answer

    async def close(self) -> None:
        await self.http.aclose()


def _refused(operation: str, error: Mapping[str, Any], code: str) -> Refused:
    return Refused(operation=operation, code_given=code, sentence=error.get("message", ""), error=dict(error))


def _plain(value: Any) -> Any:
    """Variables as JSON: uuids and paths as text."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, (UUID, Path)) else value
