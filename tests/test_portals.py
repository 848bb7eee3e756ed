"""The contract and its operations pass the tools that portals are built with: relay-compiler, graphql-codegen,
graphql-inspector and ariadne-codegen, each in its pinned version (`make portals`)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from graphql.language import ast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    visit,
)
from tests.support.npm import NODE
from tests.support.sources import ROOT

OPERATIONS = ROOT / "graphql" / "operations"
CONTRACT = (ROOT / "graphql" / "schema.graphql").read_text("utf-8")
SCHEMA = build_schema(CONTRACT)
ARIADNE = Path(sys.prefix) / "portals" / "bin"
# What a cache or a list's @connection is told by; taken away, somebody must complain.
START_CURSOR = re.compile(r' *"""[^"]*""" *\n *startCursor: String\n')


def installed(tool: Path) -> Path:
    """The tool; where it is not there, CI fails, and elsewhere the run says at its end what was not tested."""
    if not tool.exists():
        missing = f"{tool.name}: NOT TESTED is whether the contract passes it. Install npm, then: make portals"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return tool


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    words, env = [str(part) for part in command], os.environ | environment
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=cwd, env=env)


# ---- without any tool
def test_the_lock_holds_hashes_and_no_address() -> None:
    text = (ROOT / "tests" / "node" / "package-lock.json").read_text("utf-8")
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, package in packages.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert "://" not in text  # a package may be called after HTTP
    asked = json.loads((ROOT / "tests" / "node" / "package.json").read_text("utf-8"))
    versions = asked["dependencies"] | asked["optionalDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in versions} == versions


class Without(Visitor):
    """Where a thing that has an id is asked for and its id is not: a cache that keeps things by their ids cannot join
    two answers that speak of it."""

    def __init__(self, info: TypeInfo, fragments: dict[str, FragmentDefinitionNode]) -> None:
        super().__init__()
        self.info, self.fragments, self.found = info, fragments, list[str]()

    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> None:
        type_ = self.info.get_parent_type()
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) and "id" in type_.fields:
            # The branches of an interface are asked one by one, when the walk comes to them.
            branches = isinstance(type_, GraphQLInterfaceType) and self._of(node, InlineFragmentNode)
            if not branches and not self._gives(node):
                self.found.append(type_.name)

    def _of(self, node: SelectionSetNode, kind: type[ast.Node]) -> list[ast.Node]:
        return [s for s in node.selections if isinstance(s, kind)]

    def _gives(self, node: SelectionSetNode) -> bool:
        return any(
            (isinstance(s, FieldNode) and s.name.value == "id" and s.alias is None)
            or (isinstance(s, FragmentSpreadNode) and self._gives(self.fragments[s.name.value].selection_set))
            for s in node.selections
        )


def without_ids(text: str) -> list[str]:
    document, info = parse(text), TypeInfo(SCHEMA)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    visitor = Without(info, fragments)
    visit(document, TypeInfoVisitor(info, visitor))
    return visitor.found


@pytest.mark.parametrize("path", sorted(OPERATIONS.rglob("*.graphql")), ids=lambda p: p.stem)
def test_every_thing_is_asked_with_its_id(path: Path) -> None:
    assert without_ids(path.read_text("utf-8")) == []


def test_a_thing_without_its_id_is_found() -> None:
    assert without_ids("{ viewer { person { name } } }") == ["Person"]
    assert without_ids('{ node(id: "a") { ... on Call { title } ... on Track { id } } }') == ["Call"]


# ---- Relay
def modules() -> dict[str, str]:
    """What a portal on Relay would write: each operation in a module of its own, named as Relay asks, and one
    for each list that grows, to be read on page by page."""
    made = {}
    for path in OPERATIONS.glob("*.graphql"):
        text = path.read_text("utf-8")
        found = re.search(r"^(query|mutation) (\w+)", text, re.MULTILINE)
        assert found
        made[found[2]] = text.replace(found[0], f"{found[1]} {found[2]}{found[1].title()}")
    for type_ in SCHEMA.type_map.values():
        for name, field in getattr(type_, "fields", {}).items():
            if get_named_type(field.type).name.endswith("Connection"):
                module = f"{type_.name}{name[0].upper()}{name[1:]}Pages"
                made[module] = pages(module, type_.name, name)
    return made


def pages(module: str, type_: str, field: str) -> str:
    """A list as a refetchable fragment with @connection, which is how Relay pages."""
    arguments = "first: {type: Int, defaultValue: 10}, after: {type: String}"
    spread = f"...{module}_list"
    on = {"Query": spread, "Viewer": f"viewer {{ {spread} }}"}.get(type_, f"node(id: $id) {{ {spread} @alias }}")
    id_ = "" if type_ in ("Query", "Viewer") else "($id: ID!)"
    return f"""
      query {module}Query{id_} {{ {on} }}`; graphql`
      fragment {module}_list on {type_}
      @refetchable(queryName: "{module}MoreQuery") @argumentDefinitions({arguments}) {{
        {field}(first: $first, after: $after) @connection(key: "{module}_{field}") {{
          edges {{ node {{ __typename }} }}
        }}
      }}"""


