"""What a chart of a process must hold to be drawn, as protocols: `forum/workflow/chart.py` makes such charts, and this
room does not import it."""

from collections.abc import Sequence
from typing import Protocol


class Way(Protocol):
    """How a stage goes on: the number of the next one, by the clock or by hand, in words."""

    @property
    def to(self) -> int: ...
    @property
    def clock(self) -> bool: ...
    @property
    def words(self) -> str: ...


class Box(Protocol):
    """A stage."""

    @property
    def title(self) -> str: ...
    @property
    def runs(self) -> str: ...
    @property
    def begins(self) -> bool: ...
    @property
    def dates(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def people(self) -> Sequence[tuple[str, str]]: ...
    @property
    def ways(self) -> Sequence[Way]: ...


class Paper(Protocol):
    """A document that comes out."""

    @property
    def title(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...


class Path(Protocol):
    """A track."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def boxes(self) -> Sequence[Box]: ...
    @property
    def papers(self) -> Sequence[Paper]: ...


class Chart(Protocol):
    """The whole definition, or one track."""

    @property
    def title(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def paths(self) -> Sequence[Path]: ...
