"""A call for contributions is issued to addressees, with sections, lengths, languages and a deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ...domain.text import clean, language_tag
from ...errors import InvalidValue, NotFound
from ...store import calls, tracks
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...times import zone_named
from ...workflow.process import Stage
from ...workflow.when import spoken
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..track import by_clock as _clock
from . import reminding


@dataclass(frozen=True)
class SectionAsked:
    """One section or question of a call."""

    code: str = arg("Its short code, unique in the call.")
    prompt: str = arg("What is asked.")
    min_length: int = arg("The least length; 0 for none.", default=0)
    max_length: int = arg("The greatest length.", default=3000)
    unit: str = arg(
        "What lengths are counted in; Chinese is always counted in characters.", default="words", scalar="LengthUnit"
    )
    required: bool = arg("Whether it must be answered.", default=True)


@dataclass(frozen=True)
class IssueCall(Command):
    """Ask for contributions. The call opens and closes by itself, to the second, on the server's clock; where the process
    grants a grace, what comes after the deadline is still taken until its end and marked late."""

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
        "An earlier call of this forum to take after: what is left out here is as it was, and its addressees are asked again, "
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


async def issue_call(do: IssueCall, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a deadline that is past, not planned or too near, no sections, doubled codes, limits that contradict,
    unknown addressees."""
    zone_named(do.zone)
    do = await _filled(do, context, unit)
    _need_sections(do)
    id_, dates = fresh(), await _dates(do, context, unit)
    row = {
        "id": id_,
        "track_id": context.place.id,
        "edition_id": context.row["edition_id"],
        "forum_id": context.place.forum_id,
        "title": clean(do.title),
        "text": clean(do.text or ""),
        "zone": do.zone,
        "languages": [language_tag(tag) for tag in do.languages],
        **dates,
    }
    await unit.add(t.call, row)
    sections = [
        {"id": fresh(), "call_id": id_, "ordinal": n, "code": s.code, "prompt": clean(s.prompt), "unit": s.unit,
         "min_length": s.min_length, "max_length": s.max_length, "required": s.required}
        for n, s in enumerate(do.sections, 1)
    ]  # fmt: skip
    await unit.add(t.call_section, *sections)
    asked = await calls.address(
        unit, id_, (context.place.forum_id, *context.place.convened_by), do.statuses, do.addressees, context.now
    )
    if not asked:
        raise NotFound(what="addressee of this call").at_path("statuses")
    issued = Entry("call", id_, {"addressees": asked, "closes_at": dates["closes_at"].isoformat()})
    reminders = await reminding.plan(unit, context.definition(), context.track, {**row, "reminders": True}, context.now)
    return await _outcome(context, unit, row, issued, reminders)


async def _filled(do: IssueCall, context: ActContext, unit: UnitOfWork) -> IssueCall:
    """What is left out is taken from the earlier call. Refuses one of another forum, and to ask for nothing."""
    if do.like is not None:
        earlier = await unit.row(t.call, id=do.like)
        if earlier is None or earlier["forum_id"] not in (
            context.place.forum_id,
            context.place.edition and context.place.edition["forum_id"],
        ):
            raise NotFound(what="call of this forum").at_path("like")
        rows = await unit.rows(t.call_section, "ordinal", call_id=do.like)
        sections = tuple(SectionAsked(**{f.name: row[f.name] for f in fields(SectionAsked)}) for row in rows)
        again = await calls.still_addressed(
            unit, earlier, (context.place.forum_id, *context.place.convened_by), context.now
        )
        do = replace(
            do, text=earlier["text"] if do.text is None else do.text, sections=do.sections or sections,
            languages=do.languages or tuple(earlier["languages"]), addressees=(*do.addressees, *again),
        )  # fmt: skip
    if do.text is None:
        raise InvalidValue(reason="Say what is asked for and why, or which earlier call this one is like.").at_path(
            "text"
        )
    return replace(do, languages=do.languages or ("en",))


async def _outcome(
    context: ActContext, unit: UnitOfWork, row: Mapping[str, Any], issued: Entry, reminders: tuple[Job, ...]
) -> Outcome:
    """A call that opens at once moves its track at once; one that opens later is opened by the clock."""
    jobs = (_clock.at_the_end("call", row["id"], row["late_until"] or row["closes_at"]), *reminders)
    if row["opened_at"] is None:
        return Outcome({"call": row["id"]}, (issued,), (Job("open_call", row["id"], row["opens_at"]), *jobs))
    return Outcome({"call": row["id"]}, (issued, *await _clock.move(context, unit, row["track_id"])), jobs)


async def _dates(do: IssueCall, context: ActContext, unit: UnitOfWork) -> dict[str, Any]:
    """From when to when, and until when it is taken late: as asked, else as its stage is planned."""
    here, stage = _stages(context)
    planned = await tracks.window(unit, context.place.id, stage.id) or {}
    ahead = planned.get("opens_at")
    opens_at = do.opens_at or (ahead if ahead is not None and ahead > context.now else context.now)
    closes_at = do.closes_at or planned.get("closes_at")
    if closes_at is None:
        raise InvalidValue(reason=f"The stage {stage.title} has no planned end: say when the call closes.").at_path(
            "closesAt"
        )
    if closes_at <= max(context.now, opens_at):
        raise InvalidValue(reason="The deadline must lie after the opening, and in the future.").at_path("closesAt")
    least = context.definition().minimums.call
    if least is not None and closes_at - opens_at < least:
        raise InvalidValue(reason=f"In this forum a call stays open for at least {spoken(least)}.").at_path("closesAt")
    opened = max(opens_at, context.now) if opens_at <= context.now else None
    grace = here.grace or stage.grace
    late_until = closes_at + grace if grace else None
    return {"opens_at": opens_at, "closes_at": closes_at, "late_until": late_until, "opened_at": opened}


def _stages(context: ActContext) -> tuple[Stage, Stage]:
    """The present stage, and the one in which the call will run: where its opening moves the track, else the present."""
    assert context.track is not None
    here = context.track.stages[context.row["stage"]]
    opening = next((clock.to for clock in here.clocks if clock.at == "call_opens"), here.id)
    return here, context.track.stages[opening]


def _need_sections(do: IssueCall) -> None:
    codes = [s.code for s in do.sections]
    if not codes:
        raise InvalidValue(reason="Ask at least one question.").at_path("sections")
    for n, s in enumerate(do.sections):
        if codes.count(s.code) > 1:
            raise InvalidValue(reason=f"Two sections have the code {s.code}.").at_path("sections", str(n), "code")
        if s.unit not in ("words", "characters"):
            raise InvalidValue(reason="A length is in words or in characters.").at_path("sections", str(n), "unit")
        if not 0 <= s.min_length <= s.max_length:
            raise InvalidValue(reason="The least length lies above the greatest.").at_path(
                "sections", str(n), "minLength"
            )
