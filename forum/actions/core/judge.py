"""Whether an act is allowed here and now: the runner asks before it acts, `acts(on)` asks without acting. One
answer."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ...domain.agreement import ACTS_OF_AGREEMENT
from ...domain.authority import ACTS_OF_AUTHORITY, ACTS_OF_CLEARANCE, ADMISSION, By, whom_to_ask
from ...domain.call import CallState
from ...domain.edition import EditionState
from ...domain.mandate import nothing_in_force
from ...domain.mandates import Acting, MandateInForce, Person, Place, acting, choose, of_the_house, takes_part
from ...domain.silence import Silence
from ...errors import (
    AuthorityNotYours,
    GateClosed,
    NotAtThisStage,
    NotFound,
    NotInThisProcess,
    NotSignedIn,
    ProcessMissing,
    RoleNotAllowed,
    TrackNotEnded,
    WrongState,
)
from ...refusal import phrased
from ...store import authors, calls, mandates, tracks
from ...store.places import Located
from ...store.processes import Governing, Processes, works_by
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from ...workflow.act_names import ACTS_OF_PARTICIPANTS, FORUM_ACTS, OF_INVITATIONS, OF_ONESELF, WHILE_SILENT
from ...workflow.floor import WITHOUT_PROCESS
from ...workflow.process import Process
from . import circumstances
from .judge_admission import judge_admission
from .judge_agreement import judge_agreement
from .judge_authority import judge_authority
from .judge_clearance import judge_clearance
from .judge_invitation import judge_invitation
from .judge_own import judge_own
from .judge_state import unless_not_migrated, unless_unfit
from .judgement import Judgement

# What only the author's own side does: to everybody else the thing answers as one that does not exist.
AUTHORS_OWN = frozenset(("save_contribution", "release_contribution", "submit_contribution", "withdraw_contribution"))
# What may be done with an edition that is over: it is read, and it is the model of the next. A silence that still runs
# can be broken until its own instant: the text would pass because nobody objected.
# One that was opened by mistake may have been closed by the clock at once: it can still be taken back.
# What stands on the record is put right as long as somebody reads it.
_PUT_RIGHT = frozenset(("correct_document", "revise_meeting"))
AFTER_THE_END = frozenset(("clone_edition", "withdraw_edition")) | WHILE_SILENT | _PUT_RIGHT


@dataclass(frozen=True)
class Named:
    """What a request names that the judgement hangs on, beside the act and the thing it is on.

    `mandate`: the mandate to act under; `stage`: the stage to which a track is to go. `planned`: whether the answer
    says from when on a later stage allows the act (`acts(on)` asks for that; the runner does not, since it costs more
    reading). `newcomer`: whether who asks signed in and is no person of the service yet. The process is never named: an
    act is judged by that of the place.
    """

    mandate: UUID | None = None
    stage: str | None = None
    planned: bool = False
    newcomer: bool = False


def place_of(located: Located, above: tuple[UUID, ...] = ()) -> Place:
    """The place as the scopes of mandates see it: bodies, edition, track, and the body that is asked. `above`: the
    bodies whose process a body without one of its own follows."""
    return Place(
        forums=frozenset((located.forum_id, *located.convened_by, *above)),
        home=None if located.edition is None else located.edition.forum_id,
        edition=None if located.edition is None else located.edition.id,
        track=None if located.track is None else located.track.id,
        body=located.body_id,
    )


async def judge(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, person: Person | None, asked: Named = Named()
) -> Judgement:
    """The judgement on one act at one place: under which mandate, by which process, allowed or not.

    A refusal by the process or by the state of the thing is part of the verdict. Raised is only what comes before any
    process: NotSignedIn, NothingInForce, MandateNotYours, ChooseMandate, NotInThisProcess, ProcessMissing, NotFound.
    What gives or ends a mandate, and who is admitted, is judged by the tables of `domain/authority.py`; for these, for
    agreements and for clearance there are judges of their own beside this file.
    """
    judgement = await _judged(unit, processes, act, located, person, asked)
    verdict = unless_unfit(judgement.verdict, act, located, judgement.process)
    return replace(judgement, verdict=await unless_not_migrated(unit, verdict, act, located))


async def _judged(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, person: Person | None, asked: Named
) -> Judgement:
    if act in ACTS_OF_AGREEMENT:
        return await judge_agreement(unit, act, located, person, asked.mandate)
    if act in ACTS_OF_AUTHORITY:
        return await judge_authority(unit, processes, act, located, person, asked.mandate)
    if act in OF_INVITATIONS:
        return await judge_invitation(unit, processes, act, located, person, asked.mandate)
    if act in ADMISSION:
        return await judge_admission(unit, act, located, person, asked.mandate, newcomer=asked.newcomer)
    if person is None:
        raise NotSignedIn()
    if act in OF_ONESELF:
        return await judge_own(unit, located, person)
    if act in ACTS_OF_CLEARANCE:
        return await _of_own_side(unit, processes, act, located, person, asked)
    governing = await _governing(unit, processes, located)
    if not person.mandates:
        raise nothing_in_force(await unit.ask(mandates.latest_of(person.id)), located.now)
    place, process = await _place(unit, located, person, governing.bodies), governing.process
    mandate = choose(person, asked.mandate, place)
    capacity = acting(person, mandate, place)
    if process is None and act not in WITHOUT_PROCESS:
        raise ProcessMissing(act=act)
    if act in FORUM_ACTS and located.track is None:
        standing = rules.Standing(capacity.roles, capacity.statuses, capacity.mechanisms)
        verdict = rules.decide_forum_act(process, act, standing, now=located.now)
    elif located.track is None or process is None:
        raise NotInThisProcess(act=act, process=process.name if process else "of this forum")
    else:
        verdict = await _on_track(unit, process, act, located, capacity, asked)
    verdict = _unless_a_bodys_own(verdict, act, person, mandate, place)
    return Judgement(_unless_over(_unless_withdrawn(verdict, act, located), act, located), capacity, process)


async def _of_own_side(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, person: Person, asked: Named
) -> Judgement:
    there = None
    if located.place_forum is not None:
        governing = await _governing(unit, processes, located)
        if governing.process is None:
            raise ProcessMissing(act=act)
        there = await _place(unit, located, person, governing.bodies), governing.process
    return await judge_clearance(unit, act, located, person, asked.mandate, there)


async def _place(unit: UnitOfWork, located: Located, person: Person, above: tuple[UUID, ...]) -> Place:
    """The place, with those of the person's organisations to which a call of its track is addressed: asked only where
    one of them takes part there in no other way."""
    place = place_of(located, above)
    if located.track is None:
        return place
    speaks = {m.speaks_for for m in person.mandates if m.speaks_for is not None}
    outside = [id_ for id_ in sorted(speaks) if not takes_part(person, id_, place)]
    asked = await unit.ask(calls.addressed(located.track.id, outside)) if outside else frozenset[UUID]()
    return replace(place, addressed=asked)


def _unless_a_bodys_own(
    verdict: rules.Verdict, act: str, person: Person, mandate: MandateInForce, place: Place
) -> rules.Verdict:
    """What is a body's own is done by those to whom the body gave a role and by who speaks for its chair, whatever a
    process says of delegates and focal points: theirs is what one does where one's organisation takes part."""
    if act in ACTS_OF_PARTICIPANTS or isinstance(verdict.because, (RoleNotAllowed, NotInThisProcess)):
        return verdict
    if of_the_house(person, mandate, place.forums):
        return verdict
    how = "Ask them to do it, or to give you a role in the forum."
    return rules.Verdict(False, AuthorityNotYours(act=act, who=whom_to_ask(frozenset((By.OFFICE,))), how=how))


