"""A service with a small review on it, and people who want more than they were given.

Everything goes through the real HTTP contract, with real tokens: method, media type, token, document, act. Beside the
people of `scene.py` there is one person in each role at the HLPF, whose own office joins in: none of them has anything
to say in the GFMD, in the regional process, or in the Steering Group.
"""

import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import sqlalchemy as sa

from forum import app
from forum.domain.mandate import Role
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.scene import DAY, Scene, scene
from tests.support.sources import ROOT
from tests.support.tokens import issued

SECRET = "for-the-hostile-suite-" + "s" * 32
# What an attempt must leave as it was: who may do what, and by which text.
KEPT = (
    t.process_definition, t.mandate, t.edition, t.forum, t.convenor, t.participation, t.track, t.anchor, t.notice,
    t.agreement,
)  # fmt: skip


@dataclass(frozen=True)
class Attacked:
    """The service, and the scene it serves."""

    s: Scene
    site: httpx.ASGITransport
    strangers: tuple[str, ...]
    tokens: dict[str, str] = field(default_factory=dict)

    async def do(self, subject: str | None, operation: str, /, **given: Any) -> Mapping[str, Any]:
        """A mutation's payload, by the person of this subject; None is somebody without a token."""
        text = (ROOT / "graphql" / "operations" / f"{operation}.graphql").read_text("utf-8")
        if subject is not None and subject not in self.tokens:
            self.tokens.update(await issued(self.s.engine, SECRET, subject))
        headers = {} if subject is None else {"Authorization": f"Bearer {self.tokens[subject]}"}
        async with httpx.AsyncClient(transport=self.site, base_url="http://service", headers=headers) as line:
            answer = await line.post("/graphql", json={"query": text, "variables": {"input": given}})
        body = answer.json()
        assert answer.status_code == 200, body
        assert "errors" not in body, body
        [payload] = body["data"].values()
        found: Mapping[str, Any] = payload
        return found

    async def code(self, subject: str | None, operation: str, /, **given: Any) -> str | None:
        """The code of the refusal that an attempt met; None where it was done. A refused one gives nothing else."""
        payload = await self.do(subject, operation, **given)
        if not payload["errors"]:
            return None
        assert all(value is None for name, value in payload.items() if name != "errors"), payload
        code: str = payload["errors"][0]["code"]
        return code

    def id(self, kind: str, name: str) -> str:
        """A thing of the scene as the contract names it: `id("Forum", "gfmd")`."""
        return f"{kind}:{getattr(self.s, f'{kind.lower()}s')[name]}"

    async def rows(self, *tables: sa.Table) -> Mapping[str, Sequence[str]]:
        """Every row of these tables (`KEPT` where none is named), to be compared before and after."""
        async with begin(self.s.engine) as unit:
            return {one.name: sorted(map(str, await unit.all(sa.select(one)))) for one in tables or KEPT}


def key() -> str:
    return str(uuid.uuid4())


async def _strangers(s: Scene) -> tuple[str, ...]:
    """A person in each role at the HLPF, beside those of the scene who hold nothing in the other forums."""
    await s.add(t.person, *[{"id": _person(role), "subject": f"hlpf.{role}", "name": f"A {role}"} for role in Role])
    await s.add(t.mandate, *[
        {"id": fresh(), "person_id": _person(role), "role": str(role), "organisation_id": s.organisations["desa"],
         "forum_id": s.forums["hlpf"], "starts_at": s.now - DAY, "accepted_at": s.now - DAY,
         "mechanism_code": "civil_society" if role == Role.COORDINATOR else None}
        for role in Role
    ])  # fmt: skip
    chair = {"organisation_id": s.organisations["desa"], "office": "chair", "forum_id": s.forums["hlpf"]}
    await s.add(t.mandate, {"id": fresh(), **chair, "starts_at": s.now - DAY, "accepted_at": s.now - DAY})
    anywhere = ("focal.kenya", "delegate.kenya", "focal.nepal", "rep.network", "rep.quito", "rep.stranger")
    return ("secretariat.hlpf", *anywhere, *(f"hlpf.{role}" for role in Role))


def _person(role: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"hlpf.{role}")


@asynccontextmanager
async def attacked(url: str) -> AsyncIterator[Attacked]:
    """The service on a fresh database (`url` is the application's role) with the scene on it."""
    settings = Settings(mode="test", database_url=url, secret=SECRET, pool=4, log_level="warning")
    async with scene(url) as s:
        strangers = await _strangers(s)
        parts = await app.parts(settings, url)
        try:
            yield Attacked(s, httpx.ASGITransport(app.site(parts, settings)), strangers)
        finally:
            await parts.close()
