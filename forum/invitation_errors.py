"""Refusals about invitations: what a link meets that is no good, and who may not be invited a second time.

None of them says whether the service knows an address: a link is answered by what it is, never by for whom.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .refusal import Refusal


class LinkNotGood(Refusal):
    says = (
        "This link is none of this service's, or a part of it is missing. Copy the whole link, or ask whoever invited "
        "you for another."
    )


class InvitationAnswered(Refusal):
    says = "This invitation was answered already: a link counts once. Ask whoever invited you for another if you need."


class InvitationTooLate(Refusal):
    says = "This invitation could be answered until {ended_at}. Ask whoever invited you for another."
    ended_at: datetime


class InvitationEnded(Refusal):
    says = "This invitation was taken back. Ask whoever invited you, if you did not expect that."


class InvitationForAnother(Refusal):
    says = (
        "This invitation is for somebody else than whoever uses the link now. Sign in as the person it is for, or hand "
        "the link to that person."
    )


class InviterMayNoLonger(Refusal):
    says = "Whoever invited you may not give this any more. Ask {who} for another invitation."
    who: tuple[str, ...]


class InvitationWaits(Refusal):
    says = (
        "An invitation to this address for the same waits for its answer: Invitation:{invitation}. End it "
        "(endInvitation) to send another."
    )
    invitation: UUID
