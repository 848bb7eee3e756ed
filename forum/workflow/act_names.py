"""The names of the acts: the same in process files, in `forum/actions/`, in mutations and in the history."""

from collections.abc import Mapping
from types import MappingProxyType

SAYS: Mapping[str, str] = MappingProxyType(
    {
        "open_edition": "Open an edition of a forum under a published process.",
        "record_edition": "Enter a past edition with its documents; it is not run.",
        "clone_edition": "Open an edition as last year's was: its definition, bodies and tracks, not its inputs.",
        "adopt_process": "Take up a template, or another forum's text, as the forum's own process.",
        "publish_process": "Publish a definition that was found sound; its text never changes again.",
        "migrate_edition": "Move a running edition to another published version of its process.",
        "undo_migration": "Take a migration back, until the next act in the edition.",
        "move_anchor": "Move an anchor of an edition, such as the summit, and every window that hangs on it.",
        "withdraw_edition": "Take back an edition that was opened by mistake, before anything was done in it.",
        "establish_body": "Set up a working group, a consultation or another body, with its convenors.",
        "rename_forum": "Give a forum another name; the former one stays on the record.",
        "extend_body": "Extend or amend the terms of reference of a body from a date on.",
        "grant_mandate": "Give a person or an organisation an office or a role, from an instant to an instant.",
        "end_mandate": "End a mandate at a stated instant, with a reason.",
        "accept_mandate": "Accept, for an organisation, that a person speaks for it as was proposed.",
        "decline_mandate": "Decline a mandate that was proposed.",
        "name_representative": "Name, as an organisation's administrator, a person who speaks for it.",
        "invite_person": "Ask somebody by a signed link to take a role that one may give.",
        "invite_people": "Ask many in at once, all of them or nobody.",
        "end_invitation": "Take an invitation back before it is answered.",
        "accept_invitation": "Accept an invitation by its link, and have the role.",
        "decline_invitation": "Decline an invitation by its link.",
        "apply_for_admission": "Ask that one's organisation be admitted to the service.",
        "admit_organisation": "Admit an organisation to the service, with its first administrator.",
        "decline_application": "Decline an application for admission with a reason, or take one's own back.",
        "rename_organisation": "Give an organisation another name; the former one stays on the record.",
        "admit_member": "Let an organisation take part in a forum, from an instant to an instant.",
        "change_seat": "Let an organisation take part in another way from a date on.",
        "end_participation": "End an organisation's seat at a stated instant, with a reason.",
        "propose_agreement": "Ask another body to agree that its name is used, or that texts are sent to it.",
        "accept_agreement": "Agree, as the office of the body that was asked.",
        "decline_agreement": "Say, as the office of the body that was asked, that it does not agree.",
        "end_agreement": "End an agreement, with a reason; what was begun under it stands.",
        "revoke_token": "End a token of one's own, at once.",
        "end_sign_in": "End a sign-in of one's own with a browser, or all the others, at once.",
        "set_contact": "Say where and how one is written to.",
        "renew_calendar": "Get an address for one's own calendar, in place of the one before.",
        "end_calendar": "End the address of one's own calendar, at once.",
        "set_clearance_rule": "Say, as an organisation's administrator, who clears what goes out in its name.",
        "clear_contribution": "Clear a revision of an input of one's own organisation.",
        "clear_comment": "Clear the words of a comment of one's own organisation before it is made.",
        "withdraw_clearance": "Take one's own clearance back, as long as nothing has gone out.",
        "record_meeting": "Enter a meeting with its sessions, panels and speakers.",
        "revise_meeting": "Put the record of a meeting right, or make its programme firmer.",
        "advance_stage": "Move a track on to a stage that the process lets follow.",
        "issue_call": "Ask the addressees for contributions, with sections, lengths and a deadline.",
        "extend_window": "Give a call, a consultation, a silence or a stage more time, with a reason.",
        "permit_late_contribution": "Let one addressee hand in after the deadline, until an instant.",
        "withdraw_call": "Take back a call that was issued by mistake, until an input is handed in.",
        "switch_reminders": "Switch the reminders of a call off, or on again.",
        "save_contribution": "Save a draft contribution, new or changed.",
        "release_contribution": "Release a contribution on behalf of its author.",
        "submit_contribution": "Hand a released contribution in; a receipt follows.",
        "withdraw_contribution": "Take a contribution back before the deadline.",
        "decline_call": "Answer 'no input this time'; reminders stop.",
        "admit_contribution": "Admit a submitted contribution to the review.",
        "return_contribution": "Return a submitted contribution to its author for clarification.",
        "withdraw_return": "Take a return back: the input stands as it was handed in.",
        "record_contribution": "Enter a contribution on behalf of its author, also after the deadline.",
        "withdraw_recorded_contribution": "Take back an input that was entered on behalf of its author by mistake.",
        "draft_document": "Begin a document of a kind that the process makes.",
        "rename_document": "Give a begun text another title or symbol, until it is circulated.",
        "withdraw_document": "Take back a text that was begun by mistake, before anything is written in it.",
        "write_paragraph": "Add a paragraph to a document.",
        "revise_paragraph": "Change the text of a paragraph.",
        "withdraw_paragraph": "Take a paragraph out of a text; its number is not used again.",
        "add_recommendation": "Add a recommendation to a document.",
        "cite_source": "Say from which contribution, statement or paragraph a passage comes.",
        "circulate_document": "Freeze a revision and open it to comments.",
        "add_comment": "Comment on a paragraph or a range of paragraphs.",
        "record_disposition": "Say what became of one contribution section, comment or recommendation.",
        "record_joint_disposition": "Answer several at once with one reason, on the record.",
        "issue_document": "Issue a document under the responsibility that the process names.",
        "start_silence": "Put a frozen revision to a body; silence until the instant lets it pass.",
        "break_silence": "Object to a paragraph before the silence ends, with a reason.",
        "answer_objection": "Answer an objection, before the text is put to the body again.",
        "place_reservation": "Let a text pass and place a reservation on a paragraph of it.",
        "endorse_document": "Record that the body asked has closed the text.",
        "correct_document": "Correct a closed text by a corrigendum, or add to it by an addendum.",
        "transmit_document": "Send a frozen version to another forum's edition on this service.",
        "receive_contribution": "Take a transmitted text in as a contribution.",
        "deliver_document": "Record the delivery of a text to a body that is not on this service.",
    }
)

