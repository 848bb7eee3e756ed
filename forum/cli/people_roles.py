"""`forum people`: who holds which role, who waits to be accepted; give, end and move roles where nobody else can."""

import argparse
from uuid import UUID

from .. import administration, app
from ..domain.enumeration import word_of
from ..domain.mandate import Role
from ..errors import InvalidValue
from ..settings import Settings
from .terminal import say


async def list_people(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a mandate: its id, the person, the role, for whom and where, and since when."""
    async with app.running(settings) as parts:
        for mandate, names in await administration.people(parts, waiting=arguments.waiting):
            where = ", ".join(filter(None, (names["organisation"], names["forum"], mandate.mechanism_code)))
            who = f"{names['subject']} ({names['person']})"
            say(f"{mandate.id}  {who}  {mandate.what.value}  {where}  since {mandate.starts_at:%Y-%m-%d}")
    return 0


async def grant_role(arguments: argparse.Namespace, settings: Settings) -> int:
    """Give a role from now on; one that speaks for an organisation waits for its administrator."""
    given = administration.RoleGiven(
        arguments.subject, word_of(Role, arguments.role), arguments.name, arguments.organisation, arguments.forum,
        arguments.mechanism,
    )  # fmt: skip
    async with app.running(settings) as parts:
        mandate = await administration.give_role(parts, given)
    say(f"{mandate.id}  {'in force' if mandate.accepted_at else 'waits for the administrator of the organisation'}")
    return 0


async def end_role(arguments: argparse.Namespace, settings: Settings) -> int:
    """End a mandate now."""
    try:
        id_ = UUID(arguments.mandate.removeprefix("Mandate:"))
    except ValueError:
        raise InvalidValue(reason="A mandate is named by its id, as `forum people list` shows it.") from None
    async with app.running(settings) as parts:
        await administration.end_role(parts, id_, arguments.reason, leave_alone=arguments.leave_alone)
    return 0


async def move_duties(arguments: argparse.Namespace, settings: Settings) -> int:
    """End what one person holds, and give the same to another."""
    async with app.running(settings) as parts:
        for mandate in await administration.move_duties(parts, arguments.from_, arguments.to, arguments.reason):
            state = "in force" if mandate.accepted_at else "waits for the administrator of the organisation"
            say(f"{mandate.id}  {mandate.what.value}  {state}")
    return 0
