"""How much one person, one client and one address may ask for: points of cost a second, shared between servers.

A bucket each: a burst, and what flows in again. A request spends what it costs (`forum/reading/cost.py`) from all that
apply, before anything is done. Each server process keeps buckets of its own and tells the others about once a second
what was spent from them (`forum/store/spending.py`), by names from which neither person nor address can be read.
"""

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import orjson

from ..problem import Problem
from .identity import ISSUER

LEAST = 50  # points of a request that costs less: reading it and looking for its person take something, too
BURST = 10  # seconds of flow at once
CLIENT = 20  # times what a person may: a portal speaks for many
BUCKETS = 20_000  # remembered; the one longest unseen is forgotten first
PER_MESSAGE = 150  # buckets in one message: the database takes 8,000 bytes

Spenders = tuple[tuple[str, str], ...]  # what a request spends from: ("person", "amina"), ("client", "portal")


def spenders_of(subject: str | None, client: str | None, address: str) -> Spenders:
    """Whose points a request spends: a person's and their portal's, or of one who is not signed in the address's.

    A token that the service issued itself is no portal's: those who hold one have nothing in common, and share nothing.
    """
    if not subject:
        return (("address", address),)
    return (("person", subject), *((("client", client),) if client and client != ISSUER else ()))


@dataclass
class _Bucket:
    left: float
    then: float


@dataclass(frozen=True)
class Spent:
    """What a request was charged, and how the sender's own bucket stands after it: the points left (fewer than 0 are
    owed) and the whole seconds until it is full again. Both None where nothing is limited.

    A client's bucket is not told: what is left there says how much its other people asked for.
    """

    charged: int
    remaining: int | None = None
    full_after: int | None = None


class Rates:
    """The buckets of one process. `rate`: points a second for a person and for an address; 0: without limit. `clock`
    counts seconds and never goes back."""

    def __init__(self, rate: int, clock: Callable[[], float], secret: str = "", buckets: int = BUCKETS) -> None:
        self.rate, self.clock, self.buckets = rate, clock, buckets
        self._key = hashlib.sha256(secret.encode()).digest()
        self._hidden = lru_cache(buckets)(self._hide)
        self._known: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()
        self._unsent: Counter[tuple[str, str]] = Counter()

    def __len__(self) -> int:
        return len(self._known)

    def spend(self, spenders: Spenders, cost: int) -> Spent:
        """Take a request's cost from every bucket; refuse (TOO_MANY_REQUESTS, 429) when one is empty, and take nothing.

        A bucket that holds anything pays for one request whatever it costs, and owes the rest: so the dearest request
        within the limits is possible for everybody."""
        points = max(cost, LEAST)
        if not self.rate:
            return Spent(points)
        hidden = [(kind, self._hidden(name)) for kind, name in spenders]
        buckets = [self._bucket(kind, name) for kind, name in hidden]
        for (kind, _), bucket in zip(hidden, buckets, strict=True):
            if bucket.left <= 0:
                raise self._empty(kind, bucket, points)
        if len(self._unsent) > self.buckets:
            self._unsent.clear()  # nobody asks what was spent: this process is alone
        for who, bucket in zip(hidden, buckets, strict=True):
            bucket.left -= points
            self._unsent[who] += points
        own = [bucket for (kind, _), bucket in zip(hidden, buckets, strict=True) if kind != "client"]
        return self._told(points, own[0]) if own else Spent(points)

    def _told(self, points: int, bucket: _Bucket) -> Spent:
        return Spent(points, floor(bucket.left), ceil((self.rate * BURST - bucket.left) / self.rate))

    def _rate(self, kind: str) -> int:
        return self.rate * (CLIENT if kind == "client" else 1)

    def _bucket(self, kind: str, name: str) -> _Bucket:
        """The bucket of this kind and hidden name, with what flowed in since."""
        now, rate = self.clock(), self._rate(kind)
        bucket = self._known.get((kind, name))
        if bucket is None:
            bucket = self._known[kind, name] = _Bucket(rate * BURST, now)
            while len(self._known) > self.buckets:
                self._known.popitem(last=False)
        self._known.move_to_end((kind, name))
        bucket.left = min(rate * BURST, bucket.left + max(0.0, now - bucket.then) * rate)
        bucket.then = now
        return bucket

    def _empty(self, kind: str, bucket: _Bucket, points: int) -> Problem:
        wait = max(1, ceil((1 - bucket.left) / self._rate(kind)))
        who = {"person": "You have", "client": "This client has", "address": "Your address has"}[kind]
        return Problem(
            "TOO_MANY_REQUESTS",
            f"{who} asked for more than is granted: {self._rate(kind)} points of cost a second. Wait {wait} s, then "
            "ask for less at once.",
            status=429,
            facts={"of": kind, "rate": self._rate(kind), "charged": points, "retryAfter": wait},
            headers={"Retry-After": str(wait)},
        )

    # ---- between processes
    def _hide(self, name: str) -> str:
        """A name for a name: the same in every process with this secret, and told to nobody else."""
        return hashlib.blake2b(name.encode(), key=self._key, digest_size=12).hexdigest()

    def messages(self) -> Iterator[str]:
        """What was spent since the last time, in messages for the other processes."""
        spent, self._unsent = list(self._unsent.items()), Counter()
        for n in range(0, len(spent), PER_MESSAGE):
            yield orjson.dumps([[kind, name, points] for (kind, name), points in spent[n : n + PER_MESSAGE]]).decode()

    def heard(self, message: str) -> None:
        """What another process spent. What is no such message is left aside."""
        try:
            spent = [(str(kind), str(name), float(points)) for kind, name, points in orjson.loads(message)]
        except (ValueError, TypeError):
            return
        for kind, name, points in spent:
            if kind in ("person", "client", "address") and points > 0:
                self._bucket(kind, name).left -= points
