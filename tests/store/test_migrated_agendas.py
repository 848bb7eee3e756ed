"""What stood before version 11 is brought along: agendas stay word for word, without rooms and honorifics."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

# Rows of three tables; the foreign key to the meeting, which only has to be there, is taken away for the test.
ROWS = (
    "INSERT INTO session (id, meeting_id, ordinal, number, title) VALUES (md5('s')::uuid, md5('m')::uuid, 1, 1, 'S')",
    "INSERT INTO panel (id, session_id, meeting_id, ordinal, kind, title, questions) "
    "VALUES (md5('p')::uuid, md5('s')::uuid, md5('m')::uuid, 1, 'dance', 'P', '{Why?}')",
    "INSERT INTO speaker (id, panel_id, ordinal, role, name, country) "
    "VALUES (md5('w')::uuid, md5('p')::uuid, 1, 'keynote address', 'N', 'Fiji')",
)


async def test_agendas_stay_as_they_were_written(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0010"))
            for table in ("session", "panel"):
                name = f"fk_{table}_meeting_id"
                await connection.execute(sa.text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            session = "SELECT title, held_on, time_as_written, room FROM session"
            assert (await connection.execute(sa.text(session))).all() == [("S", None, None, None)]
            panel = "SELECT kind, questions, room FROM panel"
            assert (await connection.execute(sa.text(panel))).all() == [("dance", ["Why?"], None)]
            speaker = "SELECT role, name, country, honorific FROM speaker"
            assert (await connection.execute(sa.text(speaker))).all() == [("keynote address", "N", "Fiji", None)]
    finally:
        await engine.dispose()