def _unless_withdrawn(verdict: rules.Verdict, act: str, located: Located) -> rules.Verdict:
    """Nothing is done with a call that was taken back, nor with what was begun for it."""
    if located.call is None or located.call.state != CallState.WITHDRAWN or isinstance(verdict.because, RoleNotAllowed):
        return verdict
    call, another = "a call that was taken back", "a call that was not"
    if located.kind != "call":
        call, another = f"for {call}", f"for {another}"
    withdrawn = WrongState(act=act, state=call, needs=(another,))
    return rules.Verdict(False, withdrawn)


def _unless_over(verdict: rules.Verdict, act: str, located: Located) -> rules.Verdict:
    """Nothing is done in an edition that has ended, whether or not the clock has closed it already."""
    edition = located.edition
    if edition is None or act in AFTER_THE_END or isinstance(verdict.because, RoleNotAllowed):
        return verdict
    ended = edition.ends_at is not None and edition.ends_at <= located.now
    if edition.state in (EditionState.CLOSED, EditionState.WITHDRAWN) or (
        ended and edition.state == EditionState.RUNNING
    ):
        how = "was taken back" if edition.state == EditionState.WITHDRAWN else "is over"
        state = f"part of an edition that {how}"
        return rules.Verdict(False, WrongState(act=act, state=state, needs=("a running edition",)))
    return verdict


