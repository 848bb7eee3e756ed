"""Definitions that are meant to be sound, drawn at random: what mutations (`mutations.py`) begin from.

A track goes from a call over drafting and a consultation to the way in which its texts end; which of these there are,
which texts, dates, clocks, gates and rights, is drawn.
"""

from itertools import pairwise
from random import Random
from typing import Any

Table = dict[str, Any]

OFFICE = {"by": ["office"]}
WRITING = (
    "draft_document", "write_paragraph", "revise_paragraph", "withdraw_paragraph", "cite_source", "add_recommendation",
    "circulate_document", "record_disposition", "record_joint_disposition",
)  # fmt: skip
TAKING_IN = ("admit_contribution", "return_contribution", "record_contribution", "receive_contribution")
FORUM = (
    "record_edition", "clone_edition", "adopt_process", "migrate_edition", "undo_migration", "move_anchor",
    "withdraw_edition", "establish_body", "extend_body", "rename_forum", "end_mandate",
)  # fmt: skip
CLOSINGS = {
    "by_chair": {"how": "issued", "by": "chair", "on_paper": "Issued on {date}"},
    "by_body": {"how": "endorsed", "by": "chair", "on_paper": "Endorsed by {body}"},
    "by_vote": {"how": "adopted", "by": "chair", "on_paper": "Adopted"},
    "by_silence": {"how": "no_objection", "by": "steering_group", "on_paper": "No objection by {date}"},
}
ENDING = {"by_chair": "issue_document", "by_body": "endorse_document", "by_vote": "endorse_document",
          "by_silence": "start_silence"}  # fmt: skip
GATES = ("every_input_answered", "every_comment_answered", "every_paragraph_sourced", "no_paragraph_contested",
         "no_call_open")  # fmt: skip
WEEKS = 40  # before the summit the first stage opens


def skeleton(chance: Random) -> Table:
    """A whole definition."""
    kinds = chance.sample(list(CLOSINGS), chance.choice((1, 1, 1, 2)))
    made: Table = {
        "name": "odd", "version": "1", "title": "Odd", "layer": "regional",
        "zone": chance.choice(("UTC", "Europe/Zurich", "Pacific/Auckland")),
        "anchors": {"summit": {"title": "Summit"}},
        "groups": {"office": ["chair", "secretariat"], "all": ["national_focal_point", "delegate", "representative"]},
        "release": {"state": "national_focal_point", "organisation": "representative", "mechanism": "coordinator",
                    "forum": "secretariat"},
        "mechanisms": {"states": "States", "civil_society": "Civil society"},
        "forum_acts": dict.fromkeys(("open_edition", "publish_process", "grant_mandate"), OFFICE),
        "dispositions": {"noted": "noted", "taken_up": "taken up in paragraph {paragraph}"},
        "closings": {name: dict(CLOSINGS[name]) for name in kinds},
        "documents": {f"paper_{n}": {"title": "Paper", "closing": name} for n, name in enumerate(kinds)},
        "tracks": {},
    }  # fmt: skip
    made["forum_acts"] |= dict.fromkeys(chance.sample(FORUM, chance.randint(0, 3)), OFFICE)
    if chance.random() < 0.3:
        made["ends"] = f"{chance.randint(1, 20)} weeks after summit"
    if chance.random() < 0.3:
        made["minimums"] = {"silence": f"{chance.choice((24, 48))} hours", "call": "1 week"}
    if chance.random() < 0.2:
        made["reminders"] = {"days": [7, 1], "through": ["delegate"]}
    if "by_silence" in kinds and chance.random() < 0.5:
        made["closings"]["by_silence"]["hours"] = chance.choice((24 * 2, 72, 24 * 10))
    made["tracks"]["main"] = track(chance, kinds)
    for document in made["documents"].values():
        if chance.random() < 0.5:
            document["gates"] = [chance.choice(GATES[:2])]
    if len(kinds) > 1 and chance.random() < 0.4:
        made["documents"]["paper_1"]["sources"] = ["paper_0"]
    if chance.random() < 0.2:
        made["tracks"]["side"] = side(chance)
        if "by_chair" in kinds and "after" not in made["tracks"]["side"] and chance.random() < 0.5:
            _with_a_note(made)
    if chance.random() < 0.3:
        made["documents"]["paper_0"]["due"] = "summit"
    if chance.random() < 0.3:
        made["transmissions"] = [{"document": "paper_0", "outside": True}]
    return made


def track(chance: Random, kinds: list[str]) -> Table:
    """The main path: its stages in order, each with the acts it is for."""
    made: Table = {"title": "Main", "initial": "", "documents": [f"paper_{n}" for n in range(len(kinds))]}
    if chance.random() < 0.15:
        made["repeat"] = {"at_most": 3}
    made["always"] = {"advance_stage": OFFICE}
    for act, share in (("extend_window", 0.6), ("permit_late_contribution", 0.3), ("switch_reminders", 0.2),
                       ("record_meeting", 0.2)):  # fmt: skip
        if chance.random() < share:
            made["always"][act] = OFFICE
    stages: Table = {}
    if chance.random() < 0.8:
        stages["call"] = _call(chance)
    stages["drafting"] = {"title": "Drafting", "acts": _writing(chance, "call" in stages)}
    if chance.random() < 0.4:
        stages["consultation"] = _consultation(chance)
    for name in dict.fromkeys(ENDING[kind] for kind in kinds):
        stages[name.split("_")[0]] = _ending(chance, name)
    stages["over"] = {"title": "Over", "final": True}
    if chance.random() < 0.3:
        stages["over"]["acts"] = dict.fromkeys(("transmit_document", "deliver_document", "correct_document"), OFFICE)
    made["initial"], made["stages"] = next(iter(stages)), stages
    _led_on(chance, stages, ended="call" in stages)
    _dated(chance, stages)
    return made


