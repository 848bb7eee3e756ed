"""Where somebody is signed in with a browser: each person sees their own."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, sql
from ...reading.visibility_sign_ins import is_this, sees_sign_in
from ...store.tables import names as t
from .common import Node


@strawberry.type(
    description="That you are signed in with a browser. Its id opens nothing: the secret is in the browser's cookie "
    "and kept nowhere. Its times are real time, not the forum's."
)
@lives(t.sign_in, ("-last_used_at", "-id"), visible=sees_sign_in)
class SignIn(Node):
    client: str = col(description='What the browser calls itself, in a few words, such as "Firefox, Linux".')
    issuer: str = col(
        description="Who answered for you: the issuer of the identity provider (OpenID Connect), `invitation` where "
        "you came in by a link without one, or `demonstration`."
    )
    began_at: datetime = col(description="When you signed in.")
    last_used_at: datetime = col(description="When it was last used, to the minute.")
    ends_at: datetime = col(description="From which instant on it counts no more, however much it is used.")
    idle_seconds: int = col(description="For how many seconds it may go unused; after that it counts no more.")
    ended_at: datetime | None = col(
        description="When you, your provider or the operator ended it; null where nobody did, also of one that its own "
        "limits ended."
    )
    is_this: bool = sql(is_this, description="Whether it is the one you ask with; never, where you ask with a token.")
