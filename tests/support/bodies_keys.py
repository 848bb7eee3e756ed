"""Writes the tables of docs/bodies.md and the schema for editors anew: `python -m tests.support.bodies_keys`."""

import json
from pathlib import Path

from forum.domain.set_up_keys import TABLES, json_schema

DOCS = Path(__file__).parents[2] / "docs"
PAGE, SCHEMA = DOCS / "bodies.md", DOCS / "bodies.schema.json"
MARK = "<!-- From here on printed from the code: python -m tests.support.bodies_keys -->\n"


def printed() -> str:
    """The tables, each key with what it says and takes; those that must be there first and in bold."""
    lines = []
    for table, keys in TABLES.items():
        lines += [f"\n### `[[{table}]]`", "| key | what it says | what it takes |", "|---|---|---|"]
        for name, key in sorted(keys.items(), key=lambda item: not item[1].needed):
            shown = f"**`{name}`**" if key.needed else f"`{name}`"
            takes = ", ".join(f"`{word}`" for word in key.words) if key.words else key.takes
            lines.append(f"| {shown} | {key.about} | {takes} |")
    return "\n".join(lines) + "\n"


def schema() -> str:
    """The schema as it is kept."""
    return json.dumps(json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    above, _, _ = PAGE.read_text().partition(MARK)
    PAGE.write_text(f"{above}{MARK}{printed()}")
    SCHEMA.write_text(schema())
