"""One TOML table, read key by key: each value is checked, an unknown key is refused, every refusal names its line."""

import difflib
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import FileRefused, UnknownCode
from ..times import zone_named
from ..worded import languages_of, worded
from .lines import Path, nearest, place

WORD = re.compile(r"[a-z][a-z0-9_]{0,59}")
OTHER_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.toml")  # of a definition, in the same folder
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MAX_TEXT = 4_000  # characters in one text of a definition
PLACEHOLDERS = frozenset(
    {
        "body",
        "count",
        "date",
        "document",
        "edition",
        "forum",
        "hours",
        "organisation",
        "paragraph",
        "reason",
        "recommendation",
    }
)


@dataclass(frozen=True)
class Source:
    """The file a table comes from: what messages call it, where its keys stand, and the language of its words."""

    label: str
    lines: dict[Path, int] = field(default_factory=dict)
    language: str = "en"

    def refuse(self, path: Path, why: str, remedy: str) -> FileRefused:
        """A refusal that says file, line, fault and remedy."""
        line = nearest(self.lines, path)
        return FileRefused(reason=f"{place(self.label, line)}: {why} {remedy}", line=line)


class Table:
    """A table that is read once. `done()` refuses the keys nobody asked for."""

    def __init__(self, data: Mapping[str, object], path: Path, source: Source) -> None:
        self.data, self.path, self.source = data, path, source
        self._asked: set[str] = set()

    @property
    def line(self) -> int | None:
        return nearest(self.source.lines, self.path)

    def line_of(self, key: str) -> int | None:
        """The line at which a key stands."""
        return nearest(self.source.lines, (*self.path, key))

    @property
    def spoken(self) -> str:
        return f"[{'.'.join(self.path)}]" if self.path else "the file"

    def refuse(self, key: str, why: str, remedy: str) -> FileRefused:
        return self.source.refuse((*self.path, key) if key else self.path, why, remedy)

    def text(self, key: str, default: str | None = None, among: Sequence[str] = ()) -> str:
        """A text; without a default the key must be there. `among` limits it to a vocabulary."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, f"{key} holds {_kind(value)}, not a text.", f'Write {key} = "..." in quotes.')
        return self._clean(key, value, among)

    def words(self, key: str, among: Sequence[str] = (), default: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts, each once; empty when the key is not there."""
        value = self._value(key, list(default))
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.refuse(key, f"{key} is not a list of texts.", f'Write {key} = ["one", "two"].')
        for word in value:
            self._clean(key, word, among)
            if value.count(word) > 1:
                raise self.refuse(key, f"{key} names {word} twice.", "Name it once.")
        return tuple(value)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(key, f"{key} is not a whole number from {low} to {high}.", f"Write {key} = {default}.")
        return value

    def numbers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from low to high, each once."""
        value = self._value(key, [])
        numbers = value if isinstance(value, list) else []
        valid = {number for number in numbers if type(number) is int and low <= number <= high}
        if not isinstance(value, list) or len(valid) < len(value):
            raise self.refuse(
                key,
                f"{key} is not a list of different whole numbers from {low} to {high}.",
                f"Write {key} = [14, 3, 1].",
            )
        return tuple(value)

    def zone(self, key: str) -> str:
        """The IANA name of a time zone."""
        value = self.text(key)
        try:
            zone_named(value)
        except UnknownCode as fault:
            raise self.refuse(key, f"{_short(value)!r} is no time zone.", fault.hint) from None
        return value

    def language(self, key: str) -> str:
        """A language tag (BCP 47)."""
        return self._tag(key, self.text(key))

    def languages(self, key: str) -> tuple[str, ...]:
        """A list of language tags."""
        return tuple(self._tag(key, tag) for tag in self.words(key))

    def _tag(self, key: str, tag: str) -> str:
        if not LANGUAGE.fullmatch(tag):
            raise self.refuse(key, f"{tag[:40]!r} is not a language tag.", 'Write "en", "ar", "zh" and the like.')
        return tag

    def flag(self, key: str) -> bool:
        """true or false; false when the key is not there."""
        value = self._value(key, False)
        if not isinstance(value, bool):
            raise self.refuse(key, f"{key} holds {_kind(value)}, not true or false.", f"Write {key} = true.")
        return value

    def has(self, key: str) -> bool:
        return key in self.data

    def offer(self, key: str) -> None:
        """Say that the key may stand here, without reading it."""
        self._asked.add(key)

    def table(self, key: str) -> "Table":
        """The table under a key; an empty one when it is not there."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self.refuse(key, f"{key} holds {_kind(value)}, not a table.", f"Write it under [{self._under(key)}].")
        return Table(value, (*self.path, key), self.source)

    def tables(self, key: str = "") -> dict[str, "Table"]:
        """The named tables under a key, or of this table itself; each name is a plain word."""
        parent = self.table(key) if key else self
        return {name: parent.table(name) for name in parent.names()}

    def listed(self, key: str) -> list["Table"]:
        """The tables of an array such as [[transmissions]]; one table alone counts as an array of one."""
        value = self._value(key, [])
        if isinstance(value, dict):
            return [Table(value, (*self.path, key), self.source)]
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.refuse(key, f"{key} is not a list of tables.", f"Begin each with [[{self._under(key)}]].")
        return [Table(entry, (*self.path, key, str(number)), self.source) for number, entry in enumerate(value)]

    def entries(self, key: str, first: str) -> list["Table"]:
        """The entries of a list in which a text stands for a table that holds nothing but `first`."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, (str, dict)) for entry in value):
            why = f"{key} is not a list of texts or tables."
            raise self.refuse(key, why, f'Write {key} = ["one", {{ {first} = "two" }}].')
        tables = ({first: entry} if isinstance(entry, str) else entry for entry in value)
        return [Table(entry, (*self.path, key, str(number)), self.source) for number, entry in enumerate(tables)]

    def by_language(self, key: str) -> dict[str, str]:
        """A table of texts by language tag."""
        table = self.table(key)
        return {table._tag(tag, tag): table.text(tag) for tag in table.data}

    def worded(self, key: str) -> str:
        """A text for people: in the language of the file's words, or in several, that one among them."""
        if not isinstance(self.data.get(key), dict):
            return self.text(key)
        by_language, own = self.by_language(key), self.source.language
        if own not in by_language:
            why = f"{key} is not given in {own}, the language of this file's words."
            raise self.refuse(key, why, f'Add {own} = "..." to it.')
        return worded(own, by_language)

    def names(self) -> tuple[str, ...]:
        """The keys, each a plain word: small letters, digits, underscores."""
        for name in self.data:
            if not WORD.fullmatch(name):
                raise self.refuse(
                    name,
                    f"{_short(name)} is not a plain word.",
                    "Use small letters, digits and underscores, beginning with a letter, 60 at most.",
                )
        return tuple(self.data)

    def texts(self, key: str) -> dict[str, str]:
        """A table of named texts."""
        table = self.table(key)
        return {name: table.text(name) for name in table.names()}

    def sentences(self, key: str) -> dict[str, str]:
        """A table of named texts, whose {placeholders} are known ones."""
        table = self.table(key)
        return {name: table.sentence(name) for name in table.names()}

    def sentence(self, key: str) -> str:
        """A text for people that may hold {placeholders}: only the known names, nothing that reaches into them."""
        text = self.worded(key)
        for words in languages_of(text).values() or (text,):
            self._need_known_placeholders(key, words)
        return text

    def _need_known_placeholders(self, key: str, text: str) -> None:
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError as fault:
            raise self.refuse(
                key, f"{key} has a brace that does not pair ({fault}).", "Write {{ for a brace."
            ) from None
        for _, name, spec, conversion in parts:
            if name is not None and (name not in PLACEHOLDERS or spec or conversion):
                known = ", ".join(f"{{{placeholder}}}" for placeholder in sorted(PLACEHOLDERS))
                raise self.refuse(key, f"{key} has the unknown placeholder {{{_short(name)}}}.", f"Known are {known}.")

    def done(self) -> None:
        """Refuse keys nobody asked for: a mistyped rule must not pass for no rule."""
        for key in self.data:
            if key not in self._asked:
                raise self.refuse(key, f"{self.spoken} has no key {_short(key)}.", hint(key, self._asked))

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self.data:
            return self.data[key]
        if default is None:
            raise self.refuse("", f"{self.spoken} lacks {key}.", f"Add the line {key} = ...")
        return default

    def _clean(self, key: str, value: str, among: Sequence[str]) -> str:
        if "\x00" in value or len(value) > MAX_TEXT:
            raise self.refuse(key, f"{key} holds a NUL or over {MAX_TEXT} characters.", "Shorten the text.")
        if among and value not in among:
            raise self.refuse(key, f"{key} does not know {_short(value)}.", hint(value, among))
        return value

    def _under(self, key: str) -> str:
        return ".".join((*self.path, key))


def hint(word: str, known: Iterable[str]) -> str:
    """The remedy for a word out of a vocabulary: the nearest one when there is one, else all of them."""
    words = sorted(known)
    if not words:
        return "There are none yet."
    near = difflib.get_close_matches(word[:80], words, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    shown = words if len(words) <= 20 else [*words[:20], f"and {len(words) - 20} others"]
    return f"Known are: {', '.join(shown)}."


def _kind(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), "a text" if isinstance(value, str) else "a date or time")


def _short(word: str) -> str:
    return word if len(word) <= 60 else word[:57] + "..."
