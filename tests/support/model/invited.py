"""Invitations in the worlds of authority: as requests of everybody, and as the service does them.

An invitation is tried to its end: made by whoever wishes, accepted by its link in the same transaction, and what the
newcomer then holds is the answer.
"""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest, Runner
from forum.actions.invitation.accept_invitation import AcceptInvitation
from forum.domain.mandates import Person
from forum.store.unit import UnitOfWork
from tests.model.table import OFFICES
from tests.support.model.worlds import DAY, Drawn

if TYPE_CHECKING:
    from tests.support.model.differences import Request

NEWCOMER = "somebody new"


def given(d: Drawn, request: "Request") -> dict[str, Any]:
    """The fields of an act on invitations."""
    new = request.new
    if new is None:
        return {"invitation": request.thing.id}
    return {
        "organisation": d.key(str(new.organisation)), "role": new.role, "forum": new.forum and d.key(new.forum),
        "mechanism": new.mechanism, "starts_at": d.now - DAY, "address": "new@example.org", "name": "New",
    }  # fmt: skip


def wishes(asked: "Request") -> "Iterator[Request]":
    """For a request to give something, the invitation that would come to the same; an office is no person's."""
    if asked.new is not None and asked.new.role not in OFFICES:
        by_forum = asked.what == "grant_mandate"
        new = replace(asked.new, person=NEWCOMER, forum=asked.new.forum if by_forum else None)
        yield replace(asked, what="invite_person", new=new)


async def accepted(runner: Runner, unit: UnitOfWork, link: str) -> uuid.UUID:
    """The mandate of a newcomer who accepts by this link, in the transaction that made it."""
    act, subject = CATALOGUE["accept_invitation"], f"invited:{uuid.uuid4()}"
    request = ActRequest(act, AcceptInvitation(link=link), None)
    newcomer = await runner._entered(unit, request, subject)
    assert isinstance(newcomer, Person)
    outcome = await runner._act(unit, request, newcomer, subject)
    return outcome.ids["mandate"]
