"""The key that a form is drawn with, and whose form it is: `<uuid>.<seal>`.

The `idempotencyKey` of what a form asks for comes of its key and of what was filled in: the same form sent twice - a
slow line, a second click - does its act once, and one that was gone back to and changed is another request. The seal
binds the form to the person it was drawn for: in a browser with two windows it is not sent as somebody else, who signed
in meanwhile. It says nothing of who that person is.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from . import form_fields
from .held_back import HeldBack
from .visits import Site, Visit

_LONG = 22  # hex characters of a seal: 88 bits, tried over the network only


def new_key(site: Site, visit: Visit) -> str:
    """A key for a form that is drawn now, for this visitor."""
    drawn = str(uuid4())
    return f"{drawn}.{_seal(site, visit.caller.subject, drawn)}"


def key_of(site: Site, visit: Visit, fields: Mapping[str, str]) -> str:
    """The `idempotencyKey` for this form as it is filled in. Refuses (HeldBack) to send it where the visitor's sign-in
    has ended, or where it was drawn for somebody else; one that was drawn for nobody may be sent once one has signed
    in. Refuses (BAD_FORM) a form that was not drawn here."""
    if not visit.signed_in:
        raise HeldBack("ended", fields)
    drawn, _, seal = fields.get("key", "").partition(".")
    try:
        key = UUID(drawn)
    except ValueError:
        raise form_fields.bad_form("The form has lost its key.") from None
    if not (seal.isascii() and len(seal) == _LONG):
        raise form_fields.bad_form("The form has lost its key.")
    if not any(hmac.compare_digest(seal, _seal(site, whose, drawn)) for whose in (visit.caller.subject, None)):
        raise HeldBack("another", fields, new_key(site, visit))
    return str(uuid5(key, repr(sorted(fields.items()))))


def _seal(site: Site, subject: str | None, drawn: str) -> str:
    what = "\n".join(("form", "" if subject is None else f"of {subject}", drawn))
    return hmac.new(site.settings.secret.encode(), what.encode(), sha256).hexdigest()[:_LONG]
