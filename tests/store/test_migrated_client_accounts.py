"""Accounts from before there were programs' accounts are people's and stand; a program of the same name is another."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

REVISION = "0026"
PERSON = "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')"
ACCOUNT = """INSERT INTO account (id, person_id, issuer, subject, linked_at)
VALUES (md5('a')::uuid, md5('p')::uuid, 'https://id.example', 'same', '2027-01-01Z')"""
MORE = """INSERT INTO account (id, person_id, issuer, subject, of_client, linked_at)
VALUES (gen_random_uuid(), md5('p')::uuid, 'https://id.example', 'same', {of_client}, '2027-01-01Z')"""


async def test_an_account_stands_and_is_a_persons(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            former = await connection.run_sync(_former)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), former))
            await connection.execute(sa.text(PERSON))
            await connection.execute(sa.text(ACCOUNT))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text("SELECT of_client FROM account"))).scalar_one() is False
            await connection.execute(sa.text(MORE.format(of_client="true")))
        for of_client in ("true", "false"):
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(MORE.format(of_client=of_client)))
    finally:
        await engine.dispose()


def _former(connection: sa.Connection) -> str:
    """The version that this one follows."""
    script = ScriptDirectory.from_config(migrate._config(connection)).get_revision(REVISION)
    assert isinstance(script.down_revision, str)
    return script.down_revision
