"""`/`: who is signed in finds what waits for them; anybody else finds what is open and what came out."""

from starlette.responses import Response

from . import public
from .visits import Behind, Site, Visit


async def show(site: Site, visit: Visit) -> Response:
    """The first page of whoever visits."""
    if not visit.signed_in:
        return await public.FRONT.show(site, visit)
    data = await site.ask(visit, "home")
    mine = {organisation["id"] for organisation in data["viewer"]["organisations"]}
    return site.page(visit, "home", behind=Behind("home", {}), data=data, mine=mine)
