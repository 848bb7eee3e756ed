"""Mechanisms: the groups that take part as such, such as civil society or business."""

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .common import Node
from .links import ForumLink


@strawberry.type(
    description="One of the groups that take part as such: states, civil society, business, mayors, youth."
)
@lives(t.mechanism, ("code", "id"), visible=everybody)
class Mechanism(Node):
    code: str = col(description="Its short name, as in `civil_society`.")
    name: str = col(description="Its name.")
    forum: ForumLink | None = to_one("forum_id", description="The body it has of its own, with its own meetings.")
