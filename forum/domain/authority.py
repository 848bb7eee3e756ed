"""Who may give, accept and end which role or office: one table, which no process can loosen.

A process says which of the acts are open to whom; where it lets somebody give or end a mandate it may only narrow what
stands here. `docs/authority.md` says the same to people, and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .enumeration import Words
from .mandate import Office, Role


class By(Words):
    """Whose word it is."""

    OFFICE = (
        "office",
        "The forum's own office: its secretariat, or a focal point or representative of the chairing organisation.",
    )
    ABOVE = "above", "The office of the body that set the forum up, or that convenes it."
    ADMINISTRATOR = "administrator", "The organisation's own administrator."
    HOLDER = "holder", "The person who holds the mandate, or is to hold it."
    REGISTRAR = "registrar", "The office of a forum that the operator entrusted with admitting organisations."
    APPLICANT = "applicant", "The person who applies for an organisation: anybody who signed in."
    OPERATOR = "operator", "The operator of the service, at the command line or with the file of bodies."


@dataclass(frozen=True)
class Line:
    """One line of the table.

    `gives`: their word is enough. `proposes`: theirs waits for one of `accepts`. `ends`: who may end it; a forum's
    office only what that forum gave. `own`: what `gives` is enough only where it names no organisation, or the giver's
    own; for another it is a proposal, since in the secretariat one acts as the chair whose organisation one is of.
    """

    gives: frozenset[By]
    proposes: frozenset[By]
    accepts: frozenset[By]
    ends: frozenset[By]
    counts: str
    own: bool = False


def _these(*who: By) -> frozenset[By]:
    return frozenset(who)


_FORUM = _these(By.OFFICE, By.ABOVE, By.OPERATOR)
_ADMINISTRATOR = _these(By.ADMINISTRATOR)
_SPEAKS = Line(
    gives=_ADMINISTRATOR,
    proposes=_FORUM,
    accepts=_ADMINISTRATOR,
    ends=_these(By.ADMINISTRATOR, By.HOLDER, By.OFFICE, By.OPERATOR),
    counts="where the organisation takes part: by a seat, by an office, or because a call is addressed to it",
)
_OF_FORUM = Line(
    gives=_FORUM,
    proposes=frozenset(),
    accepts=frozenset(),
    ends=_FORUM | {By.HOLDER, By.ADMINISTRATOR},
    counts="in the forum that gave it, and in bodies which that forum convenes",
)
_OFFICE = Line(
    gives=_FORUM,
    proposes=frozenset(),
    accepts=frozenset(),
    ends=_FORUM | {By.ADMINISTRATOR},
    counts="in the body whose office it is",
)
# Who chairs answers for the body before everybody: no organisation does so without its own word.
_CHAIR = replace(_OFFICE, proposes=_FORUM, accepts=_ADMINISTRATOR, own=True)

TABLE: Mapping[Role | Office, Line] = {
    Role.ADMINISTRATOR: Line(
        gives=_these(By.ADMINISTRATOR, By.OPERATOR),
        proposes=_these(By.REGISTRAR),
        accepts=_these(By.HOLDER),
        ends=_these(By.ADMINISTRATOR, By.HOLDER, By.OPERATOR),
        counts="for the organisation itself: says who speaks for it, and sees what its own side sees",
    ),
    Role.NATIONAL_FOCAL_POINT: _SPEAKS,
    Role.REPRESENTATIVE: _SPEAKS,
    Role.DELEGATE: _SPEAKS,
    Role.COORDINATOR: Line(
        gives=_FORUM,
        proposes=frozenset(),
        accepts=frozenset(),
        ends=_FORUM | {By.HOLDER},
        counts="for one mechanism, in the forum it was named for and in bodies which that forum convenes",
    ),
    Role.SECRETARIAT: Line(
        gives=_FORUM,
        proposes=_FORUM,
        accepts=_ADMINISTRATOR,
        ends=_FORUM | {By.HOLDER, By.ADMINISTRATOR},
        counts=_OF_FORUM.counts,
        own=True,
    ),
    Role.PENHOLDER: _OF_FORUM,
    Role.NOTE_TAKER: _OF_FORUM,
    Role.RESOURCE_PERSON: _OF_FORUM,
    Role.MODERATOR: _OF_FORUM,
    Role.LIAISON: _OF_FORUM,
    Office.CHAIR: _CHAIR,
    Office.CO_CHAIR: _CHAIR,
    Office.MEMBER: _OFFICE,
}

# Who is on the service and who takes part is judged by act: whose word each of them takes. No process opens or narrows
# these.
ADMISSION: Mapping[str, frozenset[By]] = {
    "apply_for_admission": _these(By.APPLICANT),
    "admit_organisation": _these(By.REGISTRAR, By.OPERATOR),
    "decline_application": _these(By.REGISTRAR, By.APPLICANT),
    "rename_organisation": _these(By.REGISTRAR, By.OPERATOR),
    "admit_member": _FORUM,
    "change_seat": _FORUM,
    "end_participation": _FORUM | {By.ADMINISTRATOR},
}

# Roles in which a person speaks for an organisation: these, once accepted, open what is its own side's alone.
SPEAKS_FOR = frozenset((Role.REPRESENTATIVE, Role.DELEGATE, Role.NATIONAL_FOCAL_POINT, Role.ADMINISTRATOR))
# Roles of a body's own team, which write in its name.
OF_FORUM = frozenset(
    (Role.SECRETARIAT, Role.PENHOLDER, Role.NOTE_TAKER, Role.RESOURCE_PERSON, Role.MODERATOR, Role.LIAISON)
)
# What is judged by the table: no process opens these, and one can only narrow the first two.
GIVING_AND_ENDING = frozenset(("grant_mandate", "end_mandate"))
ACTS_OF_AUTHORITY = GIVING_AND_ENDING | {
    "accept_mandate", "decline_mandate", "name_representative", "set_clearance_rule",
}  # fmt: skip
# What one's own side clears among itself (`domain/clearance.py`): open to who speaks for the organisation, by no
# process.
ACTS_OF_CLEARANCE = frozenset(("clear_contribution", "clear_comment", "withdraw_clearance"))


def at_once(office_or_role: Role | Office, by: frozenset[By], *, own: bool) -> bool:
    """Whether the word of these is enough; `own`: it names the giver's own organisation, or none."""
    line = TABLE[office_or_role]
    return bool(by & line.gives) and (own or not line.own)


