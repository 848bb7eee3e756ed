"""The floor under [forum_acts]: a text that gives an act on the forum to people who are not of its team."""

from collections.abc import Iterator

from ..finding import Finding
from ..floor import TEAM, above_floor
from ..process import Process


def findings(process: Process) -> Iterator[Finding]:
    """Every act on the forum that is given away, with the roles that cannot have it."""
    for rule in process.forum_acts.values():
        roles = sorted(above_floor(rule))
        if roles:
            text = f"{rule.act} is given to {', '.join(roles)}; no text gives it to others than the forum's own team."
            remedy = f"Name in `by` only some of: {', '.join(sorted(TEAM))}."
            yield Finding("below_floor", text, remedy, rule.line)
