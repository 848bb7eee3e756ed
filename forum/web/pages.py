"""The addresses of the pages."""

from functools import partial

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from ..api.http.callers import Callers
from ..api.http.compressed import Compressed
from ..api.http.endpoint import RequestIds
from ..api.http.execute import Service
from ..api.providers.desk import Desk
from ..settings import Settings
from . import (
    act_page,
    addressees,
    answering,
    at_provider,
    autosave,
    demo_clock,
    draft,
    explorer_page,
    home,
    invited,
    many,
    opening_page,
    own_settings,
    paper_file,
    people_import,
    people_template,
    process_page,
    public,
    query_behind,
    receipt_file,
    sessions,
    signing_in,
    signing_out,
    target_choice,
)
from .read_page import nothing_here
from .templating import STYLE_ADDRESS, style
from .visits import Page, Site, Visit


def routes(
    service: Service,
    settings: Settings,
    callers: Callers,
    personas: signing_in.Personas,
    desk: Desk,
    move_clock: demo_clock.MoveClock,
) -> list[Route]:
    """The pages, and for every other address a page that says that there is none."""
    site = Site(service, callers, settings)
    clock = demo_clock.DemoClock(site, move_clock)
    pages = {
        **_ways_in(site, personas, desk), **_pages(site), **_sessions(site, desk),
        "/clock": Page(site, clock.show, clock.take),
    }  # fmt: skip
    ids = [Middleware(RequestIds), Middleware(Compressed)]
    return [
        *(Route(address, page, middleware=ids) for address, page in pages.items()),
        Route("/sign-in/{name}/ended", at_provider.BackChannel(desk), middleware=ids),
        *(
            Route(address, explorer_page.asset, methods=["GET"], middleware=ids)
            for address in explorer_page.ADDRESSES.values()
        ),
        *(Route(address, autosave.script, methods=["GET"], middleware=ids) for address in autosave.ADDRESSES.values()),
        Route(STYLE_ADDRESS, style, methods=["GET"], middleware=ids),
        Route("/{anything:path}", Page(site, _nothing, _nothing), middleware=ids),
    ]


def _ways_in(site: Site, personas: signing_in.Personas, desk: Desk) -> dict[str, Page]:
    """Signing in, and coming in by an invitation."""
    signing = signing_in.SigningIn(site, personas, desk)
    invitation = invited.Invited(site)
    provider = at_provider.AtProvider(site, desk, invitation)
    return {
        "/sign-in": Page(site, signing.show, signing.take),
        "/sign-in/{name}": Page(site, provider.go, provider.go_and_accept),
        "/sign-in/{name}/back": Page(site, provider.back),
        "/invitation": Page(site, invitation.show, invitation.take),
        "/invitation/declined": Page(site, invitation.declined),
        "/invitation/accepted/{id:uuid}": Page(site, invitation.accepted),
    }


def _sessions(site: Site, desk: Desk) -> dict[str, Page]:
    """Where somebody is signed in, and the end of it."""
    out = signing_out.SigningOut(site, desk)
    return {
        "/sign-out": Page(site, out.show, out.take),
        sessions.ADDRESS: Page(site, partial(sessions.show, site, out), partial(sessions.take, site, out)),
    }


def _pages(site: Site) -> dict[str, Page]:
    """What is read and done."""
    return {
        "/": Page(site, partial(home.show, site)),
        many.ADDRESS: Page(site, partial(many.show, site), partial(many.take, site)),
        "/do/{act}": Page(site, partial(act_page.show, site), partial(act_page.take, site)),
        **paper_file.pages(site),
        "/explore": Page(site, partial(explorer_page.show, site)),
        "/query": Page(site, partial(query_behind.show, site)),
        "/forums/{slug}/open": Page(site, partial(opening_page.show, site), partial(opening_page.take, site)),
        "/forums/{slug}/process": Page(site, partial(process_page.show, site), partial(process_page.take, site)),
        **{address: Page(site, partial(reading.show, site)) for address, reading in public.READ.items()},
        **{
            address: Page(site, partial(desk.show, site), partial(act_page.taking(desk), site))
            for address, desk in public.DESKS.items()
        },
        "/tracks/{id:uuid}/call": Page(
            site, partial(public.CALL_FORM.show, site), partial(act_page.taking(public.CALL_FORM, "issue_call"), site)
        ),
        "/calls/{id:uuid}": Page(site, partial(public.CALL.show, site), partial(answering.take_call, site)),
        "/calls/{id:uuid}/addressees": Page(site, partial(addressees.show, site)),
        "/calls/{id:uuid}/input": Page(site, partial(draft.show_new, site), partial(draft.take_new, site)),
        "/inputs/{id:uuid}": Page(site, partial(public.INPUT.show, site), partial(answering.take_input, site)),
        "/inputs/{id:uuid}/receipt.pdf": Page(site, partial(receipt_file.show, site)),
        "/inputs/{id:uuid}/edit": Page(site, partial(draft.show, site), partial(draft.take, site)),
        target_choice.ADDRESS: Page(site, partial(target_choice.show, site)),
        "/people/template.{ending}": Page(site, people_template.show),
        people_import.ADDRESS: Page(site, partial(people_import.show, site), partial(people_import.take, site)),
        own_settings.ADDRESS: Page(site, partial(own_settings.show, site), partial(own_settings.take, site)),
        **{address: Page(site, partial(reading.show, site)) for address, reading in public.EDITION.items()},
    }


async def _nothing(_: Visit) -> Response:
    raise nothing_here()