def side(chance: Random) -> Table:
    """A small second path, which may begin when the first has ended."""
    stages = {
        "waiting": {"title": "Waiting", "to": ["done"], "acts": {"record_meeting": OFFICE}},
        "done": {"title": "Done", "final": True},
    }
    made: Table = {"title": "Side", "initial": "waiting", "always": {"advance_stage": OFFICE}, "stages": stages}
    if chance.random() < 0.5:
        made["after"] = "main"
    return made


def _with_a_note(made: Table) -> None:
    """The second path brings out a text that one of the main path is made from."""
    made["documents"]["note"] = {"title": "Note", "closing": "by_chair"}
    made["documents"]["paper_0"]["sources"] = ["note"]
    made["tracks"]["side"]["documents"] = ["note"]
    acts = ("draft_document", "write_paragraph", "issue_document")
    made["tracks"]["side"]["stages"]["waiting"]["acts"] |= dict.fromkeys(acts, OFFICE)


def _call(chance: Random) -> Table:
    late = {"by": ["all"], "window": "call"}
    acts: Table = {
        "issue_call": OFFICE, "save_contribution": late, "release_contribution": {"window": "call"},
        "submit_contribution": late,
    }  # fmt: skip
    for act in chance.sample(("withdraw_contribution", "decline_call"), chance.randint(0, 2)):
        acts[act] = late
    acts |= dict.fromkeys(chance.sample(TAKING_IN, chance.randint(0, 3)), OFFICE)
    if chance.random() < 0.3:
        acts |= dict.fromkeys(("withdraw_call", "withdraw_recorded_contribution"), OFFICE)
    made: Table = {"title": "Call", "acts": acts}
    if chance.random() < 0.4:
        made["grace"] = f"{chance.randint(1, 3)} days"
    return made


def _writing(chance: Random, inputs: bool) -> Table:
    hand = chance.choice((OFFICE, {"by": ["penholder"]}, {"by": ["office", "penholder"]}))
    left_out = chance.sample(WRITING[2:], chance.randint(0, 2))
    acts = {act: hand for act in (*WRITING, "withdraw_document") if act not in left_out}
    if inputs and "record_disposition" not in acts:
        acts["record_joint_disposition"] = hand
    return acts


def _consultation(chance: Random) -> Table:
    acts = {
        "circulate_document": OFFICE, "add_comment": {"by": ["all"], "window": "consultation"},
        "record_disposition": OFFICE, "revise_paragraph": OFFICE,
    }  # fmt: skip
    return {"title": "Consultation", "acts": acts}


def _ending(chance: Random, act: str) -> Table:
    acts: Table = {act: OFFICE, "record_disposition": OFFICE}
    made: Table = {"title": act.replace("_", " ").title(), "acts": acts}
    if act == "start_silence":
        acts["break_silence"] = {"by": ["member"], "window": "silence"}
        acts["answer_objection"] = OFFICE
        if chance.random() < 0.7:
            acts["place_reservation"] = {"by": ["member"], "window": "silence"}
    elif chance.random() < 0.3:
        acts[act] = {"by": ["office"], "gates": [chance.choice(GATES[:2])]}
    return made


def _led_on(chance: Random, stages: Table, ended: bool) -> None:
    """From each stage to the next, by hand or by the clock; and back, here and there."""
    order = list(stages)
    for here, onward in pairwise(order):
        stage = stages[here]
        stage["to"] = [onward]
        back = order[: order.index(here)]
        if here == "start":
            stage["clock"] = [{"at": "silence_closes", "to": onward, "gates": ["no_paragraph_contested"]}]
            stage["to"] = ["drafting"]
            continue
        if back and chance.random() < 0.2:
            stage["to"].append(chance.choice(back))
        edge = {"call": "call_closes", "consultation": "consultation_closes"}.get(here)
        if edge and chance.random() < 0.7:
            stage["clock"] = [{"at": edge, "to": onward}]
            if chance.random() < 0.3:
                stage["to"] = [to for to in stage["to"] if to != onward]
        elif chance.random() < 0.2:
            stage["clock"] = [{"at": "stage_closes", "to": onward}]
            if chance.random() < 0.5:
                stage["to"] = [to for to in stage["to"] if to != onward]
    if ended and chance.random() < 0.5:
        stages["over"]["needs"] = ["every_input_answered"]


def _dated(chance: Random, stages: Table) -> None:
    """Planned dates, one after the other; a stage without any, here and there."""
    weeks = WEEKS
    for name, stage in stages.items():
        length = chance.randint(2, 6)
        if not stage.get("final"):
            clocked = any(clock["at"] == "stage_closes" for clock in stage.get("clock", ()))
            if clocked or chance.random() < 0.8:
                stage["opens"] = f"{weeks} weeks before summit"
                stage["closes"] = f"{weeks - length} weeks before summit"
        weeks -= length
        if name == "call" and "closes" not in stage:
            stage.pop("grace", None)
