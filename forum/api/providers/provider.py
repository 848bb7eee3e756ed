"""One provider, asked by authlib's client: authorization code with PKCE (RFC 7636), state, nonce and, where it sends
one, `iss` (RFC 9207).

authlib takes the algorithms of an ID token from the provider's own metadata, checks neither its `aud` nor that the
metadata is the issuer's unless it is asked to, and keeps metadata for ever: all of that is settled here.
"""

import time
import warnings
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc.errors import JoseError

from ...domain.account import Attempt
from ..problem import Problem
from .known import Known
from .line import BoundedLine
from .signed import ALGORITHMS, LEEWAY, LONGEST, sign_in_failed

with warnings.catch_warnings():  # it calls httpx deprecated, at every command, on the terminal
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.base_client import OAuthError
    from authlib.integrations.starlette_client import StarletteOAuth2App

METADATA_SECONDS = 3600.0
_DOWN = (httpx.TransportError, httpx.HTTPStatusError)
# What authlib and joserfc raise for an answer that is not as it should be.
_ODD = (OAuthError, JoseError, httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError, RuntimeError)


@dataclass(frozen=True)
class Answer:
    """For whom a provider answered: the name it has for the person, and its session there where it names one."""

    subject: str
    session: str | None


@dataclass(eq=False)
class Provider:
    """One provider, with what it says of itself; asked anew after an hour, or once something did not fit."""

    known: Known
    redirect: str  # the page to which it sends people back
    clock: Callable[[], float] = time.monotonic
    _app: Any = None
    _since: float = field(default=0.0)

    async def begin(self, state: str, nonce: str, prompt: str | None = None) -> tuple[str, Attempt]:
        """The address at the provider to send a browser to, and what it is to come back with. `prompt`: how the
        provider is to ask the person (OpenID Connect Core, 3.1.2.1). Refuses (PROVIDER_DOWN) when it does not
        answer."""
        asked = {} if prompt is None else {"prompt": prompt}
        async with self._asked() as app:
            begun = await app.create_authorization_url(self.redirect, state=state, nonce=nonce, **asked)
        return str(begun["url"]), Attempt(self.known.name, nonce, begun["code_verifier"])

    async def finish(self, code: str, attempt: Attempt) -> Answer:
        """Whom the provider answers for. Refuses (PROVIDER_DOWN) when it does not answer, and (SIGN_IN_FAILED) a code
        that it does not take, and an ID token that is not for us, not for this attempt, or not its own."""
        async with self._asked() as app:
            token = await app.fetch_access_token(self.redirect, code=code, code_verifier=attempt.verifier)
            own = {"iss": _is(self.known.issuer), "aud": _is(self.known.client_id), "exp": _is(), "iat": _is()}
            claims = await app.parse_id_token(token, attempt.nonce, claims_options=own, leeway=LEEWAY)
            if claims is None or claims.get("nonce") != attempt.nonce:
                raise ValueError("no ID token of this attempt")
            return Answer(_word(claims, self.known.person), _word(claims, "sid") if "sid" in claims else None)

    async def metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself. Refuses (PROVIDER_DOWN) when it does not answer."""
        async with self._asked() as app:
            return dict(app.server_metadata)

    async def keys(self, *, anew: bool = False) -> Any:
        """The provider's public keys (RFC 7517); `anew`: asked for again."""
        async with self._asked() as app:
            return await app.fetch_jwk_set(force=anew)

    @asynccontextmanager
    async def _asked(self) -> AsyncIterator[Any]:
        """The client, with metadata that is the issuer's own. What goes wrong inside is said in a sentence."""
        try:
            if self._app is None or self.clock() - self._since > METADATA_SECONDS:
                self._app, self._since = await self._client(), self.clock()
            yield self._app
        except Problem:
            raise
        except _DOWN:
            self._app = None
            raise self._down() from None
        except _ODD as error:
            self._app = None
            raise sign_in_failed(f"{self.known.title} gave no answer that counts ({type(error).__name__})") from None

    async def _client(self) -> Any:
        known = self.known
        app = StarletteOAuth2App(
            None, name=known.name, client_id=known.client_id, client_secret=known.client_secret,
            server_metadata_url=f"{known.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": known.scope, "code_challenge_method": "S256", "transport": BoundedLine()},
        )  # fmt: skip
        metadata = await app.load_server_metadata()
        if metadata.get("issuer") != known.issuer:
            raise ValueError("metadata of another issuer")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [name for name in ALGORITHMS if name in offered]
        return app

    def _down(self) -> Problem:
        return Problem(
            "PROVIDER_DOWN",
            f"{self.known.title} does not answer just now, so nobody can sign in with it. Who is signed in already "
            "goes on. Try again in some minutes.",
            status=503,
            headers={"Retry-After": "60"},
        )


def _is(value: str | None = None) -> dict[str, object]:
    return {"essential": True} if value is None else {"essential": True, "value": value}


def _word(claims: Mapping[str, Any], name: str) -> str:
    value = claims[name]
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise ValueError(name)
    return value
