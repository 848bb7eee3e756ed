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
    not the loader), word, worded (a text for people, or a table of it by language tag), sentence (the same with
    {placeholders}), words (a list), numbers (a list), flag, whole, when, span, zone, language, languages, texts (a
    table of texts), sentences (a table of sentences), by_language (a table of texts by language tag);
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
    pairs = ((f, f.metadata["key"]) for f in fields(cls) if "key" in f.metadata)
    return {declared.name or f.name: (f, declared) for f, declared in pairs}


def read(cls: type[T], table: Table, **known: Any) -> T:
    """A value of the model from its table. `known`: fields that the caller has read already.

    Refuses (FileRefused) what is missing, of the wrong kind, or unknown, with its line.
    """
    values = dict(known)
    for name, (f, declared) in keys(cls).items():
        if f.name not in known:
            values[f.name] = _value(name, f, declared, table)
    table.done()
    if any(f.name == "line" for f in fields(cls)):  # type: ignore[arg-type]
        values["line"] = table.line
    return cls(**values)


def _value(name: str, f: Field[Any], declared: Key, table: Table) -> Any:
    if not table.has(name):
        table.offer(name)
        if f.default is not MISSING:
            return f.default
        if f.default_factory is not MISSING:
            return f.default_factory()
    return _READERS[declared.kind](table, name, declared)


def _dated(table: Table, name: str, declared: Key) -> When:
    try:
        return when(table.text(name))
    except InvalidValue as fault:
        raise table.refuse(name, f"{name}: {fault.reason}", "") from None


def _length(table: Table, name: str, declared: Key) -> timedelta:
    try:
        return span(table.text(name))
    except InvalidValue as fault:
        raise table.refuse(name, f"{name}: {fault.reason}", "") from None


def _map(table: Table, name: str, declared: Key) -> Mapping[str, Any]:
    assert declared.of is not None
    rows: dict[str, Any] = {
        word: read(declared.of, inner, **_named(declared.of, word)) for word, inner in table.tables(name).items()
    }
    return MappingProxyType(rows)


def _named(cls: type, word: str) -> dict[str, str]:
    """The field that holds the table's own name: the first of the type, where it is no key itself."""
    first = fields(cls)[0]
    return {} if "key" in first.metadata else {first.name: word}


def _list(table: Table, name: str, declared: Key) -> tuple[Any, ...]:
    assert declared.of is not None
    return tuple(read(declared.of, inner) for inner in table.listed(name))


def _entries(table: Table, name: str, declared: Key) -> tuple[Any, ...]:
    assert declared.of is not None
    return tuple(read(declared.of, inner) for inner in table.entries(name, next(iter(keys(declared.of)))))


def _single(table: Table, name: str, declared: Key) -> Any:
    assert declared.of is not None
    return read(declared.of, table.table(name))


def _word(table: Table, name: str, declared: Key) -> str:
    value = table.text(name, None, declared.among)
    if not WORD.fullmatch(value):
        raise table.refuse(name, f"{name} is not a plain word.", "Use small letters, digits and underscores.")
    return value


def _act(table: Table, name: str, declared: Key) -> str:
    return current(table.text(name, None, () if table.data.get(name) in FORMER else declared.among))


_READERS = {
    "act": _act,
    "text": lambda table, name, declared: table.text(name, None, declared.among),
    "known": lambda table, name, declared: table.text(name),
    "word": _word,
    "worded": lambda table, name, declared: table.worded(name),
    "sentence": lambda table, name, declared: table.sentence(name),
    "texts": lambda table, name, declared: MappingProxyType(table.texts(name)),
    "sentences": lambda table, name, declared: MappingProxyType(table.sentences(name)),
    "by_language": lambda table, name, declared: MappingProxyType(table.by_language(name)),
    "words": lambda table, name, declared: table.words(name, declared.among),
    "numbers": lambda table, name, declared: table.numbers(name, declared.low, declared.high),
    "flag": lambda table, name, declared: table.flag(name),
    "whole": lambda table, name, declared: table.whole(name, declared.usual, declared.low, declared.high),
    "when": _dated,
    "span": _length,
    "zone": lambda table, name, declared: table.zone(name),
    "language": lambda table, name, declared: table.language(name),
    "languages": lambda table, name, declared: table.languages(name),
    "map": _map,
    "list": _list,
    "entries": _entries,
    "one": _single,
}
