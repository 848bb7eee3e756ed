"""Tokens that the service issued: each person sees their own."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives
from ...reading.visibility import sees_token
from ...store.tables import names as t
from .common import Node
from .vocabularies import TokenIssuer


@strawberry.type(
    description="A token that the service issued for you; the string itself is kept nowhere. Its times are real time, "
    "not the forum's."
)
@lives(t.token, ("-issued_at", "-id"), visible=sees_token)
class Token(Node):
    purpose: str = col(description="What it was issued for.")
    issued_by: TokenIssuer = col(description="Who issued it.")
    issued_at: datetime = col(description="Since when it is good.")
    expires_at: datetime = col(description="From which instant on it is good no more.")
    revoked_at: datetime | None = col(description="When it was revoked; null where it was not.")
