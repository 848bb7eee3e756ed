"""`forum account`: which account at an identity provider signs in whom; linked, listed, ended. On the record."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from .. import app
from ..actions.core.act import Entry, Outcome
from ..domain.account import Account
from ..errors import InvalidValue, NotFound
from ..settings import Settings
from ..store import accounts
from ..store.records import add, by_id, change, first
from ..store.tables import schema as t
from ..store.unit import UnitOfWork, begin, fresh
from . import beside
from .terminal import say


async def link_account(arguments: argparse.Namespace, settings: Settings) -> int:
    """Link an account to a person. Refuses (NotFound) an unknown person, (InvalidValue) an account that signs somebody
    in already."""
    async with app.running(beside.found(settings)) as parts:
        linked = await link(parts, arguments.person, arguments.issuer, arguments.account, of_client=arguments.client)
    say(f"{linked.id}  {arguments.person}  {linked.issuer}  {linked.subject}")
    return 0


async def link(parts: app.Parts, person: str, issuer: str, subject: str, *, of_client: bool = False) -> Account:
    """Link an account to a person, on the record; `of_client`: a program's. Refuses as `link_account` says."""
    account = Account(
        id=fresh(), person_id=UUID(int=0), issuer=issuer, subject=subject, of_client=of_client,
        linked_at=datetime.now(UTC),
    )  # fmt: skip

    async def work(unit: UnitOfWork, _: datetime) -> Outcome:
        nonlocal account
        row = await unit.row(t.person, subject=person)
        if row is None:
            raise NotFound(what=f"person {person}")
        standing = first(Account, issuer=issuer, subject=subject, of_client=of_client, ended_at=None)
        if await unit.ask(standing) is not None:
            raise InvalidValue(
                reason="This account signs somebody in already: `forum account list` shows whom. End that first."
            )
        account = replace(account, person_id=row["id"])
        await unit.write(add(account))
        return Outcome({}, (Entry("account", account.id, {"issuer": issuer}),))

    await parts.runner.by_operator("link_account", work)
    return account


async def list_accounts(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line an account; a sentence where there is none."""
    async with app.running(beside.found(settings)) as parts, begin(parts.engine) as unit:
        found = await unit.ask(accounts.linked(arguments.person))
    for account, person in found:
        say(f"{account.id}  {person}  {account.issuer}  {account.subject}{'  program' if account.of_client else ''}")
    if not found:
        say("There is no such account.")
    return 0


async def end_account(arguments: argparse.Namespace, settings: Settings) -> int:
    """End a link: the account signs nobody in any more, and what it signed in has ended."""
    try:
        id_ = UUID(arguments.link)
    except ValueError:
        raise InvalidValue(reason="A link is named by its id, as `forum account list` shows it.") from None
    async with app.running(beside.found(settings)) as parts:
        await end(parts, id_)
    say(f"{id_}  ended")
    return 0


async def end(parts: app.Parts, id_: UUID) -> None:
    """End a link, on the record. Refuses (NotFound) one that is none, or has ended."""

    async def work(unit: UnitOfWork, _: datetime) -> Outcome:
        before = await unit.ask(by_id(Account, id_))
        if before is None or before.ended_at is not None:
            raise NotFound(what="account that is linked")
        await unit.write(change(before, replace(before, ended_at=datetime.now(UTC))))
        return Outcome({}, (Entry("account", id_),))

    await parts.runner.by_operator("end_account", work)
