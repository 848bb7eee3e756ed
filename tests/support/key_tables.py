"""The tables of keys in `docs/processes.md`, made from what the model says of its keys.

They stand between `<!-- keys: Stage -->` and `<!-- end -->`; `python -m tests.support.key_tables` writes them anew, and
`test_docs.py` finds it when they are not what the model says.
"""

import re
from dataclasses import MISSING, Field
from datetime import timedelta
from pathlib import Path
from typing import Any

from forum.workflow.definition_keys import Key, keys
from forum.workflow.json_schema import by_hand, tables
from forum.workflow.layouts import RULES
from forum.workflow.vocabulary import BLOCKS
from forum.workflow.when import spoken

PAGE = Path(__file__).parents[2] / "docs" / "processes.md"
BLOCK = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
BLOCKS_OF_PAPERS = re.compile(r"(<!-- blocks -->\n).*?(<!-- end -->)", re.DOTALL)
TYPES = {cls.__name__: cls for cls in tables()}
MUST = "**must be there**"
MOST = 12  # words shown; an act is one of many, listed further down the page


def _value(name: str, key: Key) -> str:
    among = " ".join(f"`{one}`" for one in key.among)
    if key.kind == "known":
        return "a block"
    if len(key.among) > MOST:
        return "an act"
    if key.among:
        return f"{'any of ' if key.kind == 'words' else 'one of '}{among}"
    numbers = f"{key.low:,} to {key.high:,}"
    return {
        "text": "a text", "word": "a word", "worded": "a text*", "sentence": "a text* with {placeholders}",
        "sentences": "a table of texts*", "texts": "a table of texts",
        "words": "a list of words", "numbers": f"a list of numbers, {numbers}", "flag": "`true` or `false`",
        "whole": f"a number, {numbers}", "when": "a date", "span": "a length", "zone": "a zone",
        "language": "a language",
        "languages": "a list of languages", "map": f"a table each: `[{name}.<name>]`",
        "list": "a table, or a list of them",
        "entries": "a list of blocks, or of tables", "by_language": '`{ en = "...", fr = "..." }`',
        "one": "a table",
    }[key.kind]  # fmt: skip


def _default(f: Field[Any]) -> str:
    if f.default is MISSING and f.default_factory is MISSING:
        return MUST
    if isinstance(f.default, timedelta):
        return f'`"{spoken(f.default)}"`'
    if isinstance(f.default, bool):
        return f"`{str(f.default).lower()}`"
    if isinstance(f.default, int):
        return f"`{f.default}`"
    if isinstance(f.default, str) and f.default:
        return f'`"{f.default}"`'
    return '`["en"]`' if f.default == ("en",) else "none"


def table(cls: type) -> str:
    """The keys of one type as a Markdown table, what must be there first."""
    lines = [
        f"| `{name}` | {one.about} | {_value(name, one)} | {_default(f)} |" for name, (f, one) in keys(cls).items()
    ]
    for name, (about, schema, needed) in by_hand(cls).items():
        value = "a list of words" if schema.get("type") == "array" else "a table"
        lines.append(f"| `{name}` | {about} | {value} | {MUST if needed else 'none'} |")
    head = ["| key | what it says | value | default |", "|---|---|---|---|"]
    return "\n".join([*head, *sorted(lines, key=lambda line: MUST not in line)]) + "\n"


def blocks() -> str:
    """The blocks of papers as a Markdown table: what each prints, its own heading, where it names sources."""
    lines = [
        f"| `{name}` | {says} | {'yes' if RULES[name].headed else 'no'} | {RULES[name].sources or '-'} |"
        for name, says in BLOCKS.items()
    ]
    return "\n".join(["| block | what it prints | `heading` | `sources` |", "|---|---|---|---|", *lines]) + "\n"


def renewed(text: str) -> str:
    """The page with its tables as the model has them now."""

    text = BLOCK.sub(lambda found: f"{found[1]}{table(TYPES[found[2]])}{found[3]}", text)
    return BLOCKS_OF_PAPERS.sub(lambda found: f"{found[1]}{blocks()}{found[2]}", text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