async def _on_track(
    unit: UnitOfWork, process: Process, act: str, located: Located, capacity: Acting, asked: Named
) -> rules.Verdict:
    assert located.track is not None
    track, stage = located.track.definition, located.track.stage
    name = rules.window_of(process, track, stage, act)
    window = await circumstances.window(unit, name, located)
    permit = await circumstances.permit(unit, name, window, located, capacity)
    mending = circumstances.mending(act, located)
    kind = None if located.document is None else located.document.kind
    elsewhere = (permit or mending) is not None or (window is not None and window.lasts(located.now))
    gates = rules.gates_of(process, track, stage, act, kind, elsewhere=elsewhere)
    scope = circumstances.scope_of(process, located)
    known: dict[str, Any] = {
        "now": located.now,
        "window": window,
        "gates": {gate: await circumstances.ask(unit, gate, scope) for gate in gates},
        "document": kind,
        "author": await _author(unit, act, located),
        "permit": permit,
        "mending": mending,
    }
    standing = await circumstances.standing(unit, process, act, located, capacity)
    verdict = rules.decide(process, track, stage, act, standing, **known)
    if asked.planned and isinstance(verdict.because, NotAtThisStage):
        opening = await circumstances.opening(unit, process, located)
        verdict = rules.decide(process, track, stage, act, standing, **known, opening=opening)
    verdict = await _unless_waiting(unit, process, verdict, located)
    return (
        await _unless_needed(unit, process, located, asked.stage) if verdict.yes and act == "advance_stage" else verdict
    )


async def _unless_waiting(
    unit: UnitOfWork, process: Process, verdict: rules.Verdict, located: Located
) -> rules.Verdict:
    """Nothing is done on a track before the one it comes after has ended, but what breaks a silence that runs."""
    assert located.track is not None
    if isinstance(verdict.because, (NotInThisProcess, RoleNotAllowed)) or isinstance(located.target, Silence):
        return verdict
    path = process.tracks.get(located.track.definition)
    if path is None or not path.after:
        return verdict
    before = await unit.ask(tracks.under_way(located.track.edition_id, process, path.after))
    if not before:
        return verdict
    earlier = process.tracks[before[0].definition]
    stage, title = earlier.stages.get(before[0].stage), earlier.called(before[0].title)
    refusal = TrackNotEnded(track=title, stage=stage.title if stage else before[0].stage)
    return rules.Verdict(False, refusal, await circumstances.ending(unit, process, before, located.now))


async def _unless_needed(unit: UnitOfWork, process: Process, located: Located, to: str | None) -> rules.Verdict:
    """The gates of the stage to come, asked of the whole track.

    Where no stage is named (`to`), it is enough that one of those that may follow can be entered.
    """
    assert located.track is not None
    track, stage = located.track.definition, located.track.stage
    following = rules.next_stages(process, track, stage)
    if not following:
        title = process.tracks[track].stages[stage].title
        at = phrased("at {stage}", stage=title)
        refusal = WrongState(act="advance_stage", state=at, needs=("a stage that may follow by hand",))
        return rules.Verdict(False, refusal)
    first: GateClosed | None = None
    for next_stage in following if to is None else [to] if to in following else []:
        needs = rules.needs_of(process, track, next_stage)
        shut = await circumstances.shut(unit, needs, circumstances.scope_of_end(process, located.track))
        if shut is None:
            return rules.YES
        first = first or shut
    return rules.Verdict(False, first) if first else rules.YES


async def _governing(unit: UnitOfWork, processes: Processes, located: Located) -> Governing:
    """The process that decides here: the one the edition is pinned to, else the one its forum took up last."""
    if located.process_text is not None and located.process_hash is not None:
        return Governing(processes.get(located.process_hash, located.process_text), ())
    return await unit.ask(works_by(processes, located.forum_id))


async def _author(unit: UnitOfWork, act: str, located: Located) -> str | None:
    """The kind of author, where the act is the author's own: row-level security shows the row to nobody else."""
    if act not in AUTHORS_OWN or located.kind != "contribution":
        return None
    author = await unit.ask(authors.of(located.id))
    if author is None:
        # The same answer as for an id that does not exist: nobody learns that there is one.
        raise NotFound(what="contribution").at_path("contribution")
    return author.author_kind if act == "release_contribution" else None
