"""The JSON Schema of definitions: current, true to the loader key by key, and able to see what is wrong in form."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from forum.__main__ import main
from forum.errors import FileRefused
from forum.files import shipped
from forum.workflow import json_schema, load
from forum.workflow.act_names import IN_PROCESSES
from forum.workflow.toml_table import Table

HERE = Path(__file__).parent
FILES = [*sorted(shipped().glob("*.toml")), HERE / "sound.toml", *sorted((HERE / "chairs").glob("*.toml"))]
SCHEMA = json_schema.schema()
VALID = jsonschema.Draft202012Validator(SCHEMA)

# Every table that a definition may hold, once.
WHOLE = """
name = "whole"
version = "1"
title = "Every table that there is"
layer = "gfmd"
ends = "2 months after summit"
groups = { office = ["chair"] }
release = { state = "delegate", organisation = "representative", mechanism = "coordinator", forum = "secretariat" }
mechanisms = { states = "States" }
chair = { months = 18, holders = 2 }
minimums = { call = "2 weeks" }
reminders = { days = [14, 3, 1], through = ["delegate"] }
dispositions = { noted = "noted" }
disclaimers = { report = "This report binds nobody." }
wording = { not_answered = "who has not answered" }
anchors.summit = { title = "The Summit" }
bodies.group = { title = "Working group", kind = "working_group" }
meetings.summit = { title = "Summit", track = "main", at = "summit at 09:00", lasts = "3 days" }
closings.issued = { how = "issued", by = "chair", on_paper = "Issued on {date}" }
documents.report = { title = "Report", closing = "issued", layout = ["head", { block = "sections" }] }
transmissions = [{ document = "report", to = ["hlpf"] }]
forum_acts = { open_edition = { by = ["office"] } }
sets.asking = { issue_call = { by = ["office"] } }

[[moves]]
from = "0"
stages = { main = { call = "call" } }

[tracks.main]
title = "Main"
initial = "call"
repeat = { at_most = 6, themes = 3, body = "group" }
always = { advance_stage = { by = ["office"] } }

[tracks.main.stages.call]
title = "Call"
sets = ["asking"]
to = ["over"]
clock = { at = "stage_closes", to = "over" }
closes = "4 weeks before summit at 12:00"

[tracks.main.stages.call.acts]
release_contribution = { window = "call", release = { state = "delegate" } }

[tracks.main.stages.over]
title = "Over"
final = true
"""


def test_the_file_for_editors_is_what_the_model_says() -> None:
    """When this fails: `forum workflow schema > workflows/process.schema.json`."""
    assert (shipped() / json_schema.FILE).read_text("utf-8") == json_schema.text()


def test_it_is_a_schema_of_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_definition_of_ours_is_of_that_form(path: Path) -> None:
    assert [f"{e.json_path}: {e.message}" for e in VALID.iter_errors(tomllib.loads(path.read_text("utf-8")))] == []


@pytest.mark.parametrize("path", sorted(shipped().glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_file_tells_editors_where_the_schema_lies(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first == f"#:schema ./{json_schema.FILE}"


# ---- the loader and the schema know the same keys
def _place(path: tuple[str, ...]) -> dict[str, Any]:
    """The part of the schema that a table at this path falls under."""
    node: dict[str, Any] = SCHEMA
    for name in path:
        node = _resolved(node)
        if name.isdigit():
            node = node["items"]["anyOf"][1] if "items" in node else node  # the n-th of a list
            continue
        node = (
            node["properties"].get(name) or node["additionalProperties"]
            if "properties" in node
            else node["additionalProperties"]
        )
    return _resolved(node)


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in node:
        node = node["anyOf"][0]
    return SCHEMA["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _key_tables() -> dict[str, dict[str, Any]]:
    """Tables with keys of their own, by the name in the schema; the tables of acts are keyed by the acts."""
    named = {name: one for name, one in SCHEMA["$defs"].items() if "properties" in one and not name.endswith("_acts")}
    return {"": SCHEMA, **named}


def test_the_loader_and_the_schema_know_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, set[str]] = {}
    done = Table.done

    def noted(table: Table) -> None:
        asked.setdefault(id(_place(table.path)), set()).update(table._asked)
        done(table)

    monkeypatch.setattr(Table, "done", noted)
    load.parse(WHOLE)
    for name, one in _key_tables().items():
        assert asked.get(id(one)) == set(one["properties"]), f"{name or 'the top of the file'} differs"


def test_the_tables_of_acts_hold_every_act() -> None:
    acts = {act for name in ("stage_acts", "forum_acts") for act in SCHEMA["$defs"][name]["properties"]}
    assert acts == set(IN_PROCESSES)


def _nodes(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield path, node
    for key, one in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _nodes(one, f"{path}.{key}")


def test_every_key_is_described_and_no_table_takes_others() -> None:
    for path, node in _nodes(SCHEMA):
        if "properties" in node and node.get("type") == "object":
            assert node["additionalProperties"] is False, path
            silent = [name for name, one in node["properties"].items() if len(one.get("description", "")) < 8]
            assert not silent, f"{path}: {silent}"


# ---- what is wrong in form is seen, by the schema as by the loader
BROKEN = {
    "a key nobody knows": ('version = "1"', 'versoin = "1"'),
    "a missing key": ('title = "Every table that there is"\n', ""),
    "a word of no list": ('layer = "gfmd"', 'layer = "galactic"'),
    "an act nobody knows": ("issue_call", "isue_call"),
    "a number in quotes": ("months = 18", 'months = "18"'),
    "a number too large": ("holders = 2", "holders = 12"),
    "a date that is none": ("4 weeks before summit at 12:00", "four weeks before the summit"),
    "a length that is none": ('call = "2 weeks"', 'call = "a fortnight"'),
    "a length of months": ('lasts = "3 days"', 'lasts = "3 months"'),
    "a placeholder nobody fills": ("Issued on {date}", "Issued on {day}"),
    "a brace that does not pair": ("Issued on {date}", "Issued on {date"),
    "a name with capitals": ("bodies.group", "bodies.Group"),
    "a word twice": ('by = ["office"]', 'by = ["office", "office"]'),
    "text for a flag": ("final = true", 'final = "yes"'),
    "an instant no clock has": ("stage_closes", "stage_closed"),
    "a reminder after the deadline": ("[14, 3, 1]", "[14, 3, 0]"),
    "no stage at all": ('[tracks.main.stages.over]\ntitle = "Over"\nfinal = true\n', "[tracks.other]\n"),
    "a list where one text stands": ('initial = "call"', 'initial = ["call"]'),
}


def test_the_whole_file_is_of_that_form() -> None:
    assert VALID.is_valid(tomllib.loads(WHOLE))


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_of_form_is_seen_by_editors_and_by_the_loader(fault: str) -> None:
    good, bad = BROKEN[fault]
    assert good in WHOLE
    broken = WHOLE.replace(good, bad)
    assert not VALID.is_valid(tomllib.loads(broken)), fault
    with pytest.raises(FileRefused):
        load.parse(broken)


def test_it_is_plain_json_that_ends_with_a_line() -> None:
    content = (shipped() / json_schema.FILE).read_bytes()
    assert json.loads(content) == SCHEMA
    assert content.endswith(b"}\n")
    assert b"\r" not in content


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workflow", "schema"]) == 0
    assert capsys.readouterr().out == json_schema.text()
