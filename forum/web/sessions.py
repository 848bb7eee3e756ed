"""`/sessions`: where you are signed in, and the end of any of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from ..api.problem import Problem
from . import form_fields
from .acting import act
from .done import done_word, to_done
from .signing_out import SigningOut
from .visits import Behind, Site, Visit

ADDRESS = "/sessions"


async def show(
    site: Site, out: SigningOut, visit: Visit, errors: Sequence[tuple[str, Mapping[str, Any]]] = ()
) -> Response:
    """The visitor's own sign-ins, and the ways to end them. Refuses (NOT_SIGNED_IN, 401) nobody in particular."""
    _need_person(visit)
    sign_ins = (await site.ask(visit, "my_sign_ins"))["viewer"]["signIns"]
    return site.page(
        visit, "sessions", 400 if errors else 200, sign_ins=sign_ins, titles=out.titles, errors=errors,
        title=next((out.titles.get(known["issuer"], "") for known in sign_ins if known["isThis"]), ""),
        done=done_word(site, visit), behind=Behind("my_sign_ins", {}),
    )  # fmt: skip


async def take(site: Site, out: SigningOut, visit: Visit) -> Response:
    """End one of them, or with `others` all but that one. What is refused is said on the page: one that has ended, or
    that is another's, is not among the visitor's. Refuses (BAD_FORM) a form that names none."""
    _need_person(visit)
    fields = await form_fields.fields(visit.request)
    if not fields.get("sign_in"):
        raise form_fields.bad_form("The form names no sign-in.")
    ended = await act(site, visit, "end_sign_in", signIn=fields["sign_in"], others="others" in fields)
    if ended.errors:
        return await show(site, out, visit, [("", error) for error in ended.errors])
    return to_done(site, visit, ADDRESS, "end_sign_in")


def _need_person(visit: Visit) -> None:
    if visit.caller.subject is None:
        raise Problem("NOT_SIGNED_IN", visit.notice or "Sign in first: this page is about you.", status=401)
