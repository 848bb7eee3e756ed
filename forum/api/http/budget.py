"""How many documents new to the service one client may send: compiling them is expensive.

A token bucket a client: a burst, and a rate at which it fills again. Trusted documents and those seen lately cost
nothing, so an ordinary client never meets this.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from ..problem import Problem

CLIENTS = 10_000  # whose buckets are remembered; the one longest unseen is forgotten first


@dataclass(frozen=True)
class Rate:
    """`burst` documents at once, `per_second` more each second."""

    burst: float
    per_second: float


# Where documents outside graphql/operations are only tolerated, they get a tenth. With `only` none reaches a bucket.
RATES = {"open": Rate(300, 10), "prefer": Rate(30, 1), "only": Rate(30, 1)}


class Budget:
    """The buckets of all clients. `clock` gives seconds that never go back, such as `time.monotonic`."""

    def __init__(self, rate: Rate, clock: Callable[[], float], clients: int = CLIENTS) -> None:
        self.rate, self.clock, self.clients = rate, clock, clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def spend(self, client: str) -> None:
        """Take one document from this client's bucket; refuse (TOO_MANY_NEW_DOCUMENTS, 429) when it is empty."""
        now = self.clock()
        left, then = self._buckets.pop(client, (self.rate.burst, now))
        left = min(self.rate.burst, left + max(0.0, now - then) * self.rate.per_second)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > self.clients:
            self._buckets.popitem(last=False)
        if left < 1:
            wait = max(1, ceil((1 - left) / self.rate.per_second))
            raise Problem(
                "TOO_MANY_NEW_DOCUMENTS",
                f"You sent many documents that were not seen before. Wait {wait} s, send values as variables instead "
                "of writing them into the document, or use the trusted documents.",
                status=429,
                facts={"retryAfter": wait},
                headers={"Retry-After": str(wait)},
            )
