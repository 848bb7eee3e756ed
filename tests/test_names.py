"""One name everywhere: an act's word is its file, its command, its function, its mutation, its document and its
test."""

import ast
import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from forum import errors
from forum.actions.core.act import Command
from forum.actions.core.catalogue import CATALOGUE
from forum.api.schema import contract as schema
from forum.api.schema.mutations import exposed
from forum.domain.gates import BETWEEN, GATES, SOURCES
from forum.store.facts import FACTS
from forum.workflow import load
from forum.workflow.act_names import ACTS, FORMER
from forum.workflow.check.check import check
from graphql import OperationDefinitionNode, parse, validate
from tests.support.sources import ROOT, modules

OPERATIONS = sorted((ROOT / "graphql" / "operations").glob("*.graphql"))
PROCESSES = sorted((ROOT / "workflows").glob("*.toml"))
REFUSALS = sorted(
    (
        c
        for c in vars(errors).values()
        if inspect.isclass(c) and issubclass(c, errors.Refusal) and c is not errors.Refusal
    ),
    key=lambda c: c.__name__,
)


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _lower_first(name: str) -> str:
    return name[0].lower() + name[1:]


# ---- acts
def test_every_act_of_the_processes_is_in_the_catalogue() -> None:
    assert set(ACTS) - set(CATALOGUE) == set()


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_an_act_is_a_frozen_command_and_one_function(name: str) -> None:
    [file] = (ROOT / "forum" / "actions").glob(f"*/{name}.py")
    tree = ast.parse(file.read_text("utf-8"))
    public = {n.name for n in tree.body if isinstance(n, (ast.AsyncFunctionDef, ast.FunctionDef)) and n.name[0] != "_"}
    act = CATALOGUE[name]
    assert act.command.__name__ == _camel(name)
    assert issubclass(act.command, Command)
    assert act.command.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert inspect.iscoroutinefunction(act.perform)
    assert act.perform.__name__ == name
    assert public == {name}, "one act a file"
    assert list(inspect.signature(act.perform).parameters) in (["do", "context", "store"], ["do", "context", "unit"])


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_field_of_a_command_says_what_it_takes(name: str) -> None:
    """They become the descriptions and the ids of the mutation's input."""
    for field in dataclasses.fields(CATALOGUE[name].command):
        assert field.metadata.get("about", "").strip(), field.name
        if "UUID" in str(field.type):
            assert field.metadata["of"], f"{field.name}: whose id?"


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_a_mutation_with_a_document_and_a_test(name: str) -> None:
    mutations = schema.GRAPHQL.mutation_type
    assert mutations is not None
    assert _lower_first(_camel(name)) in mutations.fields
    assert (ROOT / "graphql" / "operations" / f"{name}.graphql").is_file()
    called = re.compile(rf"\b({name}|{_camel(name)}|{_lower_first(_camel(name))})\b")
    here = Path(__file__)
    tested = [p for p in (ROOT / "tests").rglob("*.py") if p != here and called.search(p.read_text("utf-8"))]
    assert tested, f"no test speaks of {name}"


def test_there_is_no_mutation_but_the_acts() -> None:
    mutations = schema.GRAPHQL.mutation_type
    assert mutations is not None
    assert set(mutations.fields) == {_lower_first(_camel(name)) for name in (*(d.name for d in exposed()), *FORMER)}


@pytest.mark.parametrize("name", FORMER)
def test_a_former_name_is_a_deprecated_twin_with_the_same_fields(name: str) -> None:
    """One release long a client may go on under the old name; its inputs and answers are those of the new one."""
    schema_, was, now = schema.GRAPHQL, _camel(name), _camel(FORMER[name])
    fields = schema_.mutation_type.fields  # type: ignore[union-attr]
    assert fields[_lower_first(was)].deprecation_reason
    assert not fields[_lower_first(now)].deprecation_reason
    for kind in ("Input", "Payload"):
        twins = [schema_.type_map[f"{word}{kind}"].fields for word in (was, now)]  # type: ignore[attr-defined]
        assert {n: str(f.type) for n, f in twins[0].items()} == {n: str(f.type) for n, f in twins[1].items()}
    assert validate(schema_, parse((ROOT / "graphql/operations/former" / f"{name}.graphql").read_text("utf-8"))) == []


# ---- documents
def _operation(path: Path) -> OperationDefinitionNode:
    found = [d for d in parse(path.read_text("utf-8")).definitions if isinstance(d, OperationDefinitionNode)]
    assert len(found) == 1, "one operation a file"
    return found[0]


def test_there_are_documents() -> None:
    assert OPERATIONS


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda p: p.stem)
def test_a_document_holds_one_operation_of_its_name_and_fits_the_contract(path: Path) -> None:
    operation = _operation(path)
    assert operation.name is not None
    assert operation.name.value == _camel(path.stem)
    assert validate(schema.GRAPHQL, parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda p: p.stem)
def test_a_document_of_a_mutation_takes_one_input_and_asks_for_its_errors(path: Path) -> None:
    operation = _operation(path)
    if operation.operation.value == "mutation":
        fields = list(operation.selection_set.selections)
        assert [f.name.value for f in fields] == [_lower_first(_camel(path.stem))]  # type: ignore[attr-defined]
        assert [v.variable.name.value for v in operation.variable_definitions or ()] == ["input"]
        asked = {s.name.value for s in fields[0].selection_set.selections if hasattr(s, "name")}  # type: ignore[attr-defined]
        assert "errors" in asked


def test_files_are_plain_lines() -> None:
    """A document's hash is that of its bytes: no carriage return, no byte-order mark, one newline at the end."""
    for path in OPERATIONS:
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name
        assert content.endswith(b"}\n"), path.name


# ---- gates, processes, refusals
def test_every_gate_has_a_fact_and_every_fact_a_gate() -> None:
    assert {gate.fact for gate in (*GATES.values(), SOURCES, BETWEEN)} == set(FACTS)


@pytest.mark.parametrize("path", PROCESSES, ids=lambda p: p.stem)
def test_every_process_of_ours_is_sound(path: Path) -> None:
    process = load.read_file(path)
    assert process.name == path.stem
    receivers = {p.stem for p in PROCESSES}
    assert check(process, ACTS, GATES, receivers) == []


def test_the_six_processes_are_there() -> None:
    assert {p.stem for p in PROCESSES} >= {"national", "regional", "gfmd", "hlpf", "imrf", "idm"}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda c: c.__name__)
def test_every_refusal_is_given_somewhere(refusal: type[errors.Refusal]) -> None:
    given = re.compile(rf"\b{refusal.__name__}\(")
    assert [m.path for m in modules() if m.path != "forum/errors.py" and given.search(m.text)]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda c: c.__name__)
def test_every_refusal_is_a_whole_sentence_of_its_own_facts(refusal: type[errors.Refusal]) -> None:
    named = set(re.findall(r"{(\w+)}", refusal.says))
    fields = {f.name for f in dataclasses.fields(refusal)} - {"path"}  # type: ignore[arg-type]
    assert named <= fields
    assert refusal.says[0].isupper() or refusal.says[0] == "{"
    assert refusal.says.rstrip()[-1] in ".}"


def test_codes_are_told_apart() -> None:
    codes = [r.stable_code() for r in REFUSALS]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z][A-Z_]+", code) for code in codes)
