"""Changes that make another definition of one: a right given or taken, a way added, a gate, a clock, a date, a text."""

from collections.abc import Callable
from random import Random
from typing import Any

from forum.workflow.act_names import FORUM_ACTS, IN_PROCESSES
from forum.workflow.vocabulary import CLOCK_INSTANTS, ROLES, STATUSES

from .skeletons import CLOSINGS, GATES, OFFICE

Table = dict[str, Any]
AT_STAGES = tuple(act for act in IN_PROCESSES if act not in FORUM_ACTS)
WINDOW_OF = {
    "save_contribution": "call", "release_contribution": "call", "submit_contribution": "call",
    "withdraw_contribution": "call", "decline_call": "call", "add_comment": "consultation", "break_silence": "silence",
    "place_reservation": "silence",
}  # fmt: skip


def mutated(chance: Random, made: Table) -> None:
    """Change a definition in one place, if the change drawn fits it."""
    chance.choice(CHANGES)(chance, made)


def _stage(chance: Random, made: Table) -> tuple[Table, Table]:
    track = chance.choice(list(made["tracks"].values()))
    return track, chance.choice(list(track["stages"].values()))


def _rule(chance: Random, made: Table) -> Table | None:
    track, stage = _stage(chance, made)
    acts = chance.choice((track["always"], stage.get("acts", {})))
    if not acts:
        return None
    act = chance.choice(list(acts))
    acts[act] = dict(acts[act])
    rule: Table = acts[act]
    return rule


def give(chance: Random, made: Table) -> None:
    """An act more, at a stage or everywhere."""
    track, stage = _stage(chance, made)
    act = chance.choice(AT_STAGES)
    rule: Table = {"by": chance.choice((["office"], ["all"], ["member"], ["penholder", "chair"], ["coordinator"]))}
    if act in WINDOW_OF:
        rule = {"by": ["member"] if WINDOW_OF[act] == "silence" else ["all"], "window": WINDOW_OF[act]}
    if act == "release_contribution":
        del rule["by"]
    chance.choice((track["always"], stage.setdefault("acts", {})))[act] = rule


def take(chance: Random, made: Table) -> None:
    """An act less."""
    _, stage = _stage(chance, made)
    if acts := stage.get("acts"):
        del acts[chance.choice(list(acts))]


def lead(chance: Random, made: Table) -> None:
    """Another way by hand."""
    track, stage = _stage(chance, made)
    if not stage.get("final"):
        stage["to"] = sorted({*stage.get("to", ()), chance.choice(list(track["stages"]))})


def bar(chance: Random, made: Table) -> None:
    """A way by hand less."""
    _, stage = _stage(chance, made)
    if stage.get("to"):
        stage["to"] = chance.sample(stage["to"], len(stage["to"]) - 1)
        if not stage["to"]:
            del stage["to"]


def clock(chance: Random, made: Table) -> None:
    """Another move of the clock."""
    track, stage = _stage(chance, made)
    if stage.get("final"):
        return
    move: Table = {"at": chance.choice(CLOCK_INSTANTS), "to": chance.choice(list(track["stages"]))}
    if chance.random() < 0.3:
        move["gates"] = [chance.choice(GATES)]
    stage["clock"] = [*stage.get("clock", ()), move]


def unclock(chance: Random, made: Table) -> None:
    """No move of the clock at a stage."""
    _stage(chance, made)[1].pop("clock", None)


def gate(chance: Random, made: Table) -> None:
    """A question that must be answered first: of an act, of a stage, of a kind of text, of a clock."""
    _, stage = _stage(chance, made)
    asked, where = chance.choice(GATES), chance.randint(0, 3)
    if where == 0 and (rule := _rule(chance, made)) is not None:
        rule["gates"] = [asked]
    elif where == 1:
        stage["needs"] = [asked]
    elif where == 2:
        chance.choice(list(made["documents"].values()))["gates"] = [asked]
    elif stage.get("clock"):
        stage["clock"] = [dict(move) for move in stage["clock"]]
        chance.choice(stage["clock"])["gates"] = [asked]


def hands(chance: Random, made: Table) -> None:
    """The same act in other hands."""
    if rule := _rule(chance, made):
        rule["by"] = chance.sample(ROLES, chance.randint(1, 2))
        if chance.random() < 0.3:
            rule["statuses"] = [chance.choice(STATUSES)]
        if chance.random() < 0.2:
            rule["mechanisms"] = [chance.choice(list(made["mechanisms"]))]


def window(chance: Random, made: Table) -> None:
    """An act that waits for a window, or no longer does."""
    if rule := _rule(chance, made):
        if "window" in rule:
            del rule["window"]
        else:
            rule["window"] = chance.choice(("call", "consultation", "silence", "stage"))


def dates(chance: Random, made: Table) -> None:
    """A stage at other dates, or at none."""
    _, stage = _stage(chance, made)
    if chance.random() < 0.3:
        stage.pop("opens", None)
        stage.pop("closes", None)
        stage.pop("grace", None)
    else:
        weeks = chance.randint(1, 45)
        stage[chance.choice(("opens", "closes"))] = f"{weeks} weeks before summit"


def text(chance: Random, made: Table) -> None:
    """Another kind of text on the track, or another way in which one ends."""
    name = chance.choice(list(CLOSINGS))
    made["closings"].setdefault(name, dict(CLOSINGS[name]))
    kind = chance.choice((*made["documents"], "extra"))
    made["documents"][kind] = {**made["documents"].get(kind, {"title": "Extra"}), "closing": name}
    track = made["tracks"]["main"]
    track["documents"] = list(dict.fromkeys((*track["documents"], kind)))


def end(chance: Random, made: Table) -> None:
    """The edition ends at another time, or never."""
    if made.pop("ends", None) is None:
        made["ends"] = f"{chance.randint(1, 30)} weeks {chance.choice(('before', 'after', 'after'))} summit"


def words(chance: Random, made: Table) -> None:
    """Other answers: none, or only one that names a paragraph."""
    made["dispositions"] = chance.choice(({}, {"taken_up": "taken up in {paragraph}"}, {"noted": "noted"}))


def late(chance: Random, made: Table) -> None:
    """Late permits, and a grace."""
    track, stage = _stage(chance, made)
    track["always"]["permit_late_contribution"] = OFFICE
    stage["grace"] = f"{chance.randint(1, 20)} days"


def again(chance: Random, made: Table) -> None:
    """Several runs of a track, or one that waits for another."""
    track, _ = _stage(chance, made)
    if chance.random() < 0.5:
        track["repeat"] = {"at_most": chance.randint(2, 4)}
    elif "side" in made["tracks"]:
        made["tracks"]["side"]["after"] = "main"


CHANGES: tuple[Callable[[Random, Table], None], ...] = (
    give, give, take, take, lead, bar, clock, unclock, gate, gate, hands, window, dates, dates, text, end, words, late,
    again,
)  # fmt: skip
