"""Races that a test runs until both may win: on a busy machine the instant has to lie further ahead."""

from collections.abc import Iterator, Mapping


def tries(at_least: int, ends: Mapping[bool, int], *, at_most: int = 12) -> Iterator[int]:
    """Numbers of attempts: so many in any case, and further rounds of as many while one side has never won.

    The caller lets the instant lie further ahead with each round. After `at_most` rounds it ends, and the test says
    which side never won.
    """
    for number in range(at_least * at_most):
        if number >= at_least and all(ends.values()):
            return
        yield number
