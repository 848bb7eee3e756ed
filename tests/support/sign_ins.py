"""People with a browser, for tests: signed in, and asking from a page of the service or from elsewhere."""

import hashlib
import secrets
from base64 import urlsafe_b64decode
from typing import Any
from uuid import UUID

import httpx
from starlette.applications import Starlette

from forum import app
from forum.settings import Settings
from forum.store import sign_ins
from forum.store.unit import fresh

HOME = "https://forum.example"
COOKIE = "__Host-forum"


def hashed(secret: str) -> bytes:
    """What the service keeps of a cookie."""
    return hashlib.sha256(urlsafe_b64decode(secret + "=")).digest()


async def signed_in(parts: app.Parts, subject: str, *, longest: int = 3600, idle: int = 600) -> tuple[str, UUID]:
    """A sign-in of this person: the cookie's secret, and its id."""
    secret, id_ = secrets.token_urlsafe(32), fresh()
    async with parts.pool.acquire() as connection:
        assert await sign_ins.begin(
            connection, subject, id_, hashed(secret), issuer="a test", client="Firefox, Linux",
            longest=longest, idle=idle, replaces=None,
        )  # fmt: skip
    return secret, id_


def browser(site: Starlette, secret: str | None = None, home: str = HOME, **headers: str) -> httpx.AsyncClient:
    """A browser on a page of the service; `headers` in place of those that it would send there."""
    own = {"Origin": home, "Sec-Fetch-Site": "same-origin", "User-Agent": "X11; Linux Firefox/140.0"}
    sent = own | {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in sent.items() if value}
    client = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url=home, headers=kept)
    if secret is not None:
        client.cookies.set(COOKIE, secret, domain=client.base_url.host)
    return client


def served(parts: app.Parts, **more: Any) -> Starlette:
    """The service as it is served to people, behind a proxy that speaks TLS."""
    return app.site(parts, Settings(**{"mode": "test", "secret": "s" * 32, **more}))
