"""A call for contributions is issued to addressees, with sections, lengths, languages and a deadline."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..domain.text import clean, language_tag
from ..errors import InvalidValue, NotFound
from ..store import calls
from ..store import tables as t
from ..store.unit import Unit, fresh
from ..times import zone_named
from .deeds import Command, Entry, Job, Moment, Outcome, arg


@dataclass(frozen=True)
class SectionAsked:
    """One section or question of a call."""

    code: str = arg("Its short code, unique in the call.")
    prompt: str = arg("What is asked.")
    min_length: int = arg("The least length; 0 for none.", default=0)
    max_length: int = arg("The greatest length.", default=3000)
    unit: str = arg("What lengths are counted in; Chinese is always counted in characters.", default="words", scalar="LengthUnit")
    required: bool = arg("Whether it must be answered.", default=True)


@dataclass(frozen=True)
class IssueCall(Command):
    """Ask for contributions. The call closes by itself at its deadline, to the second, on the server's clock."""

    on = ("track", "track")
    creates = True
    gives = {"call": "Call"}

    track: UUID = arg("The track it belongs to.", of="Track")
    title: str = arg("Its title.")
    text: str = arg("What is asked for and why, CommonMark.")
    closes_at: datetime = arg("The deadline: the first instant that is too late.")
    zone: str = arg("The zone the deadline is spoken in: Europe/Zurich.")
    sections: tuple[SectionAsked, ...] = arg("What contributors are asked, in order.")
    opens_at: datetime | None = arg("When it opens; at once when left out.", default=None)
    languages: tuple[str, ...] = arg("Languages inputs may be written in, BCP 47.", default=("en",))
    statuses: tuple[str, ...] = arg(
        "Addressees by their status in the forum.", default=("member", "observer"), scalar="ParticipationStatus"
    )
    addressees: tuple[UUID, ...] = arg("Further addressees, by organisation.", of="Organisation", default=())


async def issue_call(do: IssueCall, at: Moment, unit: Unit) -> Outcome:
    """Refuses a deadline that is past, no sections, doubled codes, limits that contradict, unknown addressees."""
    zone_named(do.zone)
    opens_at = do.opens_at or at.now
    if do.closes_at <= max(at.now, opens_at):
        raise InvalidValue(reason="The deadline must lie after the opening, and in the future.").at("closesAt")
    _need_sections(do)
    id_ = fresh()
    row = {
        "id": id_,
        "track_id": at.place.id,
        "edition_id": at.row["edition_id"],
        "forum_id": at.place.forum_id,
        "title": clean(do.title),
        "text": clean(do.text),
        "opens_at": opens_at,
        "closes_at": do.closes_at,
        "zone": do.zone,
        "languages": [language_tag(tag) for tag in do.languages],
    }
    await unit.add(t.call, row)
    sections = [
        {"id": fresh(), "call_id": id_, "ordinal": n, "code": s.code, "prompt": clean(s.prompt), "unit": s.unit,
         "min_length": s.min_length, "max_length": s.max_length, "required": s.required}
        for n, s in enumerate(do.sections, 1)
    ]  # fmt: skip
    await unit.add(t.call_section, *sections)
    asked = await calls.address(unit, id_, (at.place.forum_id, *at.place.convened_by), do.statuses, do.addressees, at.now)
    if not asked:
        raise NotFound(what="addressee of this call").at("statuses")
    detail = {"addressees": asked, "closes_at": do.closes_at.isoformat()}
    return Outcome({"call": id_}, (Entry("call", id_, detail),), (Job("close_call", id_, do.closes_at),))


def _need_sections(do: IssueCall) -> None:
    codes = [s.code for s in do.sections]
    if not codes:
        raise InvalidValue(reason="Ask at least one question.").at("sections")
    for n, s in enumerate(do.sections):
        if codes.count(s.code) > 1:
            raise InvalidValue(reason=f"Two sections have the code {s.code}.").at("sections", str(n), "code")
        if s.unit not in ("words", "characters"):
            raise InvalidValue(reason="A length is in words or in characters.").at("sections", str(n), "unit")
        if not 0 <= s.min_length <= s.max_length:
            raise InvalidValue(reason="The least length lies above the greatest.").at("sections", str(n), "minLength")
