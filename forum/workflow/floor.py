"""The floor under [forum_acts]: what acts on a forum no text can open to people who are not of the forum's own team.

A process says who of the team does what. It cannot give the forum away: to a delegate, a focal point, whoever speaks
for an organisation. The check says so before a text is published (`check/floor.py`), and the engine asks the floor
again at each act, so that a text from before there was a floor gives no more than others.
"""

from collections.abc import Mapping
from dataclasses import replace

from .act_names import FORUM_ACTS
from .process import Process, Rule

# The chair, and those who work for the body itself: the others speak for an organisation, a mechanism or nobody.
TEAM = frozenset(("chair", "secretariat", "penholder", "note_taker", "resource_person", "moderator", "liaison"))
# Of a forum without a process, and of a text that is silent about an act that came later.
OFFICE = frozenset(("chair", "secretariat"))

FLOORED: frozenset[str] = frozenset(FORUM_ACTS)
# Acts on a forum that a text may be silent about: there the floor speaks. All but the first need a process.
_BY_OFFICE: Mapping[str, Rule] = {
    act: Rule(act=act, roles=OFFICE) for act in ("adopt_process", "end_mandate", "withdraw_edition")
}
WITHOUT_PROCESS = frozenset(("adopt_process",))


def above_floor(rule: Rule) -> frozenset[str]:
    """The roles that a rule names and the floor does not allow."""
    return rule.roles - TEAM if rule.act in FLOORED else frozenset()


def rule_for(process: Process | None, act: str) -> Rule | None:
    """Who may do an act on a forum: what its process says, kept above the floor; the floor's own rule where the process
    is silent, or there is none yet. None where nobody may."""
    rule = None if process is None else process.forum_acts.get(act)
    if rule is None:
        return _BY_OFFICE.get(act) if process is not None or act in WITHOUT_PROCESS else None
    kept = rule.roles - above_floor(rule)
    return replace(rule, roles=kept) if kept else None
