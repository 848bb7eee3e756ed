"""Every deed there is, found by its file: `submit_contribution.py` holds SubmitContribution and submit_contribution."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from .. import actions
from .deeds import Deed

_NOT_DEEDS = frozenset(("catalogue", "deeds", "foreseen", "judge", "possible", "runner"))


def _load(name: str) -> Deed:
    module = importlib.import_module(f"{actions.__name__}.{name}")
    return Deed(name, getattr(module, "".join(w.capitalize() for w in name.split("_"))), getattr(module, name))


def _all() -> Mapping[str, Deed]:
    names = sorted(m.name for m in pkgutil.iter_modules(actions.__path__))
    return MappingProxyType({n: _load(n) for n in names if n not in _NOT_DEEDS and not n.startswith("_")})


DEEDS: Mapping[str, Deed] = _all()
