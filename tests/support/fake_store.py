"""A store without a database, for tests of an act by itself: it answers what it was told, and keeps what was
written."""

from collections.abc import Mapping
from typing import Any, TypeVar

from forum.store.steps import Need, Write

T = TypeVar("T")


class FakeStore:
    """`answers`: what each need is answered with. `written`: every write, in order; `results`: what a write answers."""

    def __init__(self, answers: Mapping[Need[Any], Any], results: Mapping[Write[Any], Any] | None = None) -> None:
        self.answers, self.results = answers, results or {}
        self.written: list[Write[Any]] = []

    async def ask(self, need: Need[T]) -> T:
        found: T = self.answers[need]
        return found

    async def write(self, write: Write[T]) -> T:
        self.written.append(write)
        found: T = self.results.get(write)  # type: ignore[assignment]  # most writes answer nothing
        return found
