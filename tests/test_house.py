"""Each "only" and each "never" of the house, as an assertion. The arrows between the rooms are import-linter's."""

import ast
import re
from itertools import chain

import pytest

from forum.domain.call import CallState, ReminderState
from forum.domain.contribution import ContributionState
from forum.domain.document import DocumentState
from forum.domain.edition import EditionState
from forum.domain.silence import SilenceState
from tests.support.imports import circles, graph
from tests.support.sources import PACKAGE, ROOT, Module, in_rooms, modules, said, tracked

LINES, FUNCTION = 300, 40
MAKES_TABLES = "forum/store/migrations/"  # what a migration says is the database's history; it is never cut to size


def _named(nodes: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(nodes) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]


# ---- sizes
def test_no_module_is_long() -> None:
    long = {m.path: m.lines for m in modules() if m.lines >= LINES and not m.path.startswith(MAKES_TABLES)}
    assert not long, f"{LINES} lines and more: {long}"


def test_no_function_is_long() -> None:
    long = {}
    for module in modules():
        if not module.path.startswith(MAKES_TABLES):
            for function in _named(module.tree):
                length = (function.end_lineno or 0) - function.lineno + 1
                if length >= FUNCTION:
                    long[f"{module.at(function)} {function.name}"] = length
    assert not long, f"{FUNCTION} lines and more: {long}"


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    found = [f"{m.path}: {word}" for m in modules() for word in words.findall(m.text)]
    assert not found


# ---- who may do what
def test_only_settings_reads_the_environment() -> None:
    reads = re.compile(r"\bos\.(environ|getenv|environb)\b|\bfrom os import[^\n]*\b(environ|getenv)\b|\bexpandvars\b")
    found = [m.path for m in modules() if reads.search(m.text) and m.path != "forum/settings.py"]
    assert not found


def test_only_reading_and_store_select() -> None:
    speaks = re.compile(r"((sa|sqlalchemy)\.(select|insert|update|delete|text))|select|text")
    found = [
        module.at(call)
        for module in modules()
        if module.room not in ("reading", "store") and "sqlalchemy" in module.text
        for call in module.calls()
        if speaks.fullmatch(said(call))
    ]
    assert not found


SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP|GRANT|COPY|TRUNCATE)\s+[\w$\"(*]")


def test_only_reading_and_store_write_sql_as_text() -> None:
    found = []
    for module in modules():
        if module.room not in ("reading", "store"):
            documented = {id(d) for d in _docstrings(module.tree)}
            for node in ast.walk(module.tree):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and id(node) not in documented and SQL.match(text):
                    found.append(f"{module.at(node)}: {text[:40]!r}")
    assert not found


def _docstrings(tree: ast.AST) -> list[ast.Constant]:
    bodies = [
        n.body
        for n in ast.walk(tree)
        if isinstance(n, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    firsts = [b[0].value for b in bodies if b and isinstance(b[0], ast.Expr)]
    return [f for f in firsts if isinstance(f, ast.Constant)]


# The runner commits; a migration is one transaction of its own.
COMMITS = {"forum/actions/core/runner.py", "forum/store/migrate.py"}


def test_only_the_runner_commits() -> None:
    ends = re.compile(r"(^|\.)(commit|begin_nested|transaction|engine\.begin)$")
    found = {m.path for m in modules() for call in m.calls() if ends.search(said(call))}
    assert found <= COMMITS
    assert "forum/actions/core/runner.py" in found


CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|strftime))$")


@pytest.mark.parametrize("room", ["domain", "workflow", "actions", "store", "reading", "rendering"])
def test_no_hidden_clock(room: str) -> None:
    """There is one clock, the database's; the inner rooms are told the time (a monotonic clock tells no time)."""
    found = [f"{m.at(c)} {said(c)}" for m in in_rooms(room) for c in m.calls() if CLOCKS.search(said(c))]
    assert not found


