"""A token that the service issued itself: whose it is, for what, and until when. The secret string is not kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from .enumeration import Words
from .noun import Noun

FIRST_LIFE = timedelta(hours=12)  # of the token that somebody gets with the answer to an accepted invitation


class TokenIssuer(Words):
    """Who made a token."""

    OPERATOR = "operator", "The operator, at the machine."
    DEMONSTRATION = "demonstration", "The demonstration, for its people."
    INVITATION = "invitation", "The service, for who accepted an invitation without having signed in."


@dataclass(frozen=True, kw_only=True, slots=True)
class Token(Noun):
    """A token as the service knows it. `id` is its `jti`, `subject` its `sub`; its times are real time."""

    id: UUID
    subject: str
    purpose: str
    issued_by: TokenIssuer = TokenIssuer.OPERATOR
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
