"""Code words as they are said to people: acts, roles, states, and the things that refusals are about.

A refusal carries the words of the code as its facts, for programs; its sentence is read by a diplomat. Each word stands
here once; `docs/glossary.md` says what it means.
"""

from collections.abc import Mapping
from types import MappingProxyType

# What each act does, after "may": "Delegates may no longer hand in an input."
DOES: Mapping[str, str] = MappingProxyType(
    {
        "open_edition": "open an edition",
        "record_edition": "enter a past edition",
        "clone_edition": "open an edition as an earlier one was",
        "adopt_process": "adopt a process for the forum",
        "publish_process": "publish a definition",
        "migrate_edition": "move an edition to another definition",
        "undo_migration": "take a migration back",
        "move_anchor": "move a date such as the summit",
        "withdraw_edition": "take back an edition opened by mistake",
        "establish_body": "set up a body",
        "rename_forum": "give a forum another name",
        "extend_body": "extend or amend the terms of a body",
        "grant_mandate": "grant a mandate",
        "end_mandate": "end a mandate",
        "record_meeting": "enter a meeting",
        "revise_meeting": "revise the record of a meeting",
        "advance_stage": "move the track on",
        "issue_call": "issue a call",
        "extend_window": "give more time",
        "permit_late_contribution": "permit a late input",
        "withdraw_call": "take back a call",
        "switch_reminders": "switch reminders off or on",
        "save_contribution": "write an input",
        "release_contribution": "release an input",
        "submit_contribution": "hand in an input",
        "withdraw_contribution": "take an input back",
        "decline_call": "answer that there is no input this time",
        "admit_contribution": "admit an input",
        "return_contribution": "return an input for clarification",
        "withdraw_return": "take the return of an input back",
        "record_contribution": "enter an input on behalf of its author",
        "withdraw_recorded_contribution": "take back an input entered on behalf of its author",
        "draft_document": "begin a document",
        "rename_document": "give a begun text another title",
        "withdraw_document": "take back a text begun by mistake",
        "write_paragraph": "add a paragraph",
        "revise_paragraph": "change a paragraph",
        "withdraw_paragraph": "take a paragraph out",
        "add_recommendation": "add a recommendation",
        "cite_source": "name a source",
        "circulate_document": "open a text to comments",
        "add_comment": "comment",
        "record_disposition": "say what became of an input",
        "record_joint_disposition": "answer several inputs at once",
        "issue_document": "issue a document",
        "start_silence": "put a text to a silence",
        "break_silence": "break a silence",
        "answer_objection": "answer an objection",
        "place_reservation": "place a reservation",
        "endorse_document": "record an endorsement",
        "correct_document": "correct a closed text",
        "transmit_document": "send a text to another forum",
        "receive_contribution": "take in a text that was sent",
        "deliver_document": "deliver a text outside",
        "accept_mandate": "accept a mandate",
        "decline_mandate": "decline a mandate",
        "name_representative": "name who speaks for an organisation",
        "invite_person": "invite a person",
        "invite_people": "invite people",
        "end_invitation": "end an invitation",
        "accept_invitation": "accept an invitation",
        "decline_invitation": "decline an invitation",
        "apply_for_admission": "ask for admission",
        "admit_organisation": "admit an organisation",
        "decline_application": "decline an application",
        "rename_organisation": "give an organisation another name",
        "admit_member": "let an organisation take part",
        "change_seat": "change a seat",
        "end_participation": "end a seat",
        "propose_agreement": "propose an agreement",
        "accept_agreement": "accept an agreement",
        "decline_agreement": "decline an agreement",
        "end_agreement": "end an agreement",
        "revoke_token": "end a token",
        "end_sign_in": "end a sign-in",
        "set_contact": "say how one is reached",
        "renew_calendar": "renew one's own calendar",
        "end_calendar": "end one's own calendar",
        "set_clearance_rule": "say who clears what goes out",
        "clear_contribution": "clear an input",
        "clear_comment": "clear a comment",
        "withdraw_clearance": "take a clearance back",
        "open_call": "open a call",
        "close_call": "close a call",
        "close_silence": "end a silence",
        "turn_stage": "move the track on",
        "close_edition": "close an edition",
    }
)

PEOPLE: Mapping[str, str] = MappingProxyType(
    {
        "chair": "the chair",
        "secretariat": "the secretariat",
        "penholder": "penholders",
        "coordinator": "coordinators",
        "national_focal_point": "national focal points",
        "delegate": "delegates",
        "representative": "representatives",
        "resource_person": "resource persons",
        "note_taker": "note-takers",
        "moderator": "moderators",
        "liaison": "liaisons",
        "member": "members of the body asked",
        "observer": "observers",
        "participant": "participants",
        "administrator": "administrators",
    }
)

# States of things, after "This is" or "it must be"; others are said as they are written.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "draft": "a draft",
        "circulated": "circulated",
        "silence": "before a body",
        "issued": "issued",
        "released": "released",
        "submitted": "handed in",
        "returned": "returned for clarification",
        "withdrawn": "taken back",
        "broken": "broken by an objection",
    }
)

# What is looked for, after "There is no": one name for each thing, whoever did not find it.
THINGS: Mapping[str, str] = MappingProxyType(
    {
        "contribution": "input",
        "contributionsection": "section of an input",
        "call": "call for inputs",
        "silence": "no-objection procedure",
        "participation": "seat",
        "pastdocument": "past document",
        "sign_in": "sign-in",
        "signin": "sign-in",
    }
)


def does(act: str) -> str:
    """What an act does, after "may"; whatever is no act is said as it is written."""
    return DOES.get(act, act if " " in act else plain(act))


def doers(roles: str) -> str:
    """A role as people, with what may stand behind it: "delegate (member)" -> "delegates (member)"."""
    role, apart, rest = roles.partition(" (")
    return f"{PEOPLE.get(role, plain(role))}{apart}{plain(rest)}"


def role(word: str) -> str:
    """A role that one person holds, with what may stand behind it: "national_focal_point (member)"."""
    return word.replace("note_taker", "note-taker").replace("_", " ")


def state(word: str) -> str:
    """A state, after "This is"."""
    return STATES.get(word, plain(word))


def thing(word: str) -> str:
    """A thing by its one name: `Contribution` and `contribution` are both an input."""
    first, apart, rest = word.partition(" ")
    first = THINGS.get(first.lower(), first if first.isupper() else first[:1].lower() + first[1:])
    return f"{first}{apart}{rest}"


def plain(word: str) -> str:
    """A word of the code as it is read: `national_focal_point` -> "national focal point"."""
    return word.replace("_", " ")


def quoted(words: tuple[str, ...]) -> str:
    """Words to choose from, as they are to be typed."""
    return ", ".join(f"“{word}”" for word in words) or "none at all"


def one_of(words: tuple[str, ...]) -> str:
    """Several states as one choice: "a draft or circulated"."""
    each = [state(word) for word in words]
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} or {each[-1]}" if each else "otherwise"
