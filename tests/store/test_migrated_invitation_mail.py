"""Before version 22 an invitation was handed over: those that stand are in English and have no letter."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url
from tests.store.test_migrated_invitations import INVITATION, ROWS

LETTER = "INSERT INTO letter (id, due_at) VALUES (md5('l')::uuid, now())"
INVITES = "INSERT INTO letter (id, due_at, invitation_id) VALUES (md5('{}')::uuid, now(), md5('{}')::uuid)"


async def test_invitations_and_letters_stay_and_each_invitation_has_one_letter_at_most(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0022-1"))
            for row in (*ROWS, INVITATION, LETTER):
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0022"))
            found = await connection.execute(sa.text("SELECT address, state, language FROM invitation"))
            assert [tuple(row) for row in found] == [("a@b.org", "open", "en")]
            found = await connection.execute(sa.text("SELECT state, invitation_id FROM letter"))
            assert [tuple(row) for row in found] == [("waiting", None)]
            await connection.execute(sa.text(INVITES.format("m", "i")))
        for wrong in (INVITES.format("n", "i"), INVITES.format("n", "x"), "UPDATE invitation SET language = 'de'"):
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(wrong))
    finally:
        await engine.dispose()
