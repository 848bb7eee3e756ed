"""Where somebody goes once they are signed in: to the page of ours from which they came to sign in.

A link in a mail leads to a page that is not for everybody; who follows it signed out would else have to find it again
on the first page. The page is kept in a cookie for ten minutes: a provider in between knows nothing of it.
"""

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from .visits import Site, Visit

COOKIE = "after-sign-in"
_SECONDS = 600
_LONGEST = 1000  # characters of an address that is worth keeping
_NOT = ("/sign-in", "/sign-out", "/invitation", "/explore", "/query")


def ours(address: str) -> str:
    """An address of ours, and nothing that a browser takes for another site's; `/` in place of anything else."""
    local = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if local else "/"


def keep(site: Site, visit: Visit, response: Response) -> None:
    """Keep the page of ours that led to this one (RFC 9110, 10.1.3, Referer), where it is worth coming back to."""
    try:
        came = urlsplit(visit.request.headers.get("referer", "")[:_LONGEST])
    except ValueError:
        return
    if f"{came.scheme}://{came.netloc}" != site.home(visit) or came.path.startswith(_NOT) or came.path == "/":
        return
    address = came.path + (f"?{came.query}" if came.query and "done=" not in came.query else "")
    response.set_cookie(COOKIE, quote(ours(address)), _SECONDS, secure=not site.sign_ins.plain, httponly=True,
                        samesite="lax")  # fmt: skip


def kept(request: Request) -> str:
    """Where to go now: an address of ours, `/` where none was kept."""
    return ours(unquote(request.cookies.get(COOKIE, "")[: 3 * _LONGEST]))


def forget(site: Site, visit: Visit, response: Response) -> None:
    """It was gone to."""
    if COOKIE in visit.request.cookies:
        response.delete_cookie(COOKIE, secure=not site.sign_ins.plain, httponly=True, samesite="lax")