ACTS: tuple[str, ...] = tuple(SAYS)

# What an organisation does for itself: no process opens these, and none may name them (`domain/authority.py`).
OF_ORGANISATIONS: tuple[str, ...] = ("accept_mandate", "decline_mandate", "name_representative", "set_clearance_rule")
# What a delegation clears among its own people: judged by for whom one speaks (`domain/clearance.py`).
OF_OWN_SIDES: tuple[str, ...] = ("clear_contribution", "clear_comment", "withdraw_clearance")
# Who is here and who takes part: judged by that table alone as well.
OF_ADMISSION: tuple[str, ...] = (
    "apply_for_admission",
    "admit_organisation",
    "decline_application",
    "rename_organisation",
    "admit_member",
    "change_seat",
    "end_participation",
)
# Who is asked in: judged by who may give what they are asked in for, and answered by who holds the link.
OF_INVITATIONS: tuple[str, ...] = (
    "invite_person",
    "invite_people",
    "end_invitation",
    "accept_invitation",
    "decline_invitation",
)
# What two bodies agree on: judged by whose secretariat one is of (`domain/agreement.py`).
OF_BODIES: tuple[str, ...] = ("propose_agreement", "accept_agreement", "decline_agreement", "end_agreement")
# What a person does with what is theirs alone, under no mandate.
OF_ONESELF: tuple[str, ...] = ("revoke_token", "end_sign_in", "set_contact", "renew_calendar", "end_calendar")
IN_PROCESSES: tuple[str, ...] = tuple(
    act
    for act in ACTS
    if act not in (*OF_ORGANISATIONS, *OF_OWN_SIDES, *OF_ADMISSION, *OF_INVITATIONS, *OF_BODIES, *OF_ONESELF)
)

# What a forum does outside any edition: a process lists these under [forum_acts]. A rule for one of them at a stage
# would never apply.
FORUM_ACTS: tuple[str, ...] = (
    "open_edition",
    "record_edition",
    "clone_edition",
    "adopt_process",
    "publish_process",
    "migrate_edition",
    "undo_migration",
    "move_anchor",
    "withdraw_edition",
    "establish_body",
    "rename_forum",
    "extend_body",
    "grant_mandate",
    "end_mandate",
)

# What one may do where one's organisation takes part. All other acts are a body's own: whatever a process says, they
# are for those to whom the body gave a role, and for who speaks for the organisation that chairs it. By this one table
# the service judges (`actions/core/judge.py`) and the check counts on people (`holders.py`).
ACTS_OF_PARTICIPANTS = frozenset(
    (
        "save_contribution", "release_contribution", "submit_contribution", "withdraw_contribution", "decline_call",
        "add_comment", "break_silence", "place_reservation", "endorse_document",
    )
)  # fmt: skip

# These close a text or begin its closing: the gates of the document apply as well as those of the stage.
CLOSING_ACTS: tuple[str, ...] = ("issue_document", "start_silence", "endorse_document")

# What the members of a body may do until its silence ends, wherever the track has been moved meanwhile: a text passes
# because nobody objected, so nobody who had the right may be turned away.
WHILE_SILENT: frozenset[str] = frozenset(("break_silence", "place_reservation"))

# Acts that had another name before the first release. A definition that was published under the former word means the
# same act, a former mutation is its deprecated twin, and a retry under either name is one request.
FORMER: Mapping[str, str] = MappingProxyType(
    {
        "comment": "add_comment",
        "deliver_outside": "deliver_document",
        "dispose": "record_disposition",
        "endorse": "endorse_document",
        "note_together": "record_joint_disposition",
        "permit_late": "permit_late_contribution",
        "receive": "receive_contribution",
        "start_no_objection": "start_silence",
        "transmit": "transmit_document",
    }
)
_BEFORE: Mapping[str, str] = MappingProxyType({now: former for former, now in FORMER.items()})


def current(word: str) -> str:
    """The present name of an act; any other word as it is."""
    return FORMER.get(word, word)


def former(act: str) -> str:
    """The name an act had before it was renamed, else its name: what idempotency keys are kept under."""
    return _BEFORE.get(act, act)
