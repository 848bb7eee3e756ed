"""Before versions 12 and 13 neither an edition nor a call could be taken back: what stands goes on as it was."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

_EDITION = (
    "INSERT INTO edition (id, forum_id, name, state, zone, process_id, opened_at) VALUES "
    "(md5('{id}')::uuid, md5('f')::uuid, 'F 2027', '{state}', 'UTC', md5('p')::uuid, now())"
)
ROWS = (
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    "INSERT INTO process_definition (id, name, version, hash, text, published_at) "
    "VALUES (md5('p')::uuid, 'p', '1', 'h', 't', now())",
    _EDITION.format(id="e", state="running"),
    "INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since) "
    "VALUES (md5('t')::uuid, md5('e')::uuid, 'main', 'M', 'main', 's', now())",
    "INSERT INTO call (id, track_id, edition_id, forum_id, title, text, opens_at, closes_at, zone) VALUES "
    "(md5('k')::uuid, md5('t')::uuid, md5('e')::uuid, md5('f')::uuid, 'C', 'T', now(), now() + interval '1 day', "
    "'UTC')",
)


async def test_what_is_taken_back_leaves_its_name_free_and_nothing_else_does(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0014"))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0016"))
            states = await connection.execute(sa.text("SELECT e.state, k.state FROM edition e, call k"))
            assert [tuple(row) for row in states] == [("running", "open")]
        async with engine.connect() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(sa.text(_EDITION.format(id="e2", state="running")))
        async with engine.begin() as connection:
            await connection.execute(sa.text("UPDATE edition SET state = 'withdrawn'"))
            await connection.execute(sa.text("UPDATE call SET state = 'withdrawn'"))
            await connection.execute(sa.text(_EDITION.format(id="e2", state="running")))
    finally:
        await engine.dispose()
