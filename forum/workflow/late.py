"""What somebody is told who comes after a deadline: what can still be done, by kind of window and thing."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from ..errors import DeadlinePassed
from .process import Rule

_BY_WINDOW: Mapping[str, str] = MappingProxyType(
    {
        "call": "Write to the secretariat: it may still enter an input on your behalf, or permit your organisation to "
        "hand one in late.",
        "consultation": "Comments on this text are taken no more. Write to the secretariat: it may circulate another "
        "revision, and that is open to comments again.",
        "silence": "The silence is over, and the text stands as it was left then. Write to the secretariat: what is "
        "said now is not part of this record.",
        "stage": "The stage is over. Write to the secretariat: it may move the track on, or say what follows.",
    }
)
_BY_ACT: Mapping[str, str] = MappingProxyType(
    {
        "break_silence": "An objection is taken until that instant only. Write to the secretariat: it is told of your "
        "concern, and the text may still be taken up again by its body.",
        "place_reservation": "A reservation is taken until that instant only. Write to the secretariat: it may put "
        "your position beside the text, not into this record.",
    }
)


def deadline_passed(rule: Rule, deadline: datetime, now: datetime) -> DeadlinePassed:
    """The refusal of what comes too late, with the remedy for what it is."""
    remedy = _BY_ACT.get(rule.act) or _BY_WINDOW.get(rule.window or "stage", _BY_WINDOW["stage"])
    return DeadlinePassed(deadline=deadline, server_time=now, remedy=remedy)
