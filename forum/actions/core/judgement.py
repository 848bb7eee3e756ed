"""What the judges give: the verdict on an act, and the capacity in which the person would do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ...domain.authority import By
from ...domain.mandates import Acting, MandateInForce, Person
from ...errors import MandateNotYours
from ...workflow.process import Process
from ...workflow.verdict import Verdict

# By -> the forum whose office it is; None where it is no forum's.
Hands = Mapping[By, UUID | None]


@dataclass(frozen=True)
class Judgement:
    """The verdict on an act, the capacity in which the person would do it (none for what is their own), and the process
    that was asked, if any.

    `hands`: whose word the person's is, where the act gives, accepts or ends a mandate; with the forum, of an office's.
    """

    verdict: Verdict
    acting: Acting | None
    process: Process | None
    hands: Hands = field(default_factory=dict)


def meant(person: Person, wanted: UUID | None) -> list[MandateInForce]:
    """The mandates under which somebody may be acting: the one they named, or all. Refuses (MandateNotYours) one that
    is not in force for them."""
    mandates = [mandate for mandate in person.mandates if wanted in (None, mandate.id)]
    if wanted is not None and not mandates:
        raise MandateNotYours().at_path("actingAs")
    return mandates
