"""Signing in with a provider: there, back again, and the provider's word that somebody signed out."""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ..api.problem import Problem, of_exception
from ..api.providers.desk import Desk, NotLinked
from . import form_fields
from .visits import HEADERS, Site, Visit


@dataclass(frozen=True)
class AtProvider:
    """The two pages of each provider."""

    site: Site
    desk: Desk

    async def go(self, visit: Visit) -> Response:
        """To the provider, with an attempt that this browser is to finish."""
        address, browser = await self.desk.begin(visit.request, visit.request.path_params["name"])
        response = RedirectResponse(address, 303, HEADERS)
        self.desk.keep(response, browser)
        return response

    async def back(self, visit: Visit) -> Response:
        """From the provider, signed in; or a page that says why not, and whom to ask."""
        response: Response = RedirectResponse("/", 303, HEADERS)
        try:
            await self.desk.finish(visit.request, visit.request.path_params["name"], response)
        except NotLinked as stranger:
            response = self.site.page(visit, "not_linked", 403, stranger=stranger)
        except Problem as problem:
            response = self.site.problem(visit, problem)
        self.desk.drop(response)
        return response


@dataclass(eq=False)
class BackChannel:
    """Where a provider sends its logout tokens, server to server: no browser, no cookie, no page."""

    desk: Desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if request.method != "POST":
                raise Problem("METHOD_NOT_ALLOWED", "Send a logout token by POST.", 405, headers={"Allow": "POST"})
            sent = await form_fields.fields(request)
            await self.desk.log_out(request.path_params["name"], sent.get("logout_token", ""))
            response = Response(status_code=200)
        except ClientDisconnect:
            return
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            id_ = str(scope.get("request_id", ""))
            problem = error if isinstance(error, Problem) else of_exception(error, id_)
            response = Response(problem.body(id_), problem.status, problem.headers, media_type="application/json")
        response.headers["Cache-Control"] = "no-store"
        await response(scope, receive, send)
