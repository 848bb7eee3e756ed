"""Tables -> TOML: a definition written out whole, in the form in which people write one.

What holds other things has a heading of its own (`[tracks.main.stages.call]`); what is one saying - a rule, a text in
several languages, a list - stands on one line.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .lines import Path

Tables = Mapping[str, Any]

# The tables of a definition that hold others, by their path; "*" is a name that the file makes up.
_PARTS = {
    *((part,) for part in ("chair", "minimums", "reminders", "groups", "release", "forum_acts", "mechanisms")),
    *((part,) for part in ("dispositions", "disclaimers", "wording")),
    *((part,) for part in ("anchors", "bodies", "meetings", "closings", "documents", "sets", "tracks")),
    *((part, "*") for part in ("anchors", "bodies", "meetings", "closings", "documents", "sets", "tracks")),
    ("tracks", "*", "always"),
    ("tracks", "*", "minimums"),
    ("tracks", "*", "stages"),
    ("tracks", "*", "stages", "*"),
    ("tracks", "*", "stages", "*", "acts"),
}
_LONG = 100  # characters; a longer text is broken after its sentences
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SENTENCE = re.compile(r"(?<=[.;:] )(?=\S)")


def is_part(path: Path) -> bool:
    """Whether the table at a path holds things of their own names, rather than being one saying itself."""
    return any(len(part) == len(path) and _fits(part, path) for part in _PARTS)


def written(tables: Tables) -> str:
    """The text of a definition: reading it gives the same tables, in the same order within each."""
    return "\n".join(_block(tables, ())).lstrip("\n") + "\n"


def _fits(part: Path, path: Path) -> bool:
    return all(word in ("*", name) for word, name in zip(part, path, strict=True))


def _block(table: Tables, path: Path) -> Iterator[str]:
    deep = [key for key, value in table.items() if isinstance(value, Mapping) and is_part((*path, key))]
    lists = [key for key, value in table.items() if _is_list_of_tables(value) and not path]
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if key not in (*deep, *lists)]
    if path and (lines or not deep):
        yield from ("", f"[{'.'.join(map(_key, path))}]")
    yield from lines
    for key in deep:
        yield from _block(table[key], (*path, key))
    for key in lists:
        for entry in table[key]:
            yield from ("", f"[[{_key(key)}]]")
            yield from (f"{_key(name)} = {_value(value)}" for name, value in entry.items())


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_value(entry) for entry in value)}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    """A long text stands on several lines: each ends with a backslash, after which TOML reads on at the next word."""
    parts = _SENTENCE.split(text) if len(text) > _LONG else [text]
    if len(parts) == 1:
        return _quoted(text)
    return '"""\\\n' + "\\\n".join(_quoted(part)[1:-1] for part in parts) + '"""'


def _quoted(text: str) -> str:
    # JSON escapes what TOML asks to be escaped, but for the last of the control characters.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
