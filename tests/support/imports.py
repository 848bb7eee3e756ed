"""Which module of the service imports which, wherever the import stands: at the top, in a function, for types only."""

import ast
from collections.abc import Iterator

from tests.support.sources import Module, modules


def name_of(module: Module) -> str:
    """`forum/api/limits.py` -> `forum.api.limits`; a package goes by its folder's name."""
    return module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def graph() -> dict[str, set[str]]:
    """Each module of `forum` with the modules of `forum` that it names in an import. A folder's `__init__.py`, which
    runs before what lies in it, holds a docstring only (`test_house.py`), so it counts only where it is named
    itself."""
    known = {name_of(module) for module in modules()}
    found: dict[str, set[str]] = {}
    for module in modules():
        named = {_module(name, known) for name in _imported(module)}
        found[name_of(module)] = {name for name in named if name} - {name_of(module)}
    return found


def _module(name: str, known: set[str]) -> str:
    """The module an imported name is or stands in: `forum.errors.Refusal` -> `forum.errors`; "" outside the service."""
    if name in known:
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in known else ""


def _imported(module: Module) -> Iterator[str]:
    """The whole name of everything that is imported."""
    folder = module.path.split("/")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            start = folder[: len(folder) - node.level + 1] if node.level else []
            whole = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{whole}.{alias.name}" for alias in node.names)


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import one another, directly or by way of others (Tarjan's algorithm); sorted."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        waiting.append(name)
        for other in sorted(arrows.get(name, ())):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in waiting:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            start = waiting.index(name)
            if len(waiting) - start > 1:
                found.append(sorted(waiting[start:]))
            del waiting[start:]

    for name in sorted(arrows):
        if name not in number:
            visit(name)
    return sorted(found)
