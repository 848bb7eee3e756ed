"""The context of an act without a database: the thing it is on, what surrounds it, the instant, who acts; and that of
an answer without a service."""

from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

from forum.actions.core.act import ActContext
from forum.api.http.identity import ANONYMOUS
from forum.api.paper_links import PaperLinks
from forum.api.schema.context import Context
from forum.domain.mandate import Role
from forum.domain.mandates import Acting, MandateInForce, Person
from forum.domain.viewer import Viewer
from forum.store.nouns import TABLES
from forum.store.places import Located
from forum.store.processes import Processes
from tests.support.nouns import NOON, some_id


def a_context(target: Any, *, now: datetime = NOON, role: str = "representative", **around: Any) -> ActContext:
    """`around`: document, call, track, edition of the place. Who acts has one mandate in this role."""
    mandate = MandateInForce(some_id(90), Role(role), organisation=some_id(6))
    person = Person(some_id(91), "Amina", (mandate,))
    near = {name: around.get(name) for name in ("document", "call", "track", "edition")}
    place = Located(
        kind=TABLES[type(target)].name, id=target.id, now=now, target=target, process_hash=None, process_text=None,
        place_forum=some_id(4), convened_by=(), body_id=None, **near,
    )  # fmt: skip
    acting = Acting(mandate, roles=frozenset((role,)))
    return ActContext(now, place, person, Viewer.of(person), acting, None, None)


def of_an_answer(pool: Any) -> Context:
    """What is filled in of definitions, in English; acts are not answered with it."""
    runner: Any = SimpleNamespace(processes=Processes())
    sight: Any = None
    return Context(None, runner, sight, pool, partial(PaperLinks("of a test").link, ANONYMOUS))
