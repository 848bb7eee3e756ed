"""A call for contributions is issued to addressees, with sections, lengths, languages and a deadline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.agreement import AgreementPurpose
from ...domain.call import Call, CallSection, CallState, LengthUnit, taken_until
from ...domain.names import coded, key, titled, twice
from ...domain.text import clean, filled, language_tag, need_number
from ...domain.track import Track
from ...errors import CallStands, InvalidValue, NotFound, Refusal, UnknownCode
from ...refusal import phrased
from ...store import agreements, calls, tracks
from ...store.records import add, by_id, matching
from ...store.steps import Store
from ...store.unit import fresh
from ...times import zone_named
from ...workflow.process import Stage
from ...workflow.when import spoken
from ..agreement.agreeing import need_agreed, use_here
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..track import by_clock
from . import reminding
from .telling import tell_issued


@dataclass(frozen=True)
class SectionAsked:
    """One section or question of a call."""

    prompt: str = arg("What is asked.")
    code: str | None = arg("Its short code, unique in the call; left out: q and its place.", default=None)
    min_length: int = arg("The least length; 0 for none.", default=0)
    max_length: int = arg("The greatest length.", default=3000)
    unit: str = arg(
        "What lengths are counted in; Chinese is always counted in characters.", default="words", scalar="LengthUnit"
    )
    required: bool = arg("Whether it must be answered.", default=True)


@dataclass(frozen=True)
class IssueCall(Command):
    """Ask for contributions. The call opens and closes by itself, to the second, on the server's clock; where the
    process grants a grace, what comes after the deadline is still taken until its end and marked late. Those who speak
    for an addressee, and the coordinators of their mechanisms, are told."""

    on = ("track", "track")
    creates = True
    gives = {"call": "Call"}

    track: UUID = arg("The track it belongs to.", of="Track")
    title: str = arg("Its title.")
    zone: str = arg("The zone the deadline is spoken in: Europe/Zurich.")
    text: str | None = arg("What is asked for and why, CommonMark; left out: as in `like`.", default=None)
    sections: tuple[SectionAsked, ...] = arg(
        "What contributors are asked, in order; left out: as in `like`.", default=()
    )
    like: UUID | None = arg(
        "An earlier call of this forum to take after: what is left out here is as it was, and its addressees are "
        "asked again, "
        "but for those who have left the forum since.",
        of="Call",
        default=None,
    )
    closes_at: datetime | None = arg(
        "The deadline: the first instant that is too late. Left out: when its stage is planned to close.", default=None
    )
    opens_at: datetime | None = arg(
        "When it opens; left out: when its stage is planned to open, else at once.", default=None
    )
    languages: tuple[str, ...] = arg(
        "Languages inputs may be written in, BCP 47; left out: as in `like`, else English.", default=()
    )
    statuses: tuple[str, ...] = arg(
        "Addressees by their status in the forum.", default=("member", "observer"), scalar="ParticipationStatus"
    )
    addressees: tuple[UUID, ...] = arg("Further addressees, by organisation.", of="Organisation", default=())


async def issue_call(do: IssueCall, context: ActContext, store: Store) -> Outcome:
    """Refuses a deadline that is past, not planned or too near, no sections, doubled codes, limits that contradict,
    unknown addressees, (CallStands) the same call once more, and (AgreementMissing) a call in the name of a body that
    no longer agrees."""
    zone_named(do.zone)
    await _need_agreed(context, store)
    do = await _filled(do, context, store)
    do = replace(do, sections=_asked_properly(do.sections))
    call = await _call(do, context, store)
    await _need_new(call, store)
    await store.write(add(call))
    await store.write(add(*_sections(call.id, do.sections)))
    asked = await store.write(calls.address(call.id, _forums(context), do.statuses, do.addressees, context.now))
    if not asked:
        raise NotFound(what="addressee of this call").at_path("statuses")
    await tell_issued(context, store, call)
    issued = Entry("call", call.id, {"addressees": asked, "closes_at": call.closes_at.isoformat()})
    rounds = await reminding.plan(store, context.definition(), context.track, call, context.now)
    return await _outcome(context, store, call, issued, rounds)


async def _need_agreed(context: ActContext, store: Store) -> None:
    """A call is read as the word of the body whose track it is on, and of those that convene it."""
    body = context.target(Track).convened_as_id
    if body is not None:
        use = replace(use_here(context, AgreementPurpose.CONVENE), own=frozenset())
        await need_agreed(context, store, use, await store.ask(agreements.with_convenors(body)))


def _forums(context: ActContext) -> tuple[UUID, ...]:
    return (context.place.forum_id, *context.place.convened_by)


async def _filled(do: IssueCall, context: ActContext, store: Store) -> IssueCall:
    """What is left out is taken from the earlier call. Refuses one of another forum, and to ask for nothing."""
    if do.like is not None:
        do = await _like(do, do.like, context, store)
    if do.text is None:
        reason = "Say what is asked for and why, or which earlier call this one is like."
        raise InvalidValue(reason=reason).at_path("text")
    return replace(do, languages=do.languages or ("en",))


async def _like(do: IssueCall, like: UUID, context: ActContext, store: Store) -> IssueCall:
    earlier, edition = await store.ask(by_id(Call, like)), context.place.edition
    if earlier is None or earlier.forum_id not in (context.place.forum_id, edition and edition.forum_id):
        raise NotFound(what="call of this forum").at_path("like")
    sections = await store.ask(matching(CallSection, "ordinal", call_id=like))
    again = await store.ask(calls.still_addressed(earlier, _forums(context), context.now))
    return replace(
        do,
        text=earlier.text if do.text is None else do.text,
        sections=do.sections or tuple(map(_asked, sections)),
        languages=do.languages or tuple(earlier.languages),
        addressees=(*do.addressees, *again),
    )


def _asked(section: CallSection) -> SectionAsked:
    return SectionAsked(
        code=section.code,
        prompt=section.prompt,
        min_length=section.min_length,
        max_length=section.max_length,
        unit=section.unit,
        required=section.required,
    )


def _sections(call: UUID, asked: Sequence[SectionAsked]) -> tuple[CallSection, ...]:
    return tuple(
        CallSection(
            id=fresh(),
            call_id=call,
            ordinal=n,
            code=str(section.code),
            prompt=section.prompt,
            min_length=section.min_length,
            max_length=section.max_length,
            unit=LengthUnit(section.unit),
            required=section.required,
        )
        for n, section in enumerate(asked, 1)
    )


async def _outcome(context: ActContext, store: Store, call: Call, issued: Entry, rounds: tuple[Job, ...]) -> Outcome:
    """A call that opens at once moves its track at once; one that opens later is opened by the clock."""
    jobs = (by_clock.at_the_end("call", call.id, taken_until(call)), *rounds)
    if call.opened_at is None:
        return Outcome({"call": call.id}, (issued,), (Job("open_call", call.id, call.opens_at), *jobs))
    return Outcome({"call": call.id}, (issued, *await by_clock.move(context, store, call.track_id)), jobs)


async def _call(do: IssueCall, context: ActContext, store: Store) -> Call:
    """The call with its dates: from when to when, and until when it is taken late; as asked, else as its stage is
    planned."""
    track = context.target(Track)
    present, stage = _stages(context, track)
    planned = await store.ask(tracks.window(track.id, stage.id))
    ahead = None if planned is None else planned.opens_at
    opens_at = do.opens_at or (ahead if ahead is not None and ahead > context.now else context.now)
    closes_at = do.closes_at or (None if planned is None else planned.closes_at)
    if closes_at is None:
        reason = phrased("The stage {title} has no planned end: say when the call closes.", title=stage.title)
        raise InvalidValue(reason=reason).at_path("closesAt")
    _need_length(opens_at, closes_at, context)
    grace = present.grace or stage.grace
    return Call(
        id=fresh(),
        track_id=track.id,
        edition_id=track.edition_id,
        forum_id=context.place.forum_id,
        title=titled(do.title, "title"),
        text=clean(do.text or ""),
        zone=do.zone,
        languages=_languages(do.languages),
        opens_at=opens_at,
        closes_at=closes_at,
        late_until=closes_at + grace if grace else None,
        opened_at=max(opens_at, context.now) if opens_at <= context.now else None,
    )


def _need_length(opens_at: datetime, closes_at: datetime, context: ActContext) -> None:
    """Refuses a deadline that is past or before the opening, and a call shorter than the forum's minimum."""
    if closes_at <= max(context.now, opens_at):
        reason = "The deadline must lie after the opening, and in the future."
        raise InvalidValue(reason=reason).at_path("closesAt")
    least = context.definition().too_short("call", context.track, opens_at, closes_at)
    if least is not None:
        raise InvalidValue(
            reason=phrased("In this forum a call stays open for at least {least}.", least=spoken(least))
        ).at_path("closesAt")


