"""How a comparison speaks: roles, acts, dates, lists and lengths in plain words."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from ..when import When, spoken

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
        "extend_body": "extend or amend the terms of a body",
        "grant_mandate": "grant a mandate",
        "end_mandate": "end a mandate",
        "record_meeting": "enter a meeting",
        "advance_stage": "move the track on",
        "issue_call": "issue a call",
        "extend_window": "give more time",
        "permit_late_contribution": "permit a late input",
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
        "draft_document": "begin a document",
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
        "transmit_document": "send a text to another forum",
        "receive_contribution": "take in a text that was sent",
        "deliver_document": "deliver a text outside",
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
    }
)


def does(act: str) -> str:
    """What an act does, after "may"."""
    return DOES.get(act, plain(act))


def people(roles: Iterable[str]) -> str:
    """Roles as people: "delegates and national focal points"; in the order of the vocabulary."""
    held = set(roles)
    known = [role for role in PEOPLE if role in held]
    return listed(
        [*(PEOPLE[role] for role in known), *sorted(plain(role) for role in held - set(known))], none="nobody"
    )


def plain(word: str) -> str:
    """A word of a definition as it is read: `national_focal_point` -> "national focal point"."""
    return word.replace("_", " ")


def listed(words: Iterable[str], *, none: str = "none", last: str = "and") -> str:
    """Several words as a list in a sentence: "a, b and c"; `none` where there are none."""
    each = list(words)
    if not each:
        return none
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {last} {each[-1]}"


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning, and nothing else changed."""
    return sentence[:1].upper() + sentence[1:]


def in_words(value: Any) -> str:
    """A value of the model in words."""
    if value is None:
        return "left open"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return spoken(value)
    if isinstance(value, When):
        return value.written
    if isinstance(value, frozenset):
        return listed(sorted(in_words(item) for item in value))
    if isinstance(value, tuple):
        return listed([in_words(item) for item in value])
    if isinstance(value, str):
        return _text(value)
    return str(value)


def _text(value: str) -> str:
    if not value:
        return "left open"
    return plain(value) if value.replace("_", "").isalnum() and value.islower() else f'"{value}"'


def longer(before: timedelta, after: timedelta) -> str:
    """ "5 days shorter", "2 weeks longer"."""
    apart = after - before
    return f"{spoken(abs(apart))} {'longer' if apart > timedelta(0) else 'shorter'}"


def later(before: timedelta) -> str:
    """How far an instant moved: "5 days later", "5 days earlier"."""
    return f"{spoken(abs(before))} {'later' if before > timedelta(0) else 'earlier'}"


def titled(name: str, thing: Any, *among: Mapping[str, Any]) -> str:
    """A thing by its title; with its name beside it where another one there has the same title."""
    title = getattr(thing, "title", "") or plain(name)
    twins = {
        key
        for things in among
        for key, candidate in things.items()
        if (getattr(candidate, "title", "") or plain(key)) == title
    }
    return f"{title} ({plain(name)})" if twins - {name} else title
