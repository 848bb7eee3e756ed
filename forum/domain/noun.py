"""What every noun is: a frozen row of the record, with the columns of its table as fields."""

from ..errors import WrongState


class Noun:
    """Base of the nouns: a frozen dataclass, told apart from other values by its type (`store/nouns.py`)."""

    __slots__ = ()


def need_state(act: str, state: str, *states: str) -> None:
    """Refuses (WrongState) a thing that is in none of the states in which the act may be done."""
    if state not in states:
        raise WrongState(act=act, state=state, needs=states)
