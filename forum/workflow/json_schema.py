"""The JSON Schema of definitions, made from the keys of the model: editors complete, explain and underline with it.

It describes the form: which keys there are, of which kind, with which words. What a definition means is for the check.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, is_dataclass
from typing import Any

from . import when
from .act_names import FORUM_ACTS, IN_PROCESSES, SAYS
from .definition_keys import Key, keys
from .definition_parts import Moves
from .process import Process, Rule, Stage, Track
from .toml_table import LANGUAGE, MAX_TEXT, OTHER_FILE, PLACEHOLDERS, WORD
from .vocabulary import AUTHORS, ROLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = "process.schema.json"  # beside the definitions in `workflows/`
Schema = dict[str, Any]


def text(*, of_differences: bool = False) -> str:
    """The schema as a file: what `forum workflow schema` prints, and what lies in `workflows/`. `of_differences`: of a
    file that says only what differs from another."""
    return json.dumps(differences() if of_differences else schema(), ensure_ascii=False, indent=1) + "\n"


def differences() -> Schema:
    """The schema of a file that extends another: the same keys, none of which must be there but `extends`."""
    whole = schema()
    extends = {"type": "string", "pattern": _whole(OTHER_FILE), "description": "The file from which this one differs."}
    without = {**_words(), "description": "What this file takes away from the other, by its path."}
    definitions = {name: _nothing_required(found) for name, found in whole["$defs"].items()}
    properties = {"extends": extends, "without": without, **whole["properties"]}
    return {**whole, "properties": properties, "required": ["extends"], "$defs": definitions}


def _nothing_required(found: Schema) -> Schema:
    """A rule stands as a whole in every file: all else may be said in part."""
    if "by" in found.get("properties", {}):
        return found
    return {key: value for key, value in found.items() if key != "required"}


def schema() -> Schema:
    """The whole schema: the top of the file, and a definition for each kind of table below it."""
    definitions: dict[str, Schema] = {}
    top = _table(Process, definitions)
    definitions |= {
        "rule": _rule(False),
        "release_rule": _rule(True),
        "people": _words(among=ROLES),
        "release": _release(),
    }
    definitions["word"] = {"type": "string", "pattern": _whole(WORD)}
    definitions["stage_acts"] = _acts([act for act in IN_PROCESSES if act not in FORUM_ACTS])
    definitions["forum_acts"] = _acts(FORUM_ACTS)
    head = {"$schema": DIALECT, "title": "A process of Review Forum", **top}
    return {**head, "$defs": dict(sorted(definitions.items()))}


# ---- keys that depend on one another, described by hand (`build.py` reads them)
def by_hand(cls: type) -> dict[str, tuple[str, Schema, bool]]:
    """Keys of a table beside those of the model: what each says, its schema, and whether it must be there."""
    people, release = _ref_to("people"), _ref_to("release")
    stage_acts, forum_acts = _ref_to("stage_acts"), _ref_to("forum_acts")
    tracks = {**_named(_ref_to("track")), "minProperties": 1}
    stages = {**_named(_ref_to("stage")), "minProperties": 1}
    moves = "How running editions of earlier versions go on under this one."
    instead = "Of release_contribution only: who releases here, in place of [release]."
    return {
        Process: {
            "groups": ("Short names for several roles, to be used after `by`.", _named(people), False),
            "release": ("Who releases an input, by kind of author.", release, False),
            "forum_acts": ("What is done outside any edition.", forum_acts, False),
            "sets": ("Acts that belong together, for stages to take with `sets`.", _named(stage_acts), False),
            "tracks": ("The paths an edition runs at once.", tracks, True),
            "moves": (moves, _either(_ref_to("moves")), False),
        },
        Track: {
            "stages": ("Its stages.", stages, True),
            "always": ("Rules that hold at every stage.", stage_acts, False),
        },
        Stage: {
            "sets": ("The sets of acts open here; of an act in two, the later set counts.", _names(), False),
            "acts": ("Rules of this stage alone; they go before its sets.", stage_acts, False),
        },
        Rule: {
            "by": ("The roles or groups that may; left out only by release_contribution.", _names(), True),
            "release": (instead, release, False),
        },
        Moves: {
            "stages": ("By old track: old stage -> new stage.", _named(_named({"type": "string"})), False),
        },
    }.get(cls, {})


def _ref_to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _rule(releases: bool) -> Schema:
    schema = _table(Rule, {})
    if releases:
        schema.pop("required")
    else:
        del schema["properties"]["release"]
    return schema


def _release() -> Schema:
    roles = {author: {"enum": list(ROLES), "description": f"Who releases for a {author}."} for author in AUTHORS}
    return {"type": "object", "properties": roles, "additionalProperties": False}


def _acts(acts: Any) -> Schema:
    def ref(act: str) -> Schema:
        name = "release_rule" if act == "release_contribution" else "rule"
        return {"$ref": f"#/$defs/{name}", "description": SAYS[act]}

    return {"type": "object", "properties": {act: ref(act) for act in acts}, "additionalProperties": False}


# ---- what the model says
_INNER: Mapping[type, list[type]] = {Process: [Track, Moves], Track: [Stage], Stage: [Rule]}


def tables(cls: type = Process) -> Iterator[type]:
    """Every type of the model that stands in a file as a table, the outermost first, each once."""
    types = [cls]
    for owner in types:
        inner: list[type] = [key.of for _, key in keys(owner).values() if key.of is not None]
        inner += _INNER.get(owner, [])
        types += [new for new in inner if new not in types]
    yield from types


def _table(cls: type, definitions: dict[str, Schema]) -> Schema:
    properties = {name: {"description": key.about, **_value(f, key)} for name, (f, key) in keys(cls).items()}
    required = [name for name, (f, _) in keys(cls).items() if not _optional(f)]
    for name, (about, value_schema, needed) in by_hand(cls).items():
        properties[name] = {"description": about, **value_schema}
        required += [name] if needed else []
    if cls is Process:
        definitions |= {
            _named_as(table_type): _table(table_type, {})
            for table_type in tables()
            if table_type not in (Process, Rule)
        }
    table: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**table, "required": required} if required else table


def _optional(f: Field[Any]) -> bool:
    return f.default is not MISSING or f.default_factory is not MISSING


def _value(f: Field[Any], key: Key) -> Schema:
    schema = _KINDS[key.kind](key)
    if isinstance(f.default, (str, int)) and f.default not in ("", None):
        schema["default"] = f.default
    return schema


def _named_as(cls: type | None) -> str:
    assert cls is not None
    assert is_dataclass(cls)
    return cls.__name__.lower()


def _whole(pattern: re.Pattern[str]) -> str:
    """A pattern of Python's as editors read it: without names of groups, and of the whole text."""
    return f"^(?:{re.sub(r'[?]P<[a-z]+>', '?:', pattern.pattern)})$"


