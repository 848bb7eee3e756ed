"""The record of a no-objection procedure: facts -> outline. What happened, when, in whose words; it counts nobody's
silence."""

from dataclasses import dataclass

from ...domain.silence import SilenceState
from ..outline import (
    Bullets,
    Column,
    Disclaimer,
    Heading,
    KeyFacts,
    Note,
    Outline,
    Paragraph,
    Part,
    Row,
    Run,
    Table,
    Text,
    TitleBlock,
    plain,
    text,
)
from .front import Imprint, colophon, inline, running_line
from .silence_words import said
from .words import listing


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """A member's objection. `passage`: the paragraph's number, empty for the whole text. `answer_kind`: taken_up,
    taken_up_in_part, withdrawn or explained; empty while there is no answer."""

    member: str
    passage: str
    reason: str
    proposed: str = ""
    answer_kind: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What became of one passage since the round before. `kind`: unchanged, changed, new or withdrawn. `number` and
    `was`: as printed in this round and the one before. `words`: (same, added or removed; text) in reading order."""

    kind: str
    number: str
    was: str
    words: tuple[tuple[str, str], ...]
    recommendation: bool = False
    weight: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ReservationFacts:
    """A reservation as it is to be printed, a whole sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One time the text lay before the body. `state`: running, passed or broken; `words`: the process's own sentence
    about how it ended, if it passed. Instants come ready to print, each in the edition's zone and in UTC. `changes` is
    None where the reader may not see them, or in the first round; `more_time`: (until, instead of, why).
    """

    number: int
    body: str
    revision: str
    hash: str
    begun: str
    ends: str
    state: str
    words: str = ""
    members: tuple[str, ...] = ()
    objections: tuple[ObjectionFacts, ...] = ()
    more_time: tuple[tuple[str, str, str], ...] = ()
    changes: tuple[ChangeFacts, ...] | None = None
    reservations: tuple[ReservationFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class SilenceRecordFacts:
    """All the record is made of, as far as its reader may see it. `rounds` in their order, the first one first."""

    imprint: Imprint
    series: str
    title: str
    kind: str
    rounds: tuple[RoundFacts, ...]


def silence_record(facts: SilenceRecordFacts) -> Outline:
    """The outline: the text and how it ended, then each round with what was said in it; colophon."""
    here = facts.imprint.language
    parts: list[Part] = [_head_facts(facts, here)]
    for one in facts.rounds:
        parts += _round(one, here)
    parts.append(Disclaimer((text(said("what_it_is", here)),)))
    parts.append(colophon(facts.imprint))
    return Outline(_head(facts), here, tuple(parts), running_line(facts.imprint.symbol, said("record", here)))


def _head(facts: SilenceRecordFacts) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=said("record", imprint.language),
        series=facts.series,
        subtitles=(facts.title,),
        kind=facts.kind,
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
    )


def _head_facts(facts: SilenceRecordFacts, here: str) -> KeyFacts:
    last = facts.rounds[-1]
    pairs = [
        ("text", " · ".join(filter(None, (facts.imprint.symbol, facts.title)))),
        ("body", last.body),
        ("rounds", str(len(facts.rounds))),
        ("outcome", _outcome(last, here)),
    ]
    return KeyFacts(tuple((said(key, here), text(words)) for key, words in pairs))


def _outcome(one: RoundFacts, here: str) -> str:
    ended = said(one.state, here)
    return f"{ended} {one.words}" if one.words else ended


def _round(one: RoundFacts, here: str) -> list[Part]:
    pairs = [
        ("revision", one.revision),
        ("hash", one.hash),
        ("body", one.body),
        ("members", listing(one.members, here)),
        ("begun", one.begun),
        ("ends", one.ends),
        ("outcome", _outcome(one, here)),
    ]
    told = tuple((said(key, here), text(words)) for key, words in pairs if words)
    parts: list[Part] = [Heading(1, text(said("round", here, number=one.number))), KeyFacts(told)]
    parts += _more_time(one, here)
    parts += _changes(one, here)
    parts += _objections(one, here)
    if one.reservations:
        parts.append(Heading(2, text(said("reservations", here))))
        parts.append(Bullets(tuple(text(r.sentence) for r in one.reservations)))
    return parts


def _more_time(one: RoundFacts, here: str) -> list[Part]:
    if not one.more_time:
        return []
    lines = [f"{said('until', here, to=to, was=was)}\n{why}" for to, was, why in one.more_time]
    return [Heading(2, text(said("more_time", here))), Bullets(tuple(text(line) for line in lines))]


# ---- objections
_SHARES = (("member_passage", 2.2), ("reason_wording", 4.4), ("answer", 3.4))


def _objections(one: RoundFacts, here: str) -> list[Part]:
    if one.state != SilenceState.BROKEN and not one.objections:
        return []
    heading = Heading(2, text(said("objections", here)))
    if not one.objections:
        return [heading, Note(text(said("known_inside", here)))]
    columns = tuple(Column(said(key, here), share) for key, share in _SHARES)
    return [heading, Table(columns, tuple(_objection(o, here) for o in one.objections))]


def _objection(one: ObjectionFacts, here: str) -> Row:
    passage = said("paragraph", here, number=one.passage) if one.passage else said("whole", here)
    proposed: tuple[str | Run, ...] = ()
    if one.proposed:
        # The label says what it is where there are no slanted letters.
        proposed = ("\n", Run(said("proposed", here, words=one.proposed), italic=True))
    kind = said(one.answer_kind, here) if one.answer_kind else said("no_answer", here)
    answer = text(Run(kind, bold=bool(one.answer_kind)), f"\n{one.answer}" if one.answer else "")
    return Row((text(Run(one.member, bold=True), f"\n{passage}"), text(one.reason, *proposed), answer))


# ---- what changed
def _changes(one: RoundFacts, here: str) -> list[Part]:
    if one.changes is None:
        return []
    parts: list[Part] = [Heading(2, text(said("changes", here, number=one.number - 1)))]
    changed = [change for change in one.changes if change.kind != "unchanged"]
    if not changed:
        return [*parts, Note(text(said("nothing_changed", here)))]
    parts.append(Note(text(said("legend", here))))
    for change in changed:
        parts.append(Heading(3, text(_place(change, here)), listed=False))
        weight = _weight(change, here)
        parts += [Note(weight)] if weight else []
        parts.append(Paragraph(_redlined(change.words, here)))
    stayed = tuple(change.number for change in one.changes if change.kind == "unchanged" and change.number)
    if stayed:
        parts.append(Note(text(said("stayed", here, list=_ranges(stayed)))))
    return parts


def _place(change: ChangeFacts, here: str) -> str:
    number = change.was if change.kind == "withdrawn" else change.number
    if change.recommendation:
        place = said("recommendation", here)
    else:
        place = said("paragraph", here, number=number) if number else said("unnumbered", here)
    if change.kind in ("new", "withdrawn"):
        return said("new" if change.kind == "new" else "gone", here, place=place)
    moved = bool(number) and bool(change.was) and change.was != number
    return said("renumbered", here, place=place, was=change.was) if moved else place


def _weight(change: ChangeFacts, here: str) -> Text:
    was, now = change.weight
    if was == now:
        return ()
    words = [*([("removed", was)] if was else []), *([("added", now)] if now else [])]
    return text(said("weight", here, words=""), *_redlined(tuple(words), here))


def _redlined(words: tuple[tuple[str, str], ...], here: str) -> Text:
    """Words as they stand; added ones bold, removed ones struck through and in brackets, so that a voice reads them
    too.

    What stayed is set plain, whatever marks it carries: bold means added here. In what changed, marks stand as typed,
    being part of the change.
    """
    runs: list[str | Run] = []
    apart = "" if here.startswith("zh") else " "
    for n, (kind, stretch) in enumerate(words):
        core = stretch.strip()
        if kind == "same":
            runs.append(plain(inline(stretch)))
        elif kind == "added":
            runs.append(Run(stretch, bold=True))
        elif core:
            before, after = stretch.split(core, 1)
            following = words[n + 1][1][:1] if n + 1 < len(words) else ""
            runs += [before, Run(f"[{core}]", struck=True), after or (apart if following.isalnum() else "")]
        else:
            runs.append(stretch)
    return text(*runs)


def _ranges(numbers: tuple[str, ...]) -> str:
    """ "1", "2", "3", "5 bis" -> "1–3, 5 bis"."""
    out: list[str] = []
    first = last = ""
    for number in (*numbers, ""):
        if number.isdigit() and last.isdigit() and int(number) == int(last) + 1:
            last = number
            continue
        if last:
            out.append(last if first == last else f"{first}–{last}")
        first = last = number
    return ", ".join(out)
