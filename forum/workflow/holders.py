"""Who can hold a role: the roles that mandates of a process can fill, and the rules that somebody can ever use."""

from .act_names import WHILE_SILENT
from .process import Process, Rule, Track
from .vocabulary import BODIES, PARTICIPANT_ROLES, ROLES

# These need no entry under [bodies]: the forum exists before its process, mechanisms have a list of their own.
STANDING = ("forum", "mechanism")
# No mandate is for one of these: they say as what an organisation takes part, and its people act as its focal points,
# delegates and representatives. A rule may name them beside others; alone they are nobody.
OF_SEATS = frozenset(("observer", "participant"))
# These speak for an organisation that takes part, and so for one that is under review.
SPEAKING = frozenset(("national_focal_point", "delegate", "representative"))
# Somebody is a member of a body where that body is asked, and nowhere else: these acts are on a silence.
BEFORE_A_BODY = WHILE_SILENT | {"answer_objection"}


def fillable(process: Process) -> frozenset[str]:
    """The roles that somebody can hold.

    A coordinator speaks for a mechanism, so there must be one. A member sits in a body that closes texts: where the
    file lists its bodies, one of them must be of the kind that a closing names.
    """
    gone = set() if process.mechanisms else {"coordinator"}
    if bodies_missing(process):
        gone.add("member")
    return frozenset(ROLES) - gone


def bodies_missing(process: Process) -> tuple[str, ...]:
    """Kinds of body that close texts and are not listed under [bodies]. None where the file lists no body at all: then
    bodies are set up as needed."""
    if not process.bodies:
        return ()
    listed = {body.kind for body in process.bodies.values()}
    asked = dict.fromkeys(closing.by for closing in process.closings.values())
    return tuple(by for by in asked if by in BODIES and by not in STANDING and by not in listed)


def convenors(process: Process, track: Track) -> tuple[str, ...]:
    """Who convenes a track: as it says itself, else as the body does for which it is run."""
    body = process.bodies.get(track.repeat.body) if track.repeat else None
    return track.convened_by or (body.convened_by if body else ())


def may(process: Process, track: Track, rule: Rule, roles: frozenset[str]) -> bool:
    """Whether anybody can exist who may use a rule; `roles` are those that can be filled."""
    held = (rule.roles & roles) - OF_SEATS
    if rule.act not in BEFORE_A_BODY:
        held -= {"member"}
    if rule.subject:
        held &= SPEAKING
    if rule.convenors and not rule.convenors & set(convenors(process, track)):
        return False
    if rule.mechanisms and not rule.mechanisms & set(process.mechanisms):
        held -= PARTICIPANT_ROLES
    return bool(held)
