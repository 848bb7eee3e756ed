"""The closed vocabularies of a definition: layers, roles, statuses, windows, how texts end, what papers consist of."""

from collections.abc import Mapping
from types import MappingProxyType

# The languages in which people read this service (`domain/contact.py`): a text in another is read by nobody.
READ_IN = ("ar", "en", "es", "fr", "ru", "zh")

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

# Who acts for an organisation that takes part. Only for these do the status and mechanisms of a participation count:
# the offices of a forum (its chair, its penholder, a member of its steering group) have neither.
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
# These were announced to people with their instants, and are theirs until then, wherever the track is moved meanwhile.
# A silence has rules of its own (`Track.rules_while_silent`); the window of a stage is over when the track leaves it.
ANNOUNCED = ("call", "consultation")
# The instants at which the clock may move a track. What opens at once when somebody acts (a consultation, a silence)
# has no instant of its own to wait for.
CLOCK_INSTANTS = ("call_opens", "call_closes", "consultation_closes", "silence_closes", "stage_closes")
AUTHORS = ("state", "organisation", "mechanism", "forum")
CLOSINGS = ("issued", "endorsed", "no_objection", "adopted")
RESERVATIONS = ("annex", "footnote", "none")
RIGHTS = ("equal", "lead")
# What the subject under review can do itself: acts of those who take part. All others are the body's own.
SUBJECT_ACTS = frozenset(
    ("save_contribution", "release_contribution", "submit_contribution", "withdraw_contribution", "decline_call",
     "add_comment")
)  # fmt: skip
VISIBILITIES = ("team", "participants", "public")
DEFAULT_HOURS = 72  # of silence, where a definition names no number
DEFAULT_REMINDER = 24  # hours before its end, where a definition names no number
LONGEST = 2_000  # hours of silence: some twelve weeks
# What a paper can consist of, by layout: `layouts.py` has the rules of each, `docs/processes.md` the table.
BLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "cover": "The title on a page of its own, under the names of the forum and the edition.",
        "head": "The title above the text, under the meeting's series, with the meeting's dates and place.",
        "contents": "The table of contents, with page numbers; what follows begins on a new page.",
        "meeting": "Facts of the meeting: who held it, where, when, and its figures with where they come from.",
        "opening": "The paragraphs that stand in no part of the text, as opening words: without numbers.",
        "paragraphs": "The paragraphs that stand in no part of the text, with their numbers.",
        "preamble": "The paragraphs written as a preamble; without this block they stand with the others.",
        "sections": "The parts of the text, numbered in roman, with their paragraphs.",
        "conclusions": "The conclusions with their points, under the headings of the parts they stand in.",
        "recommendations": "The recommendations, each under its own heading, with the addressee.",
        "closing": "The paragraphs written as closing words, after a rule.",
        "practices": "The annex of practices from the inputs to the track, as a table on turned paper.",
        "contributors": "Who contributed to the track, by name; nobody whose input is not attributed.",
        "responses": "What the text says became of each input and comment, by contributor.",
        "reservations": "The reservations that do not stand at the foot of a paragraph.",
        "disclaimer": "The standing text of the kind under [disclaimers]; nothing where there is none.",
        "summary_disclaimer": "The same; without a standing text, a sentence that the summary is not all-encompassing.",
    }
)
SOURCES = ("footnotes", "line", "none")
