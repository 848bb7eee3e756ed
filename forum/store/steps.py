"""What an act needs from the database and what it writes there, as data.

A function of `store/` that reads is a `@need`, one that writes a `@write`: called by an act it does nothing yet, it
gives a frozen value that says which function with which arguments. The runner's `Store` carries it out, today at once
and one by one; since it sees them as data it may batch them later. A test answers needs and looks at writes without a
database.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from .unit import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Step(Generic[T_co]):
    """One statement or more, with its arguments, not yet carried out. Two that say the same are equal."""

    function: Callable[..., Awaitable[T_co]]
    arguments: tuple[object, ...] = ()
    options: tuple[tuple[str, object], ...] = ()

    async def run(self, unit: UnitOfWork) -> T_co:
        """Carry it out in this unit of work."""
        return await self.function(unit, *self.arguments, **dict(self.options))


class Need(Step[T_co]):
    """Something to be read."""


class Write(Step[T_co]):
    """Something to be written. What it answers is what the database alone knows, such as how many rows there were."""


class Store(Protocol):
    """What an act reads and writes through."""

    async def ask(self, need: Need[T]) -> T:
        """Read what is needed."""
        ...

    async def write(self, write: Write[T]) -> T:
        """Write it, in the act's own transaction."""
        ...


# A function that takes `**options` takes the unit of work by position only (`unit: UnitOfWork, /`).
def need(read: Callable[Concatenate[UnitOfWork, P], Awaitable[T]]) -> Callable[P, Need[T]]:
    """A reading function of the store as a maker of needs."""

    def make(*arguments: P.args, **options: P.kwargs) -> Need[T]:
        return Need(read, arguments, tuple(options.items()))

    return update_wrapper(make, read)


def write(change: Callable[Concatenate[UnitOfWork, P], Awaitable[T]]) -> Callable[P, Write[T]]:
    """A writing function of the store as a maker of writes."""

    def make(*arguments: P.args, **options: P.kwargs) -> Write[T]:
        return Write(change, arguments, tuple(options.items()))

    return update_wrapper(make, change)
