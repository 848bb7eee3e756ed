"""Whether the words of a form were sent before: a browser that goes back draws the form anew, with another key, and
may fill it in as it was.

Pages are not kept by browsers (`Cache-Control: no-store`), so that what comes back is a form of its own, and its
`idempotencyKey` another: sent again, it would write its paragraph a second time. So the browser keeps a mark of what it
sent last, in a cookie: a hash of the words under the service's secret, which says nothing by itself, and the form they
were sent from. The same words from another form are asked about once more.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

from starlette.responses import Response

from .form_key import new_key
from .held_back import CARRIED, HeldBack
from .visits import Site, Visit

COOKIE = "sent"
TWICE = "twice"  # the field of a form that is meant to be sent a second time
_SECONDS = 86_400
_MOST = 12  # what was sent last
_LONG = 16  # hex characters of a mark


def need_new(site: Site, visit: Visit, fields: Mapping[str, str], back: str) -> None:
    """Refuses (HeldBack) words that the visitor sent from here before, by a form that was drawn at another time.
    `back`: where they stand."""
    form = _sent(visit).get(_mark(site, visit, fields))
    if form is not None and form != _form(fields) and TWICE not in fields:
        raise HeldBack("sent", fields, new_key(site, visit), back)


def remember(site: Site, visit: Visit, fields: Mapping[str, str], response: Response) -> Response:
    """The response, by which the browser remembers that these words were sent."""
    mark = _mark(site, visit, fields)
    kept = [(mark, _form(fields)), *(pair for pair in _sent(visit).items() if pair[0] != mark)][:_MOST]
    value = "-".join(f"{mark}.{form}" for mark, form in kept)
    response.set_cookie(COOKIE, value, _SECONDS, secure=not site.sign_ins.plain, httponly=True, samesite="strict")
    return response


def _sent(visit: Visit) -> dict[str, str]:
    """The marks of what was sent, each with the form it was sent from."""
    pairs = (pair.partition(".") for pair in visit.request.cookies.get(COOKIE, "").split("-")[:_MOST])
    return {mark: form for mark, _, form in pairs if len(mark) == _LONG and len(form) == _LONG}


def _form(fields: Mapping[str, str]) -> str:
    return sha256(fields.get("key", "").encode()).hexdigest()[:_LONG]


def _mark(site: Site, visit: Visit, fields: Mapping[str, str]) -> str:
    words = sorted((name, value.strip()) for name, value in fields.items() if name not in CARRIED and value.strip())
    path = visit.request.scope["path"]
    what = "\n".join(("sent", visit.caller.subject or "", path, fields.get("act", ""), repr(words)))
    return hmac.new(site.settings.secret.encode(), what.encode(), sha256).hexdigest()[:_LONG]
