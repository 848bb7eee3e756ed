"""How much a piece of code does, in calls of functions: the same number on an idle machine and on a busy one.

A test that says "no more than a second" fails where other programs run. Calls are counted by the interpreter, whatever
else the machine does; a second of this project's pure code is some three million of them.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

A_SECOND = 3_000_000

T = TypeVar("T")


def counted(act: Callable[[], T]) -> tuple[T, int]:
    """What it answers, and how many functions it called, those written in C among them."""
    calls = 0

    def count(frame: FrameType, event: str, about: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        answer = act()
    finally:
        sys.setprofile(before)
    return answer, calls
