"""People, as those who hold a role here see one another."""

import strawberry

from ...reading.declare import Connection, col, lives, many
from ...reading.visibility import sees_person
from ...store.tables import names as t
from .common import Node
from .links import MandateLink


@strawberry.type(description="A person, as those who hold a role here see one another; everybody sees themselves.")
@lives(t.person, ("id",), visible=sees_person)
class Person(Node):
    name: str = col(description="The person's name.")
    mandates: Connection[MandateLink] = many("person_id", description="What the person does or did, and for whom.")
