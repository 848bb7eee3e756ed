"""Bodies are set up: a working group, a consultation, or six of them at once after a template of the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.agreement import AgreementPurpose, Use
from ...domain.authority import By, at_once
from ...domain.body import Convenor, Forum, ForumKind, Layer, Power, TermsOfReference
from ...domain.edition import Edition, EditionState, Theme
from ...domain.enumeration import word_of
from ...domain.mandate import GivenBy, Mandate, Office
from ...domain.names import LONGEST_NAME, one_line
from ...domain.text import clean
from ...domain.track import Track as EditionTrack
from ...errors import InvalidValue, NotFound, Refusal, WordNotAllowed, WrongState
from ...refusal import phrased
from ...store import agreements, processes
from ...store.bodies import count_runs
from ...store.records import add, first, matching
from ...store.steps import Store
from ...store.unit import fresh
from ...store.windows import plan_windows
from ...workflow.engine import Standing, decide_forum_act
from ...workflow.process import Process, Track
from ..agreement.agreeing import need_agreed
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..edition.open_edition import OpenEdition, open_edition
from ..edition.opening import PlannedTrack, begin
from ..mandate.giving import enter
from ..process import adopting
from . import setting_up as ask
from .setting_up import BodyPlan, ChairPlan, Common


@dataclass(frozen=True)
class EstablishBody(Command):
    """Set up a body under a forum, with its terms of reference, its power, and those who convene it with equal rights;
    or several at once, after a template of the process. One act: all of them stand, or none."""

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
    chairs: tuple[ChairPlan, ...] = arg(
        "Organisations that chair it together; another than one's own waits for its word (acceptMandate).", default=()
    )
    edition: UUID | None = arg(
        "A running edition of the parent in which each gets a track of its own.", of="Edition", default=None
    )
    track: str | None = arg(
        "The track of the process that is repeated for it; the template's when left out.", default=None
    )


async def establish_body(do: EstablishBody, context: ActContext, store: Store) -> Outcome:
    """Refuses, with the place of the fault: a slug that is taken or malformed, words outside the lists, more than the
    template or the track allows, an unknown convenor, chair, edition or theme, a convenor that has not agreed
    (AgreementMissing), a first edition that cannot be opened."""
    common = _common(do, context)
    plans, several = _plans(do)
    if common.template is not None:
        await ask.need_room(store, context.place.id, common.template, len(plans), context.now)
    run = None if do.edition is None else await _running(do, context, store, common, len(plans))
    ids, entries = [], list[Entry]()
    for n, plan in enumerate(plans):
        try:
            body, lines = await _establish(plan, do, common, context, store, run)
        except Refusal as refusal:
            raise (refusal.at_path("bodies", str(n)) if several else refusal) from None
        ids.append(body.id)
        entries += lines
    if run is not None:
        await store.write(plan_windows(run.edition.id, run.process, context.now))
    return Outcome({"forum": ids[0], "parent": context.place.id}, tuple(entries))


@dataclass(frozen=True)
class _Run:
    """The running edition in which each new body gets a track, the definition it follows, and the edition's themes by
    their codes."""

    edition: Edition
    process: Process
    track: Track
    themes: Mapping[str, UUID]


def _plans(do: EstablishBody) -> tuple[tuple[BodyPlan, ...], bool]:
    """The bodies to set up, and whether they stand under `bodies`. Refuses both forms at once, and neither."""
    single = do.slug is not None and do.name is not None
    if single == bool(do.bodies) or (do.bodies and (do.slug or do.name)):
        raise InvalidValue(reason="Give slug and name of one body, or several under bodies.").at_path("bodies")
    if do.slug is not None and do.name is not None:
        return (BodyPlan(slug=do.slug, name=do.name),), False
    return do.bodies, True


def _common(do: EstablishBody, context: ActContext) -> Common:
    """What holds for all of them. Refuses an unknown template, a kind that is not the template's, an unknown word."""
    parent = context.target(Forum)
    template = ask.template_of(context.definition(), do.template)
    kind = do.kind or (template.kind if template else None)
    if kind is None:
        raise InvalidValue(reason="Say what kind of body it is, or which template it follows.").at_path("kind")
    if template is not None and kind != template.kind:
        raise InvalidValue(
            reason=phrased("{name} is a {asked}, not a {kind}.", name=template.name, asked=template.kind, kind=kind)
        ).at_path("kind")
    layer, power = do.layer or parent.layer, do.power or (template.power if template else Power.NONE)
    for name, word, closed_list in (("kind", kind, ForumKind), ("layer", layer, Layer), ("power", power, Power)):
        if word not in closed_list.words():
            raise WordNotAllowed(word=word, words=closed_list.words()).at_path(name)
    starts_at = do.starts_at or context.now
    ends_at = ask.ends(do.ends_at, template, starts_at, parent.zone)
    return Common(ForumKind(kind), Layer(layer), Power(power), starts_at, ends_at, template)


