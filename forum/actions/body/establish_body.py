"""Bodies are set up: a working group, a consultation, or six of them at once after a template of the process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ...domain.body import Forum
from ...domain.text import clean
from ...errors import InvalidValue, NotFound, Refusal, WordNotAllowed, WrongState
from ...store.bodies import FORUM_KINDS, LAYERS, OFFICES, POWERS, count_runs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...store.windows import plan_windows
from ...workflow.engine import Standing, decide_forum_act
from ...workflow.process import Process, Track
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..edition.open_edition import OpenEdition, open_edition
from ..edition.opening import PlannedTrack, begin
from . import setting_up as ask
from .setting_up import BodyPlan, ChairPlan, Common


@dataclass(frozen=True)
class EstablishBody(Command):
    """Set up a body under a forum, with its terms of reference, its power, and those who convene it with equal rights; or
    several at once, after a template of the process. One act: all of them stand, or none."""

    on = ("forum", "parent")
    creates = True
    gives = {"forum": "Forum", "parent": "Forum"}

    parent: UUID = arg("The forum that sets it up.", of="Forum")
    slug: str | None = arg("Of one body, its short name in addresses: small letters, digits, hyphens.", default=None)
    name: str | None = arg("Of one body, its name.", default=None)
    bodies: tuple[BodyPlan, ...] = arg(
        "Several at once, in place of slug and name; the payload has the first.", default=()
    )
    template: str | None = arg(
        "The body of the process's [bodies] they follow: it gives kind, power, how many, who convenes.", default=None
    )
    kind: str | None = arg("What kind of body it is; the template's when left out.", default=None, scalar="ForumKind")
    layer: str | None = arg("Its review layer; the parent's when left out.", default=None, scalar="Layer")
    power: str | None = arg("What it may do; the template's, or none, when left out.", default=None, scalar="Power")
    terms_of_reference: str | None = arg("What it is for, CommonMark.", default=None)
    starts_at: datetime | None = arg("From when its terms hold; from now when left out.", default=None)
    ends_at: datetime | None = arg(
        "The first instant after; as the template says, or open, when left out.", default=None
    )
    convenors: tuple[UUID, ...] = arg("Forums that convene it, with equal rights.", of="Forum", default=())
    chairs: tuple[ChairPlan, ...] = arg("Organisations that chair it together.", default=())
    edition: UUID | None = arg(
        "A running edition of the parent in which each gets a track of its own.", of="Edition", default=None
    )
    track: str | None = arg(
        "The track of the process that is repeated for it; the template's when left out.", default=None
    )


async def establish_body(do: EstablishBody, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses, with the place of the fault: a slug that is taken or malformed, words outside the lists, more than the
    template or the track allows, an unknown convenor, chair, edition or theme, a first edition that cannot be opened."""
    common = _common(do, context)
    plans, inside = _plans(do)
    if common.template is not None:
        await ask.need_room(unit, context.place.id, common.template, len(plans), context.now)
    run = None if do.edition is None else await _running(do, context, unit, common, len(plans))
    ids, entries = [], list[Entry]()
    for n, plan in enumerate(plans):
        try:
            id_, told = await _establish(plan, do, common, context, unit, run)
        except Refusal as refusal:
            raise (refusal.at_path("bodies", str(n)) if inside else refusal) from None
        ids.append(id_)
        entries += told
    if run is not None:
        await unit.write(plan_windows(run.edition["id"], run.process, context.now))
    return Outcome({"forum": ids[0], "parent": context.place.id}, tuple(entries))


@dataclass(frozen=True)
class _Run:
    """The running edition in which each new body gets a track, the definition it follows, and the edition's themes."""

    edition: Mapping[str, Any]
    process: Process
    track: Track
    themes: Mapping[str, UUID]


def _plans(do: EstablishBody) -> tuple[tuple[BodyPlan, ...], bool]:
    """The bodies to set up, and whether they stand under `bodies`. Refuses both forms at once, and neither."""
    one = do.slug is not None and do.name is not None
    if one == bool(do.bodies) or (do.bodies and (do.slug or do.name)):
        raise InvalidValue(reason="Give slug and name of one body, or several under bodies.").at_path("bodies")
    if do.slug is not None and do.name is not None:
        return (BodyPlan(slug=do.slug, name=do.name),), False
    return do.bodies, True


def _common(do: EstablishBody, context: ActContext) -> Common:
    template = ask.template_of(context.definition(), do.template)
    kind = do.kind or (template.kind if template else None)
    if kind is None:
        raise InvalidValue(reason="Say what kind of body it is, or which template it follows.").at_path("kind")
    if template is not None and kind != template.kind:
        raise InvalidValue(reason=f"{template.name} is a {template.kind}, not a {kind}.").at_path("kind")
    layer, power = do.layer or context.row["layer"], do.power or (template.power if template else "none")
    for name, value, words in (("kind", kind, FORUM_KINDS), ("layer", layer, LAYERS), ("power", power, POWERS)):
        if value not in words:
            raise WordNotAllowed(word=value, words=words).at_path(name)
    starts_at = do.starts_at or context.now
    return Common(
        kind, layer, power, starts_at, ask.ends(do.ends_at, template, starts_at, context.row["zone"]), template
    )


