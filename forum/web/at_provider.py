"""Signing in with a provider: there, back again, and the provider's word that somebody signed out."""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ..api.problem import Problem, of_exception
from ..api.providers.desk import Desk, NotLinked
from . import after_sign_in, form_fields
from .invited import Invited
from .visits import HEADERS, Site, Visit


@dataclass(frozen=True)
class AtProvider:
    """The two pages of each provider."""

    site: Site
    desk: Desk
    invited: Invited

    async def go(self, visit: Visit) -> Response:
        """To the provider, with an attempt that this browser is to finish."""
        address, browser = await self.desk.begin(visit.request, visit.request.path_params["name"])
        response = RedirectResponse(address, 303, HEADERS)
        self.desk.keep(response, browser)
        return response

    async def go_and_accept(self, visit: Visit) -> Response:
        """To the provider, to accept an invitation by coming back. A form, so that no other site sends anybody; and a
        page in between, since browsers hold a form's redirects to the site it may be sent to (CSP, `form-action`)."""
        sent = await form_fields.fields(visit.request)
        name = visit.request.path_params["name"]
        address, browser = await self.desk.begin(visit.request, name, sent.get("link", ""))
        title = self.desk.named(name).known.title
        response = self.site.page(visit, "on_to_provider", address=address, title=title)
        response.headers["Refresh"] = f"0;url={address}"
        self.desk.keep(response, browser)
        return response

    async def back(self, visit: Visit) -> Response:
        """From the provider, signed in; or a page that says why not, and whom to ask."""
        try:
            response = await self._back(visit)
        except Problem as problem:
            response = self.site.problem(visit, problem, {})
        self.desk.drop(response)
        return response

    async def _back(self, visit: Visit) -> Response:
        came = await self.desk.finish(visit.request, visit.request.path_params["name"])
        if came.link is None:
            response: Response = RedirectResponse(after_sign_in.kept(visit.request), 303, HEADERS)
            after_sign_in.forget(self.site, visit, response)
        else:
            response = await self.invited.accept_as(visit, came.link, came, await self.desk.person(came))
        try:
            await self.desk.sign_in(visit.request, response, came)
        except NotLinked as stranger:
            if came.link is None:
                return self.site.page(visit, "not_linked", 403, stranger=stranger)
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
