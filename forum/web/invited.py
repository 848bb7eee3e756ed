"""`/invitation`: what a link offers, and the answer to it. The link stands in the address, as a letter has it; no page
that it leads to learns of it, and the answer is sent as a form: what only follows links answers nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from ..api import operations
from ..api.http.identity import Caller, newcomer
from ..api.http.rates import spenders_of
from ..api.providers.desk import Came
from . import form_fields
from .acting import Outcome, act, to
from .read_page import Reading, of_node
from .visits import Site, Visit

_ACCEPTED = Reading("invitation_accepted", "accepted_mandate", of_node("Mandate"), "node")
NEWCOMER = "invitation"  # the issuer of sign-ins that began with an accepted invitation

# By the code of the refusal: the status. What the page is called, and its sentence, are among the terms.
_REFUSED: Mapping[str, int] = {
    "LINK_NOT_GOOD": 404,
    "INVITATION_ANSWERED": 410,
    "INVITATION_TOO_LATE": 410,
    "INVITATION_ENDED": 410,
    "INVITATION_FOR_ANOTHER": 403,
    "INVITER_MAY_NO_LONGER": 409,
    "MANDATE_STANDS": 409,
}


@dataclass(frozen=True)
class Invited:
    """The page of an invitation."""

    site: Site

    async def show(self, visit: Visit) -> Response:
        """What the link offers, with the ways to answer; or why it offers nothing."""
        self.site.sign_ins.need_private_line(visit.request)
        link = visit.request.query_params.get("link", "")
        answer = (await self.site.ask(visit, "offered_invitation", link=link))["invitation"]
        if answer["errors"]:
            return self._refused(visit, link, answer["errors"][0])
        offer = answer["offer"]
        return self.site.page(visit, "invitation", offer=offer, link=link)

    async def take(self, visit: Visit) -> Response:
        """The answer. Refuses (BAD_FORM) a form that says neither yes nor no."""
        self.site.sign_ins.need_private_line(visit.request)
        sent = await form_fields.fields(visit.request)
        link = sent.get("link", "")
        if sent.get("answer") == "decline":
            done = await act(self.site, visit, "decline_invitation", link=link)
            return self._refused(visit, link, done.errors[0]) if done.errors else to("/invitation/declined")
        if sent.get("answer") == "accept":
            return await self._accept(visit, link)
        raise form_fields.bad_form("The form says neither yes nor no.")

    async def _accept(self, visit: Visit, link: str) -> Response:
        """Who did not sign in is a person of the service from now on, and signed in with this browser."""
        if visit.signed_in:
            return await self._accepted(visit, link, visit.caller)
        caller = newcomer()
        response = await self._accepted(visit, link, caller, "?new=yes")
        if response.status_code == 303 and caller.subject is not None:
            await self.site.sign_ins.begin(visit.request, response, caller.subject, NEWCOMER)
        return response

    async def accept_as(self, visit: Visit, link: str, came: Came, person: str | None) -> Response:
        """Accept with an account for which a provider has just answered; it is linked where it signs nobody in yet.
        `person`: the subject here of whom it signs in."""
        caller = newcomer(came.proven) if person is None else Caller(person, proven=came.proven)
        return await self._accepted(visit, link, caller)

    async def _accepted(self, visit: Visit, link: str, caller: Caller, more: str = "") -> Response:
        """To what came of accepting; or why nothing did. Whoever is new spends of the points of their address."""
        client = visit.request.client
        address = spenders_of(None, "", client.host if client else "?")
        asker = replace(caller, language=visit.words.language)
        answered = await operations.ask(
            self.site.service, visit.request, asker, "accept_invitation", spends=address, input={"link": link}
        )
        answer = Outcome(answered["acceptInvitation"])
        if answer.errors:
            return self._refused(visit, link, answer.errors[0])
        id_ = answer.payload["mandate"]["id"].partition(":")[2]
        return to(f"/invitation/accepted/{id_}{more}")

    async def declined(self, visit: Visit) -> Response:
        """What declining leaves."""
        return self.site.page(visit, "invitation_declined")

    async def accepted(self, visit: Visit) -> Response:
        """The role that came of accepting, or that it waits; to whoever holds it."""
        return await _ACCEPTED.show(self.site, visit)

    def _refused(self, visit: Visit, link: str, error: Mapping[str, Any]) -> Response:
        code = error["code"]
        status = _REFUSED.get(code, 400)
        another = link if code == "INVITATION_FOR_ANOTHER" else ""
        return self.site.page(
            visit, "invitation_refused", status, code=code, message=error["message"], known=code in _REFUSED,
            another=another,
        )  # fmt: skip
