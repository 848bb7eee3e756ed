"""`extends`: a file that says only what differs from another. The two together are the definition: what is checked,
published, hashed and shown is the whole.

Parts that hold things by name (`toml_text.is_part`) are put together name by name; anything else that the file says
takes the place of what the other says: a rule, a text with all its languages, a list. Transmissions and moves are put
together by their document and their version. `without` takes something away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .act_names import current, former
from .lines import LineOf, Path
from .toml_table import OTHER_FILE, Source, Table, hint
from .toml_text import is_part

KEYS = ("extends", "without")  # at the top of a file that extends another
NAMED_BY = {"transmissions": "document", "moves": "from"}  # lists whose entries are put together by this name
MOST_FILES = 5  # one after the other, the first included


@dataclass(frozen=True)
class Unresolved:
    """A file as it was read: its tables, and where they stand."""

    data: dict[str, Any]
    source: Source


Read = Callable[[str], Unresolved | None]  # the file of a name beside this one; None where there is none


def extends(data: Mapping[str, object]) -> bool:
    """Whether a file says only what differs from another."""
    return any(key in data for key in KEYS)


def whole(first: Unresolved, read: Read) -> Unresolved:
    """A file with all that it extends. Refuses (FileRefused, at the line) a file that is not there, files that extend
    one another, more than five, and a `without` that takes nothing away."""
    chain = [first]
    while extends(chain[-1].data):
        chain.append(_extended(chain, read))
    *later, base = chain
    data, lines = base.data, _lines_of(base, first)
    for file in reversed(later):
        data, lines = _without(file, data), {**lines, **_lines_of(file, first)}
        data = _together(data, {key: value for key, value in file.data.items() if key not in KEYS}, ())
    return Unresolved(data, Source(first.source.label, lines, _language(data)))


def _extended(chain: list[Unresolved], read: Read) -> Unresolved:
    file = chain[-1]
    table = Table(file.data, (), file.source)
    if "extends" not in file.data:
        raise table.refuse("without", "without takes away what another file says.", 'Say which: extends = "gfmd.toml".')
    name = table.text("extends")
    if not OTHER_FILE.fullmatch(name):
        why = f"extends does not name a file beside this one: {name[:60]!r}."
        raise table.refuse("extends", why, 'Write its name alone, as extends = "gfmd.toml".')
    names = [*(earlier.source.label for earlier in chain), name]
    if name in names[:-1]:
        raise table.refuse("extends", f"{' -> '.join(names)}: these files extend one another.", "One must stand alone.")
    if len(names) > MOST_FILES:
        why = f"{' -> '.join(names)}: more than {MOST_FILES} files extend one another."
        raise table.refuse("extends", why, "Nobody can survey that: join two of them.")
    found = read(name)
    if found is None:
        raise table.refuse("extends", f"There is no file {name} here.", "Put it beside this one, or mend the name.")
    return found


def _lines_of(file: Unresolved, first: Unresolved) -> dict[Path, int]:
    """The lines of a file; those of another than the one that was asked for say which."""
    if file is first:
        return dict(file.source.lines)
    return {path: LineOf.file(line, file.source.label) for path, line in file.source.lines.items()}


def _without(file: Unresolved, data: dict[str, Any]) -> dict[str, Any]:
    """The tables of the other file, without what this one takes away."""
    table = Table(file.data, (), file.source)
    for words in table.words("without"):
        data = _taken_away(data, tuple(words.split(".")), (), table)
    return data


def _taken_away(data: dict[str, Any], path: Path, above: Path, table: Table) -> dict[str, Any]:
    name, *rest = path
    if name not in data:
        raise table.refuse("without", f"There is no {'.'.join((*above, *path))} to take away.", hint(name, data))
    if not rest:
        return {key: value for key, value in data.items() if key != name}
    here = (*above, name)
    if name in NAMED_BY and not above and len(rest) == 1 and rest[0] in _names(data[name], NAMED_BY[name]):
        return {**data, name: [entry for entry in data[name] if entry.get(NAMED_BY[name]) != rest[0]]}
    if not is_part(here) or not isinstance(data[name], dict):
        why = f"{'.'.join((*above, *path))} is a piece of {'.'.join(here)}, which stands or goes as a whole."
        raise table.refuse("without", why, f"Write {'.'.join(here)} anew, as it is to be.")
    return {**data, name: _taken_away(data[name], tuple(rest), here, table)}


def _together(base: Mapping[str, Any], over: Mapping[str, Any], path: Path) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        here, there = (*path, key), merged.get(key)
        if _holds_acts(path):
            for other in {former(key), current(key)} - {key}:
                merged.pop(other, None)
        if isinstance(value, dict) and isinstance(there, dict) and is_part(here):
            merged[key] = _together(there, value, here)
        elif not path and key in NAMED_BY and there is not None:
            merged[key] = _listed_together(there, value, NAMED_BY[key])
        else:
            merged[key] = value
    return merged


def _listed_together(base: Any, over: Any, named_by: str) -> Any:
    """What the file lists, after what the other lists under other names; a table alone is a list of one."""
    before, after = ([some] if isinstance(some, dict) else some for some in (base, over))
    if not isinstance(before, list) or not isinstance(after, list):
        return over
    renewed = _names(after, named_by)
    kept = [entry for entry in before if not isinstance(entry, dict) or entry.get(named_by) not in renewed]
    return [*kept, *after]


def _names(some: Any, named_by: str) -> list[Any]:
    return [entry.get(named_by) for entry in some if isinstance(entry, dict)] if isinstance(some, list) else []


def _holds_acts(path: Path) -> bool:
    return path[-1:] in (("always",), ("acts",), ("forum_acts",)) or (len(path) == 2 and path[0] == "sets")


def _language(data: Mapping[str, object]) -> str:
    language = data.get("language", "en")
    return language if isinstance(language, str) else "en"
