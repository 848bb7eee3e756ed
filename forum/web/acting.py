"""Acts by a form: a mutation of the contract, sent as any portal sends it, and its refusals brought back to the form.

The form carries a key it was drawn with. The `idempotencyKey` comes of it and of what was filled in: the same form sent
twice - a slow line, a second click - does its act once, and one that was gone back to and changed is another request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from starlette.responses import RedirectResponse, Response

from . import form_fields
from .visits import HEADERS, Site, Visit

# Fields that a form carries for itself: nobody typed them.
_CARRIED = frozenset({"key", "at", "act", "actingAs", "back", "fixed", "revision"})


@dataclass(frozen=True)
class Outcome:
    """What a mutation answered. `errors` as the contract has them: code, message, path."""

    payload: Mapping[str, Any]

    @property
    def errors(self) -> Sequence[Mapping[str, Any]]:
        errors: Sequence[Mapping[str, Any]] = self.payload["errors"]
        return errors


async def act(site: Site, visit: Visit, operation: str, **input_: Any) -> Outcome:
    """Send the mutation of this operation document. What is None is left out. Raises Problem."""
    sent = {name: value for name, value in input_.items() if value is not None}
    [payload] = (await site.ask(visit, operation, input=sent)).values()
    return Outcome(payload)


def key_of(fields: Mapping[str, str]) -> str:
    """The `idempotencyKey` for this form as it is filled in. Refuses (BAD_FORM) a form that was not drawn here."""
    try:
        drawn = UUID(fields.get("key", ""))
    except ValueError:
        raise form_fields.bad_form("The form has lost its key.") from None
    return str(uuid5(drawn, repr(sorted(fields.items()))))


def revision_of(fields: Mapping[str, str]) -> int:
    """The revision that the form was drawn from. Refuses (BAD_FORM) a form that names none."""
    revision = fields.get("revision", "")
    if not revision.isdecimal() or len(revision) > 9:
        raise form_fields.bad_form("The form names no revision.")
    return int(revision)


def new_key() -> str:
    """A key for a form that is drawn now."""
    return str(uuid4())


def acting_as(fields: Mapping[str, str]) -> str | None:
    """The mandate that was chosen; None where there was no choice."""
    return fields.get("actingAs") or None


def kept(site: Site, visit: Visit, fields: Mapping[str, str]) -> Response:
    """The page for who sends a form after their sign-in has ended: nothing is lost, it can be sent again."""
    shown = {name: value for name, value in fields.items() if name not in _CARRIED}
    return site.page(visit, "kept", 401, fields=fields, shown=shown, address=visit.request.url.path)


def to(address: str) -> Response:
    """To another page of ours, by GET."""
    return RedirectResponse(address, 303, HEADERS)
