"""Whether an act is allowed here and now: the runner asks before it acts, `acts(on)` asks without acting. One answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..domain import gates as questions
from ..domain.mandates import Acting, Person, Place, acting, choose
from ..errors import NotFound, NotInThisProcess
from ..store import authors, facts
from ..store.places import Located
from ..store.processes import Processes
from ..store.unit import Unit
from ..workflow import engine as rules
from ..workflow.acts import FORUM_ACTS
from ..workflow.process import Process

# What only the author's own side does: to everybody else the thing answers as one that does not exist.
AUTHORS_OWN = frozenset(("save_contribution", "release_contribution", "submit_contribution", "withdraw_contribution"))


@dataclass(frozen=True)
class Judgement:
    """The process's verdict, with the capacity in which the person was judged."""

    verdict: rules.Verdict
    acting: Acting
    process: Process


def place_of(located: Located) -> Place:
    """The place as mandates see it."""
    return Place(
        forums=frozenset((located.forum_id, *located.convened_by)),
        edition=None if located.edition is None else located.edition["id"],
        track=None if located.track is None else located.track["id"],
        body=located.body_id,
    )


async def judge(
    unit: Unit,
    processes: Processes,
    act: str,
    located: Located,
    person: Person | None,
    wanted: UUID | None,
    named: str | None = None,
) -> Judgement:
    """Ask the process about one act. Refuses what stands before any process: no mandate, not yours, no process.

    `named`: the process a forum's first edition is to be opened under, by its name.
    """
    mandate = choose(person, wanted, place_of(located))
    capacity = acting(person, mandate, place_of(located)) if person else Acting(mandate)
    process = await _process(unit, processes, located, named)
    standing = rules.Standing(capacity.roles, capacity.statuses, capacity.mechanisms)
    if act in FORUM_ACTS and located.track is None:
        return Judgement(rules.decide_forum_act(process, act, standing, now=located.now), capacity, process)
    if located.track is None:
        raise NotInThisProcess(act=act, process=process.name)
    track, stage = located.track["definition"], located.track["stage"]
    verdict = rules.decide(
        process,
        track,
        stage,
        act,
        standing,
        now=located.now,
        window=await _window(unit, rules.window_of(process, track, stage, act), located),
        gates=await _gates(unit, process, act, located),
        document=None if located.document is None else located.document["kind"],
        author=await _author(unit, act, located),
    )
    return Judgement(verdict, capacity, process)


async def _process(unit: Unit, processes: Processes, located: Located, named: str | None) -> Process:
    if located.process_text is not None and located.process_hash is not None:
        return processes.get(located.process_hash, located.process_text)
    if named is not None:
        return (await processes.named(unit, named))[1]
    return await processes.of_forum(unit, located.forum_id)


async def _author(unit: Unit, act: str, located: Located) -> str | None:
    """The kind of author, where the act is the author's own: row-level security shows the row to nobody else."""
    if act not in AUTHORS_OWN or located.kind != "contribution":
        return None
    row = await authors.of(unit, located.id)
    if row is None:
        raise NotFound(what="contribution").at("contribution")  # to the letter as where there is none
    return row["author_kind"] if act == "release_contribution" else None


async def _window(unit: Unit, name: str | None, located: Located) -> rules.Window | None:
    row: Mapping[str, Any] | None
    if name == "call":
        row = located.call
        if row is None and located.track is not None:
            row = await facts.latest_call(unit, located.track["id"])
        return None if row is None else rules.Window(row["opens_at"], row["closes_at"])
    if name == "consultation" and located.document is not None:
        row = located.document
        return rules.Window(row["comments_open_at"], row["comments_close_at"]) if row["comments_open_at"] else None
    if name == "silence":
        row = located.row if located.kind == "silence" else None
        if row is None and located.document is not None:
            row = await facts.latest_silence(unit, located.document["id"])
        return None if row is None else rules.Window(row["starts_at"], row["ends_at"])
    return None


async def _gates(unit: Unit, process: Process, act: str, located: Located) -> dict[str, rules.GateAnswer]:
    """Each gate of the act, asked of the database. A gate is about a document: with none at hand it has nothing open."""
    if located.track is None:
        return {}
    kind = None if located.document is None else located.document["kind"]
    answers = {}
    for name in rules.gates_of(process, located.track["definition"], located.track["stage"], act, kind):
        count, ids = 0, tuple[str, ...]()
        if located.document is not None:
            count, ids = await facts.FACTS[questions.gate(name).fact](unit, located.document)
        is_open, sentence = questions.answer(name, count, ids)
        answers[name] = rules.GateAnswer(name, is_open, sentence, count, tuple(ids))
    return answers
