"""Who can hold a role: the roles that mandates of a process can fill, and the rules that somebody can ever use."""

from .act_names import ACTS_OF_PARTICIPANTS, WHILE_SILENT
from .floor import TEAM
from .process import Process, Rule, Track
from .vocabulary import BODIES, PARTICIPANT_ROLES, ROLES

# These need no entry under [bodies]: the forum exists before its process, mechanisms have a list of their own.
STANDING = ("forum", "mechanism")
# No mandate is for one of these: they say as what an organisation takes part, and its people act as its focal points,
# delegates and representatives. A rule may name them beside others; alone they are nobody.
OF_SEATS = frozenset(("observer", "participant"))
# These speak for an organisation that takes part, and so for one that is under review.
SPEAKING = frozenset(("national_focal_point", "delegate", "representative"))
# To these a body gives the role itself: what is a body's own they do, wherever they come from.
OF_THE_BODY = TEAM | {"coordinator"}
# A body at one of these layers is chaired by the organisation for which its people speak: a national platform by its
# state. At the others many take part and few chair, so that who speaks for one of them does nothing that is the body's.
CHAIRED_BY_ITS_OWN = frozenset(("local", "national"))
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


def able(process: Process, rule: Rule) -> frozenset[str]:
    """The roles of a rule in which the service lets somebody do the act: what one does where one's organisation takes
    part in any of them, what is a body's own in those that the body gave and for its chair."""
    if rule.act in ACTS_OF_PARTICIPANTS:
        return rule.roles
    return rule.roles & (OF_THE_BODY | SPEAKING if process.layer in CHAIRED_BY_ITS_OWN else OF_THE_BODY)


def may(process: Process, track: Track, rule: Rule, roles: frozenset[str]) -> bool:
    """Whether anybody can exist who may use a rule; `roles` are those that can be filled."""
    held = (able(process, rule) & roles) - OF_SEATS
    if rule.act not in BEFORE_A_BODY:
        held -= {"member"}
    if rule.subject:
        held &= SPEAKING
    if rule.convenors and not rule.convenors & set(convenors(process, track)):
        return False
    if rule.mechanisms and not rule.mechanisms & set(process.mechanisms):
        held -= PARTICIPANT_ROLES
    return bool(held)