def _any_text(pattern: str = "") -> Schema:
    return {"type": "string", "maxLength": MAX_TEXT, **({"pattern": pattern} if pattern else {})}


def _words(key: Key | None = None, among: tuple[str, ...] = ()) -> Schema:
    words = key.among if key else among
    item: Schema = {"enum": list(words)} if words else _any_text()
    return {"type": "array", "items": item, "uniqueItems": True}


def _names() -> Schema:
    """Names that the file itself makes up."""
    return {"type": "array", "items": {"$ref": "#/$defs/word"}, "uniqueItems": True}


def _numbers(key: Key) -> Schema:
    return {"type": "array", "items": {"type": "integer", "minimum": key.low, "maximum": key.high}, "uniqueItems": True}


def _named(inner: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"$ref": "#/$defs/word"}, "additionalProperties": inner}


def _either(inner: Schema) -> Schema:
    """A list of tables; one table alone counts as a list of one."""
    return {"anyOf": [inner, {"type": "array", "items": inner}]}


def _by_language(pattern: str = "") -> Schema:
    tag = {"pattern": _whole(LANGUAGE)}
    return {"type": "object", "propertyNames": tag, "additionalProperties": _any_text(pattern)}


def _worded(pattern: str = "") -> Schema:
    """A text, or the same in several languages."""
    return {"anyOf": [_any_text(pattern), {**_by_language(pattern), "minProperties": 1}]}


def _entries(key: Key) -> Schema:
    """A list in which a text stands for a table with its first key only."""
    assert key.of is not None
    first, field_key = next(iter(keys(key.of).values()))
    return {"type": "array", "items": {"anyOf": [_value(first, field_key), _ref(key)]}}


def _ref(key: Key) -> Schema:
    return {"$ref": f"#/$defs/{_named_as(key.of)}"}


_SENTENCE = r"^(?:[^{}]|\{\{|\}\}|\{(?:" + "|".join(sorted(PLACEHOLDERS)) + r")\})*$"

_KINDS: Mapping[str, Callable[[Key], Schema]] = {
    "act": lambda key: {"enum": list(key.among)},
    "text": lambda key: {"enum": list(key.among)} if key.among else _any_text(),
    "known": lambda key: {"enum": list(key.among)},
    "word": lambda key: {"type": "string", "pattern": _whole(WORD)},
    "worded": lambda key: _worded(),
    "sentence": lambda key: _worded(_SENTENCE),
    "texts": lambda key: _named(_any_text()),
    "sentences": lambda key: _named(_worded(_SENTENCE)),
    "by_language": lambda key: _by_language(),
    "words": _words,
    "numbers": _numbers,
    "flag": lambda key: {"type": "boolean"},
    "whole": lambda key: {"type": "integer", "minimum": key.low, "maximum": key.high},
    "when": lambda key: {"type": "string", "pattern": "|".join(map(_whole, (when.WHEN, when.OF_YEAR, when.FIXED)))},
    "span": lambda key: {"type": "string", "pattern": _whole(when.SPAN)},
    "zone": lambda key: {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$"},
    "language": lambda key: {"type": "string", "pattern": _whole(LANGUAGE)},
    "languages": lambda key: {
        "type": "array",
        "items": {"type": "string", "pattern": _whole(LANGUAGE)},
        "uniqueItems": True,
    },
    "map": lambda key: _named(_ref(key)),
    "list": lambda key: _either(_ref(key)),
    "entries": lambda key: _entries(key),
    "one": _ref,
}
