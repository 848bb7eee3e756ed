"""A browser is sent to a provider, and comes back signed in: each attempt is of one browser, and counts once."""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from ...domain.account import ATTEMPT_SECONDS, Attempt, Proven
from ...domain.secret_link import LinkKind, Links, answered_by
from ...store import accounts
from ..http.sign_ins import SignIns
from ..problem import Problem
from ..schema.context import POOL_SECONDS
from .known import is_private
from .logout import checked
from .signed import sign_in_failed

if TYPE_CHECKING:
    from .provider import Provider  # authlib and httpx, at the first sign-in at a provider


class NotLinked(Exception):
    """The provider answers for somebody whom nobody linked to a person here."""

    def __init__(self, title: str, issuer: str, subject: str) -> None:
        super().__init__(issuer, subject)
        self.title, self.issuer, self.subject = title, issuer, subject


@dataclass(frozen=True)
class Came:
    """Somebody whom a provider sent back: the provider's title, the account, and its session there; `link`: of the
    invitation that they went there to accept."""

    title: str
    proven: Proven
    session: str | None
    link: str | None


@dataclass(frozen=True)
class Desk:
    """Where people sign in with a provider. `links`: proves and makes the links of invitations. `now`: real time, in
    seconds since 1970."""

    providers: Mapping[str, "Provider"]
    sign_ins: SignIns
    pool: Any
    links: Links
    now: Callable[[], float] = time.time

    def named(self, name: str) -> "Provider":
        """The provider of this name. Refuses (NO_SUCH_PROVIDER, 404) an unknown one."""
        if name not in self.providers:
            raise Problem("NO_SUCH_PROVIDER", "There is no such way to sign in. Open /sign-in.", status=404)
        return self.providers[name]

    async def begin(self, request: Request, name: str, link: str | None = None) -> tuple[str, str]:
        """The address at the provider, and the secret that this browser is to come back with. `link`: of an invitation
        that is accepted by it; then the provider asks who it is even where it knows, since the account is that person's
        for good. Refuses (LinkNotGood) a link that is none."""
        self.sign_ins.need_private_line(request)
        provider = self.named(name)
        self._spend(request)
        state, browser, nonce = (secrets.token_urlsafe(32) for _ in range(3))
        if link is not None:
            self.links.need_good(LinkKind.INVITATION, link)
        address, attempt = await provider.begin(state, nonce, None if link is None else "login")
        attempt = replace(attempt, invitation_id=None if link is None else answered_by(link))
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            await accounts.keep_attempt(connection, _hash(state), _hash(browser), attempt)
        return address, browser

    async def finish(self, request: Request, name: str) -> Came:
        """Whom the provider sent back. Refuses (SIGN_IN_FAILED) what no attempt of this browser waits for, and what
        does not fit it."""
        self.sign_ins.need_private_line(request)
        provider, known = self.named(name), self.named(name).known
        sent = _sent(request)
        browser = request.cookies.get(self.cookie, "")
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            attempt = await accounts.take_attempt(connection, _hash(sent.get("state", "")), _hash(browser), name)
        if attempt is None:
            raise sign_in_failed(
                "this answer belongs to no sign-in that this browser began in the last ten minutes, or was used already"
            )
        if "error" in sent:
            raise sign_in_failed(f"{known.title} said “{sent['error'][:60]}”")
        await self._need_own(provider, sent.get("iss"))
        if "code" not in sent:
            raise sign_in_failed(f"{known.title} sent no code")
        answer = await provider.finish(sent["code"], attempt)
        return Came(known.title, Proven(known.issuer, answer.subject), answer.session, self._link(attempt))

    def _link(self, attempt: Attempt) -> str | None:
        """The link that the attempt was begun with, made anew: it stands nowhere."""
        if attempt.invitation_id is None or attempt.open_until is None:
            return None
        return self.links.sign(LinkKind.INVITATION, attempt.invitation_id, attempt.open_until)

    async def person(self, came: Came) -> str | None:
        """The subject here of the person whom this account signs in; None where nobody linked it."""
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            account = await accounts.find(connection, came.proven.issuer, came.proven.subject)
        return None if account is None else account[1]

    async def sign_in(self, request: Request, response: Response, came: Came) -> None:
        """Sign them in. Raises NotLinked for an account that nobody linked."""
        issuer, subject = came.proven.issuer, came.proven.subject
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            account = await accounts.find(connection, issuer, subject)
        if account is None or not await self.sign_ins.begin(
            request, response, account[1], issuer, account[0], came.session
        ):
            raise NotLinked(came.title, issuer, subject)

    async def _need_own(self, provider: "Provider", issuer: str | None) -> None:
        """RFC 9207: an answer that another provider gave is not taken for this one's."""
        says = (await provider.metadata()).get("authorization_response_iss_parameter_supported") is True
        if issuer != provider.known.issuer and (issuer is not None or says):
            raise sign_in_failed("the answer came from another provider than the one you chose")

    def _spend(self, request: Request) -> None:
        """Take a point of the sender's address: a provider is asked for whoever sends this."""
        self.sign_ins.spend((("address", request.client.host if request.client else "?"),), 0)

    # ---- signing out there
    def of_issuer(self, issuer: str) -> "Provider | None":
        """The provider that calls itself this; None of what is none (any more)."""
        return next((provider for provider in self.providers.values() if provider.known.issuer == issuer), None)

    async def leaving(self, request: Request, provider: "Provider") -> str | None:
        """The address at which a browser is signed out there, and sent back to `/sign-out` (OpenID Connect RP-Initiated
        Logout 1.0); None where the provider has none, or does not answer. We keep no ID token to hint with: the
        provider may ask the person."""
        self._spend(request)
        try:
            ends = (await provider.metadata()).get("end_session_endpoint")
        except Problem:
            return None
        if not isinstance(ends, str) or not is_private(ends):
            return None
        home = self.sign_ins.settings.public_url.rstrip("/")
        asked = {"client_id": provider.known.client_id, "post_logout_redirect_uri": f"{home}/sign-out"}
        return f"{ends}{'&' if '?' in ends else '?'}{urlencode(asked)}"

    async def log_out(self, name: str, token: str) -> None:
        """End what the provider says is over. Refuses (BAD_LOGOUT_TOKEN) what it did not sign for us."""
        provider = self.named(name)
        jti, subject, session = await checked(provider, token, self.now())
        async with self.pool.acquire(timeout=POOL_SECONDS) as connection:
            await accounts.log_out(connection, provider.known.issuer, jti, subject, session)

    # ---- the cookie of an attempt
    @property
    def cookie(self) -> str:
        """The name of the cookie that ties an attempt to its browser."""
        return f"{self.sign_ins.cookie}-attempt"

    def keep(self, response: Response, browser: str) -> None:
        """Let the browser keep the secret of its attempt. Lax: it is to come along when the provider sends it back."""
        response.set_cookie(
            self.cookie, browser, max_age=ATTEMPT_SECONDS, path="/", secure=not self.sign_ins.plain, httponly=True,
            samesite="lax",
        )  # fmt: skip

    def drop(self, response: Response) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.cookie, path="/", secure=not self.sign_ins.plain, httponly=True, samesite="lax")


def _sent(request: Request) -> Mapping[str, str]:
    """What the provider sent back. Refuses (SIGN_IN_FAILED) a name that stands twice (RFC 6749, section 3.1)."""
    pairs = request.query_params.multi_items()
    if len({name for name, _ in pairs}) != len(pairs) or not all(value.isprintable() for _, value in pairs):
        raise sign_in_failed("the answer could not be read")
    return dict(pairs)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
