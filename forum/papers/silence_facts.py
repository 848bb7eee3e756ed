"""The record of a no-objection procedure: asked for through the contract, as far as its reader may see it, and made
into facts. Who sees no objection finds none here, and no number of them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import NotFound
from ..rendering.papers.silence_record import (
    ChangeFacts,
    ObjectionFacts,
    ReservationFacts,
    RoundFacts,
    SilenceRecordFacts,
)
from ..times import spoken
from .asking import Asks
from .in_common import Json, imprint, kind_title, process, reservation, with_imprint


async def record(session: Asks, symbol: str) -> SilenceRecordFacts:
    """What happened with a text while it lay before a body. Refuses (NotFound) a text the reader may not see, and one
    that was never put to a body."""
    document, rounds = await _rounds(session, symbol)
    if not rounds:
        raise NotFound(what=f"no-objection procedure on {symbol}")
    numbers = _numbers(rounds)
    round_facts = [_round(document, round_, numbers.get(round_["round"], {})) for round_ in rounds]
    return SilenceRecordFacts(
        imprint=imprint(document, session.home),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=kind_title(document, document["kind"]),
        rounds=tuple(round_facts),
    )


# ---- what is asked for
async def _rounds(session: Asks, symbol: str) -> tuple[Json, list[dict[str, Any]]]:
    rounds: list[dict[str, Any]] = []
    after = None
    while True:
        asked = await session.ask("SilenceRecord", symbol=symbol, after=after)
        document = asked["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["silences"]
        for head in page["nodes"]:
            rounds.append({**await _whole(session, head["id"]), "members": await _members(session, document, head)})
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            document = await with_imprint(session, asked["viewer"], document)
            return document, sorted(rounds, key=lambda round_: round_["round"])


async def _whole(session: Asks, id_: str) -> dict[str, Any]:
    """One round with all its objections and reservations."""
    lists: dict[str, list[Json]] = {"objections": [], "reservations": []}
    after: dict[str, str | None] = dict.fromkeys(lists)
    going, first = set(lists), None
    while going:
        node = (await session.ask("SilenceRound", id=id_, changes=first is None, **after))["node"]
        first = first or node
        for name in tuple(going):
            lists[name] += node[name]["nodes"]
            after[name] = node[name]["pageInfo"]["endCursor"] or after[name]
            if not node[name]["pageInfo"]["hasNextPage"]:
                going.discard(name)
    return {**(first or {}), **{name: list({row["id"]: row for row in rows}.values()) for name, rows in lists.items()}}


async def _members(session: Asks, document: Json, head: Json) -> tuple[str, ...]:
    """Who could object when a round began, by name: those with an office in the body, where the process's rule speaks
    of its members; else those with a seat of a status that the rule names."""
    offices: set[str] = set()
    seats: dict[str, str] = {}
    after: dict[str, str | None] = {"offices": None, "seats": None}
    while True:
        asked = {"id": head["body"]["id"], "at": head["startsAt"], **after}
        body = (await session.ask("BodyMembers", **asked))["node"]
        offices |= {m["organisation"]["name"] for m in body["mandates"]["nodes"] if m["office"] and m["organisation"]}
        seats |= {p["organisation"]["name"]: p["status"].lower() for p in body["participations"]["nodes"]}
        ends = (body["mandates"]["pageInfo"], body["participations"]["pageInfo"])
        after = {name: end["endCursor"] or after[name] for name, end in zip(after, ends, strict=True)}
        if not any(end["hasNextPage"] for end in ends):
            break
    definition = process(document)
    rules = list(_rules(definition, document["track"]["definition"]))
    by = {
        word
        for rule in rules
        for name in rule.get("by", ())
        for word in definition.get("groups", {}).get(name, (name,))
    }
    statuses = {status for rule in rules for status in rule.get("statuses", ())}
    seated = {name for name, status in seats.items() if not statuses or status in statuses}
    return tuple(sorted(offices if "member" in by else seated, key=str.casefold))


def _rules(definition: Json, track: str) -> Iterator[Json]:
    """What the process says, on the track, of those who may break a silence."""
    sets = definition.get("sets", {})
    path = definition["tracks"].get(track, {})
    allowed = [path.get("always", {})]
    for stage in path.get("stages", {}).values():
        allowed += [stage.get("acts", {}), *(sets.get(name, {}) for name in stage.get("sets", ()))]
    yield from (rules["break_silence"] for rules in allowed if "break_silence" in rules)


# ---- facts
def _numbers(rounds: list[dict[str, Any]]) -> dict[int, dict[str, str]]:
    """The numbers of paragraphs as printed in each round, by identity; as far as the reader sees what changed."""
    numbers: dict[int, dict[str, str]] = {}
    for round_ in rounds:
        for change in round_["changes"] or ():
            numbers.setdefault(round_["round"], {})[change["wId"]] = change["number"] or ""
            numbers.setdefault(round_["round"] - 1, {})[change["wId"]] = change["wasNumber"] or ""
    return numbers


def _round(document: Json, round_: Json, numbers: Mapping[str, str]) -> RoundFacts:
    zone, language = document["edition"]["zone"], document["language"]
    closed, revision = round_["state"] == "PASSED", round_["revision"] or {}
    return RoundFacts(
        number=round_["round"],
        body=(round_["body"] or {}).get("name", ""),
        revision=revision.get("label", ""),
        hash=revision.get("hash", ""),
        begun=instant(round_["startsAt"], zone, language),
        ends=instant(round_["endsAt"], zone, language),
        state=round_["state"].lower(),
        words=f"{round_['words']}." if closed and round_["words"] else "",
        members=round_["members"],
        objections=tuple(_objection(o, numbers) for o in round_["objections"]),
        more_time=tuple(
            (instant(x["closesAt"], zone, language), instant(x["was"], zone, language), x["reason"])
            for x in round_["extensions"]["nodes"]
        ),
        changes=_changes(round_),
        reservations=tuple(
            ReservationFacts(reservation(document, r, _number(r, numbers)))
            for r in round_["reservations"]
            if r["withdrawnAt"] is None
        ),
    )


def _objection(objection: Json, numbers: Mapping[str, str]) -> ObjectionFacts:
    return ObjectionFacts(
        member=objection["organisation"]["name"] if objection["organisation"] else "",
        passage=_number(objection, numbers),
        reason=objection["reason"],
        proposed=objection["proposedText"] or "",
        answer_kind=(objection["answerKind"] or "").lower(),
        answer=objection["answer"] or "",
    )


def _number(remark: Json, numbers: Mapping[str, str]) -> str:
    """The number of its paragraph as it was printed in its round; of a paragraph without one, its identity."""
    paragraph = remark["paragraph"]
    if paragraph is None:
        return ""
    return numbers.get(paragraph["wId"]) or paragraph["number"] or paragraph["wId"]


def _changes(round_: Json) -> tuple[ChangeFacts, ...] | None:
    if round_["round"] == 1 or round_["changes"] is None:
        return None
    return tuple(
        ChangeFacts(
            kind=c["kind"].lower(),
            number=c["number"] or "",
            was=c["wasNumber"] or "",
            words=tuple((w["kind"].lower(), w["text"]) for w in c["words"]),
            recommendation=c["what"] == "RECOMMENDATION",
            weight=(c["wasWeight"] or "", c["weight"] or ""),
        )
        for c in round_["changes"]
    )


def instant(written: str, zone: str, language: str) -> str:
    """An instant as the record prints it: in the edition's zone, then in UTC. Dates in figures where the record is in
    another language than English, so that no month's name is a foreign one."""
    when = datetime.fromisoformat(written)
    utc = when.astimezone(UTC)
    if language.split("-")[0] == "en":
        return f"{spoken(when, zone)}; {utc:%H:%M} UTC"
    local = when.astimezone(ZoneInfo(zone))
    offset = local.isoformat()[-6:]
    return f"{local:%Y-%m-%d %H:%M} ({zone}, UTC{offset}); {utc:%Y-%m-%d %H:%M} UTC"
