"""`/sign-in`. In the demonstration people are chosen from a list; nowhere else."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from ..api.http.sign_ins import DEMONSTRATION
from ..api.problem import Problem
from ..api.providers.desk import Desk
from . import after_sign_in, form_fields
from .visits import HEADERS, Site, Visit


@dataclass(frozen=True)
class Persona:
    """Somebody of the demonstration: who, and in what role, as people say it."""

    subject: str
    name: str
    role: str
    of: str  # the organisation or forum


Personas = Callable[[], Awaitable[Sequence[Persona]]]


@dataclass(frozen=True)
class SigningIn:
    """The page on which one signs in. `personas`: the people of the demonstration."""

    site: Site
    personas: Personas
    desk: Desk

    async def show(self, visit: Visit) -> Response:
        """How to sign in; with the link of an invitation in the address, to come back to that."""
        self.site.sign_ins.need_private_line(visit.request)
        people = await self.personas() if self.site.sign_ins.plain else ()
        response = self.site.page(
            visit,
            "sign_in",
            people=people,
            link=visit.request.query_params.get("link", ""),
            demonstration=self.site.sign_ins.plain,
            providers=[provider.known for provider in self.desk.providers.values()],
        )
        after_sign_in.keep(self.site, visit, response)
        return response

    async def take(self, visit: Visit) -> Response:
        """Sign in as somebody of the demonstration. Refuses (NOT_THE_DEMONSTRATION) to do so anywhere else, and
        (BAD_FORM) somebody it does not have."""
        if not self.site.sign_ins.plain:
            raise Problem(
                "NOT_THE_DEMONSTRATION",
                "People are chosen from a list in the demonstration only. Open /sign-in, and sign in there.",
                status=403,
            )
        self.site.sign_ins.need_private_line(visit.request)
        sent = await form_fields.fields(visit.request)
        response = _to(invitation_of(sent["link"]) if sent.get("link") else after_sign_in.kept(visit.request))
        after_sign_in.forget(self.site, visit, response)
        if not await self.site.sign_ins.begin(visit.request, response, sent.get("person", ""), DEMONSTRATION):
            raise form_fields.bad_form("There is nobody of that name here.")
        return response


def invitation_of(link: str) -> str:
    """The address of the page of an invitation."""
    return f"/invitation?{urlencode({'link': link})}"


def _to(address: str) -> Response:
    """To another page of ours, by GET."""
    return RedirectResponse(address, 303, HEADERS)
