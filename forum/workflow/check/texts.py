"""Every text of a definition, with the nearest line that is known: for checks that look at whatever stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from ..process import Process


@dataclass(frozen=True)
class Text:
    """A text, the name of its field or key, and the line of the table that it stands in."""

    words: str
    name: str
    line: int | None


def texts(process: Process) -> Iterator[Text]:
    """All but the file itself."""
    yield from _of(process, 1, "")


def _of(value: object, line: int | None, name: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(value, name, line)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _of(inner, line, str(key))
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _of(inner, line, name)
    elif is_dataclass(value):
        here = getattr(value, "line", None) or line
        for field in fields(value):
            if not (isinstance(value, Process) and field.name == "text"):
                yield from _of(getattr(value, field.name), here, field.name)
