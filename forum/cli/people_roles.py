"""`forum people`: who holds which role, who waits to be accepted; give, end and move roles where nobody else can."""

import argparse
from collections.abc import Mapping
from uuid import UUID

from .. import administration, app
from ..domain.enumeration import word_of
from ..domain.mandate import Mandate, Role
from ..errors import InvalidValue
from ..settings import Settings
from ..times import zone_named
from .terminal import say


async def list_people(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a mandate; a sentence where there is none."""
    async with app.running(settings) as parts:
        mandates = await administration.people(parts, waiting=arguments.waiting)
    for mandate, names in mandates:
        say(line_of(mandate, names))
    if not mandates:
        say("Nobody waits to be accepted." if arguments.waiting else "Nobody holds a role here yet.")
    return 0


def line_of(mandate: Mandate, names: Mapping[str, str | None]) -> str:
    """A mandate on a line: its id, the person, the role, for whom and where, and since which day of its own zone."""
    where = ", ".join(filter(None, (names["organisation"], names["forum"], mandate.mechanism_code)))
    since = mandate.starts_at.astimezone(zone_named(mandate.zone))
    return (
        f"{mandate.id}  {names['subject']} ({names['person']})  {mandate.what.value}  {where}  since {since:%Y-%m-%d}"
    )


def _state(mandate: Mandate) -> str:
    return "in force" if mandate.accepted_at else "waits for the administrator of the organisation"


async def grant_role(arguments: argparse.Namespace, settings: Settings) -> int:
    """Give a role from now on; one that speaks for an organisation waits for its administrator."""
    role = administration.RoleGiven(
        arguments.subject, word_of(Role, arguments.role), arguments.name, arguments.organisation, arguments.forum,
        arguments.mechanism,
    )  # fmt: skip
    async with app.running(settings) as parts:
        mandate = await administration.give_role(parts, role)
    say(f"{mandate.id}  {_state(mandate)}")
    return 0


async def end_role(arguments: argparse.Namespace, settings: Settings) -> int:
    """End a mandate now."""
    try:
        id_ = UUID(arguments.mandate.removeprefix("Mandate:"))
    except ValueError:
        raise InvalidValue(reason="A mandate is named by its id, as `forum people list` shows it.") from None
    async with app.running(settings) as parts:
        await administration.end_role(parts, id_, arguments.reason, leave_alone=arguments.leave_alone)
    say(f"{id_}  has ended")
    return 0


async def move_duties(arguments: argparse.Namespace, settings: Settings) -> int:
    """End what one person holds, and give the same to another."""
    async with app.running(settings) as parts:
        for mandate in await administration.move_duties(parts, arguments.from_, arguments.to, arguments.reason):
            say(f"{mandate.id}  {mandate.what.value}  {_state(mandate)}")
    return 0


async def entrust_forum(arguments: argparse.Namespace, settings: Settings) -> int:
    """Let a forum's office admit organisations, or no longer."""
    registrar = not arguments.withdraw
    async with app.running(settings) as parts:
        await administration.entrust(parts, arguments.forum, registrar=registrar)
    say(f"{arguments.forum} {'admits organisations' if registrar else 'admits no organisations any more'}")
    return 0
