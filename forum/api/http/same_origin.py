"""What a browser sends by itself is taken from our own pages only: against cross-site request forgery.

A cookie goes along with every request to its site, whoever's page began it. So a request that may change something and
is made by cookie must say that a page of ours began it: by `Sec-Fetch-Site` (W3C Fetch Metadata), which pages cannot
set, or by `Origin` (RFC 6454), where a browser sends only that. One that says neither is not taken.
"""

from starlette.requests import Request

from ..problem import Problem

SAFE = ("GET", "HEAD", "OPTIONS")
_OURS = (["same-origin"], ["none"])  # none: typed or bookmarked by the person, begun by no page


def need_own_page(request: Request, public_url: str) -> None:
    """Refuse (CROSS_SITE, 403) a request that another site began, or that does not say who did.

    `public_url`: the address others use; where it is empty, the request's own scheme and host are.
    """
    site = request.headers.getlist("sec-fetch-site")
    origin = request.headers.getlist("origin")
    own = origin_of(request, public_url)
    if (site or origin) and (not site or site in _OURS) and (not origin or origin == [own]):
        return
    raise Problem(
        "CROSS_SITE",
        f"This was not sent from a page of this service ({own}), and a sign-in counts there only. Open that page and "
        "do it there; a program sends a token in Authorization instead.",
        status=403,
    )


def origin_of(request: Request, public_url: str) -> str:
    """Scheme, host and port of the service's own pages."""
    if public_url:
        scheme, _, rest = public_url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}".lower()
    return f"{request.scope['scheme']}://{request.headers.get('host', '')}".lower()