@pytest.mark.parametrize("room", ["actions", "store", "reading"])
def test_no_statement_asks_when_its_transaction_began(room: str) -> None:
    """`now()` is the transaction's start: a deadline measured by it lets late rows in. `clock_timestamp()` is meant."""
    began = re.compile(r"\b(now\(\)|current_timestamp|localtimestamp|transaction_timestamp|statement_timestamp)", re.I)
    found = []
    for module in in_rooms(room):
        documented = {id(d) for d in _docstrings(module.tree)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and re.search(r"\bfunc\.(now|current_timestamp)$", said(node)):
                found.append(module.at(node))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                found += [module.at(node)] * bool(began.search(node.value))
    for script in (PACKAGE / "store" / "migrations").rglob("*.sql"):
        uncommented = re.sub(r"--[^\n]*", "", script.read_text("utf-8"))
        found += [script.name] * bool(began.search(uncommented))
    assert not found


def test_only_the_command_prints() -> None:
    """The rooms give back and log; what is said to a person at a terminal is said by the command and the client."""
    says = ("__main__", "cli", "client")
    found = [
        m.at(c) for m in modules() if m.room not in says for c in m.calls() if said(c) in ("print", "sys.stdout.write")
    ]
    assert not found


def test_no_exception_is_swallowed_whole() -> None:
    """`except:` and `except BaseException` may clean up, but they end in `raise`: a cancelled task stays cancelled."""
    found = []
    for module in modules():
        for handler in (n for n in ast.walk(module.tree) if isinstance(n, ast.ExceptHandler)):
            whole = handler.type is None or ast.unparse(handler.type) == "BaseException"
            if whole and not any(isinstance(n, ast.Raise) for n in ast.walk(handler)):
                found.append(module.at(handler))
    assert not found


# ---- which module may know which
def test_no_module_imports_itself_by_way_of_others() -> None:
    """Also not inside a function, nor under TYPE_CHECKING: what needs another for its types alone needs it to be
    read."""
    arrows = graph()
    assert len(arrows) > 200
    assert sum(map(len, arrows.values())) > 800
    assert not circles(arrows)


def test_a_circle_of_imports_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": {"f"}, "f": set()}) == [["a", "b", "c"]]


def test_the_contract_knows_nothing_of_requests() -> None:
    """`api/http/` serves what `api/schema/` declares: arrows go one way between the two folders."""
    back = [
        f"{name} -> {other}"
        for name, named in graph().items()
        if name.startswith("forum.api.schema.")
        for other in named
        if other.startswith("forum.api.http")
    ]
    assert not back


def test_a_folder_s_init_holds_a_docstring_and_nothing_else() -> None:
    more = [m.path for m in modules() if m.path.endswith("__init__.py") and len(m.tree.body) != 1]
    assert not more


# ---- what is written down
def _public(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [n for n in module.tree.body if isinstance(n, kinds) and not n.name.startswith("_")]


def _explains_itself(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """A refusal's sentence (`says`) is its explanation, a type's description in the contract is its own."""
    fields = [n for n in node.body if isinstance(n, (ast.Assign, ast.AnnAssign))]
    targets = chain.from_iterable(f.targets if isinstance(f, ast.Assign) else [f.target] for f in fields)
    described = [k.arg for d in node.decorator_list if isinstance(d, ast.Call) for k in d.keywords]
    return any(ast.unparse(t) == "says" for t in targets) or "description" in described


def test_every_module_says_what_it_is_for() -> None:
    empty = [m.path for m in modules() if not ast.get_docstring(m.tree) and m.text.strip()]
    assert not empty


def test_every_public_name_says_what_it_is_for() -> None:
    silent = [
        f"{module.at(node)} {node.name}"
        for module in modules()
        if not module.path.startswith(MAKES_TABLES) and not module.path.rpartition("/")[2].startswith("_")
        for node in _public(module)
        if not ast.get_docstring(node) and not _explains_itself(node)
    ]
    assert not silent, "\n".join(["no docstring:", *silent])


def test_the_contract_s_folder_holds_no_python() -> None:
    """With an `__init__.py` in it, `import graphql` would find the folder in place of graphql-core."""
    assert (ROOT / "graphql" / "operations").is_dir()
    assert not [p for p in (ROOT / "graphql").rglob("*") if p.is_file() and p.suffix != ".graphql"]


# Written in two halves, so that this file does not hold what it looks for.
_HALVES = ("//py", "pi."), ("python", "hosted"), ("registry.", "npmjs"), ("deb.", "debian.org"), ("index-", "url")
ADDRESSES = [first + second for first, second in _HALVES]
PLACES = re.compile(r"(?<![\w.~-])/(work|root|home|tmp)/\w")


def test_no_file_names_a_registry() -> None:
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found += [f"{name}: {a}" for a in ADDRESSES if a.encode() in content]
    assert not found


def test_no_file_names_a_machine_s_own_place() -> None:
    names = [n for n in tracked() if n.startswith(("forum/", "docs/", "graphql/", "workflows/")) or "/" not in n]
    found = [n for n in names if n.endswith((".py", ".md", ".toml", ".graphql", ".yml", "Makefile", "Dockerfile"))
             and PLACES.search((ROOT / n).read_text("utf-8"))]  # fmt: skip
    assert not found


# ---- names of modules
NOUNS = ("actions", "api", "domain", "store")  # rooms in which a module may be called after the noun it is about


def test_a_module_is_told_by_its_name_or_its_folder() -> None:
    """A module that stands directly in a room has a name that no other room has. In a folder of a room, such as
    `workflow/check/`, the folder tells it apart; and the rooms of the nouns share the names of these."""
    rooms: dict[str, set[str]] = {}
    for module in modules():
        rooms.setdefault(module.path.rpartition("/")[2], set()).add(module.room)
    unclear = [
        module.path
        for module in modules()
        if module.path.count("/") <= 2 and module.room not in NOUNS and len(rooms[module.path.rpartition("/")[2]]) > 1
    ]
    assert [path for path in unclear if not path.endswith("/__init__.py")] == []


# ---- names
VAGUE = {"one", "made", "told", "given", "said", "seen"}
OF_THE_CONTRACT = {  # a field's name is the contract's
    "forum/api/schema/viewer.py": {"given"},
    "forum/errors.py": {"given"},
}


def test_a_name_says_what_it_holds() -> None:
    found = [
        f"{module.at(node)} {name}"
        for module in modules()
        for node in ast.walk(module.tree)
        for name in _bound(node)
        if name in VAGUE - OF_THE_CONTRACT.get(module.path, set())
    ]
    assert not found, f"take the noun: {found}"


def _bound(node: ast.AST) -> list[str]:
    """The name that this node binds: a variable, parameter, function, class, import, caught error or matched part."""
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.alias):
        return [node.asname or node.name]
    names = [getattr(node, field, None) for field in ("arg", "name") if not isinstance(node, ast.keyword)]
    return [name for name in names if isinstance(name, str)]


# ---- the tests themselves
def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    tested = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and any(p.glob("test_*.py"))}
    assert rooms - tested == set(), "rooms without a test"
    assert tested - rooms <= {"soak", "bench", "browser", "corpus", "hostile", "model", "soundness"}, "tests of no room"


def test_no_test_sleeps_for_a_fixed_time() -> None:
    """A test that waits asks again until an instant; `time.sleep` of a second or more hides a race or wastes a
    minute."""
    found = []
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and said(node).endswith("sleep") and node.args:
                wait = node.args[0]
                if isinstance(wait, ast.Constant) and isinstance(wait.value, (int, float)) and wait.value >= 1:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


# ---- nouns
STATES = tuple(
    word
    for states in (ContributionState, DocumentState, CallState, EditionState, SilenceState, ReminderState)
    for word in states.words()
)
SAYS_STATES = (
    "forum/domain/",
    "forum/store/",
    "forum/reading/",
    "forum/workflow/",
)  # nouns, SQL, the process's own words


def test_no_act_reads_a_column_by_its_name() -> None:
    found = [
        f"{module.at(node)} {ast.unparse(node)}"
        for module in in_rooms("actions")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    ]
    assert not found, f"a noun has fields: {found}"


def test_no_act_takes_or_returns_a_row() -> None:
    row = re.compile(r"\b(Mapping|dict|Dict)\[str, Any\]|\bRow\b|\bRowMapping\b")
    found = [
        f"{module.at(function)} {function.name}"
        for module in in_rooms("actions", "jobs")
        for function in _named(module.tree)
        for hint in (function.returns, *(argument.annotation for argument in _arguments(function)))
        if hint is not None and row.search(ast.unparse(hint))
    ]
    assert not found, f"rows stay in the store: {found}"


def test_a_state_is_said_by_its_enumeration() -> None:
    """A text equal to a state's word, where something named `state` is compared with it or set to it."""
    found = [
        f"{module.at(node)} {ast.unparse(node)}"
        for module in modules()
        if not module.path.startswith(SAYS_STATES)
        for node in ast.walk(module.tree)
        if _bare_states(node)
    ]
    assert not found, f"states as bare words: {found}"


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    given = function.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]


def _bare_states(node: ast.AST) -> bool:
    """Whether this comparison, keyword or dictionary gives a state as a bare word."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(map(_is_a_state, sides)) and any(_has_words(side) for side in sides)
    if isinstance(node, ast.keyword):
        return node.arg == "state" and _has_words(node.value)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return any(isinstance(k, ast.Constant) and k.value == "state" and _has_words(v) for k, v in pairs)
    return False


def _is_a_state(side: ast.expr) -> bool:
    return ast.unparse(side).endswith((".state", '["state"]', "['state']")) or ast.unparse(side) == "state"


def _has_words(value: ast.expr) -> bool:
    return any(isinstance(n, ast.Constant) and n.value in STATES for n in ast.walk(value))