def _stages(context: ActContext, track: Track) -> tuple[Stage, Stage]:
    """The present stage, and the one in which the call will run: where its opening moves the track, else the
    present."""
    assert context.track is not None
    present = context.track.stages[track.stage]
    opening = next((clock.to for clock in present.clocks if clock.at == "call_opens"), present.id)
    return present, context.track.stages[opening]


def _languages(tags: Sequence[str]) -> tuple[str, ...]:
    """Each language once, as its tag. Refuses (UnknownCode, at its place) what is no tag."""
    read: dict[str, None] = {}
    for n, tag in enumerate(tags):
        try:
            read[language_tag(tag)] = None
        except UnknownCode as refusal:
            raise refusal.at_path("languages", str(n)) from None
    return tuple(read)


async def _need_new(call: Call, store: Store) -> None:
    """Refuses (CallStands) a call that stands on this track already, with this title and deadline: a second key does
    not make it another, and its addressees would be asked twice."""
    for there in await store.ask(matching(Call, "id", track_id=call.track_id, closes_at=call.closes_at)):
        if there.state == CallState.OPEN and key(there.title) == key(call.title):
            raise CallStands(call=there.id, title=there.title).at_path("title")


def _asked_properly(sections: Sequence[SectionAsked]) -> tuple[SectionAsked, ...]:
    """The questions with codes and prompts as they are kept. Refuses what is empty, doubled or contradicts itself."""
    if not sections:
        raise InvalidValue(reason="Ask at least one question.").at_path("sections")
    asked = []
    for n, section in enumerate(sections):
        try:
            code = f"q{n + 1}" if section.code is None else coded(section.code, "code")
            prompt = filled(section.prompt, "prompt")
            _need_lengths(section)
        except Refusal as refusal:
            raise refusal.at_path("sections", str(n)) from None
        asked.append(replace(section, code=code, prompt=prompt))
    again = twice(str(section.code) for section in asked)
    if again is not None:
        reason = phrased("Two sections have the code {code}.", code=asked[again].code)
        raise InvalidValue(reason=reason).at_path("sections", str(again), "code")
    return tuple(asked)


def _need_lengths(section: SectionAsked) -> None:
    if section.unit not in list(LengthUnit):
        raise InvalidValue(reason="A length is in words or in characters.").at_path("unit")
    need_number(section.min_length, 0, "minLength")
    need_number(section.max_length, 1, "maxLength")
    if section.min_length > section.max_length:
        raise InvalidValue(reason="The least length lies above the greatest.").at_path("minLength")
