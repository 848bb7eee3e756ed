"""`/sessions`: where you are signed in, and the end of any of it."""

from uuid import UUID

from starlette.responses import RedirectResponse, Response

from ..api.problem import Problem
from . import form_fields
from .signing_out import SigningOut
from .visits import HEADERS, Site, Visit


async def show(site: Site, out: SigningOut, visit: Visit) -> Response:
    """The visitor's own sign-ins, and the ways to end them. Refuses (NOT_SIGNED_IN, 401) nobody in particular."""
    _need_person(visit)
    provider = await out.provider(visit)
    title = "" if provider is None else provider.known.title
    return site.page(visit, "sessions", sign_ins=await site.sign_ins.listed(visit.caller), title=title)


async def take(site: Site, visit: Visit) -> Response:
    """End one of them. Refuses (BAD_FORM) an id that is none; one of somebody else's, or one that has ended, is not
    among the visitor's, and is left as it is."""
    _need_person(visit)
    try:
        id_ = UUID((await form_fields.fields(visit.request)).get("sign_in", ""))
    except ValueError:
        raise form_fields.bad_form("The form names no sign-in.") from None
    await site.sign_ins.end(visit.caller, id_)
    return RedirectResponse("/sessions", 303, HEADERS)


def _need_person(visit: Visit) -> None:
    if visit.caller.subject is None:
        raise Problem("NOT_SIGNED_IN", visit.notice or "Sign in first: this page is about you.", status=401)
