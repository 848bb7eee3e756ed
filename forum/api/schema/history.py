"""The history: one line an act, written in the act's own transaction."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import names_actor, sees_history
from ...store.tables import names as t
from .common import Node
from .links import EditionLink, MandateLink, PersonLink


@strawberry.type(description="One act that was done. Of what is not attributed, neither who did it nor when is told.")
@lives(t.history, ("id",), visible=sees_history)
class HistoryEntry(Node):
    act: str = col(description="The act, as the process names it.")
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    actor: PersonLink | None = to_one("actor_id", when=names_actor, description="Who did it.")
    mandate: MandateLink | None = to_one("mandate_id", when=names_actor, description="Under which mandate.")
    at: datetime | None = col(when=names_actor, description="When, by the server's clock.")
    detail: str = col(description="What was done exactly, as JSON.")
    leaf: str = col(description="sha256 over what happened to what, in hex: what makes rewriting it visible.")
