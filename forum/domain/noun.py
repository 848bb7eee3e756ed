"""What every noun is: a frozen row of the record, with the columns of its table as fields."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from ..errors import WrongState


class Noun(Mapping[str, Any]):
    """Base of the nouns. Reading fields by string keys is on its way out: no new code does so."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return (f.name for f in fields(self))  # type: ignore[arg-type]  # every noun is a dataclass

    def __len__(self) -> int:
        return len(fields(self))  # type: ignore[arg-type]  # every noun is a dataclass


def need_state(act: str, state: str, *states: str) -> None:
    """Refuses (WrongState) a thing that is in none of the states in which the act may be done."""
    if state not in states:
        raise WrongState(act=act, state=state, needs=states)
