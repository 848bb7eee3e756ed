"""The named gates a process may put before an act. A gate sees a number and some ids, never rows.

A gate is two lines: the fact that is counted (`fact`, a name in `store/facts.py`) and its sentence. A process names a
gate in its TOML file; the runner looks up the fact, asks here, and hands the answer to the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from ..errors import UnknownCode
from ..refusal import phrased

IDS_IN_SENTENCE = 5  # a sentence is read by people; the refusal carries the longer list beside it


@dataclass(frozen=True)
class Gate:
    """`fact` counts what is still open; the gate is open when the count is 0."""

    name: str
    fact: str
    sentence_of_one: str
    sentence_of_many: str

    def sentence_when_shut(self, count: int) -> str:
        """What is still open, without the ids: "3 inputs have no answer yet"."""
        return phrased(self.sentence_of_one if count == 1 else self.sentence_of_many, count=count)


class Answer(NamedTuple):
    """Whether a gate is open, and why not in a sentence."""

    open: bool
    sentence: str


_ALL = (
    Gate(
        "every_input_answered",
        "inputs_without_answer",
        "1 input has no answer yet",
        "{count} inputs have no answer yet",
    ),
    Gate(
        "every_comment_answered",
        "comments_without_answer",
        "1 comment has no answer yet",
        "{count} comments have no answer yet",
    ),
    Gate(
        "every_paragraph_sourced",
        "paragraphs_without_source",
        "1 paragraph names no source yet",
        "{count} paragraphs name no source yet",
    ),
    Gate(
        "no_paragraph_contested",
        "paragraphs_contested",
        "1 paragraph is still contested",
        "{count} paragraphs are still contested",
    ),
    Gate(
        "no_call_open",
        "calls_open",
        "1 call still takes inputs",
        "{count} calls still take inputs",
    ),
)
GATES: Mapping[str, Gate] = MappingProxyType({gate.name: gate for gate in _ALL})
# Asked of every text whose kind names `sources`; no process need name it.
SOURCES = Gate(
    "every_source_out",
    "sources_not_out",
    "1 text that this one is made from is not out yet",
    "{count} texts that this one is made from are not out yet",
)
# Asked before a track ends that makes texts which end twice; no process need name it.
BETWEEN = Gate(
    "no_text_between_closings",
    "texts_between_closings",
    "1 text waits for its second closing",
    "{count} texts wait for their second closing",
)
_UNNAMED: Mapping[str, Gate] = MappingProxyType({gate.name: gate for gate in (SOURCES, BETWEEN)})


def gate(name: str) -> Gate:
    """The gate of this name. Refuses (UnknownCode) a name the code lacks, listing those it has."""
    known_gate = _UNNAMED.get(name) or GATES.get(name)
    if known_gate is None:
        raise UnknownCode(scheme="the gates", given=name, hint=f"The gates are: {', '.join(GATES)}.")
    return known_gate


def answer(name: str, open_count: int, open_ids: Sequence[str]) -> Answer:
    """Is the gate open, and the sentence that says why not: "3 inputs have no answer yet: a, b, c." (empty when open).

    `open_count` may exceed `len(open_ids)`: the fact hands over the first ids only.
    """
    asked = gate(name)
    if open_count <= 0:
        return Answer(True, "")
    shown = list(open_ids[:IDS_IN_SENTENCE])
    rest = open_count - len(shown)
    if not shown:
        return Answer(False, phrased("{what}.", what=asked.sentence_when_shut(open_count)))
    named = {"what": asked.sentence_when_shut(open_count), "ids": ", ".join(shown)}
    if rest > 0:
        return Answer(False, phrased("{what}: {ids} and {rest} more.", rest=rest, **named))
    return Answer(False, phrased("{what}: {ids}.", **named))
