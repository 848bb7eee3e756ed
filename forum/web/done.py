"""What was just done, as a page says it after the form was sent: `?done=<word>.<seal>`.

Anybody can hand somebody a link, and a green line that says that something was done is believed. So the word is sealed
for the sign-in that did it and the page that it leads to; any other is not shown.
"""

import hmac
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from starlette.responses import Response

from .acting import to
from .visits import Site, Visit

_FIELD = "done"
THING = "~"  # between the name of an act and the id of what takes it back would be on
_LONG = 22  # hex characters of a seal: 88 bits, tried over the network only


def to_done(site: Site, visit: Visit, address: str, word: str) -> Response:
    """To this address of ours, whose page says what was done: the name of an act, where another takes it back with the
    id of what that would be on behind THING; or a word of the page's own."""
    seal = _seal(site, visit, unquote(urlsplit(address).path), word)
    return to(f"{address}{'&' if '?' in address else '?'}{_FIELD}={word}.{seal}")


def done_word(site: Site, visit: Visit) -> str:
    """What the visitor has just done here; empty where the address says nothing, or nothing that we said."""
    word, _, seal = visit.request.query_params.get(_FIELD, "").partition(".")
    if not (visit.signed_in and seal.isascii()):
        return ""
    return word if hmac.compare_digest(seal, _seal(site, visit, visit.request.scope["path"], word)) else ""


def _seal(site: Site, visit: Visit, path: str, word: str) -> str:
    what = "\n".join((_FIELD, str(visit.caller.sign_in), unquote(path), word))
    return hmac.new(site.settings.secret.encode(), what.encode(), sha256).hexdigest()[:_LONG]
