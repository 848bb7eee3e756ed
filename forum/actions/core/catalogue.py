"""Every act there is, found by its file: `contribution/submit_contribution.py` holds SubmitContribution and its
function."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ... import actions
from .act import Act, Command


def _modules() -> Iterator[str]:
    """Dotted names of all modules below `actions/<noun>/`; the machinery (`core/`) holds no act."""
    for room in pkgutil.iter_modules(actions.__path__, f"{actions.__name__}."):
        if room.ispkg and not room.name.endswith(".core"):
            package = importlib.import_module(room.name)
            yield from (module.name for module in pkgutil.iter_modules(package.__path__, f"{room.name}."))


def _act(module: str) -> Act | None:
    """The act of a module; None of one that several acts share."""
    name = module.rpartition(".")[2]
    held = vars(importlib.import_module(module))
    command = held.get("".join(word.capitalize() for word in name.split("_")))
    if not (isinstance(command, type) and issubclass(command, Command)):
        return None
    return Act(name, command, held[name])


def _all() -> Mapping[str, Act]:
    acts = (_act(module) for module in _modules())
    return MappingProxyType({act.name: act for act in sorted((a for a in acts if a), key=lambda act: act.name)})


CATALOGUE: Mapping[str, Act] = _all()