def may_propose(office_or_role: Role | Office, by: frozenset[By]) -> bool:
    """Whether these may propose it, so that it waits for whoever accepts it."""
    return bool(by & TABLE[office_or_role].proposes)


def may_accept(office_or_role: Role | Office, by: frozenset[By]) -> bool:
    """Whether these may accept a proposal, or decline it."""
    return bool(by & TABLE[office_or_role].accepts)


def may_end(office_or_role: Role | Office, by: frozenset[By]) -> bool:
    """Whether these may end it."""
    return bool(by & TABLE[office_or_role].ends)


_ASK = {
    By.OFFICE: "the secretariat of the forum",
    By.ABOVE: "the secretariat of the body that set it up or convenes it",
    By.ADMINISTRATOR: "the organisation's administrator",
    By.HOLDER: "the person who holds it",
    By.REGISTRAR: "the secretariat of a forum that admits organisations",
    By.APPLICANT: "the person who applied",
    By.OPERATOR: "the operator of this service",
}


def whom_to_ask(who: frozenset[By]) -> tuple[str, ...]:
    """Those whose word it takes, as a person would be told to ask them."""
    return tuple(_ASK[by] for by in By if by in who)


_HOW = {
    "grant_mandate": "Ask them to give it, or to propose it to the organisation.",
    "end_mandate": "Ask them to end it.",
    "accept_mandate": "Ask them to accept it.",
    "decline_mandate": "Ask them to decline it.",
    "name_representative": "Ask them to name the person.",
    "apply_for_admission": "Ask them to apply.",
    "admit_organisation": "Ask them to admit the organisation, or apply there (applyForAdmission).",
    "decline_application": "Ask them to answer it.",
    "rename_organisation": "Ask them to rename it, and say on whose word.",
    "set_clearance_rule": "Ask them to change it.",
    "clear_contribution": "Ask them to clear it.",
    "clear_comment": "Ask them to clear it.",
    "withdraw_clearance": "Ask them to take it back.",
    "admit_member": "Ask them to let the organisation take part.",
    "change_seat": "Ask them to change the seat.",
    "end_participation": "Ask them to end it.",
    "propose_agreement": "Ask them to propose it.",
    "accept_agreement": "Ask them to accept it.",
    "decline_agreement": "Ask them to decline it.",
    "end_agreement": "Ask them to end it.",
    "invite_person": "Ask them to invite the person.",
    "invite_people": "Ask them to invite the people.",
    "end_invitation": "Ask them to end it.",
}


def how_to_ask(act: str) -> str:
    """What to ask them for, of an act of authority or admission, on an agreement or a clearance; a whole sentence."""
    return _HOW[act]
