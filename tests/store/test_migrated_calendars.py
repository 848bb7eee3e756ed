"""Before version 24 nobody's dates were read at an address of their own; each has one at most from then on."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url
from tests.store.test_migrated_sign_ins import PERSON

ADDRESS = """INSERT INTO calendar_address (id, person_id, hash, since)
VALUES (md5('{0}')::uuid, md5('p')::uuid, sha256('{0}'), '2027-01-01Z')"""
WRONG = (ADDRESS.format("b"), "UPDATE calendar_address SET hash = 'short'")


async def test_who_is_here_has_no_address_and_then_one(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            before = await connection.run_sync(_before)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), before))
            await connection.execute(sa.text(PERSON))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text("SELECT count(*) FROM calendar_address"))).scalar_one() == 0
            await connection.execute(sa.text(ADDRESS.format("a")))
        for wrong in WRONG:
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(wrong))
    finally:
        await engine.dispose()


def _before(connection: sa.Connection) -> str:
    """The version that this one follows."""
    script = ScriptDirectory.from_config(migrate._config(connection)).get_revision("0024")
    assert isinstance(script.down_revision, str)
    return script.down_revision
