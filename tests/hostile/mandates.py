"""A service over HTTP on the scene of `tests/support/scene.py`, whose organisations have administrators."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from forum import app
from forum.actions.core.catalogue import CATALOGUE
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.scene import DAY, Scene, scene
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
OPERATIONS = Path(__file__).parents[2] / "graphql" / "operations"
ADMINISTERED = ("kenya", "nepal", "network", "ecuador")
AUTHOR = (
    "query($id: ID!) { contribution: node(id: $id) "
    "{ ... on Contribution { mine authorship { organisation { name } person { name } } } } }"
)


@dataclass
class Hostile:
    """The scene, and hands to send requests with as anybody."""

    s: Scene
    http: httpx.AsyncClient
    tokens: dict[str, str] = field(default_factory=dict)

    async def ask(self, subject: str | None, text: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an answer; the request itself is in order."""
        if subject is not None and subject not in self.tokens:
            self.tokens.update(await issued(self.s.engine, SECRET, subject))
        headers = {} if subject is None else {"authorization": f"Bearer {self.tokens[subject]}"}
        answer = await self.http.post("/graphql", json={"query": text, "variables": variables}, headers=headers)
        body = answer.json()
        assert answer.status_code == 200, body
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    async def try_(self, who: str | None, act: str, /, **given: Any) -> tuple[str, Any]:
        """The code of the refusal, or "done"; and the thing that came of it, or the sentence of the refusal."""
        creates = CATALOGUE[act].command.creates
        input_ = {**given, "idempotencyKey": str(uuid.uuid4())} if creates else given
        data = await self.ask(who, (OPERATIONS / f"{act}.graphql").read_text("utf-8"), input=input_)
        [payload] = data.values()
        if payload["errors"]:
            return payload["errors"][0]["code"], payload["errors"][0]["message"]
        return "done", next(made for name, made in payload.items() if name != "errors")

    async def done(self, who: str, act: str, /, **given: Any) -> str:
        """The id of the thing that the act gave, ended or answered; it must be done."""
        code, what = await self.try_(who, act, **given)
        assert code == "done", (code, what)
        return str(what["id"])

    async def knows_who_wrote(self, subject: str | None, contribution: uuid.UUID) -> bool:
        found = (await self.ask(subject, AUTHOR, id=f"Contribution:{contribution}"))["contribution"]
        return found is not None and (found["mine"] or found["authorship"] is not None)

    def forum(self, slug: str) -> str:
        return f"Forum:{self.s.forums[slug]}"

    def organisation(self, slug: str) -> str:
        return f"Organisation:{self.s.organisations[slug]}"

    def mandate(self, subject: str) -> str:
        return f"Mandate:{self.s.mandates[subject]}"

    @property
    def since(self) -> str:
        return (self.s.now - DAY).isoformat()

    @property
    def later(self) -> str:
        return (self.s.now + DAY).isoformat()


@asynccontextmanager
async def hostile(url: str) -> AsyncIterator[Hostile]:
    async with scene(url) as s:
        for slug in ADMINISTERED:
            s.people[f"admin.{slug}"], s.mandates[f"admin.{slug}"] = fresh(), fresh()
            person = {"id": s.people[f"admin.{slug}"], "subject": f"admin.{slug}", "name": f"Administrator of {slug}"}
            await s.add(t.person, person)
            role = {"role": "administrator", "organisation_id": s.organisations[slug], "person_id": person["id"]}
            since = s.now - 20 * DAY
            await s.add(
                t.mandate, {"id": s.mandates[f"admin.{slug}"], **role, "starts_at": since, "accepted_at": since}
            )
        settings = Settings(mode="test", secret=SECRET, pool=4, database_url=url)
        parts = await app.parts(settings, url)
        transport = httpx.ASGITransport(app.site(parts, settings))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            yield Hostile(s, http)
        await parts.close()
