"""The words on the pages of an invitation: what each role is; by the code of a refusal, what its page is called and
says."""

from collections.abc import Mapping

ROLE_ABOUT: Mapping[str, str] = {
    "SECRETARIAT": "Runs the edition for the chair.",
    "PENHOLDER": "Writes the text.",
    "COORDINATOR": "Coordinates a mechanism and releases what it decided together.",
    "NATIONAL_FOCAL_POINT": "Speaks for a state and releases its inputs.",
    "DELEGATE": "Belongs to a delegation.",
    "REPRESENTATIVE": "Speaks for an organisation.",
    "RESOURCE_PERSON": "Advises on a theme.",
    "NOTE_TAKER": "Keeps the record of a meeting.",
    "MODERATOR": "Leads a session or panel.",
    "LIAISON": "Delivers texts to bodies outside and reports what became of them.",
    "ADMINISTRATOR": "Says who speaks for an organisation.",
}

INVITATION_REFUSED: Mapping[str, str] = {
    "LINK_NOT_GOOD": "This link opens nothing",
    "INVITATION_ANSWERED": "This invitation was answered",
    "INVITATION_TOO_LATE": "This invitation is over",
    "INVITATION_ENDED": "This invitation was taken back",
    "INVITATION_FOR_ANOTHER": "This invitation is for somebody else",
    "INVITER_MAY_NO_LONGER": "This invitation does not count any more",
    "MANDATE_STANDS": "You have this role already",
}

INVITATION_PROBLEM: Mapping[str, str] = {
    "LINK_NOT_GOOD": "This link is none of this service's, or a part of it is missing. Copy the whole link, or ask "
    "whoever invited you for another.",
    "INVITATION_ANSWERED": "A link counts once, and this one was used. Ask whoever invited you for another if you need "
    "one.",
    "INVITATION_TOO_LATE": "The time to answer it is over. Ask whoever invited you for another.",
    "INVITATION_ENDED": "Ask whoever invited you, if you did not expect that.",
    "INVITATION_FOR_ANOTHER": "It is for somebody else than whoever uses the link now. Sign in as the person it is "
    "for, or hand the link to that person.",
    "INVITER_MAY_NO_LONGER": "Whoever invited you may not give this any more. Ask them, or the office they act for, "
    "for another.",
    "MANDATE_STANDS": "There is nothing to do: open your first page.",
}
