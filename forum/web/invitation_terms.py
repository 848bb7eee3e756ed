"""The words on the pages of an invitation: what each role is; by the code of a refusal, what its page is called."""

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
