"""What a key of a definition is: declared once, beside the field of the model; used by the loader, by the schema for
editors (`json_schema.py`) and by the reference in `docs/processes.md`."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from ..errors import InvalidValue
from .act_names import FORMER, current
from .toml_table import WORD, Table
from .when import When, span, when

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """One key: what it means, the kind of its value, its name in the file where that differs from the field's.

    Kinds: text, act (a text, by its present or former name), known (a text out of a vocabulary that the check knows,
    not the loader), word, sentence (a text with {placeholders}), words (a list), numbers (a list), flag, whole, when,
    span, zone, language, languages, sentences (a table of texts), by_language (a table of texts by language tag);
    `one`, `map` and `list` hold tables of the type `of`, and so do `entries`, where a text stands for a table with its
    first key only.
    """

    about: str
    kind: str = "text"
    name: str = ""
    among: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    of: type | None = None
    usual: int = 0  # what a refusal of a number suggests


def key(
    about: str,
    kind: str = "text",
    *,
    name: str = "",
    among: Sequence[str] = (),
    default: Any = MISSING,
    low: int = 0,
    high: int = 0,
    of: type | None = None,
) -> Any:
    """A field of the model that stands in the file. Without a default the key must be there."""
    metadata = {
        "key": Key(about, kind, name, tuple(among), low, high, of, default if isinstance(default, int) else low)
    }
    if isinstance(default, Mapping):
        return field(default_factory=lambda: MappingProxyType(dict(default)), metadata=metadata)
    return field(default=default, metadata=metadata)


def keys(cls: type) -> dict[str, tuple[Field[Any], Key]]:
    """The keys of a type by their name in the file, in the order of the model."""
    found = ((f, f.metadata["key"]) for f in fields(cls) if "key" in f.metadata)
    return {one.name or f.name: (f, one) for f, one in found}


def read(cls: type[T], table: Table, **given: Any) -> T:
    """A value of the model from its table. `given`: fields that the caller has read already.

    Refuses (FileRefused) what is missing, of the wrong kind, or unknown, with its line.
    """
    values = dict(given)
    for name, (f, one) in keys(cls).items():
        if f.name not in given:
            values[f.name] = _value(name, f, one, table)
    table.done()
    if any(f.name == "line" for f in fields(cls)):  # type: ignore[arg-type]
        values["line"] = table.line
    return cls(**values)


def _value(name: str, f: Field[Any], one: Key, table: Table) -> Any:
    if not table.has(name):
        table.offer(name)
        if f.default is not MISSING:
            return f.default
        if f.default_factory is not MISSING:
            return f.default_factory()
    return _READERS[one.kind](table, name, one)


def _dated(table: Table, name: str, one: Key) -> When:
    try:
        return when(table.text(name))
    except InvalidValue as fault:
        raise table.refuse(name, f"{name}: {fault.reason}", "") from None


def _length(table: Table, name: str, one: Key) -> timedelta:
    try:
        return span(table.text(name))
    except InvalidValue as fault:
        raise table.refuse(name, f"{name}: {fault.reason}", "") from None


def _map(table: Table, name: str, one: Key) -> Mapping[str, Any]:
    assert one.of is not None
    rows: dict[str, Any] = {
        word: read(one.of, inner, **_named(one.of, word)) for word, inner in table.tables(name).items()
    }
    return MappingProxyType(rows)


def _named(cls: type, word: str) -> dict[str, str]:
    """The field that holds the table's own name: the first of the type, where it is no key itself."""
    first = fields(cls)[0]
    return {} if "key" in first.metadata else {first.name: word}


def _list(table: Table, name: str, one: Key) -> tuple[Any, ...]:
    assert one.of is not None
    return tuple(read(one.of, inner) for inner in table.listed(name))


def _entries(table: Table, name: str, one: Key) -> tuple[Any, ...]:
    assert one.of is not None
    return tuple(read(one.of, inner) for inner in table.entries(name, next(iter(keys(one.of)))))


def _one(table: Table, name: str, one: Key) -> Any:
    assert one.of is not None
    return read(one.of, table.table(name))


def _word(table: Table, name: str, one: Key) -> str:
    value = table.text(name, None, one.among)
    if not WORD.fullmatch(value):
        raise table.refuse(name, f"{name} is not a plain word.", "Use small letters, digits and underscores.")
    return value


def _act(table: Table, name: str, one: Key) -> str:
    return current(table.text(name, None, () if table.data.get(name) in FORMER else one.among))


_READERS = {
    "act": _act,
    "text": lambda table, name, one: table.text(name, None, one.among),
    "known": lambda table, name, one: table.text(name),
    "word": _word,
    "sentence": lambda table, name, one: table.sentence(name),
    "sentences": lambda table, name, one: MappingProxyType(table.sentences(name)),
    "by_language": lambda table, name, one: MappingProxyType(table.by_language(name)),
    "words": lambda table, name, one: table.words(name, one.among),
    "numbers": lambda table, name, one: table.numbers(name, one.low, one.high),
    "flag": lambda table, name, one: table.flag(name),
    "whole": lambda table, name, one: table.whole(name, one.usual, one.low, one.high),
    "when": _dated,
    "span": _length,
    "zone": lambda table, name, one: table.zone(name),
    "language": lambda table, name, one: table.language(name),
    "languages": lambda table, name, one: table.languages(name),
    "map": _map,
    "list": _list,
    "entries": _entries,
    "one": _one,
}