async def _running(do: EstablishBody, context: ActContext, unit: UnitOfWork, common: Common, more: int) -> _Run:
    row = await unit.row(t.edition, id=do.edition, forum_id=context.place.id)
    if row is None:
        raise NotFound(what="edition").at_path("edition")
    if row["state"] != "running":
        raise WrongState(act="establish_body", state=row["state"], needs=("running",)).at_path("edition")
    process = await context.processes.by_id(unit, row["process_id"])
    track = ask.repeated(process, do.track, common.template)
    there, most = await count_runs(unit, row["id"], track.name), track.repeat.at_most if track.repeat else 0
    if there + more > most:
        reason = f"The process runs {track.name} {most} times at most: {there} there, {more} more asked for."
        raise InvalidValue(reason=reason).at_path("bodies")
    themes = {one["code"]: one["id"] for one in await unit.rows(t.theme, "code", edition_id=row["id"])}
    return _Run(row, process, track, themes)


async def _establish(
    plan: BodyPlan, do: EstablishBody, common: Common, context: ActContext, unit: UnitOfWork, run: _Run | None
) -> tuple[UUID, tuple[Entry, ...]]:
    """One body with all that belongs to it, and the lines of the history about it."""
    await ask.need_slug(unit, plan.slug)
    convenors = tuple(dict.fromkeys((*do.convenors, *plan.convenors)))
    await ask.need_convenors(unit, convenors, common.template)
    name, id_ = clean(plan.name).strip(), fresh()
    if not name:
        raise InvalidValue(reason="A body needs a name.").at_path("name")
    given = plan.terms_of_reference or do.terms_of_reference
    text = None if given is None else clean(given)
    row = {
        "id": id_, "slug": plan.slug, "name": name, "kind": common.kind, "layer": common.layer, "power": common.power,
        "parent_id": context.place.id, "terms_of_reference": text, "zone": context.row["zone"],
        "template": common.template.name if common.template else None,
    }  # fmt: skip
    await unit.add(t.forum, row)
    term = {"starts_at": common.starts_at, "ends_at": common.ends_at}
    await unit.add(
        t.terms_of_reference, {"id": fresh(), "forum_id": id_, "text": text or "", "power": common.power, **term}
    )
    await unit.add(t.convenor, *[{"id": fresh(), "forum_id": id_, "convened_by_id": c} for c in convenors])
    await _chairs((*do.chairs, *plan.chairs), id_, common, context, unit)
    if run is not None:
        await _track(plan, id_, run, context, unit)
    elif plan.themes:
        raise InvalidValue(reason="Themes are those of an edition: name it in edition.").at_path("themes")
    told = Entry("forum", id_, {"kind": common.kind, "slug": plan.slug})
    return id_, (told, *await _first_edition(plan, row, context, unit))


async def _chairs(
    chairs: tuple[ChairPlan, ...], body: UUID, common: Common, context: ActContext, unit: UnitOfWork
) -> None:
    for n, chair in enumerate(chairs):
        if chair.office not in OFFICES:
            raise WordNotAllowed(word=chair.office, words=OFFICES).at_path("chairs", str(n), "office")
        if await unit.row(t.organisation, id=chair.organisation) is None:
            raise NotFound(what="organisation").at_path("chairs", str(n), "organisation")
        starts_at, ends_at = chair.starts_at or common.starts_at, chair.ends_at or common.ends_at
        if ends_at is not None and ends_at <= starts_at:
            raise InvalidValue(reason="The term ends before it begins.").at_path("chairs", str(n), "endsAt")
        term = {"starts_at": starts_at, "ends_at": ends_at, "zone": context.row["zone"]}
        holder = {"organisation_id": chair.organisation, "office": chair.office, "forum_id": body}
        await unit.add(t.mandate, {"id": fresh(), **holder, **term})


async def _track(plan: BodyPlan, body: UUID, run: _Run, context: ActContext, unit: UnitOfWork) -> None:
    ask.need_themes(run.track, plan.themes, run.themes)
    name = plan.slug.replace("-", "_")
    if await unit.row(t.track, edition_id=run.edition["id"], name=name):
        raise InvalidValue(reason=f"The edition has a track named {name} already.").at_path("slug")
    themes = [run.themes[code] for code in plan.themes]
    planned = PlannedTrack(run.track.name, name, clean(plan.name), body)
    await begin(unit, run.edition["id"], run.track, planned, themes, context.now)


async def _first_edition(
    plan: BodyPlan, body: Mapping[str, Any], context: ActContext, unit: UnitOfWork
) -> tuple[Entry, ...]:
    """Opened as any edition is, by one to whom its own process gives that."""
    first = plan.first_edition
    if first is None:
        return ()
    do = OpenEdition(
        forum=body["id"],
        name=first.name,
        process=first.process,
        zone=body["zone"],
        theme=first.theme,
        anchors=first.anchors,
    )
    try:
        _, process = await context.processes.named(unit, first.process, body["id"])
        standing = Standing(context.doer.roles, context.doer.statuses, context.doer.mechanisms)
        if because := decide_forum_act(process, "open_edition", standing, now=context.now).because:
            raise because
        there = replace(
            context.place,
            id=body["id"],
            target=Forum(**body),
            forum_id=body["id"],
            edition=None,
            process_hash=None,
            process_text=None,
        )
        return (await open_edition(do, replace(context, place=there, process=process), unit)).entries
    except Refusal as refusal:
        raise refusal.at_path("firstEdition") from None
