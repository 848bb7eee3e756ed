"""The younger words of the language, put into a definition here and there: days of the year, shortest times of a track,
texts that end twice, tracks that review somebody.

Drawn apart from the rest, so that a definition of a number stays what it was where none of them is drawn.
"""

import datetime as dt
from random import Random
from typing import Any

from forum.workflow.vocabulary import SUBJECT_ACTS
from forum.workflow.when import MONTHS

from .skeletons import CLOSINGS, ENDING

Table = dict[str, Any]
SUMMIT = dt.date(2030, 10, 21)  # near the days on which the runs put it


def widened(chance: Random, made: Table) -> None:
    """Put in none of these words, or some."""
    for put in (_days_of_the_year, _shortest_times, _second_closing, _review):
        if chance.random() < 0.15:
            put(chance, made)


def _days_of_the_year(chance: Random, made: Table) -> None:
    """Dates of stages, told as days of the year."""
    stages = [stage for track in made["tracks"].values() for stage in track["stages"].values() if "opens" in stage]
    for stage in chance.sample(stages, min(len(stages), chance.choice((1, 2)))):
        for edge in ("opens", "closes"):
            weeks = stage[edge].partition(" weeks before")[0]
            day = SUMMIT - dt.timedelta(weeks=int(weeks)) if weeks.isdigit() else SUMMIT
            side = chance.choice(("before", "of")) if day.year == SUMMIT.year else "before"
            if chance.random() < 0.8:
                stage[edge] = (
                    f"{min(day.day, 28)} {MONTHS[day.month - 1]} {side} summit{chance.choice(('', ' at 12:00'))}"
                )


def _shortest_times(chance: Random, made: Table) -> None:
    track = chance.choice(list(made["tracks"].values()))
    lengths = {"call": "9 days", "consultation": "8 days", "silence": "40 hours", "translation": "1 week"}
    track["minimums"] = {kind: lengths[kind] for kind in chance.sample(list(lengths), chance.choice((1, 2, 3)))}


def _second_closing(chance: Random, made: Table) -> None:
    """A text that ends twice; mostly where there is an act for it as well."""
    kind, document = chance.choice(list(made["documents"].items()))
    tracks = [track for track in made["tracks"].values() if kind in track.get("documents", ())]
    first = made["closings"][document["closing"]]["how"]
    name = chance.choice([name for name, how in CLOSINGS.items() if how["how"] not in (first, "no_objection")])
    made["closings"].setdefault(name, dict(CLOSINGS[name]))
    document["then"] = name
    for track in tracks if chance.random() < 0.9 else ():
        stages = [stage for stage in track["stages"].values() if not stage.get("final")]
        acts = chance.choice((track["always"], stages[-1].setdefault("acts", {})))
        acts.setdefault(ENDING[name], {"by": ["office"]})


def _review(chance: Random, made: Table) -> None:
    """A track that reviews a state, and acts of that state alone."""
    track = made["tracks"]["main"]
    track["reviews"] = True
    for stage in track["stages"].values():
        for act, rule in stage.get("acts", {}).items():
            if act in SUBJECT_ACTS and chance.random() < 0.7:
                stage["acts"][act] = {**rule, "subject": True}