async def _running(do: EstablishBody, context: ActContext, store: Store, common: Common, more: int) -> _Run:
    """The parent's running edition. Refuses another one, and more tracks than its process runs."""
    edition = await store.ask(first(Edition, id=do.edition, forum_id=context.place.id))
    if edition is None:
        raise NotFound(what="edition").at_path("edition")
    if edition.state != EditionState.RUNNING:
        needs = (EditionState.RUNNING,)
        raise WrongState(act="establish_body", state=edition.state, needs=needs).at_path("edition")
    assert edition.process_id is not None  # what runs is pinned to a definition
    process = await store.ask(processes.definition(context.processes, edition.process_id))
    track = ask.repeated(process, do.track, common.template)
    if track.reviews:
        reason = phrased("{title} reviews somebody: its runs are named when an edition is opened.", title=track.title)
        raise InvalidValue(reason=reason).at_path("track")
    running = await store.ask(count_runs(edition.id, track.name))
    most = track.repeat.at_most if track.repeat else 0
    if running + more > most:
        reason = phrased(
            "The process runs {track} {most} times at most: {running} there, {more} more asked for.",
            track=track.name,
            most=most,
            running=running,
            more=more,
        )
        raise InvalidValue(reason=reason).at_path("bodies")
    themes = await store.ask(matching(Theme, "code", edition_id=edition.id))
    return _Run(edition, process, track, {theme.code: theme.id for theme in themes})


async def _establish(
    plan: BodyPlan, do: EstablishBody, common: Common, context: ActContext, store: Store, run: _Run | None
) -> tuple[Forum, tuple[Entry, ...]]:
    """One body with all that belongs to it, and the lines of the history about it."""
    await ask.need_slug(store, plan.slug)
    convenors = tuple(dict.fromkeys((*do.convenors, *plan.convenors)))
    await ask.need_convenors(store, convenors, common.template)
    await _need_agreed(plan, convenors, run, context, store)
    body = _body(plan, do, common, context)
    await store.write(add(body))
    terms = TermsOfReference(
        id=fresh(), forum_id=body.id, text=body.terms_of_reference or "", power=common.power,
        starts_at=common.starts_at, ends_at=common.ends_at,
    )  # fmt: skip
    await store.write(add(terms))
    await store.write(add(*[Convenor(id=fresh(), forum_id=body.id, convened_by_id=id_) for id_ in convenors]))
    await _chairs((*do.chairs, *plan.chairs), body, common, context, store)
    if run is not None:
        await _track(plan, body, run, context, store)
    elif plan.themes:
        raise InvalidValue(reason="Themes are those of an edition: name it in edition.").at_path("themes")
    line = Entry("forum", body.id, {"kind": common.kind.value, "slug": plan.slug})
    return body, (line, *await _first_edition(plan, convenors, body, context, store))


async def _need_agreed(
    plan: BodyPlan, convenors: Sequence[UUID], run: _Run | None, context: ActContext, store: Store
) -> None:
    """Refuses (AgreementMissing) a convenor that has not agreed to convene with this forum."""
    edition = None if run is None else run.edition.name
    track = None if run is None else _track_name(plan)
    use = Use(context.place.forum_id, AgreementPurpose.CONVENE, edition, track)
    await need_agreed(context, store, use, await store.ask(agreements.bodies(convenors)), "convenors")


