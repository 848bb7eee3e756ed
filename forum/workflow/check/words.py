"""Words of a definition: placeholders that nothing fills, and groups under a name that means somebody already."""

import string
from collections.abc import Iterator, Mapping

from ...worded import languages_of
from ..finding import Finding
from ..process import Process
from ..vocabulary import ROLES

# What is filled in when a text ends (`actions/document/closing.py`) and when an answer is given (`answers.py` of
# `actions/disposition`).
ON_PAPER = frozenset(("body", "date", "hours"))
IN_ANSWERS = frozenset(("paragraph",))
NOTHING: frozenset[str] = frozenset()


def findings(process: Process) -> Iterator[Finding]:
    """Every sentence that would be printed with a brace in it, and every group named as a role."""
    for closing in process.closings.values():
        yield from _left(f"on_paper of {closing.id}", closing.word_on_paper, ON_PAPER, closing.line)
    yield from _sentences("dispositions", process.dispositions, IN_ANSWERS)
    yield from _sentences("disclaimers", process.disclaimers, NOTHING)
    for name in process.groups:
        if name in ROLES:
            text = f"The group {name} has the name of a role: whoever reads `by` takes it for that role."
            yield Finding("group_named_as_role", text, "Give the group another name.", process.groups[name])


def _sentences(table: str, sentences: Mapping[str, str], filled: frozenset[str]) -> Iterator[Finding]:
    for name, sentence in sentences.items():
        yield from _left(f"{name} under [{table}]", sentence, filled, None)


def _left(what: str, sentence: str, filled: frozenset[str], line: int | None) -> Iterator[Finding]:
    every = languages_of(sentence).values() or (sentence,)
    named = dict.fromkeys(name for words in every for _, name, _, _ in string.Formatter().parse(words) if name)
    unfilled = ", ".join(f"{{{name}}}" for name in named if name not in filled)
    if unfilled:
        text = f"{what} holds {unfilled}, which nothing fills: it would be printed as it is."
        known = " ".join(f"{{{name}}}" for name in sorted(filled))
        remedy = f"Here stand only: {known}." if known else "Write the words themselves."
        yield Finding("placeholder_not_filled", text, remedy, line)
