"""Sentences are for people: no word of the code stands in one, unless it quotes what was typed or is to be typed."""

import json
import re
import typing
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from forum import spoken_words
from forum.api.schema.refusals import refusals
from forum.domain.contribution import ContributionState
from forum.domain.document import DocumentState
from forum.domain.mandate import Role
from forum.refusal import Refusal
from forum.store.places import KINDS
from forum.workflow.act_names import ACTS

RECORDED = Path(__file__).parent / "corpus" / "recorded.jsonl"
CODE_WORD = re.compile(r"[a-z0-9]_[a-z]|\b[A-Z]{2,}_[A-Z]")
# What is quoted, and the lists of what may be typed.
QUOTED = re.compile(r"“[^”]*”|(?:Known are: |Did you mean )[^?]*?(?:\.(?= |$)|\?)")
# These carry the findings of a check, which speak of a definition in its own words: it is what was sent.
OF_DEFINITIONS = {"DATES_UNSOUND", "PROCESS_UNSOUND", "PROMISE_WIDENED", "RIGHT_NARROWED", "STAGE_IN_USE"}


def faults(sentence: str) -> list[str]:
    """What is wrong with a sentence."""
    bare = QUOTED.sub("…", sentence)
    found = [match[0] for match in CODE_WORD.finditer(bare)]
    found += re.findall(r"  | \.(?= |$)|(?<!\.)\.\. |\bNone\b|\(\)", bare)
    return found + ([] if re.search(r"[.?!…)]$", bare.strip()) or "\n" in bare else ["no end"])


SAMPLES: dict[str, list[Any]] = {
    "act": list(ACTS),
    "roles": [tuple(Role), ("delegate (member or observer)",)],
    "yours": [("nobody yet",), ("national_focal_point (member)", "note_taker")],
    "options": [("Mandate:1 (national_focal_point of Kenya)",)],
    "state": [*DocumentState, *ContributionState],
    "needs": [tuple(DocumentState), tuple(ContributionState)],
    "word": ["taken_up"],
    "words": [(), ("taken_up", "taken_up_in_part")],
    "allowed": [(), ("gfmd/focused_input", "hlpf")],
    "document": ["consolidated_report"],
    "receiver": ["gfmd/focused_input"],
    "what": [*KINDS, *(kind.capitalize() for kind in KINDS), "ContributionSection", "paragraph of this document"],
    "unit": ["words"],
}


def sample(name: str, hint: Any) -> list[Any]:
    """Values of a fact as the code has them."""
    if name in SAMPLES:
        return SAMPLES[name]
    args = typing.get_args(hint)
    if type(None) in args:
        return [None, *sample(name, next(a for a in args if a is not type(None)))]
    if typing.get_origin(hint) is tuple:
        return [()]
    plain: dict[Any, Any] = {str: "some words", int: 3, UUID: UUID(int=1), datetime: datetime(2027, 3, 1, tzinfo=UTC)}
    return [plain[hint]]


def instances(refusal: type[Refusal]) -> Iterator[Refusal]:
    """The refusal with each value of each of its facts."""
    hints = typing.get_type_hints(refusal)
    each = {f.name: sample(f.name, hints[f.name]) for f in fields(refusal) if f.name != "path"}  # type: ignore[arg-type]
    for name, values in each.items():
        for value in values:
            yield refusal(**{other: known[0] for other, known in each.items() if other != name}, **{name: value})
    if not each:
        yield refusal()


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: str(refusal.__name__))
def test_no_refusal_speaks_code(refusal: type[Refusal]) -> None:
    open_ = ["no end"] if refusal.says.endswith("}") else []  # it ends as the fact does that it ends with
    assert {one.message: found for one in instances(refusal) if (found := faults(one.message)) not in ([], open_)} == {}


def messages(value: Any) -> Iterator[tuple[str, str]]:
    """(code, message) of every refusal in an answer."""
    if isinstance(value, dict):
        code = value.get("code") or (value.get("extensions") or {}).get("code")
        if isinstance(value.get("message"), str) and isinstance(code, str):
            yield code, value["message"]
        for inner in value.values():
            yield from messages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from messages(inner)


def test_no_recorded_sentence_speaks_code() -> None:
    told = {
        (code, sentence)
        for line in RECORDED.read_text("utf-8").splitlines()
        for code, sentence in messages(json.loads(line))
        # Findings of a check have small codes; GraphQL's own errors quote the document with other marks.
        if code.isupper() and code not in OF_DEFINITIONS | {"SYNTAX_ERROR", "INVALID_DOCUMENT", "BAD_VARIABLES"}
    }
    assert len(told) > 200
    assert {pair: found for pair in told if (found := [f for f in faults(pair[1]) if f != "no end"])} == {}


def test_every_act_and_role_has_its_words() -> None:
    assert set(ACTS) <= set(spoken_words.DOES)
    assert set(Role) <= set(spoken_words.PEOPLE)
    assert not any(CODE_WORD.search(words) for words in {**spoken_words.DOES, **spoken_words.PEOPLE}.values())


def test_a_thing_has_one_name() -> None:
    for kind in KINDS:
        assert spoken_words.thing(kind) == spoken_words.thing(kind.capitalize())
    assert spoken_words.thing("Contribution") == "input"
    assert spoken_words.thing("Comment on this document") == "comment on this document"
