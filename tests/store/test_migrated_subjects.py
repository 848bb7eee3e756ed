"""Tracks from before one could review somebody: none of them has a subject."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

BEFORE = "0029"
STATEMENTS = (
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    """INSERT INTO edition (id, forum_id, name, state, zone, opened_at)
       VALUES (md5('e')::uuid, md5('f')::uuid, '2020', 'recorded', 'UTC', clock_timestamp())""",
    """INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since)
       VALUES (md5('t')::uuid, md5('e')::uuid, 't', 'T', 'main', 'call', clock_timestamp())""",
)


async def test_no_track_that_there_is_has_a_subject(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = await connection.execute(sa.text("SELECT name, subject_id FROM track"))
            assert [tuple(row) for row in rows] == [("t", None)]
        async with engine.connect() as connection:
            with pytest.raises(IntegrityError):  # nobody is reviewed who is no organisation
                await connection.execute(sa.text("UPDATE track SET subject_id = md5('nobody')::uuid"))
    finally:
        await engine.dispose()
