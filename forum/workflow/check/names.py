"""The words of a definition: acts and gates that the code has, roles and mechanisms that exist, acts in their place."""

from collections.abc import Iterator

from ..act_names import FORUM_ACTS
from ..finding import Finding
from ..process import Process, Rule
from ..toml_table import hint
from ..vocabulary import AUTHORS, ROLES

# Which act opens a gate, bit by bit. A gate that nothing can open would hold a text back for ever.
OPENED_BY = {
    "every_input_answered": "record_disposition",
    "every_comment_answered": "record_disposition",
    "every_paragraph_sourced": "cite_source",
}
NEEDS_WORDS = ("every_input_answered", "every_comment_answered")


def findings(process: Process, known_acts: frozenset[str], known_gates: frozenset[str]) -> Iterator[Finding]:
    """Every word that is not known, and every gate without the words or acts that open it."""
    for track, stage, rule in process.rules():
        yield from (_at(track, stage, rule, *fault) for fault in _rule_faults(process, track, rule, known_acts))
    yield from _clocks(process, known_acts)
    for gate, where, at, line in _gates(process):
        if gate not in known_gates:
            yield Finding("unknown_gate", f"There is no gate {gate}.", hint(gate, known_gates), line, where, at)
    yield from _openings(process)
    yield from _elsewhere(process)


def _elsewhere(process: Process) -> Iterator[Finding]:
    """Roles and mechanisms named outside the rules: whom reminders go through, who may come to a meeting."""
    for role in process.reminders.through:
        if role not in ROLES:
            text = f"Reminders go through {role}, which is no role."
            yield Finding("unknown_role", text, hint(role, ROLES), process.reminders.line)
    for meeting in process.meetings.values():
        for mechanism in meeting.mechanisms:
            if mechanism not in process.mechanisms:
                text = f"{meeting.name} is open to the mechanism {mechanism}."
                yield Finding("unknown_mechanism", text, "List it under [mechanisms].", meeting.line)


def _at(track: str, stage: str, rule: Rule, code: str, message: str, remedy: str) -> Finding:
    return Finding(code, message, remedy, rule.line, track or None, stage or None)


def _rule_faults(
    process: Process, track: str, rule: Rule, known_acts: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    act = rule.act
    if act not in known_acts:
        yield "unknown_act", f"This service has no act {act}.", "Take it out, or use a newer version of the service."
    if track and act in FORUM_ACTS:
        yield (
            "misplaced_act",
            f"{act} is asked of the forum; no stage of an edition can give it.",
            "Move it to [forum_acts].",
        )
    if not track and act not in FORUM_ACTS:
        yield "misplaced_act", f"{act} is done inside an edition.", "Move it to a stage, or to [tracks.<name>.always]."
    for role in sorted((rule.roles | frozenset(rule.release.values())) - frozenset(ROLES)):
        yield "unknown_role", f"{act} is given to {role}, which is neither a role nor a group.", hint(role, ROLES)
    for mechanism in sorted(rule.mechanisms - frozenset(process.mechanisms)):
        yield "unknown_mechanism", f"{act} names the mechanism {mechanism}.", "List it under [mechanisms]."
    if act == "release_contribution":
        missing = [author for author in AUTHORS if author not in rule.release]
        if missing:
            text = f"Nobody releases a contribution whose author is a {' or a '.join(missing)}."
            yield "nobody_releases", text, "Say who under [release]."


def _clocks(process: Process, known_acts: frozenset[str]) -> Iterator[Finding]:
    for track in process.tracks.values():
        for stage in track.stages.values():
            for clock in stage.clocks:
                if clock.act not in known_acts:
                    text = f"The clock records {clock.act}, an act this service does not have."
                    yield Finding("unknown_act", text, "Leave `act` out.", clock.line, track.name, stage.id)


def _gates(process: Process) -> Iterator[tuple[str, str | None, str | None, int | None]]:
    for track, stage_id, rule in process.rules():
        yield from ((gate, track or None, stage_id or None, rule.line) for gate in rule.gates)
    for path in process.tracks.values():
        for stage in path.stages.values():
            yield from ((gate, path.name, stage.id, stage.line) for gate in stage.needs)
            yield from ((gate, path.name, stage.id, clock.line) for clock in stage.clocks for gate in clock.gates)
    for document in process.documents.values():
        makers = [track.name for track in process.tracks.values() if document.kind in track.documents]
        for name in makers or (None,):
            yield from ((gate, name, None, document.line) for gate in document.gates)


def _openings(process: Process) -> Iterator[Finding]:
    acts_of = {
        track.name: {act for stage in track.stages for act in track.rules(stage)} for track in process.tracks.values()
    }
    for gate, track, stage, line in _gates(process):
        if gate in NEEDS_WORDS and not process.dispositions:
            text = f"{gate} asks for answers, and the process has no words for them."
            yield Finding("dispositions_missing", text, "List them under [dispositions].", line, track, stage)
        act = OPENED_BY.get(gate)
        if act and track and act not in acts_of[track]:
            text = f"{gate} can never open: no stage of this track gives {act}."
            yield Finding("gate_cannot_open", text, f"Give {act} to somebody.", line, track, stage)
