"""The corpus: recorded requests of the whole contract, sent again, and each answer compared to the letter.

`python -m tests.corpus.record` writes the record anew; judge the difference before you keep it.
"""

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.corpus_codes import NOT_REACHED, REQUEST_CODES, codes_in
from tests.corpus.corpus_play import play
from tests.corpus.corpus_renamed import expected, field_today

RECORD = Path(__file__).parent / "recorded.jsonl"
LEAST, LARGEST = 200, 900_000
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
async def played(cluster: Any, administrator: Any, template: Any) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """The requests as they are answered today, on a fresh database of the suite's."""
    name = "corpus"
    await administrator.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await administrator.execute(f"CREATE DATABASE {name} TEMPLATE template_migrated STRATEGY file_copy")
    try:
        noted, schema = await play(template.of(name).app, cluster.url(name))
    finally:
        await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
    if os.environ.get("CORPUS_RECORD"):
        RECORD.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in noted), "utf-8")
    return tuple(noted), schema


def recorded() -> list[dict[str, Any]]:
    return [json.loads(line) for line in RECORD.read_text("utf-8").splitlines()]


async def test_every_answer_is_what_was_recorded(played: Any) -> None:
    then, now = recorded(), played[0]
    wrong = [said for a, b in zip(then, now, strict=False) if (said := _difference(a, b))]
    assert not wrong, f"{len(wrong)} answers differ. The first:\n\n" + "\n\n".join(wrong[:5])
    assert [one["name"] for one in then] == [one["name"] for one in now], "other requests were sent than recorded"


def _difference(then: dict[str, Any], now: dict[str, Any]) -> str:
    """What is said otherwise, line by line, under the request's name and person; empty where nothing is."""
    parts = ("status", "headers", "answer")
    was, is_ = {p: expected(then[p]) for p in parts}, {p: now[p] for p in parts}
    asked = {k: v for k, v in then.items() if k not in parts}
    if (was, asked) == (is_, {k: v for k, v in now.items() if k not in parts}):
        return ""
    before, after = _lines({**asked, **was}), _lines(now)
    told = difflib.unified_diff(before, after, "recorded", "answered today", lineterm="", n=2)
    return f"{then['name']}, by {then['by']}:\n" + "\n".join(told)


def _lines(value: Any) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).splitlines()


async def test_the_record_is_whole(played: Any) -> None:
    """Enough requests; every mutation done and refused; every read asked; every code met or excused."""
    then, schema = recorded(), played[1]
    assert len(then) >= LEAST
    assert RECORD.stat().st_size < LARGEST
    done, refused = _mutations(then)
    known = {field for field, deprecated in schema["mutations"].items() if not deprecated}
    # An act of another name today is met by the one that was recorded: its field stays, deprecated.
    done, refused = ({field_today(name) for name in met} for met in (done, refused))
    assert known - done == set(), "mutations that are never done"
    assert known - refused == set(), "mutations that are never refused"
    files = {path.stem for path in (RECORD.parent / "operations").glob("*.graphql")}
    asked = {
        "".join(f"_{c.lower()}" if c.isupper() else c for c in one["operation"])[1:]
        for one in then
        if "operation" in one
    }
    assert files - asked == set(), "operations that are never sent"


async def test_every_code_is_met_or_excused(played: Any) -> None:
    met, told = codes_in(recorded()), set(played[1]["codes"])
    assert told - met - set(NOT_REACHED) == set(), "codes of refusals that no request meets"
    assert set(REQUEST_CODES) - met == set(), "codes of whole requests that no request meets"
    assert met & set(NOT_REACHED) == set(), "codes that are met and excused"


def _mutations(then: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """The mutations that were done at least once, and those that were refused at least once."""
    done, refused = set[str](), set[str]()
    for one in then:
        answer = one["answer"] if isinstance(one["answer"], dict) else {}
        for field, payload in (answer.get("data") or {}).items():
            if (
                isinstance(payload, dict)
                and isinstance(payload.get("errors"), list)
                and one["name"].startswith(one.get("operation", "\0"))
            ):
                (refused if payload["errors"] else done).add(field)
    return done, refused


def test_a_renamed_act_is_expected_where_it_is_named_and_nowhere_else() -> None:
    renamed = {"comment": "add_comment", "permit_late": "permit_late_contribution"}
    told = {
        "act": "COMMENT",
        "message": "The process gives comment at this stage to: member. You act as: none.",
        "other": "You may comment on the draft.",
        "words": ["Add permit_late = {}.", "CommentInput!"],
        "data": {"comment": {"comment": None}},
    }
    assert expected(told, renamed) == {
        "act": "ADD_COMMENT",
        "message": "The process gives add_comment at this stage to: member. You act as: none.",
        "other": "You may comment on the draft.",
        "words": ["Add permit_late_contribution = {}.", "AddCommentInput!"],
        "data": {"comment": {"comment": None}},
    }
