"""Acts and roles in the words of people who never saw a definition: what may be done at a stage, and by whom."""

from collections.abc import Collection, Iterable, Mapping

from .act_names import IN_PROCESSES
from .process import Process, Rule
from .vocabulary import PARTICIPANT_ROLES

# Acts that people see as one thing, in words for all of them together and for each alone: where only some are open,
# these are named one by one.
_LINES: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "issue the call",
        {
            "issue_call": "issue the call",
        },
    ),
    (
        "write an input and hand it in",
        {
            "save_contribution": "write an input",
            "submit_contribution": "hand it in",
            "withdraw_contribution": "take it back",
        },
    ),
    (
        "release the input",
        {
            "release_contribution": "release the input",
        },
    ),
    (
        "say that there is no input this time",
        {
            "decline_call": "say that there is no input this time",
        },
    ),
    (
        "take inputs in",
        {
            "admit_contribution": "admit an input",
            "return_contribution": "return an input for clarification",
            "withdraw_return": "take the return of an input back",
            "record_contribution": "enter an input for its author",
            "withdraw_recorded_contribution": "take back an input entered by mistake",
            "receive_contribution": "take in a text sent by another forum",
        },
    ),
    (
        "draft the text",
        {
            "draft_document": "begin a text",
            "write_paragraph": "add a paragraph",
            "revise_paragraph": "change a paragraph",
            "withdraw_paragraph": "take a paragraph out",
            "add_recommendation": "add a recommendation",
            "cite_source": "name the sources",
        },
    ),
    (
        "mend a begun text",
        {
            "rename_document": "give a begun text another title",
            "withdraw_document": "take back a text begun by mistake",
        },
    ),
    (
        "put the draft out for comments",
        {
            "circulate_document": "put the draft out for comments",
        },
    ),
    (
        "comment on the draft",
        {
            "add_comment": "comment on the draft",
        },
    ),
    (
        "tell every contributor what became of the input",
        {
            "record_disposition": "answer an input or a comment",
            "record_joint_disposition": "answer several together",
        },
    ),
    (
        "put the text before the body",
        {
            "start_silence": "put the text before the body",
        },
    ),
    (
        "object",
        {
            "break_silence": "object",
        },
    ),
    (
        "place a reservation",
        {
            "place_reservation": "place a reservation",
        },
    ),
    (
        "answer objections",
        {
            "answer_objection": "answer objections",
        },
    ),
    (
        "record the endorsement",
        {
            "endorse_document": "record the endorsement",
        },
    ),
    (
        "issue the text",
        {
            "issue_document": "issue the text",
        },
    ),
    (
        "correct a closed text",
        {
            "correct_document": "correct a closed text",
        },
    ),
    (
        "send the text on",
        {
            "transmit_document": "send the text to another forum",
            "deliver_document": "deliver the text outside",
        },
    ),
    (
        "move the track on",
        {
            "advance_stage": "move the track on",
        },
    ),
    (
        "give more time",
        {
            "extend_window": "give more time",
            "permit_late_contribution": "let one addressee hand in late",
        },
    ),
    (
        "take a call back",
        {
            "withdraw_call": "take a call back",
        },
    ),
    (
        "switch reminders off and on",
        {
            "switch_reminders": "switch reminders off and on",
        },
    ),
    (
        "enter and revise meetings",
        {
            "record_meeting": "enter a meeting",
            "revise_meeting": "revise the record of a meeting",
        },
    ),
    (
        "set up bodies and name people",
        {
            "establish_body": "set up a body",
            "rename_forum": "give the forum another name",
            "extend_body": "extend a body",
            "grant_mandate": "name somebody",
            "end_mandate": "end a mandate",
        },
    ),
    (
        "open editions and change how they run",
        {
            "open_edition": "open an edition",
            "record_edition": "enter a past edition",
            "clone_edition": "open an edition like the last",
            "adopt_process": "adopt a process",
            "publish_process": "publish a definition",
            "migrate_edition": "move an edition to another definition",
            "undo_migration": "take that move back",
            "move_anchor": "move a date",
            "withdraw_edition": "take back an edition opened by mistake",
        },
    ),
)
_PEOPLE = {
    "chair": "the chair",
    "secretariat": "the secretariat",
    "penholder": "the penholder",
    "coordinator": "coordinators of mechanisms",
    "national_focal_point": "national focal points",
    "delegate": "delegates",
    "representative": "representatives of organisations",
    "resource_person": "resource persons",
    "note_taker": "note-takers",
    "moderator": "moderators",
    "liaison": "the liaison",
    "member": "members of the body",
    "observer": "observers",
    "participant": "participants",
}
# Housekeeping that is open at every stage: on a picture it would be the same line in every box.
HOUSEKEEPING = frozenset(
    {
        "advance_stage",
        "extend_window",
        "permit_late_contribution",
        "switch_reminders",
        "withdraw_call",
        "record_meeting",
        "revise_meeting",
        "withdraw_recorded_contribution",
        "rename_document",
        "withdraw_document",
        "correct_document",
    }
)


def described(acts: Collection[str], of: Iterable[str] = IN_PROCESSES) -> tuple[str, ...]:
    """These acts in plain words. `of`: the acts that exist at all; where `acts` holds every existing act of a line, the
    words for all of them together are used."""
    existing, words = frozenset(of), []
    for together, line in _LINES:
        mine = [act for act in line if act in acts]
        if mine:
            whole = len(mine) == len(existing & line.keys())
            words += [together] if whole and len(mine) > 1 else [line[act] for act in mine]
    return tuple(words)


def called(word: str) -> str:
    """A role or a kind of body, in plain words: "the chair", "the steering group"."""
    return _PEOPLE.get(word) or f"the {word.replace('_', ' ')}"


def people(rule: Rule, process: Process) -> str:
    """Who may, in plain words: "national focal points and delegates (members)"."""
    roles = rule.roles
    named = [_PEOPLE.get(role, role) for role in sorted(roles, key=_order)]
    if roles >= PARTICIPANT_ROLES:
        offices = [_PEOPLE.get(role, role) for role in sorted(roles - PARTICIPANT_ROLES - _IN_FORUM, key=_order)]
        named = ["everybody who takes part", *offices]
    marks = [f"{status}s" for status in sorted(rule.statuses)]
    marks += [process.mechanisms.get(name, name) for name in sorted(rule.mechanisms)]
    marks += ["of the subject under review"] if rule.subject else []
    asked = f" ({_and(marks)})" if marks and roles & PARTICIPANT_ROLES else ""
    return _and(named) + asked


# Those who take part through the forum itself: part of "everybody".
_IN_FORUM = frozenset({"chair", "secretariat", "penholder", "resource_person", "coordinator", "member"})


def _order(role: str) -> int:
    return list(_PEOPLE).index(role) if role in _PEOPLE else len(_PEOPLE)


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
