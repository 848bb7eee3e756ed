"""What acts and the clock do to a track, as far as its way to an end depends on it: they open things, and close them.

A thing is something that is or is not the case on the track as a whole. This is the model of the service that the
check works with: it knows whether any input is without an answer, not which. A track may have several texts, calls,
inputs and silences at once, so what closes a thing for one may leave it open for another.

`tests/soundness/` runs random definitions in the service itself and holds this table against what it finds there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NONE: frozenset[str] = frozenset()

# Things, in words that can follow "there is". Texts that end in the same way past the same gates are one thing: `text`,
# `text_1` and so on (`texts`).
THINGS = {
    "input": "an input without an answer",
    "unanswered": "an input without an answer in a text that is open",
    "comment": "a comment without an answer",
    "source": "a paragraph without a source",
    "citable": "something that a paragraph can name as its source",
    "unsourced": "a closed text with a paragraph without a source",
    "contested": "an objection in the newest silence",
    "objection": "an objection without an answer",
    "silence": "a text before a body, in silence",
    "text": "a text that is not closed",
    "between": "a text that waits for its second closing",
    "blank": "a text without a paragraph",
    "paper": "a text, closed or not",
    "call": "an open call",
    "called": "a call, open or closed",
    "consultation": "a text open to comments",
    "permit": "a late permit",
    "held_call": "a move that a gate held back when the call closed",
    "held_consultation": "a move that a gate held back when the consultation closed",
    "held_silence": "a move that waits since a silence ended",
}


def spoken(thing: str) -> str:
    """A thing in words."""
    return THINGS.get(thing, THINGS["between" if thing.startswith("between") else "text"])


HELD = frozenset(thing for thing in THINGS if thing.startswith("held_"))
# What must be closed for a gate to open: asked of the whole track, and of one text alone. Of one text it is certain to
# be open only where nothing of the kind is open on the track.
ASKS: Mapping[str, tuple[str, ...]] = {
    "every_input_answered": ("input",),
    "every_comment_answered": ("comment",),
    "every_paragraph_sourced": ("source", "unsourced"),
    "no_paragraph_contested": ("contested",),
    "no_call_open": ("call",),
}
ASKS_OF_ONE: Mapping[str, tuple[str, ...]] = {
    "every_input_answered": ("input", "unanswered"),
    "every_comment_answered": ("comment",),
    "every_paragraph_sourced": ("source",),
    "no_paragraph_contested": ("contested",),
    "no_call_open": ("call",),
}
# An input that one text answers is answered, and calls are the track's: where a gate lets one text pass, these are
# closed on the track as well.
ASKED_OF_ALL = frozenset({"input", "call"})
WINDOWS = ("call", "consultation", "silence")
ENDED_BY = {
    "issue_document": ("issued",),
    "endorse_document": ("endorsed", "adopted"),
    "start_silence": ("no_objection",),
}
# Acts on the track, on a call or an input; the others are on a text, and their gates are asked of that text.
ON_TRACKS = frozenset(
    (
        "issue_call", "withdraw_call", "permit_late_contribution", "submit_contribution", "record_contribution",
        "receive_contribution", "withdraw_contribution", "withdraw_recorded_contribution", "return_contribution",
        "draft_document", "advance_stage",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """A line of the table: what an act does. It is certain to be possible where none of `unless` is open, and can be
    possible elsewhere. `may_open`, `may_close`: what it does beside, for one text or input and not for another.
    `relied_on` is False for what nobody but its author or a member decides."""

    act: str
    needs: frozenset[str] = NONE
    unless: frozenset[str] = NONE
    opens: frozenset[str] = NONE
    closes: frozenset[str] = NONE
    may_open: frozenset[str] = NONE
    may_close: frozenset[str] = NONE
    relied_on: bool = True


def _line(act: str, relied_on: bool = True, **things: str) -> Effect:
    return Effect(act, relied_on=relied_on, **{name: frozenset(words.split()) for name, words in things.items()})


DONE: tuple[Effect, ...] = (
    _line("issue_call", opens="call called"),
    _line("withdraw_call", relied_on=False, needs="call", may_close="call called"),
    _line("permit_late_contribution", needs="called", opens="permit"),
    _line("submit_contribution", opens="input citable", may_open="unanswered"),
    _line("record_contribution", needs="called", opens="input citable", may_open="unanswered"),
    _line("receive_contribution", opens="input citable", may_open="unanswered"),
    _line("withdraw_contribution", relied_on=False, may_close="input unanswered citable"),
    _line("withdraw_recorded_contribution", relied_on=False, may_close="input unanswered citable"),
    _line("return_contribution", relied_on=False, may_close="citable"),
    _line("draft_document", opens="text paper blank", may_open="unanswered"),
    _line("withdraw_document", relied_on=False, needs="blank", may_close="text paper blank unanswered"),
    _line("write_paragraph", needs="text", unless="silence", opens="source", closes="blank"),
    _line("write_paragraph", needs="text", unless="silence blank", opens="source citable"),
    _line("write_paragraph", needs="text", opens="source", relied_on=False),
    _line("revise_paragraph", needs="text", may_open="source citable", may_close="blank"),
    _line("cite_source", needs="text citable", unless="silence", closes="source"),
    _line("cite_source", needs="text", closes="source", relied_on=False),
    _line("withdraw_paragraph", needs="text", unless="silence", opens="blank", closes="source citable"),
    _line("withdraw_paragraph", needs="text", relied_on=False, may_open="blank", may_close="source citable"),
    _line("circulate_document", needs="text", unless="silence blank", opens="consultation"),
    _line("add_comment", needs="text", opens="comment", relied_on=False),
    _line("record_disposition", needs="paper", closes="input unanswered", may_close="input unanswered"),
    _line("record_disposition", needs="paper", closes="comment"),
    _line("record_joint_disposition", needs="paper", closes="input unanswered", may_close="input unanswered"),
    _line("record_joint_disposition", needs="paper", closes="comment"),
    _line("issue_document", needs="text", unless="silence", closes="text", may_close="consultation blank unanswered"),
    _line("endorse_document", needs="text", unless="silence", closes="text", may_close="consultation blank unanswered"),
    _line("issue_document", needs="between", closes="between"),
    _line("endorse_document", needs="between", closes="between"),
    _line("start_silence", needs="text", unless="silence objection blank", opens="silence", closes="contested",
          may_close="consultation"),
    _line("start_silence", needs="text", opens="silence", relied_on=False),
    _line("break_silence", needs="silence", opens="contested objection", relied_on=False),
    _line("answer_objection", needs="objection", unless="silence", closes="objection"),
)  # fmt: skip
