"""When the dates of an edition were set last, as far as the record says: by what a calendar program sees that one
moved."""

from collections.abc import Iterator
from datetime import datetime

from .reading import EditionDates, Row


class SetAt:
    """Of one edition."""

    def __init__(self, dates: EditionDates) -> None:
        head = dates.head
        self.opened = datetime.fromisoformat(head["openedAt"])
        self._anchors = list(_instants(*(anchor["movedAt"] for anchor in head["anchors"])))
        moves = head["migrations"]["nodes"]
        self._versions = list(_instants(*(move[key] for move in moves for key in ("migratedAt", "undoneAt"))))
        self._stages = list(_instants(*(x["madeAt"] for x in dates.extensions if x["of"] == "STAGE")))
        self._more_time: dict[str, datetime] = {}  # by the id of the thing; the last one counts
        for extension in dates.extensions:
            thing = extension["call"] or extension["document"] or extension["silence"]
            if thing:
                self._more_time[thing["id"]] = datetime.fromisoformat(extension["madeAt"])

    def alone(self, thing: Row, *also: str | None) -> datetime:
        """Of something that moves with nothing else; `also`: what else set it, where it did."""
        more_time = self._more_time.get(thing["id"])
        return max(filter(None, (self.opened, more_time, *_instants(*also))))

    def counted(self, thing: Row, *also: str | None) -> datetime:
        """Of something that moves along with an anchor."""
        return max(self.alone(thing, *also), *self._anchors, self.opened)

    def planned(self) -> datetime:
        """Of what is only planned: it is counted from anchors and stages, by a version of the process."""
        return max(self.opened, *self._anchors, *self._versions, *self._stages, self.opened)


def _instants(*written: str | None) -> Iterator[datetime]:
    return (datetime.fromisoformat(at) for at in written if at)