def relay(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    compiler = installed(NODE / ".bin" / "relay-compiler").resolve().with_name(f"linux-{_machine()}") / "relay"
    (folder / "src").mkdir()
    for name, text in modules().items():
        (folder / "src" / f"{name}.js").write_text(f"graphql`{text}`;\n", "utf-8")
    (folder / "schema.graphql").write_text(contract, "utf-8")
    config = {"src": "./src", "schema": "./schema.graphql", "language": "javascript"}
    (folder / "relay.config.json").write_text(json.dumps(config), "utf-8")
    return run(compiler, folder / "relay.config.json", cwd=folder)  # it looks for its sources from where it runs


def _machine() -> str:
    return {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]


@pytest.mark.once
def test_relay_compiles_every_operation_and_every_list(tmp_path: Path) -> None:
    done = relay(tmp_path, CONTRACT)
    assert done.returncode == 0, done.stdout + done.stderr
    made = list((tmp_path / "src" / "__generated__").glob("*.graphql.js"))
    assert len(made) > len(modules()) > 100


@pytest.mark.once
def test_relay_refuses_a_contract_whose_pages_have_no_beginning(tmp_path: Path) -> None:
    poorer = START_CURSOR.sub("", CONTRACT)
    assert poorer != CONTRACT
    done = relay(tmp_path, poorer)
    assert done.returncode != 0
    assert "startCursor" in done.stdout + done.stderr


# ---- graphql-codegen and graphql-inspector
def typed(contract: Path, operations: Path, earlier: Path) -> dict[str, list[str]]:
    node = installed(NODE / ".bin" / "node")
    done = run(node, ROOT / "tests/node/contract.cjs", contract, operations, earlier, NODE_PATH=str(NODE))
    assert done.returncode == 0, done.stderr
    report: dict[str, list[str]] = json.loads(done.stdout)
    return report


@pytest.mark.once
def test_every_operation_gets_its_types_and_is_valid(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.graphql"
    earlier.write_text(START_CURSOR.sub("", CONTRACT), "utf-8")
    report = typed(ROOT / "graphql" / "schema.graphql", OPERATIONS, earlier)
    assert (report["invalid"], report["breaking"]) == ([], [])
    named = {line.split()[-1] for line in report["types"]}
    kinds = [re.search(r"^(query|mutation) (\w+)", p.read_text("utf-8"), re.MULTILINE) for p in OPERATIONS.glob("*.*")]
    assert {f"{found[2]}{found[1].title()}" for found in kinds if found} <= named


@pytest.mark.once
def test_a_removed_field_and_a_wrong_operation_are_named(tmp_path: Path) -> None:
    poorer = tmp_path / "poorer.graphql"
    poorer.write_text(START_CURSOR.sub("", CONTRACT), "utf-8")
    (tmp_path / "operations").mkdir()
    node = installed(NODE / ".bin" / "node")
    script, whole = ROOT / "tests" / "node" / "contract.cjs", ROOT / "graphql" / "schema.graphql"
    assert "startCursor" in typed(poorer, tmp_path / "operations", whole)["breaking"][0]
    (tmp_path / "operations" / "old.graphql").write_text("query Old { forums { pageInfo { startCursor } } }", "utf-8")
    done = run(node, script, poorer, tmp_path / "operations", whole, NODE_PATH=str(NODE))
    assert "startCursor" in done.stdout + done.stderr


# ---- ariadne-codegen
@pytest.mark.once
def test_a_python_client_is_made_and_imported(tmp_path: Path) -> None:
    generator = installed(ARIADNE / "ariadne-codegen")
    (tmp_path / "operations").mkdir()
    for path in OPERATIONS.glob("*.graphql"):
        (tmp_path / "operations" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    config = {
        "schema_path": ROOT / "graphql" / "schema.graphql",
        "queries_path": tmp_path / "operations",
        "target_package_path": tmp_path,
        "target_package_name": "portal",
    }
    lines = [f"{key} = {json.dumps(str(value))}" for key, value in config.items()]
    (tmp_path / "ariadne.toml").write_text("\n".join(["[tool.ariadne-codegen]", *lines]), "utf-8")
    done = run(generator, "--config", tmp_path / "ariadne.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    asks = "import portal; print(*(name for name in dir(portal.Client) if not name.startswith('_')))"
    done = run(ARIADNE / "python", "-W", "error", "-c", asks, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in OPERATIONS.glob("*.graphql")} <= set(done.stdout.split())
