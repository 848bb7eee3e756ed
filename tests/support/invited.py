"""Somebody is invited over HTTP, and opens the link in a browser."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette

from forum import app
from tests.hostile.mandates import OPERATIONS, Hostile
from tests.support.sign_ins import browser, signed_in


@dataclass
class Invited:
    """The service as it is served to people, beside the hands of `tests/hostile/mandates.py`."""

    h: Hostile
    parts: app.Parts
    site: Starlette

    async def invite(self, who: str = "admin.kenya", organisation: str = "kenya", **more: Any) -> tuple[str, str]:
        """An invitation of Amina by this administrator: its id, and its link."""
        own = {"organisation": self.h.organisation(organisation), "role": "DELEGATE", "startsAt": self.h.since}
        input_ = {**own, "address": "amina@example.org", "name": "Amina <N.>", "idempotencyKey": str(uuid.uuid4())}
        data = await self.h.ask(who, (OPERATIONS / "invite_person.graphql").read_text("utf-8"), input=input_ | more)
        payload = data["invitePerson"]
        assert payload["errors"] == [], payload
        return payload["invitation"]["id"], payload["link"]

    async def as_(self, subject: str) -> httpx.AsyncClient:
        """The browser of somebody who signed in."""
        secret, _ = await signed_in(self.parts, subject)
        return browser(self.site, secret)


def heading(answer: httpx.Response) -> str:
    """What a page is called, without the marks around names."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    assert found, answer.text
    return re.sub("<[^>]+>", "", found[1])
