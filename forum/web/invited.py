"""`/invitation`: what a link offers, and the answer to it. The link stands in the address, as a letter has it; no page
that it leads to learns of it, and the answer is sent as a form: what only follows links answers nothing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from ..api.http.identity import Caller, verify
from ..api.problem import Problem
from . import form_fields
from .acting import act
from .visits import Site, Visit

NEWCOMER = "invitation"  # the issuer of sign-ins that began with an accepted invitation

# By the code of the refusal: the status, and what the page is called. Its sentence says what to do.
_REFUSED: Mapping[str, tuple[int, str]] = {
    "LINK_NOT_GOOD": (404, "This link opens nothing"),
    "INVITATION_ANSWERED": (410, "This invitation was answered"),
    "INVITATION_TOO_LATE": (410, "This invitation is over"),
    "INVITATION_ENDED": (410, "This invitation was taken back"),
    "INVITATION_FOR_ANOTHER": (403, "This invitation is for somebody else"),
    "INVITER_MAY_NO_LONGER": (409, "This invitation does not count any more"),
    "MANDATE_STANDS": (409, "You have this role already"),
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
        return self.site.page(visit, "invitation", offer=offer, link=link, about=self._about(offer["role"]))

    async def take(self, visit: Visit) -> Response:
        """The answer. Refuses (BAD_FORM) a form that says neither yes nor no."""
        self.site.sign_ins.need_private_line(visit.request)
        sent = await form_fields.fields(visit.request)
        link = sent.get("link", "")
        if sent.get("answer") == "decline":
            return await self._decline(visit, link)
        if sent.get("answer") == "accept":
            return await self._accept(visit, link)
        raise form_fields.bad_form("The form says neither yes nor no.")

    async def _decline(self, visit: Visit, link: str) -> Response:
        done = await act(self.site, visit, "decline_invitation", link=link)
        if done.errors:
            return self._refused(visit, link, done.errors[0])
        return self.site.page(visit, "invitation_declined")

    async def _accept(self, visit: Visit, link: str) -> Response:
        """Who did not sign in is a person of the service from now on, and signed in with this browser."""
        done = await act(self.site, visit, "accept_invitation", link=link)
        if done.errors:
            return self._refused(visit, link, done.errors[0])
        answer = done.payload
        token = answer["token"]
        if token is not None:
            claims = verify(self.site.settings.secret, token, now=time.time())
            visit = replace(visit, caller=Caller(claims.subject))
        response = self.accepted(visit, answer, newcomer=token is not None)
        if token is not None:
            await self.site.sign_ins.begin(visit.request, response, claims.subject, NEWCOMER)
        return response

    def accepted(self, visit: Visit, answer: Mapping[str, Any], *, newcomer: bool = False) -> Response:
        """What came of accepting: the role, or that it waits."""
        about = self._about(answer["mandate"]["role"])
        return self.site.page(visit, "invitation_accepted", came=answer, about=about, newcomer=newcomer)

    def _refused(self, visit: Visit, link: str, error: Mapping[str, Any]) -> Response:
        status, heading = _REFUSED.get(error["code"], (400, "This could not be done"))
        problem = Problem(error["code"], error["message"], status=status)
        another = link if error["code"] == "INVITATION_FOR_ANOTHER" else ""
        return self.site.page(visit, "invitation_refused", status, heading=heading, problem=problem, another=another)

    def _about(self, role: str) -> str:
        """What a role is, in the words of the contract."""
        values: Any = self.site.service.schema.type_map["Role"]
        return str(values.values[role].description)
