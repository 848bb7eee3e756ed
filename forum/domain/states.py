"""In which state of a thing an act may be done: asked before the act, and by `acts`, which asks without acting.

Each rule stands with its noun; here is only which act asks which. What hangs on the words of a request is not here.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from . import comment, contribution, edition, invitation, mandate, seat, silence
from .admission import Application, ApplicationState
from .agreement import STATES as OF_AGREEMENTS
from .agreement import Agreement
from .body import Participation
from .call import Call, CallState
from .clearance import Clearance, need_not_out, take_back
from .contribution import Contribution
from .document import Document, DocumentState, need_begun, need_closable, need_closed, need_editable
from .edition import Edition
from .extension import ExtendedWindow, need_open
from .invitation import Invitation
from .mandate import Mandate
from .noun import Noun, need_state
from .paragraph import Paragraph, need_standing
from .silence import Silence, SilenceState

# Refuses a thing at an instant.
Rule = Callable[[Any, datetime], None]

_EDITED = (
    "write_paragraph", "revise_paragraph", "withdraw_paragraph", "add_recommendation", "cite_source",
    "circulate_document", "start_silence",
)  # fmt: skip
_ENDED = ("issue_document", "endorse_document")
_OF_RUNNING = ("migrate_edition", "undo_migration", "move_anchor")
_BEGUN = ("rename_document", "withdraw_document")
_SENT = ("transmit_document", "deliver_document", "correct_document")


def _always(check: Callable[[Any], object]) -> Rule:
    """A rule that the instant has no part in."""
    return lambda thing, _: (check(thing), None)[1]


def _in(act: str, *states: str) -> Rule:
    """A rule that the thing's own state settles."""
    return lambda thing, _: need_state(act, thing.state, *states)


def _extended(of: ExtendedWindow, state: str, closes: str) -> Rule:
    def rule(thing: Any, now: datetime) -> None:
        closes_at = getattr(thing, closes)
        if closes_at is not None:  # a text that was never circulated: the act says what is missing
            need_open(of, closes_at, thing.state == state, now)

    return rule


# By what the thing is, and by act. A text's rules count for its paragraphs and recommendations as well.
RULES: Mapping[type[Noun], Mapping[str, Rule]] = MappingProxyType(
    {
        Document: {
            **{act: _always(partial(need_editable, act)) for act in _EDITED},
            **{act: _always(partial(need_closable, act)) for act in _ENDED},
            **{act: _always(partial(need_begun, act)) for act in _BEGUN},
            **{act: _always(partial(need_closed, act)) for act in _SENT},
            "add_comment": _always(comment.need_open),
            "clear_comment": _always(comment.need_open),  # words that could not be said are not cleared
            "extend_window": _extended(ExtendedWindow.CONSULTATION, DocumentState.CIRCULATED, "comments_close_at"),
        },
        Paragraph: {"withdraw_paragraph": _always(lambda paragraph: need_standing(paragraph, "paragraph"))},
        Contribution: {
            **{act: _always(partial(contribution.need_fit, act)) for act in contribution.STATES},
            "clear_contribution": _always(need_not_out),
        },
        Call: {
            "switch_reminders": _in("switch_reminders", CallState.OPEN),
            "extend_window": _extended(ExtendedWindow.CALL, CallState.OPEN, "closes_at"),
            "withdraw_call": _in("withdraw_call", CallState.OPEN),
        },
        Silence: {
            "break_silence": _always(partial(silence.need_running, "break_silence")),
            "place_reservation": _always(partial(silence.need_running, "place_reservation")),
            "answer_objection": _always(silence.need_broken),
            "extend_window": _extended(ExtendedWindow.SILENCE, SilenceState.RUNNING, "ends_at"),
        },
        Edition: {
            **{act: _always(partial(edition.need_running, act)) for act in _OF_RUNNING},
            "withdraw_edition": _always(edition.withdraw),
        },
        Mandate: {
            "accept_mandate": partial(mandate.need_waiting, "accept_mandate"),
            "decline_mandate": partial(mandate.need_waiting, "decline_mandate"),
            "end_mandate": mandate.need_not_over,
        },
        Invitation: {
            "end_invitation": invitation.need_unanswered,
            **dict.fromkeys(("accept_invitation", "decline_invitation"), invitation.need_open),
        },
        Participation: {act: partial(seat.need_not_over, act) for act in ("change_seat", "end_participation")},
        Agreement: {act: _in(act, *states) for act, states in OF_AGREEMENTS.items()},
        Application: {act: _in(act, ApplicationState.WAITING) for act in ("admit_organisation", "decline_application")},
        Clearance: {"withdraw_clearance": lambda clearance, now: (take_back(clearance, now, out=False), None)[1]},
    }
)


def need_fit(act: str, thing: Noun, document: Document | None, now: datetime) -> None:
    """Refuses an act for the state of the thing it is on, or of the text that the thing is a part of."""
    # A window is extended by itself: that of a silence, not the consultation of its text.
    nouns = (thing,) if document is None or act == "extend_window" else (thing, document)
    for noun in nouns:
        rule = RULES.get(type(noun), {}).get(act)
        if rule is not None:
            rule(noun, now)
