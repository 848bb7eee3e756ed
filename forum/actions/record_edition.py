"""A past edition is entered, so that no chair starts from an empty folder. It is not run."""

from dataclasses import dataclass
from uuid import UUID

from ..domain.text import clean
from ..errors import InvalidValue
from ..store import tables as t
from ..store.unit import Unit, fresh
from .deeds import Command, Entry, Moment, Outcome, arg
from .open_edition import AnchorDate


@dataclass(frozen=True)
class RecordEdition(Command):
    """Enter a past edition of a forum: name, theme and dates. Nothing can be done in it; it is there to be read."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that held it.", of="Forum")
    name: str = arg("Its name.")
    zone: str = arg("The zone its days began in.", default="Europe/Zurich")
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("Its dates: when its summit began.", default=())


async def record_edition(do: RecordEdition, at: Moment, unit: Unit) -> Outcome:
    """Refuses a name already taken."""
    name = clean(do.name)
    if await unit.row(t.edition, forum_id=at.place.id, name=name):
        raise InvalidValue(reason=f"This forum has an edition named {name} already.").at("name")
    id_ = fresh()
    row = {"id": id_, "forum_id": at.place.id, "name": name, "state": "recorded", "zone": do.zone, "opened_at": at.now}
    await unit.add(t.edition, {**row, "theme": do.theme})
    await unit.add(t.anchor, *[{"id": fresh(), "edition_id": id_, "name": a.name, "at": a.at} for a in do.anchors])
    return Outcome({"edition": id_}, (Entry("edition", id_, {"recorded": True}),))
