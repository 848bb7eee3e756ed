"""A person's sign-in with a browser: since when, until when, from where. The secret of its cookie is not kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .noun import Noun

DEMONSTRATION = "demonstration"  # the issuer of those who were chosen from the people of the demonstration
MOST = 20  # sign-ins of one person at a time: one more ends the oldest
KEPT_DAYS = 30  # for so long a person is shown a sign-in that is over
LONGEST_CLIENT = 60  # characters of what a browser calls itself


@dataclass(frozen=True, kw_only=True, slots=True)
class SignIn(Noun):
    """A sign-in as the service knows it; its times are real time, never the forum's shifted clock's.

    `issuer`: who answered for the person. It stands until `ends_at`, while no two uses lie `idle_seconds` apart, and
    while the person is here. `client`: the browser in a few words, so that people know their own again.
    """

    id: UUID
    person_id: UUID
    issuer: str
    client: str
    began_at: datetime
    last_used_at: datetime
    ends_at: datetime
    idle_seconds: int
    ended_at: datetime | None = None
    account_id: UUID | None = None
    provider_session: str | None = None
