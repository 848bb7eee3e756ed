"""Where the reservations to a text stand on its paper: at the foot of their paragraphs, or together at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .in_common import Json, reservation, where_printed


@dataclass
class Reserved:
    """Reservations as sentences: at the foot of their paragraph where the process says so, else together at the end.
    What has no foot to stand at - a reservation on the whole text - stands at the end as well."""

    at_foot: Mapping[str, Sequence[str]] = field(default_factory=dict)
    at_end: Sequence[str] = ()
    printed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Json, reservations: Sequence[Json]) -> "Reserved":
        """Those of a document, by paragraph."""
        if where_printed(document) != "footnote":
            return cls(at_end=tuple(reservation(document, placed) for placed in reservations))
        feet: dict[str, list[str]] = {}
        for placed in reservations:
            if placed["paragraph"]:
                feet.setdefault(placed["paragraph"]["id"], []).append(reservation(document, placed))
        return cls(feet, tuple(reservation(document, placed) for placed in reservations if placed["paragraph"] is None))

    def under(self, *paragraphs: Json) -> tuple[str, ...]:
        """The footnotes of these paragraphs, which are printed now."""
        self.printed |= {p["id"] for p in paragraphs}
        return tuple(sentence for p in paragraphs for sentence in self.at_foot.get(p["id"], ()))

    def left(self) -> tuple[str, ...]:
        """What stands at the end; asked last, when it is known which paragraphs had a foot."""
        footless = [
            sentence for id_, sentences in self.at_foot.items() if id_ not in self.printed for sentence in sentences
        ]
        return (*self.at_end, *footless)
