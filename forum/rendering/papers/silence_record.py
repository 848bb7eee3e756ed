"""The record of a no-objection procedure: facts -> outline. What happened, when, in whose words; it counts nobody's
silence."""

from dataclasses import dataclass

from ...domain.marks import unmarked
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
    text,
)
from .front import Imprint, colophon, running_line
from .silence_words import phrase
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
    """The outline: the text and how it ended, then what happened in each round; colophon."""
    language = facts.imprint.language
    parts: list[Part] = [_head_facts(facts, language)]
    for round_facts in facts.rounds:
        parts += _round(round_facts, language)
    parts.append(Disclaimer((text(phrase("what_it_is", language)),)))
    parts.append(colophon(facts.imprint))
    return Outline(
        _head(facts),
        language,
        tuple(parts),
        running_line(facts.imprint.symbol, phrase("record", language)),
        facts.imprint.origin,
    )


def _head(facts: SilenceRecordFacts) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=phrase("record", imprint.language),
        series=facts.series,
        subtitles=(facts.title,),
        kind=facts.kind,
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
    )


def _head_facts(facts: SilenceRecordFacts, language: str) -> KeyFacts:
    last = facts.rounds[-1]
    pairs = [
        ("text", " · ".join(filter(None, (facts.imprint.symbol, facts.title)))),
        ("body", last.body),
        ("rounds", str(len(facts.rounds))),
        ("outcome", _outcome(last, language)),
    ]
    return KeyFacts(tuple((phrase(key, language), text(words)) for key, words in pairs))


def _outcome(facts: RoundFacts, language: str) -> str:
    ended = phrase(facts.state, language)
    return f"{ended} {facts.words}" if facts.words else ended


def _round(facts: RoundFacts, language: str) -> list[Part]:
    pairs = [
        ("revision", facts.revision),
        ("hash", facts.hash),
        ("body", facts.body),
        ("members", listing(facts.members, language)),
        ("begun", facts.begun),
        ("ends", facts.ends),
        ("outcome", _outcome(facts, language)),
    ]
    key_facts = tuple((phrase(key, language), text(words)) for key, words in pairs if words)
    parts: list[Part] = [Heading(1, text(phrase("round", language, number=facts.number))), KeyFacts(key_facts)]
    parts += _more_time(facts, language)
    parts += _changes(facts, language)
    parts += _objections(facts, language)
    if facts.reservations:
        parts.append(Heading(2, text(phrase("reservations", language))))
        parts.append(Bullets(tuple(text(r.sentence) for r in facts.reservations)))
    return parts


def _more_time(facts: RoundFacts, language: str) -> list[Part]:
    if not facts.more_time:
        return []
    lines = [f"{phrase('until', language, to=to, was=was)}\n{why}" for to, was, why in facts.more_time]
    return [Heading(2, text(phrase("more_time", language))), Bullets(tuple(text(line) for line in lines))]


# ---- objections
_SHARES = (("member_passage", 2.2), ("reason_wording", 4.4), ("answer", 3.4))


def _objections(facts: RoundFacts, language: str) -> list[Part]:
    if facts.state != SilenceState.BROKEN and not facts.objections:
        return []
    heading = Heading(2, text(phrase("objections", language)))
    if not facts.objections:
        return [heading, Note(text(phrase("known_inside", language)))]
    columns = tuple(Column(phrase(key, language), share) for key, share in _SHARES)
    return [heading, Table(columns, tuple(_objection(o, language) for o in facts.objections))]


def _objection(objection: ObjectionFacts, language: str) -> Row:
    passage = (
        phrase("paragraph", language, number=objection.passage) if objection.passage else phrase("whole", language)
    )
    proposed: tuple[str | Run, ...] = ()
    if objection.proposed:
        # The label says what it is where there are no slanted letters.
        proposed = ("\n", Run(phrase("proposed", language, words=objection.proposed), italic=True))
    kind = phrase(objection.answer_kind, language) if objection.answer_kind else phrase("no_answer", language)
    answer = text(Run(kind, bold=bool(objection.answer_kind)), f"\n{objection.answer}" if objection.answer else "")
    return Row((text(Run(objection.member, bold=True), f"\n{passage}"), text(objection.reason, *proposed), answer))


# ---- what changed
def _changes(facts: RoundFacts, language: str) -> list[Part]:
    if facts.changes is None:
        return []
    parts: list[Part] = [Heading(2, text(phrase("changes", language, number=facts.number - 1)))]
    changed = [change for change in facts.changes if change.kind != "unchanged"]
    if not changed:
        return [*parts, Note(text(phrase("nothing_changed", language)))]
    parts.append(Note(text(phrase("legend", language))))
    for change in changed:
        parts.append(Heading(3, text(_place(change, language)), listed=False))
        weight = _weight(change, language)
        parts += [Note(weight)] if weight else []
        parts.append(Paragraph(_redlined(change.words, language)))
    stayed = tuple(change.number for change in facts.changes if change.kind == "unchanged" and change.number)
    if stayed:
        parts.append(Note(text(phrase("stayed", language, list=_ranges(stayed)))))
    return parts


def _place(change: ChangeFacts, language: str) -> str:
    number = change.was if change.kind == "withdrawn" else change.number
    if change.recommendation:
        place = phrase("recommendation", language)
    else:
        place = phrase("paragraph", language, number=number) if number else phrase("unnumbered", language)
    if change.kind in ("new", "withdrawn"):
        return phrase("new" if change.kind == "new" else "gone", language, place=place)
    moved = bool(number) and bool(change.was) and change.was != number
    return phrase("renumbered", language, place=place, was=change.was) if moved else place


def _weight(change: ChangeFacts, language: str) -> Text:
    was, now = change.weight
    if was == now:
        return ()
    words = [*([("removed", was)] if was else []), *([("added", now)] if now else [])]
    return text(phrase("weight", language, words=""), *_redlined(tuple(words), language))


def _redlined(words: tuple[tuple[str, str], ...], language: str) -> Text:
    """Words as they stand; added ones bold, removed ones struck through and in brackets, so that a voice reads them
    too.

    What stayed is set plain, whatever marks it carries: bold means added here. In what changed, marks stand as typed,
    being part of the change.
    """
    runs: list[str | Run] = []
    apart = "" if language.startswith("zh") else " "
    for n, (kind, stretch) in enumerate(words):
        core = stretch.strip()
        if kind == "same":
            runs.append(unmarked(stretch))
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
