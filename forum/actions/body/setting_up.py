"""What establishing a body asks for and refuses: several at once, after a template of the process, each with its
chairs, its first edition, or its track in a running edition of the parent."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.body import Forum, ForumKind, Layer, Power, need_duration
from ...domain.mandate import Office
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...refusal import phrased
from ...store import bodies
from ...store.records import first
from ...store.steps import Store
from ...workflow.definition_parts import Body
from ...workflow.process import Process, Track
from ...workflow.when import When
from ..core.act import arg
from ..edition.open_edition import AnchorDate

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ChairPlan:
    """An organisation that holds an office of the new body for a term."""

    organisation: UUID = arg("The organisation.", of="Organisation")
    office: str = arg("Its office.", default=Office.CO_CHAIR.value, scalar="Office")
    starts_at: datetime | None = arg("From this instant on; with the body when left out.", default=None)
    ends_at: datetime | None = arg("The first instant after the term; with the body when left out.", default=None)


@dataclass(frozen=True)
class FirstEdition:
    """The first edition of a new body, pinned to a published process."""

    name: str = arg("Its name.")
    process: str = arg(
        "The process the body adopts and runs it under, by name: its parent's, a convenor's, a template."
    )
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("The dates its process counts from.", default=())
    confirm: bool = arg(
        "True where dates that are over already are meant; without it, they are refused with the whole calendar.",
        default=False,
    )


@dataclass(frozen=True)
class BodyPlan:
    """One body of several that are set up at once. What is said for all of them holds for it too."""

    slug: str = arg("Its short name in addresses: small letters, digits, hyphens.")
    name: str = arg("Its name.")
    terms_of_reference: str | None = arg("What it is for, where that differs, CommonMark.", default=None)
    convenors: tuple[UUID, ...] = arg("Forums that convene it beside those named for all.", of="Forum", default=())
    chairs: tuple[ChairPlan, ...] = arg("Organisations that chair it, beside those named for all.", default=())
    themes: tuple[str, ...] = arg("The themes of the edition its track takes up, by code.", default=())
    first_edition: FirstEdition | None = arg("Its first edition.", default=None)


@dataclass(frozen=True)
class Common:
    """What holds for every body of one act, once it was found to be in order."""

    kind: ForumKind
    layer: Layer
    power: Power
    starts_at: datetime
    ends_at: datetime | None
    template: Body | None


def template_of(process: Process, name: str | None) -> Body | None:
    """The body of the process that the new ones follow. Refuses a name it does not have."""
    if name is not None and name not in process.bodies:
        raise WordNotAllowed(word=name, words=tuple(process.bodies)).at_path("template")
    return None if name is None else process.bodies[name]


def ends(ends_at: datetime | None, template: Body | None, starts_at: datetime, zone: str) -> datetime | None:
    """When the terms end: as given, else after the template's months, else never. Refuses an end before the
    beginning."""
    if ends_at is None and template is not None and template.months:
        return When("", "body", template.months, "month", 1).instant_from(starts_at, zone)
    need_duration(starts_at, ends_at)
    return ends_at


async def need_room(store: Store, parent: UUID, template: Body, more: int, now: datetime) -> None:
    """Refuses more bodies than the template allows; those whose terms have ended are not counted."""
    standing = await store.ask(bodies.following(parent, template.name, now))
    if standing + more > template.at_most:
        reason = phrased(
            "The process allows {most} of {name}: {standing} there, {more} more asked for.",
            most=template.at_most,
            name=template.name,
            standing=standing,
            more=more,
        )
        raise InvalidValue(reason=reason).at_path("bodies")


async def need_slug(store: Store, slug: str) -> None:
    """Refuses a short name that is malformed or taken, also by a body of the same act."""
    if not _SLUG.fullmatch(slug) or await store.ask(first(Forum, slug=slug)) is not None:
        raise InvalidValue(
            reason=phrased("{slug} is taken, or is not small letters, digits and hyphens.", slug=slug)
        ).at_path("slug")


async def need_convenors(store: Store, ids: tuple[UUID, ...], template: Body | None) -> None:
    """Refuses an unknown forum; and, where the template says who convenes, one it does not name or one that is
    missing."""
    known = await store.ask(bodies.words_of(ids))
    for n, id_ in enumerate(ids):
        if id_ not in known:
            raise NotFound(what="forum").at_path("convenors", str(n))
    if template is None or not template.convened_by:
        return
    asked = frozenset(template.convened_by)
    for n, id_ in enumerate(ids):
        if not asked & known[id_]:
            reason = phrased(
                "{name} is convened by {asked}; this forum is none of them.",
                name=template.name,
                asked=", ".join(template.convened_by),
            )
            raise InvalidValue(reason=reason).at_path("convenors", str(n))
    missing = asked - frozenset[str]().union(*known.values()) if known else asked
    if missing:
        reason = phrased(
            "{name} is also convened by {missing}: name such a forum.",
            name=template.name,
            missing=", ".join(sorted(missing)),
        )
        raise InvalidValue(reason=reason).at_path("convenors")


def repeated(process: Process, named: str | None, template: Body | None) -> Track:
    """The track of the process that is run for the new bodies. Refuses an unknown one, or one that is not repeated."""
    mine = [
        track for track in process.tracks.values() if template and track.repeat and track.repeat.body == template.name
    ]
    if named is not None:
        mine = [track for name, track in process.tracks.items() if name == named and track.repeat]
    if len(mine) != 1:
        words = tuple(name for name, track in process.tracks.items() if track.repeat)
        raise WordNotAllowed(word=named or (template.name if template else ""), words=words).at_path("track")
    return mine[0]


def need_themes(track: Track, codes: tuple[str, ...], themes: Collection[str]) -> None:
    """Refuses a theme the edition does not have, one named twice, and more than the process lets such a track take."""
    for n, code in enumerate(codes):
        if code not in themes or code in codes[:n]:
            raise WordNotAllowed(word=code, words=tuple(themes)).at_path("themes", str(n))
    most = track.repeat.themes if track.repeat else 0
    if most and len(codes) > most:
        reason = phrased(
            "{title}: at most {most} themes each, not {count}.", title=track.title, most=most, count=len(codes)
        )
        raise InvalidValue(reason=reason).at_path("themes")
