"""Attempts to sign in from before version 25 accept no invitation; later ones may name one, which is there."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

ATTEMPT = """INSERT INTO sign_in_attempt (id, state_hash, browser_hash, provider, nonce, verifier, began_at)
VALUES (md5('a')::uuid, sha256('a'), sha256('b'), 'ministry', 'n', 'v', '2027-01-01Z')"""


async def test_an_attempt_stands_and_names_no_invitation(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            former = await connection.run_sync(_former)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), former))
            await connection.execute(sa.text(ATTEMPT))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text("SELECT invitation_id FROM sign_in_attempt"))).scalar_one() is None
        async with engine.connect() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(sa.text("UPDATE sign_in_attempt SET invitation_id = md5('none')::uuid"))
    finally:
        await engine.dispose()


def _former(connection: sa.Connection) -> str:
    """The version that this one follows."""
    script = ScriptDirectory.from_config(migrate._config(connection)).get_revision("0025")
    assert isinstance(script.down_revision, str)
    return script.down_revision
