"""Prints the map of the rooms in `docs/rooms.md` from the code: `python -m tests.support.rooms` writes it anew.

What stands above the mark is written by hand; below it every room says what its `__init__.py` says, every file the
first sentence of its docstring, and the picture shows which room imports which.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import groupby

from tests.support.sources import PACKAGE, ROOT, Module, modules

PAGE = ROOT / "docs" / "rooms.md"
MARK = "<!-- From here on printed from the code: python -m tests.support.rooms -->\n"


def sentence(module: Module) -> str:
    """What a module is for: the first sentence of its docstring, on one line."""
    first = " ".join((ast.get_docstring(module.tree) or "").split("\n\n")[0].split())
    found = re.match(r".*?[.:](?= |$)", first)
    return (found[0] if found and found[0].endswith(".") else first).replace("|", "\\|")


def printed() -> str:
    """Everything below the mark."""
    rooms = [
        "## The arrows\n\n" + _picture(),
        "## Top level\n\n" + _table([m for m in modules() if "/" not in _inside(m)]),
    ]
    below = sorted((m for m in modules() if "/" in _inside(m)), key=lambda m: (_folder(m), m.path))
    for folder, files in groupby(below, key=_folder):
        rooms.append(_section(folder, list(files)))
    return "\n".join(rooms)


def renewed(text: str) -> str:
    """The page with its printed part as it should be."""
    return text.partition(MARK)[0] + MARK + "\n" + printed()


def arrows() -> dict[str, set[str]]:
    """Each room with the rooms it imports, as the modules say at their top and inside their functions."""
    found: dict[str, set[str]] = {}
    for module in modules():
        for room in _imports(module):
            if room != module.room:
                found.setdefault(module.room, set()).add(room)
    return found


def _imports(module: Module) -> Iterator[str]:
    package = module.path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            whole = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            names = [part for part in whole if part] + [node.names[0].name]
            yield names[1]


def _inside(module: Module) -> str:
    return module.path.removeprefix("forum/")


def _folder(module: Module) -> str:
    return _inside(module).rpartition("/")[0]


def _section(folder: str, files: list[Module]) -> str:
    init = next((m for m in files if m.path.endswith("__init__.py")), None)
    about = (
        " ".join((ast.get_docstring(init.tree) or "").split()) if init else "The database's history, one step a file."
    )
    depth = "#" * (2 + folder.count("/"))
    return f"{depth} {folder}\n\n{about}\n\n{_table([m for m in files if m is not init])}"


def _table(files: list[Module]) -> str:
    rows = [f"| `{m.path.rpartition('/')[2]}` | {sentence(m)} |" for m in files if not m.path.endswith("__init__.py")]
    return "\n".join(["| file | what it is for |", "|---|---|", *rows, ""]) if rows else ""


def _picture() -> str:
    """Rooms as the layers of `pyproject.toml` order them, the outermost first, with an arrow for each import."""
    order = [re.split(r"\s*\|\s*", layer) for layer in _layers()]
    lines = ["```mermaid", "flowchart TD"]
    for layer in order:
        lines += [f"  {room}" for room in layer if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file()]
    reached = arrows()
    rank = {room: number for number, layer in enumerate(order) for room in layer}
    for room in sorted(reached, key=lambda name: (rank[name], name)):
        lines += [f"  {room} --> {other}" for other in sorted(reached[room], key=lambda name: (rank[name], name))]
    return "\n".join([*lines, "```", ""])


def _layers() -> list[str]:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = said["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "arrows")
    return [layer.replace("(", "").replace(")", "") for layer in layers]


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
