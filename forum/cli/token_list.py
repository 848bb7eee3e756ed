"""`forum token` and `forum tokens`: bearer tokens that the service signs itself; issued, listed, revoked."""

import argparse
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from .. import administration, app
from ..domain.token import Token
from ..errors import InvalidValue, Misconfigured
from ..settings import Settings
from . import beside
from .terminal import say


async def token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Issue a token, and list it; the string stands on standard output alone, so that a script can take it.

    Beside a demonstration that serves it is one of the demonstration's.
    """
    settings = beside.found(settings)
    if not settings.secret:
        raise Misconfigured(reason="Set FORUM_SECRET to the secret the server runs with.")
    now = datetime.now(UTC).replace(microsecond=0)
    wanted = Token(
        id=uuid4(), subject=arguments.subject, purpose=arguments.purpose, issued_at=now,
        expires_at=now + timedelta(hours=arguments.hours),
    )  # fmt: skip
    async with app.running(settings) as parts:
        print(await administration.issue_token(parts, settings.secret, wanted))
    return 0


async def list_tokens(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line a token; a sentence where there is none."""
    async with app.running(settings) as parts:
        tokens = await administration.list_tokens(parts, arguments.subject, ended=arguments.ended)
    for listed in tokens:
        say(line_of(listed))
    if not tokens:
        say("There is no such token.")
    return 0


def line_of(token: Token) -> str:
    """A token on a line: its id, whose it is, what for, who issued it, until when, and when it was revoked."""
    revoked = "" if token.revoked_at is None else f"  revoked {token.revoked_at:%Y-%m-%d %H:%M}"
    until = f"{token.expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{token.id}  {token.subject}  {token.purpose}  by {token.issued_by.value}  until {until}{revoked}"


async def revoke_tokens(arguments: argparse.Namespace, settings: Settings) -> int:
    """End them: from now on every server refuses them."""
    try:
        id_ = None if arguments.token is None else UUID(arguments.token.removeprefix("Token:"))
    except ValueError:
        raise InvalidValue(reason="A token is named by its id, as `forum tokens list` shows it.") from None
    async with app.running(settings) as parts:
        for revoked in await administration.revoke_tokens(parts, token=id_, subject=arguments.of):
            say(f"{revoked}  revoked")
    return 0
