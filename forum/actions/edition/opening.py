"""An edition is set up, newly opened or as an earlier one was: its anchors, themes and tracks, and its planned dates.

What the process says of it is asked here, once for all who open editions.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.agreement import AgreementPurpose, Use
from ...domain.body import Forum
from ...domain.edition import Anchor, Edition, EditionState, Theme, TrackTheme
from ...domain.names import LONGEST_NAME, coded, key, one_line, titled
from ...domain.track import Track
from ...errors import DatesUnsound, InvalidValue, NotFound, Refusal, WordNotAllowed
from ...refusal import phrased
from ...spoken_words import plain
from ...store import agreements, windows
from ...store.records import add, by_id, matching
from ...store.steps import Store
from ...store.unit import fresh
from ...times import zone_named
from ...workflow.calendar.calendar import refuse_surplus
from ...workflow.check.dates import findings_on
from ...workflow.process import Process
from ...workflow.process import Track as TrackDefinition
from ..agreement.agreeing import need_agreed
from ..core.act import ActContext
from ..process.versions import as_refused
from .past_dates import anchors_past, need_ahead
from .subjects import need_subject


@dataclass(frozen=True)
class PlannedTheme:
    """A sub-theme as it is to stand."""

    code: str
    title: str
    resource_person: UUID | None = None


@dataclass(frozen=True)
class PlannedTrack:
    """A track as it is to stand."""

    definition: str
    name: str
    title: str | None = None
    convened_as: UUID | None = None
    themes: Sequence[str] = ()
    subject: UUID | None = None


@dataclass(frozen=True)
class Opening:
    """All that an edition begins with. No tracks: every one of the process, once."""

    name: str
    zone: str
    theme: str | None
    process_id: UUID
    process: Process
    anchors: Sequence[tuple[str, datetime]]
    themes: Sequence[PlannedTheme] = ()
    tracks: Sequence[PlannedTrack] = ()
    cloned_from: UUID | None = None
    confirm: bool = False  # dates that are over are meant


async def opened(do: Opening, context: ActContext, store: Store) -> UUID:
    """The new edition's id.

    Refuses an unknown zone or theme, a name already taken, tracks that the process does not have or does not run so
    often, a body that has not agreed (AgreementMissing), (DatesUnsound) anchors that are missing or do not fit it, and
    (DatesPast) dates that are over, unless they are confirmed.
    """
    zone_named(do.zone)
    name = await free_name(do.name, context, store)
    dates = _dates(do, context.now)
    need_ahead(do.process, dates, context.now, confirm=do.confirm)
    tracks = do.tracks or [PlannedTrack(definition=name, name=name) for name in do.process.tracks]
    _need_tracks(tracks, do.process)
    edition = Edition(
        id=fresh(), forum_id=context.place.id, name=name, zone=do.zone, process_id=do.process_id, theme=do.theme,
        opened_at=context.now, cloned_from_id=do.cloned_from,
    )  # fmt: skip
    await store.write(add(edition))
    anchors = [Anchor(id=fresh(), edition_id=edition.id, name=name, at=at) for name, at in dates.items()]
    await store.write(add(*anchors))
    themes = await _themes(do.themes, edition.id, store)
    for n, track in enumerate(tracks):
        definition = do.process.tracks[track.definition]
        try:
            await _need_body(track, definition, do.process, store)
            await _need_agreed(track, name, context, store)
            await need_subject(track.subject, definition, context, store)
            taken = _taken(track, definition, themes)
        except Refusal as refusal:
            raise refusal.at_path("tracks", str(n)) from None
        title = titled(track.title, "tracks", str(n), "title") if track.title else definition.title
        track_name = coded(track.name, "tracks", str(n), "name")
        named = PlannedTrack(track.definition, track_name, title, track.convened_as, subject=track.subject)
        await begin(store, edition.id, definition, named, taken, context.now)
    await store.write(windows.plan_windows(edition.id, do.process, context.now))
    return edition.id


async def free_name(name: str, context: ActContext, store: Store) -> str:
    """An edition's name in its one spelling. Refuses (InvalidValue, TextTooLong) what is no name, and one that an
    edition of this forum has already, whatever its spaces and capitals. What was taken back leaves its name free."""
    wanted = one_line(name, LONGEST_NAME, "name")
    for edition in await store.ask(matching(Edition, "name", forum_id=context.place.id)):
        if edition.state != EditionState.WITHDRAWN and key(edition.name) == key(wanted):
            reason = phrased("This forum has an edition named {name} already.", name=edition.name)
            raise InvalidValue(reason=reason).at_path("name")
    return wanted


async def _themes(planned: Sequence[PlannedTheme], edition_id: UUID, store: Store) -> Mapping[str, UUID]:
    """The themes with their new ids, by code. Refuses (InvalidValue) two of one code."""
    themes: dict[str, Theme] = {}
    for n, theme in enumerate(planned):
        code, title = coded(theme.code, "themes", str(n), "code"), titled(theme.title, "themes", str(n), "title")
        if key(code) in map(key, themes):
            raise InvalidValue(reason=phrased("Two themes have the code {code}.", code=code)).at_path(
                "themes", str(n), "code"
            )
        themes[code] = Theme(
            id=fresh(), edition_id=edition_id, code=code, title=title, resource_person_id=theme.resource_person
        )
    await store.write(add(*themes.values()))
    return {code: theme.id for code, theme in themes.items()}


def _dates(do: Opening, now: datetime) -> Mapping[str, datetime]:
    """The anchors' instants. Refuses one given twice, one the process does not have, and dates that do not fit it."""
    dates = dict(do.anchors)
    twice = next((name for name, n in Counter(name for name, _ in do.anchors).items() if n > 1), None)
    if twice is not None:
        raise InvalidValue(
            reason=phrased("The anchor {twice} is dated twice: leave one of the two out.", twice=twice)
        ).at_path("anchors")
    refuse_surplus(do.process, dates)
    findings = tuple(findings_on(do.process, dates))
    if findings:  # of several dates one may be mistyped: what is past is said before what does not fit it
        findings = (*anchors_past(do.process, dates, now), *findings)
        first = findings[0].spoken(do.process.name)
        raise DatesUnsound(count=len(findings), first=first, findings=as_refused(findings)).at_path("anchors")
    return dates


