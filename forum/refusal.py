"""What a refusal is: a sentence, a stable code, and the facts that help. Which there are stands in `errors.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, dataclass_transform


@dataclass_transform(kw_only_default=True, eq_default=False)
class Refusal(Exception):
    """Why a thing was not done. `path` names the field of the input it hangs on, outermost first."""

    says: ClassVar[str] = "This was refused."
    path: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        dataclass(eq=False, kw_only=True, repr=False)(cls)

    def __post_init__(self) -> None:
        """A member of an enumeration is told as its word: what is answered does not hang on who raised it."""
        for name, value in self.facts().items():
            if isinstance(value, StrEnum):
                setattr(self, name, value.value)
            elif isinstance(value, tuple) and any(isinstance(item, StrEnum) for item in value):
                setattr(self, name, tuple(str(item) for item in value))

    @classmethod
    def stable_code(cls) -> str:
        """`DeadlinePassed` -> `DEADLINE_PASSED`: what clients switch on; sentences may be reworded, codes never."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).upper()

    @property
    def code(self) -> str:
        return self.stable_code()

    @property
    def message(self) -> str:
        return self.says.format(**{name: _spoken(value) for name, value in self.facts().items()})

    def facts(self) -> dict[str, object]:
        """The refusal's own fields, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "path"}  # type: ignore[arg-type]

    def at_path(self, *path: str) -> Refusal:
        """The same refusal, hung on an input field."""
        self.path = path + self.path
        return self

    def __str__(self) -> str:
        return self.message


def _spoken(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value)
    return str(value)
