"""Invitations in the worlds of authority: as requests of everybody, and as the service does them.

An invitation is tried to its end: made by whoever wishes, accepted by its link in the same transaction, and what the
newcomer then holds is the answer.
"""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from forum.actions.core.act import Outcome
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest, Runner
from forum.actions.invitation.accept_invitation import AcceptInvitation
from forum.actions.invitation.inviting import PersonToInvite
from forum.domain.mandates import Person
from forum.store.unit import UnitOfWork
from tests.model.table import OFFICES
from tests.support.model.worlds import DAY, Drawn

if TYPE_CHECKING:
    from tests.support.model.differences import Request

NEWCOMER = "somebody new"
ASKS_IN = ("invite_person", "invite_people")


def given(d: Drawn, request: "Request") -> dict[str, Any]:
    """The fields of an act on invitations."""
    new = request.new
    if new is None:
        return {"invitation": request.thing.id}
    side = {"organisation": d.key(str(new.organisation)), "forum": new.forum and d.key(new.forum)}
    wish: dict[str, Any] = {
        "role": new.role, "mechanism": new.mechanism, "starts_at": d.now - DAY, "address": "new@example.org",
        "name": "New",
    }  # fmt: skip
    return {**side, **wish} if request.what == "invite_person" else {**side, "people": (PersonToInvite(**wish),)}


def wishes(asked: "Request") -> "Iterator[Request]":
    """For a request to give something, the invitation that would come to the same, alone and in a list; an office is no
    person's."""
    if asked.new is not None and asked.new.role not in OFFICES:
        by_forum = asked.what == "grant_mandate"
        new = replace(asked.new, person=NEWCOMER, forum=asked.new.forum if by_forum else None)
        for what in ASKS_IN:
            yield replace(asked, what=what, new=new)


def link_of(outcome: Outcome) -> str | None:
    """The link of the one invitation that was made; None where none was."""
    rows = outcome.shown_once.get("rows")
    link = rows[0].link if isinstance(rows, list) else outcome.shown_once.get("link")
    return None if link is None else str(link)


async def accepted(runner: Runner, unit: UnitOfWork, link: str) -> uuid.UUID:
    """The mandate of a newcomer who accepts by this link, in the transaction that made it."""
    act, subject = CATALOGUE["accept_invitation"], f"invited:{uuid.uuid4()}"
    request = ActRequest(act, AcceptInvitation(link=link), None)
    newcomer = await runner._entered(unit, request, subject)
    assert isinstance(newcomer, Person)
    outcome = await runner._act(unit, request, newcomer, subject)
    return outcome.ids["mandate"]