def _need_tracks(tracks: Sequence[PlannedTrack], process: Process) -> None:
    """Refuses a track that is not the process's, more of one than it repeats, and two of one name."""
    for n, track in enumerate(tracks):
        definition = process.tracks.get(track.definition)
        if definition is None:
            unknown = WordNotAllowed(word=track.definition, words=tuple(process.tracks))
            raise unknown.at_path("tracks", str(n), "definition")
        if key(track.name) in [key(other.name) for other in tracks[:n]]:
            raise InvalidValue(reason=phrased("Two tracks are named {name}.", name=track.name)).at_path(
                "tracks", str(n), "name"
            )
        most = definition.repeat.at_most if definition.repeat else 1
        if sum(other.definition == track.definition for other in tracks[: n + 1]) > most:
            reason = phrased(
                "The process runs {track} once in an edition."
                if most == 1
                else "The process runs {track} {most} times at most in an edition.",
                track=track.definition,
                most=most,
            )
            raise InvalidValue(reason=reason).at_path("tracks", str(n), "definition")


def _taken(track: PlannedTrack, definition: TrackDefinition, themes: Mapping[str, UUID]) -> list[UUID]:
    """The ids of the themes a track takes. Refuses one that is not the edition's, and more than the track may take."""
    codes = {key(code): code for code in themes}
    unknown = [code for code in track.themes if key(code) not in codes]
    if unknown:
        raise WordNotAllowed(word=unknown[0], words=tuple(themes)).at_path("themes")
    most = definition.repeat.themes if definition.repeat else 0
    taken = tuple(dict.fromkeys(codes[key(code)] for code in track.themes))
    if most and len(taken) > most:
        reason = phrased(
            "{title}: {most} themes at most, not {count}.", title=definition.title, most=most, count=len(taken)
        )
        raise InvalidValue(reason=reason).at_path("themes")
    return [themes[code] for code in taken]


async def begin(
    store: Store, edition_id: UUID, definition: TrackDefinition, planned: PlannedTrack, themes: Sequence[UUID],
    now: datetime,
) -> None:  # fmt: skip
    """A track is set up at its first stage, with the themes it takes, by id. What may be refused was asked before."""
    track = Track(
        id=fresh(), edition_id=edition_id, name=planned.name, title=planned.title or definition.title,
        convened_as_id=planned.convened_as, subject_id=planned.subject, definition=definition.name,
        stage=definition.initial, stage_since=now,
    )  # fmt: skip
    await store.write(add(track))
    await store.write(add(*[TrackTheme(id=fresh(), track_id=track.id, theme_id=theme) for theme in themes]))


async def _need_body(track: PlannedTrack, definition: TrackDefinition, process: Process, store: Store) -> None:
    """Refuses an unknown body, and for a track that is run for a body of the process one of another kind."""
    if track.convened_as is None:
        return
    body = await store.ask(by_id(Forum, track.convened_as))
    if body is None:
        raise NotFound(what="forum").at_path("convenedAs")
    wanted = process.bodies.get(definition.repeat.body) if definition.repeat else None
    if wanted is not None and body.kind != wanted.kind:
        reason = phrased(
            "{title} is run for a {asked}; {name} is a {kind}.",
            title=definition.title,
            asked=(plain(wanted.kind),),
            name=body.name,
            kind=(plain(body.kind),),
        )
        raise InvalidValue(reason=reason).at_path("convenedAs")


async def _need_agreed(track: PlannedTrack, edition: str, context: ActContext, store: Store) -> None:
    """Refuses (AgreementMissing) a track in the name of a body, and of those that convene it, without their word."""
    if track.convened_as is not None:
        use = Use(context.place.forum_id, AgreementPurpose.CONVENE, edition, track.name)
        named = await store.ask(agreements.with_convenors(track.convened_as))
        await need_agreed(context, store, use, named, "convenedAs")
