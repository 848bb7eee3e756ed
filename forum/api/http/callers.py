"""Who sends a request: by a token in `Authorization`, by the cookie of a sign-in, or nobody in particular."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from ...store.people import TokenEnded
from ..problem import Problem, token_ended
from ..providers.access_tokens import AccessTokens
from .execute import Service
from .identity import BadToken, Caller, bearer, caller_of, verify
from .sign_ins import SignIns


@dataclass(eq=False)
class Callers:
    """How one server finds out who asks. `access`: reads the access tokens of providers; `now` gives real time, for
    tokens only."""

    service: Service
    secret: str
    sign_ins: SignIns
    access: AccessTokens | None = None
    now: Callable[[], float] = time.time

    async def of(self, request: Request) -> Caller:
        """Who asks. Refuses (BAD_TOKEN, 401) a token that is not good, (TOKEN_ENDED, 401) one that is known to have
        ended, before it spends anything of its person's points, and (TWO_IDENTITIES, 400) a token and a cookie at once:
        nobody could say which of the two was meant."""
        headers = request.headers.getlist("authorization")
        if not headers:
            return await self.sign_ins.caller(request)
        if self.sign_ins.cookie in request.cookies:
            message = "Send a token in Authorization or the cookie of a sign-in, not both: they may name two people."
            raise Problem("TWO_IDENTITIES", message)
        try:
            if len(headers) > 1:
                raise BadToken("two headers")
            token, address = bearer(headers[0]), request.client.host if request.client else "?"
            if self.access is not None and (found := await self.access.caller(token, address)) is not None:
                return found
            caller = caller_of(verify(self.secret, token, now=self.now()))
            if caller.token in self.service.ended:
                raise TokenEnded()
            return caller
        except TokenEnded:
            raise token_ended() from None
        except BadToken:
            raise Problem(
                "BAD_TOKEN",
                "The token in Authorization is not accepted: it may have expired. Sign in again, or leave it out to "
                "read what is public.",
                status=401,
                headers={"WWW-Authenticate": 'Bearer realm="review-forum", error="invalid_token"'},
            ) from None
