"""The world the data set's rows are made in: how many of each, and what one row must know of the others."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

START = dt.datetime(2020, 1, 1, 9, tzinfo=dt.UTC)
FOREVER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
KINDS = ("state", "civil_society", "business", "local_authority", "agency", "academia")
MECHANISM_OF = {"state": "states", "business": "business", "local_authority": "mayors"}  # the others: civil society
MECHANISMS = ("states", "civil_society", "business", "mayors")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Size:
    """How many of each. Paragraphs and comments follow from the editions: one text each, 20 x 25."""

    forums: int = 20
    editions: int = 200
    contributions: int = 20_000
    organisations: int = 3_000
    people: int = 5_000
    spare: int = 6_000
    paragraphs: int = 20
    comments: int = 25

    @classmethod
    def quick(cls) -> "Size":
        """A fiftieth of it, to see that the bench runs."""
        return cls(forums=2, editions=4, contributions=400, organisations=60, people=100, spare=120)


@dataclass
class World:
    """What is known while rows are made: ids and what hangs on them. Fill it with `tables`, in its order."""

    size: Size
    process: tuple[str, str]  # the pinned definition: its hash and its text
    rng: Random = field(default_factory=lambda: Random(20_260))
    forums: list[UUID] = field(default_factory=list)
    organisations: list[tuple[UUID, str, str]] = field(default_factory=list)  # id, kind, name
    seats: dict[int, list[int]] = field(default_factory=dict)  # organisation -> forums
    members: dict[int, list[int]] = field(default_factory=dict)  # forum -> organisations
    people: list[tuple[UUID, int]] = field(default_factory=list)  # id, organisation
    speakers: dict[int, list[int]] = field(default_factory=dict)  # organisation -> people with a mandate for it
    mandates: list[UUID] = field(default_factory=list)
    offices: dict[int, int] = field(default_factory=dict)  # forum -> somebody of its secretariat
    editions: list[tuple[UUID, int]] = field(default_factory=list)  # id, forum
    tracks: list[UUID] = field(default_factory=list)
    calls: list[UUID] = field(default_factory=list)
    contributions: list[UUID] = field(default_factory=list)
    public: list[UUID] = field(default_factory=list)  # inputs that everybody reads
    texts: list[tuple[str, int, bool]] = field(default_factory=list)  # symbol, edition, whether everybody reads it
    submissions: list[tuple[UUID, int]] = field(default_factory=list)  # a released input and who may submit it
    process_id: UUID = UUID(int=0)
    made: int = 0

    def ordered(self) -> UUID:
        """An id in order of time (version 7), as public rows have."""
        self.made += 1
        millisecond = int(START.timestamp() * 1000) + self.made
        low = self.rng.getrandbits(62) | (1 << 63)
        return UUID(int=(millisecond << 80) | (7 << 76) | (self.rng.getrandbits(12) << 64) | low)

    def random(self) -> UUID:
        """An id that tells nothing (version 4)."""
        return UUID(bytes=self.rng.randbytes(16), version=4)


def subject(person: int) -> str:
    """The `sub` of a person's token."""
    return f"bench-{person:05}"


def token_id(subject: str) -> UUID:
    """The id under which the token of this `sub` is on the service's list."""
    return uuid5(NAMESPACE_DNS, subject)


def mechanism_of(kind: str) -> str:
    """The mechanism an organisation of that kind belongs to."""
    return MECHANISM_OF.get(kind, "civil_society")
