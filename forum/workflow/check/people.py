"""People: roles that nobody can hold, stages at which nobody can act, convenors whose rights conflict."""

from collections.abc import Callable, Collection, Iterator

from .. import holders
from ..act_names import ACTS
from ..finding import Finding
from ..process import Process, Rule, Track
from ..toml_table import hint
from ..vocabulary import LAYERS, ROLES, SUBJECT_ACTS


def findings(process: Process, receivers: Collection[str] | None = None) -> Iterator[Finding]:
    """Every right that nobody can use, or that two hold against each other."""
    roles = holders.fillable(process)
    yield from _unfilled(process, roles)
    yield from _not_the_bodys(process)
    for track in process.tracks.values():
        yield from _nobody(track, lambda rule, track=track: holders.may(process, track, rule, roles))  # type: ignore[misc]
        yield from _rights(process, track)
    yield from _convenors(process, receivers)
    yield from _subjects(process)


def _unfilled(process: Process, roles: frozenset[str]) -> Iterator[Finding]:
    """Each role once, where it is first named. Who releases is told by kind of author, and one may not come up."""
    reported: set[str] = set()
    for track, stage, rule in process.rules():
        for role in sorted(rule.roles & set(ROLES) - roles - reported):
            if rule.act == "release_contribution":
                continue
            reported.add(role)
            why, remedy = _why(process, role)
            text = f"{rule.act} is given to {role}, a role that no mandate can fill: {why}."
            yield Finding("role_unfilled", text, remedy, rule.line, track or None, stage or None)
    for kind in holders.bodies_missing(process):
        line = next(closing.line for closing in process.closings.values() if closing.by == kind)
        text = f"A text is closed by a {kind}, and [bodies] has none of that kind."
        yield Finding("body_missing", text, f'Add one with kind = "{kind}" under [bodies].', line)


def _not_the_bodys(process: Process) -> Iterator[Finding]:
    """Acts of the body's own that are given only to people whom the service turns away from them."""
    for track, stage, rule in process.rules():
        known = track and rule.act in ACTS and rule.roles and rule.roles <= set(ROLES)
        if not known or rule.subject or holders.able(process, rule):
            continue
        text = (
            f"{rule.act} is the body's own act, and is given only to {', '.join(sorted(rule.roles))}: they speak for "
            "those that take part, and the service turns them away where their organisation does not chair."
        )
        remedy = f"Name in `by` one to whom the body gives the role: {', '.join(sorted(holders.OF_THE_BODY))}."
        yield Finding("not_the_bodys", text, remedy, rule.line, track, stage or None)


def _why(process: Process, role: str) -> tuple[str, str]:
    if role == "coordinator":
        return "the file has no [mechanisms] to coordinate", "List them under [mechanisms], or take the role out."
    kinds = ", ".join(holders.bodies_missing(process))
    return f"members sit in a {kinds}, and [bodies] has none", "List the body under [bodies], or take the role out."


def _nobody(track: Track, may: Callable[[Rule], bool]) -> Iterator[Finding]:
    for stage in track.stages.values():
        rules = track.rules(stage.id)
        if stage.final or any(may(rule) for rule in rules.values()) or (not rules and stage.clocks):
            continue
        text = f"At {stage.id} nobody who can exist may do anything."
        remedy = f"Give acts to roles that mandates can fill, under [tracks.{track.name}.stages.{stage.id}.acts]."
        yield Finding("nobody_acts", text, remedy, stage.line, track.name, stage.id)


def _rights(process: Process, track: Track) -> Iterator[Finding]:
    convening = holders.convenors(process, track)
    body = process.bodies.get(track.repeat.body) if track.repeat else None
    if body and body.convened_by and set(track.convened_by) - set(body.convened_by):
        other = ", ".join(sorted(set(track.convened_by) - set(body.convened_by)))
        text = f"The track is convened by {other}, and {body.name}, for which it is run, is not."
        yield Finding("convenors_conflict", text, "Give both the same `convened_by`.", track.line, track.name)
    stages = [("", track.always), *((stage.id, stage.acts) for stage in track.stages.values())]
    for stage, rules in stages:
        for rule in rules.values():
            for convenor in sorted(rule.convenors - set(convening)):
                text = f"{rule.act} is given to the convenor {convenor}, which does not convene this track."
                known = hint(convenor, convening) if convening else "Say `convened_by` at the track."
                yield Finding("unknown_convenor", text, known, rule.line, track.name, stage or None)
            left = sorted(set(convening) - rule.convenors)
            if track.rights == "equal" and rule.convenors and left and rule.convenors & set(convening):
                text = f"The convenors have equal rights, and yet {rule.act} is kept from {', '.join(left)}."
                remedy = 'Take `convenors` away, or write rights = "lead" at the track.'
                yield Finding("convenors_conflict", text, remedy, rule.line, track.name, stage or None)


def _subjects(process: Process) -> Iterator[Finding]:
    """Acts of the subject under review: on a track that reviews somebody, of those that take part, by who speaks for
    it."""
    for name, stage, rule in process.rules():
        if not rule.subject:
            continue
        place = (rule.line, name or None, stage or None)
        if name not in process.tracks or not process.tracks[name].reviews:
            text = f"{rule.act} is given to the subject under review, and this track reviews nobody."
            yield Finding("subject_missing", text, "Write reviews = true at the track, or take `subject` away.", *place)
        elif rule.act not in SUBJECT_ACTS:
            text = f"{rule.act} is given to the subject under review, which can hand in and comment, and no more."
            yield Finding("subject_unheard", text, "Take `subject` away from this rule.", *place)
        elif not rule.roles & holders.SPEAKING and rule.act != "release_contribution":
            roles = ", ".join(sorted(rule.roles))
            text = f"{rule.act} is given to the subject under review, for which none of these speaks: {roles}."
            yield Finding("subject_unheard", text, f"Name one of: {', '.join(sorted(holders.SPEAKING))}.", *place)


_UNKNOWN = "which is neither a layer, nor a known process, nor one of [mechanisms]"


def _convenors(process: Process, receivers: Collection[str] | None) -> Iterator[Finding]:
    """Convenors that are neither a layer, a known process nor a mechanism; silent where the other processes are not
    known."""
    if receivers is None:
        return
    known = {*receivers, process.name, *LAYERS, *process.mechanisms}
    for track in process.tracks.values():
        for convenor in track.convened_by:
            if convenor not in known:
                text = f"The track is convened by {convenor}, {_UNKNOWN}."
                yield Finding("unknown_convenor", text, hint(convenor, known), track.line, track.name)
    for body in process.bodies.values():
        for convenor in body.convened_by:
            if convenor not in known:
                text = f"{body.name} is convened by {convenor}, {_UNKNOWN}."
                yield Finding("unknown_convenor", text, hint(convenor, known), body.line)
