"""An edition comes to stand, newly opened or as an earlier one was: its anchors, themes and tracks, and its planned dates.

What the process says of it is asked here, once for all who open editions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.text import clean
from ...errors import DatesUnsound, InvalidValue, NotFound, WordNotAllowed
from ...store import windows
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...times import zone_named
from ...workflow.calendar.calendar import refuse_surplus
from ...workflow.check.dates import findings_on
from ...workflow.process import Process, Track
from ..core.act import ActContext
from ..process.versions import told


@dataclass(frozen=True)
class ThemeRow:
    """A sub-theme as it is to stand."""

    code: str
    title: str
    resource_person: UUID | None = None


@dataclass(frozen=True)
class TrackRow:
    """A track as it is to stand."""

    definition: str
    name: str
    title: str | None = None
    convened_as: UUID | None = None
    themes: Sequence[str] = ()


@dataclass(frozen=True)
class Opening:
    """All that an edition begins with. No tracks: every one of the process, once."""

    name: str
    zone: str
    theme: str | None
    process_id: UUID
    process: Process
    anchors: Sequence[tuple[str, datetime]]
    themes: Sequence[ThemeRow] = ()
    tracks: Sequence[TrackRow] = ()
    cloned_from: UUID | None = None


async def opened(do: Opening, context: ActContext, unit: UnitOfWork) -> UUID:
    """The new edition's id. Refuses an unknown zone or theme, a name already taken, tracks that the process does not have
    or does not run so often, and (DatesUnsound) anchors that are missing or do not fit it."""
    zone_named(do.zone)
    name = clean(do.name).strip()
    if not name or await unit.row(t.edition, forum_id=context.place.id, name=name):
        raise InvalidValue(reason=f"This forum has an edition named {name} already, or the name is empty.").at_path(
            "name"
        )
    given = _dates(do)
    tracks = do.tracks or [TrackRow(definition=one, name=one) for one in do.process.tracks]
    _need_tracks(tracks, do.process)
    id_ = fresh()
    row = {"id": id_, "forum_id": context.place.id, "name": name, "zone": do.zone, "process_id": do.process_id}
    await unit.add(t.edition, {**row, "theme": do.theme, "opened_at": context.now, "cloned_from_id": do.cloned_from})
    await unit.add(
        t.anchor, *[{"id": fresh(), "edition_id": id_, "name": one, "at": when} for one, when in given.items()]
    )
    themes = {one.code: fresh() for one in do.themes}
    if len(themes) < len(do.themes):
        raise InvalidValue(reason="Two themes have the same code.").at_path("themes")
    await unit.add(t.theme, *[
        {"id": themes[one.code], "edition_id": id_, "code": one.code, "title": clean(one.title), "resource_person_id": one.resource_person}
        for one in do.themes
    ])  # fmt: skip
    for n, track in enumerate(tracks):
        await _track(n, track, do.process, id_, themes, context, unit)
    await windows.plan_windows(unit, id_, do.process, context.now)
    return id_


def _dates(do: Opening) -> Mapping[str, datetime]:
    """The anchors' instants. Refuses one given twice, one the process does not have, and dates that do not fit it."""
    given = dict(do.anchors)
    if len(given) < len(do.anchors):
        raise InvalidValue(reason="An anchor is given twice.").at_path("anchors")
    refuse_surplus(do.process, given)
    findings = tuple(findings_on(do.process, given))
    if findings:
        first = findings[0].spoken(do.process.name)
        raise DatesUnsound(count=len(findings), first=first, findings=told(findings)).at_path("anchors")
    return given


def _need_tracks(tracks: Sequence[TrackRow], process: Process) -> None:
    """Refuses a track that is not the process's, more of one than it repeats, and two of one name."""
    for n, track in enumerate(tracks):
        definition = process.tracks.get(track.definition)
        if definition is None:
            raise WordNotAllowed(word=track.definition, words=tuple(process.tracks)).at_path(
                "tracks", str(n), "definition"
            )
        if track.name in [other.name for other in tracks[:n]]:
            raise InvalidValue(reason=f"Two tracks are named {track.name}.").at_path("tracks", str(n), "name")
        most = definition.repeat.at_most if definition.repeat else 1
        if sum(other.definition == track.definition for other in tracks[: n + 1]) > most:
            reason = (
                f"The process runs {track.definition} {'once' if most == 1 else f'{most} times at most'} in an edition."
            )
            raise InvalidValue(reason=reason).at_path("tracks", str(n), "definition")


async def _track(
    n: int,
    track: TrackRow,
    process: Process,
    edition: UUID,
    themes: Mapping[str, UUID],
    context: ActContext,
    unit: UnitOfWork,
) -> None:
    definition = process.tracks[track.definition]
    await _need_body(n, track, definition, process, context, unit)
    unknown = [code for code in track.themes if code not in themes]
    if unknown:
        raise WordNotAllowed(word=unknown[0], words=tuple(themes)).at_path("tracks", str(n), "themes")
    most = definition.repeat.themes if definition.repeat else 0
    taken = tuple(dict.fromkeys(track.themes))
    if most and len(taken) > most:
        raise InvalidValue(reason=f"{definition.title}: {most} themes at most, not {len(taken)}.").at_path(
            "tracks", str(n), "themes"
        )
    title = clean(track.title) if track.title else definition.title
    await begin(
        unit, edition, definition, track.name, title, track.convened_as, [themes[code] for code in taken], context.now
    )


async def begin(
    unit: UnitOfWork,
    edition: UUID,
    definition: Track,
    name: str,
    title: str,
    body: UUID | None,
    themes: Sequence[UUID],
    now: datetime,
) -> None:
    """A track comes to stand at its first stage, with the themes it takes. What may be refused was asked before."""
    row = {"id": fresh(), "edition_id": edition, "name": name, "title": title, "convened_as_id": body}
    stage = {"definition": definition.name, "stage": definition.initial, "stage_since": now}
    await unit.add(t.track, {**row, **stage})
    await unit.add(t.track_theme, *[{"id": fresh(), "track_id": row["id"], "theme_id": one} for one in themes])


async def _need_body(
    n: int, track: TrackRow, definition: Track, process: Process, context: ActContext, unit: UnitOfWork
) -> None:
    """Refuses an unknown body, and for a track that is run for a body of the process one of another kind."""
    if track.convened_as is None:
        return
    body = await unit.row(t.forum, id=track.convened_as)
    if body is None:
        raise NotFound(what="forum").at_path("tracks", str(n), "convenedAs")
    wanted = process.bodies.get(definition.repeat.body) if definition.repeat else None
    if wanted is not None and body["kind"] != wanted.kind:
        reason = f"{definition.title} is run for a {wanted.kind.replace('_', ' ')}; {body['name']} is a {body['kind'].replace('_', ' ')}."
        raise InvalidValue(reason=reason).at_path("tracks", str(n), "convenedAs")
