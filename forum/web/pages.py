"""The addresses of the pages."""

from functools import partial

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from ..api.http.endpoint import RequestIds
from ..api.http.execute import Service
from ..api.http.sign_ins import SignIns
from ..api.problem import Problem
from ..api.providers.desk import Desk
from ..settings import Settings
from . import at_provider, home, invited, sessions, signing_in
from .visits import STYLE_ADDRESS, Page, Site, Visit, style


def routes(
    service: Service, settings: Settings, sign_ins: SignIns, personas: signing_in.Personas, desk: Desk
) -> list[Route]:
    """The pages, and for every other address a page that says that there is none."""
    site = Site(service, sign_ins, settings)
    signing = signing_in.SigningIn(site, personas, desk)
    provider = at_provider.AtProvider(site, desk)
    invitation = invited.Invited(site)
    pages = {
        "/": Page(site, partial(home.show, site)),
        "/sign-in": Page(site, signing.show, signing.take),
        "/sign-in/{name}": Page(site, provider.go),
        "/sign-in/{name}/back": Page(site, provider.back),
        "/invitation": Page(site, invitation.show, invitation.take),
        "/sign-out": Page(site, partial(_only_sent, site), partial(signing_in.sign_out, site)),
        "/sessions": Page(site, partial(sessions.show, site), partial(sessions.take, site)),
    }
    ids = [Middleware(RequestIds)]
    return [
        *(Route(address, page, middleware=ids) for address, page in pages.items()),
        Route("/sign-in/{name}/ended", at_provider.BackChannel(desk), middleware=ids),
        Route(STYLE_ADDRESS, style, methods=["GET"], middleware=ids),
        Route("/{anything:path}", Page(site, _nothing, _nothing), middleware=ids),
    ]


async def _only_sent(site: Site, visit: Visit) -> Response:
    """Who opens the address of a form is shown its button."""
    return site.page(visit, "sign_out")


async def _nothing(_: Visit) -> Response:
    raise Problem("NO_SUCH_PAGE", "There is nothing at this address. Begin at the first page.", status=404)
