"""An edition of a forum is opened under a published process, with its tracks and themes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ..domain.text import clean
from ..errors import InvalidValue, NotFound, WordNotAllowed
from ..store import tables as t
from ..store import windows
from ..store.unit import Unit, fresh
from ..times import zone_named
from .deeds import Command, Entry, Moment, Outcome, arg


@dataclass(frozen=True)
class TrackPlan:
    """A path the edition runs, by one of the process's track definitions."""

    definition: str = arg("The process's track it follows.")
    name: str = arg("Its short name in this edition.")
    title: str | None = arg("Its title, where the definition's does not do.", default=None)
    convened_as: UUID | None = arg(
        "The body whose track it is: a regional consultation, a working group.", of="Forum", default=None
    )
    themes: tuple[str, ...] = arg("Which of the edition's themes it takes, by code.", default=())


@dataclass(frozen=True)
class AnchorDate:
    """A date of the edition from which others are counted."""

    name: str = arg("The anchor, as its process calls it: summit.")
    at: datetime = arg("The instant at which it begins.")


@dataclass(frozen=True)
class ThemePlan:
    """A sub-theme of the edition."""

    code: str = arg("Its short code.")
    title: str = arg("Its title.")


@dataclass(frozen=True)
class OpenEdition(Command):
    """Open an edition of a forum. It is pinned to the newest published version of the process, word for word."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that holds it.", of="Forum")
    name: str = arg('Its name: "GFMD 2020".')
    process: str = arg("The published process it runs under, by name.")
    zone: str = arg("The zone its days begin in: Europe/Zurich.")
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("The dates its process counts from, such as the summit.", default=())
    tracks: tuple[TrackPlan, ...] = arg("Its tracks; all of the process, each once, when left out.", default=())
    themes: tuple[ThemePlan, ...] = arg("Its sub-themes.", default=())

    def process_named(self) -> str | None:
        return self.process


async def open_edition(do: OpenEdition, at: Moment, unit: Unit) -> Outcome:
    """Refuses an unpublished process, a track it does not have, an unknown zone or theme, a name already taken."""
    zone_named(do.zone)
    process_id, process = await at.processes.named(unit, do.process, at.place.id)
    if await unit.row(t.edition, forum_id=at.place.id, name=clean(do.name)):
        raise InvalidValue(reason=f"This forum has an edition named {do.name} already.").at("name")
    id_ = fresh()
    edition = {"id": id_, "forum_id": at.place.id, "name": clean(do.name), "zone": do.zone, "process_id": process_id}
    await unit.add(t.edition, {**edition, "theme": do.theme, "opened_at": at.now})
    await unit.add(t.anchor, *[{"id": fresh(), "edition_id": id_, "name": a.name, "at": a.at} for a in do.anchors])
    themes = {plan.code: fresh() for plan in do.themes}
    rows = [{"id": themes[p.code], "edition_id": id_, "code": p.code, "title": clean(p.title)} for p in do.themes]
    await unit.add(t.theme, *rows)
    plans = do.tracks or tuple(TrackPlan(definition=name, name=name) for name in process.tracks)
    for n, plan in enumerate(plans):
        if plan.definition not in process.tracks:
            raise WordNotAllowed(word=plan.definition, words=tuple(process.tracks)).at("tracks", str(n), "definition")
        await _track(plan, process.tracks[plan.definition], id_, themes, at, unit)
    await windows.plan_windows(unit, id_, process, at.now)
    return Outcome({"edition": id_}, (Entry("edition", id_, {"process": process.name, "version": process.version}),))


async def _track(
    plan: TrackPlan, definition: Any, edition: UUID, themes: Mapping[str, UUID], at: Moment, unit: Unit
) -> None:
    if plan.convened_as is not None and await unit.row(t.forum, id=plan.convened_as) is None:
        raise NotFound(what="forum").at("tracks", plan.name, "convenedAs")
    unknown = [code for code in plan.themes if code not in themes]
    if unknown:
        raise WordNotAllowed(word=unknown[0], words=tuple(themes)).at("tracks", plan.name, "themes")
    id_ = fresh()
    title = clean(plan.title) if plan.title else definition.title
    row = {"id": id_, "edition_id": edition, "name": plan.name, "title": title, "definition": plan.definition}
    stage = {"stage": definition.initial, "stage_since": at.now, "convened_as_id": plan.convened_as}
    await unit.add(t.track, {**row, **stage})
    taken = [{"id": fresh(), "track_id": id_, "theme_id": themes[code]} for code in plan.themes]
    await unit.add(t.track_theme, *taken)
