"""Whether a rule is for somebody in this capacity, and if not, in whose it would be."""

from ..errors import RoleNotAllowed
from ..refusal import Refusal
from .process import Rule
from .verdict import Standing
from .vocabulary import PARTICIPANT_ROLES


def wrong_role(rule: Rule, standing: Standing, author: str | None) -> Refusal | None:
    """The refusal (RoleNotAllowed) where the rule is for others; None where it is for this capacity.

    `author`: the kind of author whose contribution is released, where the act releases one.
    """
    roles = rule.roles
    if author is not None and rule.release:
        roles = frozenset({rule.release[author]}) if author in rule.release else frozenset()
    held = roles & standing.roles
    fits = (not rule.statuses or rule.statuses & standing.statuses) and (
        not rule.mechanisms or rule.mechanisms & standing.mechanisms
    )
    convenes = not rule.convenors or bool(rule.convenors & standing.convenors)
    convenes = convenes and (not rule.subject or standing.subject)
    if held and convenes and (fits or held - PARTICIPANT_ROLES):
        return None
    return RoleNotAllowed(
        act=rule.act, roles=tuple(sorted(_spoken(r, rule) for r in roles)), yours=_yours(rule, standing)
    )


def _spoken(role: str, rule: Rule) -> str:
    asked = (rule.statuses, rule.mechanisms) if role in PARTICIPANT_ROLES else ()
    marks = [" or ".join(sorted(words)) for words in (*asked, rule.convenors) if words]
    marks += ["under_review"] if rule.subject else []
    return f"{role} ({'; '.join(marks)})" if marks else role


def _yours(rule: Rule, standing: Standing) -> tuple[str, ...]:
    asked = (
        (rule.statuses, standing.statuses),
        (rule.mechanisms, standing.mechanisms),
        (rule.convenors, standing.convenors),
    )
    marks = sorted({word for named, yours in asked if named for word in yours})
    roles = sorted(standing.roles) or ["nobody yet"]
    return tuple(f"{role} ({', '.join(marks)})" if marks else role for role in roles)
