"""The table of docs/authority.md, and who may do which act by the processes that the model knows: typed a second time.

Nothing of `forum` is imported. What stands here was read from the pages and from `workflows/`, and is compared with
what the service does."""

from dataclasses import dataclass

OFFICE, ABOVE, ADMINISTRATOR, HOLDER = "office", "above", "administrator", "holder"  # the operator asks nobody

SPEAKING = frozenset(("national_focal_point", "representative", "delegate"))
HEADS = SPEAKING - {"delegate"}  # who may act as the office of a body that their organisation chairs
TEAM = frozenset(("secretariat", "penholder", "note_taker", "resource_person", "moderator", "liaison"))
CHAIRS = frozenset(("chair", "co_chair"))
OFFICES = CHAIRS | {"member"}


@dataclass(frozen=True)
class Line:
    """By whose word a role or office is given, proposed, accepted and ended. `own`: given at once only to somebody of
    the giver's own organisation."""

    given: frozenset[str]
    proposed: frozenset[str]
    accepted: frozenset[str]
    ended: frozenset[str]
    own: bool = False


def _line(given: str, proposed: str, accepted: str, ended: str, *, own: bool = False) -> Line:
    given_by, proposed_by, accepted_by, ended_by = (
        frozenset(words.split()) for words in (given, proposed, accepted, ended)
    )
    return Line(given_by, proposed_by, accepted_by, ended_by, own)


_SPEAKS = _line("administrator", "office above", "administrator", "office administrator holder")
_WORKS = _line("office above", "", "", "office above administrator holder")
_HELD = _line("office above", "", "", "office above administrator")
_CHAIRS = _line("office above", "office above", "administrator", "office above administrator", own=True)
TABLE = {
    "administrator": _line("administrator", "registrar", "holder", "administrator holder"),
    "national_focal_point": _SPEAKS,
    "representative": _SPEAKS,
    "delegate": _SPEAKS,
    "coordinator": _line("office above", "", "", "office above holder"),
    "secretariat": _line(
        "office above", "office above", "administrator", "office above administrator holder", own=True
    ),
    "penholder": _WORKS,
    "note_taker": _WORKS,
    "resource_person": _WORKS,
    "moderator": _WORKS,
    "liaison": _WORKS,
    "chair": _CHAIRS,
    "co_chair": _CHAIRS,
    "member": _HELD,
}

# Whose word lets an organisation take part, changes its seat and ends it.
SEATS = {
    "admit_member": frozenset((OFFICE, ABOVE)),
    "change_seat": frozenset((OFFICE, ABOVE)),
    "end_participation": frozenset((OFFICE, ABOVE, ADMINISTRATOR)),
}

# Who comes to the service at all.
ADMISSION = {
    "apply_for_admission": frozenset(("applicant",)),
    "admit_organisation": frozenset(("registrar",)),
    "rename_organisation": frozenset(("registrar",)),
    "decline_application": frozenset(("registrar", "applicant")),
}

# ---- acts
FORUM_ACTS = frozenset((
    "open_edition", "record_edition", "clone_edition", "publish_process", "adopt_process", "migrate_edition",
    "undo_migration", "move_anchor", "withdraw_edition", "establish_body", "extend_body", "rename_forum",
))  # fmt: skip
SENDING = frozenset(("save_contribution", "submit_contribution", "withdraw_contribution", "decline_call"))
OF_THE_AUTHOR = SENDING - {"decline_call"} | {
    "release_contribution"
}  # on an input: nobody else's, whatever a text says
OF_PARTICIPANTS = SENDING | {
    "release_contribution", "add_comment", "break_silence", "place_reservation", "endorse_document",
}  # fmt: skip
RELEASES = {
    "state": "national_focal_point", "organisation": "representative", "mechanism": "coordinator",
    "forum": "secretariat",
}  # fmt: skip
TAKING_IN = (
    "admit_contribution", "return_contribution", "withdraw_return", "record_contribution", "receive_contribution",
    "withdraw_recorded_contribution",
)  # fmt: skip
WRITING = (
    "draft_document", "rename_document", "withdraw_document",
    "write_paragraph", "revise_paragraph", "withdraw_paragraph", "add_recommendation", "cite_source",
    "circulate_document", "record_disposition", "record_joint_disposition",
)  # fmt: skip
ALWAYS = (
    "advance_stage", "extend_window", "permit_late_contribution", "switch_reminders", "withdraw_call",
)  # fmt: skip

# ---- processes: at each stage, each act's roles
Stages = dict[str, dict[str, frozenset[str]]]
EVERY_ROLE = SPEAKING | TEAM | {"chair", "coordinator", "member", "observer", "participant"}
EVERYONE = EVERY_ROLE - {"note_taker", "moderator", "liaison"}
CHAIRING = frozenset(("chair", "secretariat"))


def _written(
    office: frozenset[str], taking_in: frozenset[str], drafters: frozenset[str], issuing: frozenset[str], more: Stages
) -> Stages:
    """Stages as both shipped processes have them, with these people, and with what is their own."""
    meetings = dict.fromkeys(("record_meeting", "revise_meeting"), office | {"note_taker"})
    always = dict.fromkeys(ALWAYS, office) | meetings | {"correct_document": issuing}
    sending = dict.fromkeys(SENDING, SPEAKING | {"coordinator"})
    taking, writing = dict.fromkeys(TAKING_IN, taking_in), dict.fromkeys(WRITING, drafters)
    common: Stages = {
        "call": {**sending, **taking, "release_contribution": frozenset(RELEASES.values()), "issue_call": office},
        "drafting": {**taking, **writing},
        "consultation": {**taking, **writing, "add_comment": EVERYONE},
    }
    stages = {**common, **{stage: {**common.get(stage, writing), **acts} for stage, acts in more.items()}}
    return {stage: {**always, **acts} for stage, acts in stages.items()}


_DRAFTERS, _SECRETARIAT = frozenset(("secretariat", "penholder")), frozenset(("secretariat",))
_FOCAL = frozenset(("national_focal_point",))
_SENDERS = _FOCAL | _SECRETARIAT
_ANSWERING = {"answer_objection": _DRAFTERS}
PROCESSES: dict[str, Stages] = {
    "gfmd": _written(CHAIRING, _SECRETARIAT, _DRAFTERS, CHAIRING, {
        "drafting": _ANSWERING,
        "consultation": _ANSWERING,
        "closing": {
            **_ANSWERING, "issue_document": CHAIRING, "transmit_document": _SECRETARIAT,
            "deliver_document": frozenset(("secretariat", "liaison")),
        },
    }),
    "national": _written(CHAIRING | _FOCAL, CHAIRING | _FOCAL, _DRAFTERS | _FOCAL, _FOCAL, {
        "release": {
            "issue_document": _FOCAL, "transmit_document": _SENDERS, "deliver_document": _SENDERS | {"liaison"},
        },
    }),
}  # fmt: skip
# A hostile text: as the first, with each act given to every role. What it does not open is the floor.
PROCESSES["open"] = {
    stage: {act: rule if act == "release_contribution" else EVERY_ROLE for act, rule in acts.items()}
    for stage, acts in PROCESSES["gfmd"].items()
}
_ASKED = frozenset(("member", "observer"))
STATUSES = {"gfmd": _ASKED, "open": _ASKED, "national": None}  # who may send inputs, by the organisation's status
FORUM_ROLES = {"gfmd": CHAIRING, "national": CHAIRING, "open": EVERY_ROLE}  # who does what is done on the forum itself
FLOOR = TEAM | {"chair"}  # and nobody else, whatever a text says
