"""The closed vocabularies of a definition: layers, roles, statuses, windows, ways in which a text ends."""

LAYERS = ("local", "national", "regional", "gfmd", "global")

ROLES = (
    "chair",
    "secretariat",
    "penholder",
    "coordinator",
    "national_focal_point",
    "delegate",
    "representative",
    "resource_person",
    "note_taker",
    "moderator",
    "liaison",
    "member",
    "observer",
    "participant",
)

# Who acts for an organisation that takes part. Only of these are a participation's status and mechanisms asked: the
# offices of a forum (its chair, its penholder, a member of its steering group) have neither.
PARTICIPANT_ROLES = frozenset({"national_focal_point", "delegate", "representative", "observer", "participant"})

BODIES = (
    "steering_group",
    "working_group",
    "task_force",
    "roundtable",
    "regional_consultation",
    "friends",
    "support_unit",
    "advisory_group",
    "forum",
    "mechanism",
)
POWERS = ("advises", "endorses", "assists", "none")
STATUSES = ("member", "observer", "participant")
WINDOWS = ("call", "consultation", "silence", "stage")
# The instants at which the clock may move a track. What opens at once when somebody acts (a consultation, a silence) has no
# instant of its own to wait for.
CLOCK_INSTANTS = ("call_opens", "call_closes", "consultation_closes", "silence_closes", "stage_closes")
AUTHORS = ("state", "organisation", "mechanism", "forum")
CLOSINGS = ("issued", "endorsed", "no_objection", "adopted")
RESERVATIONS = ("annex", "footnote", "none")
RIGHTS = ("equal", "lead")
VISIBILITIES = ("team", "participants", "public")
DEFAULT_HOURS = 72  # of silence, where a definition names no number
LONGEST = 2_000  # hours of silence: some twelve weeks
