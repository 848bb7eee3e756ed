"""Browsers: a cookie with a random secret names a sign-in, and the sign-in names a person.

The cookie is `__Host-forum` (RFC 6265bis: Secure, no Domain, Path=/), HttpOnly and SameSite=Lax. The demonstration on
this machine alone speaks plain HTTP, with a cookie of another name. The secret is 256 random bits and is kept nowhere;
its SHA-256 finds the row. Which sign-in a secret names never changes, so each process remembers that; whether it still
stands is asked with each request, in the statement that finds who asks (`store/people.py`).
"""

import hashlib
import re
import secrets
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from ...domain.sign_in import DEMONSTRATION as DEMONSTRATION
from ...domain.sign_in import LONGEST_CLIENT
from ...settings import Settings
from ...store import sign_ins as store
from ...store.unit import fresh
from ..problem import Problem, sign_in_ended
from ..schema.context import POOL_SECONDS
from .identity import ANONYMOUS, Caller
from .rates import Spenders
from .same_origin import SAFE, need_own_page

REMEMBERED = 10_000  # sign-ins a process knows the person of
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
_PORT = re.compile(r":\d*$")
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


@dataclass(eq=False)
class SignIns:
    """The sign-ins of one server. `spend` takes points of the sender's for what is asked before anybody is known."""

    pool: Any
    settings: Settings
    spend: Callable[[Spenders, int], object]
    known: OrderedDict[bytes, tuple[UUID, str]] = field(default_factory=OrderedDict)

    @property
    def plain(self) -> bool:
        """Whether this is the demonstration on one machine, which speaks plain HTTP to that machine."""
        return self.settings.mode == "demo" and self.settings.host in LOOPBACK

    @property
    def cookie(self) -> str:
        """The name of the cookie."""
        return "forum" if self.plain else "__Host-forum"

    # ---- who asks
    async def caller(self, request: Request) -> Caller:
        """Who asks by cookie; nobody in particular where there is none. Refuses (SIGN_IN_ENDED, 401) a secret that
        names no sign-in which stands, and (CROSS_SITE, 403) to change anything for another site's page."""
        secret = request.cookies.get(self.cookie)
        if secret is None:
            return ANONYMOUS
        self.need_private_line(request)
        if request.method not in SAFE:
            need_own_page(request, self.settings.public_url)
        if not _SECRET.fullmatch(secret):
            raise sign_in_ended()
        digest = _hash(secret)
        found = self.known.get(digest) or await self._find(request, digest)
        return Caller(found[1], sign_in=found[0])

    async def _find(self, request: Request, digest: bytes) -> tuple[UUID, str]:
        self.spend((("address", request.client.host if request.client else "?"),), 0)
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            found = await store.find(connection, digest)
        if found is None:
            raise sign_in_ended()
        self.known[digest] = found
        while len(self.known) > REMEMBERED:
            self.known.popitem(last=False)
        return found

    def need_private_line(self, request: Request) -> None:
        """Refuse (HTTPS_NEEDED, 403) to sign anybody in over a line that others read; on one machine's demonstration,
        to be asked by another name than this machine's."""
        host = _PORT.sub("", request.headers.get("host", ""))
        if host in LOOPBACK if self.plain else request.scope["scheme"] == "https":
            return
        raise Problem(
            "HTTPS_NEEDED",
            "Signing in needs a private line: open this page with https://. Operators: where a proxy speaks TLS, name "
            "it in FORUM_TRUSTED_PROXIES and let it send X-Forwarded-Proto.",
            status=403,
        )

    # ---- beginning and end
    async def begin(
        self, request: Request, response: Response, subject: str, issuer: str, account: UUID | None = None,
        provider_session: str | None = None,
    ) -> bool:  # fmt: skip
        """Sign a person in: a new secret, whatever cookie came along; the sign-in that this one named ends. `account`:
        at the issuer, with its session there. False where the subject is nobody here."""
        before = request.cookies.get(self.cookie)
        replaces = _hash(before) if before and _SECRET.fullmatch(before) else None
        secret = secrets.token_urlsafe(32)
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            entered = await store.begin(
                connection, subject, fresh(), _hash(secret), issuer=issuer, replaces=replaces,
                client=browser(request.headers.get("user-agent", "")),
                longest=self.settings.longest_seconds, idle=self.settings.idle_seconds,
                account=account, provider_session=provider_session,
            )  # fmt: skip
        if entered:
            response.set_cookie(self.cookie, secret, path="/", secure=not self.plain, httponly=True, samesite="lax")
        return entered

    async def end(self, caller: Caller, sign_in: UUID | None) -> tuple[UUID, ...]:
        """End one sign-in of whoever asks, or all; which ended."""
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            return await store.end(connection, caller.subject or "", sign_in)

    def drop_cookie(self, response: Response) -> None:
        """Tell the browser to forget its cookie."""
        response.delete_cookie(self.cookie, path="/", secure=not self.plain, httponly=True, samesite="lax")


def browser(user_agent: str) -> str:
    """What a browser calls itself in a few words, such as "Firefox, Linux"; nothing else of the header is kept."""
    name = next((name for mark, name in _BROWSERS if f"{mark}/" in user_agent), "")
    system = next((system for system in _SYSTEMS if system in user_agent), "")
    return ", ".join(filter(None, (name, system)))[:LONGEST_CLIENT] or "another browser"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(urlsafe_b64decode(secret + "=")).digest()
