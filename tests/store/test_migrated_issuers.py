"""Invitations from before version 28 keep their subject, which is a person's here; an issuer comes with a subject."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

BEFORE = "0027"
INVITATION = """INSERT INTO invitation (id, address, name, subject, organisation_id, role, starts_at, zone,
  invited_by_id, invited_under_id, invited_at, open_until, blank_at)
VALUES (md5('i')::uuid, 'a@b.cd', 'A', 's-1', md5('o')::uuid, 'delegate', now(), 'UTC', md5('p')::uuid, md5('m')::uuid,
  now(), now(), now())"""


async def test_a_subject_stays_and_an_issuer_never_stands_alone(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            keys = await connection.scalars(
                sa.text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = 'invitation'::regclass")
            )
            for name in keys.all():
                await connection.execute(sa.text(f'ALTER TABLE invitation DROP CONSTRAINT "{name}"'))
            await connection.execute(sa.text(INVITATION))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0028"))
            found = await connection.execute(sa.text("SELECT subject, issuer FROM invitation"))
            assert found.one() == ("s-1", None)
            await connection.execute(sa.text("UPDATE invitation SET issuer = 'https://login.example'"))
        async with engine.connect() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(sa.text("UPDATE invitation SET subject = NULL"))
    finally:
        await engine.dispose()
