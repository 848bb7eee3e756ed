"""The small-count rule: a count below the threshold could tell who stands behind it, so it is not shown.

Zero is withheld too: were it shown, the moment it turns into "withheld" would tell when the first one came.
"""

from __future__ import annotations

from collections.abc import Mapping

THRESHOLD = 3


def show_count(n: int, threshold: int = THRESHOLD) -> int | None:
    """`n`, or None when it is below the threshold."""
    return n if n >= threshold else None


def show_parts(parts: Mapping[str, int], threshold: int = THRESHOLD) -> tuple[dict[str, int | None], int | None]:
    """Each part by the rule, and their total; the total is withheld when it would give the withheld parts away.

    Total minus the shown parts is the sum of the withheld ones: that sum must not be a small count either.
    """
    shown = {name: show_count(n, threshold) for name, n in parts.items()}
    withheld = [n for n in parts.values() if n < threshold]
    tells = bool(withheld) and sum(withheld) < threshold
    return shown, None if tells else show_count(sum(parts.values()), threshold)