def _track_name(plan: BodyPlan) -> str:
    """What the body's track in the parent's running edition is called."""
    return plan.slug.replace("-", "_")


def _body(plan: BodyPlan, do: EstablishBody, common: Common, context: ActContext) -> Forum:
    """The body as it is set up, in its parent's zone. Refuses what is no name."""
    name = one_line(plan.name, LONGEST_NAME, "name")
    terms = plan.terms_of_reference or do.terms_of_reference
    return Forum(
        id=fresh(), slug=plan.slug, name=name, kind=common.kind, layer=common.layer, power=common.power,
        parent_id=context.place.id, terms_of_reference=None if terms is None else clean(terms),
        zone=context.target(Forum).zone, template=common.template.name if common.template else None,
    )  # fmt: skip


async def _chairs(
    chairs: tuple[ChairPlan, ...], body: Forum, common: Common, context: ActContext, store: Store
) -> None:
    """Each organisation's office: in force where it is the doer's own, else a proposal to it. Refuses an unknown office
    or organisation, a term that ends before it begins, and one office named twice."""
    for n, chair in enumerate(chairs):
        try:
            await _chair(chair, body, common, context, store)
        except Refusal as refusal:
            raise refusal.at_path("chairs", str(n)) from None


async def _chair(chair: ChairPlan, body: Forum, common: Common, context: ActContext, store: Store) -> None:
    office = word_of(Office, chair.office, "office")
    # Whoever sets the body up does so as the office of the one above it.
    now = at_once(office, frozenset((By.ABOVE,)), own=chair.organisation == context.doer.mandate.organisation)
    mandate = Mandate(
        id=fresh(), organisation_id=chair.organisation, office=office, forum_id=body.id,
        starts_at=chair.starts_at or common.starts_at, ends_at=chair.ends_at or common.ends_at, zone=body.zone,
        given_by=GivenBy.FORUM, given_by_forum_id=body.parent_id, proposed_at=context.now,
        accepted_at=context.now if now else None,
    )  # fmt: skip
    await enter(store, mandate, None, context.now, context.actor)


async def _track(plan: BodyPlan, body: Forum, run: _Run, context: ActContext, store: Store) -> None:
    """The body's track in the running edition. Refuses themes it cannot take, and a name that another track has."""
    ask.need_themes(run.track, plan.themes, run.themes)
    name = _track_name(plan)
    if await store.ask(first(EditionTrack, edition_id=run.edition.id, name=name)) is not None:
        raise InvalidValue(reason=phrased("The edition has a track named {name} already.", name=name)).at_path("slug")
    themes = [run.themes[code] for code in plan.themes]
    planned = PlannedTrack(run.track.name, name, body.name, body.id)
    await begin(store, run.edition.id, run.track, planned, themes, context.now)


async def _first_edition(
    plan: BodyPlan, convenors: Sequence[UUID], body: Forum, context: ActContext, store: Store
) -> tuple[Entry, ...]:
    """The lines of the history about the process that the body adopts and its first edition, opened as any edition is,
    by one to whom that process gives it."""
    first_edition = plan.first_edition
    if first_edition is None:
        return ()
    do = OpenEdition(
        forum=body.id, name=first_edition.name, process=first_edition.process, zone=body.zone,
        theme=first_edition.theme, anchors=first_edition.anchors, confirm=first_edition.confirm,
    )  # fmt: skip
    try:
        forums = (context.place.id, *convenors)
        source = await adopting.near(store, context.processes, first_edition.process, forums)
        id_, _ = await adopting.adopt(store, context.processes, source, body.id, context.now)
        process = await store.ask(processes.definition(context.processes, id_))
        standing = Standing(context.doer.roles, context.doer.statuses, context.doer.mechanisms)
        if because := decide_forum_act(process, "open_edition", standing, now=context.now).because:
            raise because
        place = replace(
            context.place,
            id=body.id,
            target=body,
            place_forum=body.id,
            edition=None,
            process_hash=None,
            process_text=None,
        )
        opened = await open_edition(do, replace(context, place=place, process=process), store)
        return (adopting.entry(id_, source), *opened.entries)
    except Refusal as refusal:
        raise refusal.at_path("firstEdition") from None
