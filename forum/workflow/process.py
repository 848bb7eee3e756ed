"""The model of a process: what a definition under `workflows/` says, once loaded. Frozen; it decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LAYERS = ("local", "national", "regional", "thematic", "gfmd", "global")

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

STATUSES = ("member", "observer", "participant")
WINDOWS = ("call", "consultation", "silence")
AUTHORS = ("state", "organisation", "mechanism", "forum")
CLOSINGS = ("issued", "endorsed", "no_objection", "adopted")
VISIBILITIES = ("team", "participants", "public")
DEFAULT_HOURS = 72


def nothing[V]() -> Mapping[str, V]:  # replaced below for Python 3.11
    ...
