"""What a forum needs to live: somebody opens its editions, publishes its next text, and gives people their roles.

A text that leaves one of these to nobody could be mended by nobody either: the next version would have no one to
publish it. Ending a mandate needs no line: where a text is silent the forum's office may (`floor.py`).
"""

from collections.abc import Iterator

from ..finding import Finding
from ..floor import TEAM
from ..process import Process

NEEDED = {
    "open_edition": "no edition could ever be opened",
    "publish_process": "no other version could ever be published",
    "grant_mandate": "nobody could ever be given a role",
}


def findings(process: Process) -> Iterator[Finding]:
    """Every act of the forum's own life that is given to nobody, or waits for what never comes."""
    for act, consequence in NEEDED.items():
        if act not in process.forum_acts:
            line = next((rule.line for rule in process.forum_acts.values()), 1)
            text = f"[forum_acts] gives {act} to nobody: {consequence}."
            remedy = f'Add {act} = {{ by = ["chair", "secretariat"] }} under [forum_acts].'
            yield Finding("forum_cannot_live", text, remedy, line)
    for rule in process.forum_acts.values():
        for gate in rule.gates:
            text = f"{rule.act} waits for {gate}, a question about the texts of an edition: outside one nobody asks it."
            yield Finding("gate_never_opens", text, "Take `gates` away.", rule.line)
        limits = (("convenors", rule.convenors), ("mechanisms", rule.mechanisms), ("statuses", rule.statuses))
        for key, words in limits:
            if words and (key == "convenors" or not rule.roles & TEAM):
                text = f"{rule.act} is only for {', '.join(sorted(words))}, and nobody acts on the forum as such."
                yield Finding("limit_fits_nobody", text, f"Take `{key}` away.", rule.line)
