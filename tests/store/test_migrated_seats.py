"""Seats that stood before version 6 stand as they were; the new kind of notice is taken."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

BEFORE = (
    "INSERT INTO organisation (id, name, kind) VALUES (md5('o')::uuid, 'O', 'civil_society')",
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    "INSERT INTO participation (id, forum_id, organisation_id, status, starts_at, ends_at) VALUES "
    "(md5('s')::uuid, md5('f')::uuid, md5('o')::uuid, 'observer', '2024-05-01Z', '2025-05-01Z')",
)
SEATS = "SELECT forum_id, organisation_id, status, mechanisms, starts_at, ends_at FROM participation"
NOTICE = (
    "INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at) "
    "VALUES (md5('n')::uuid, md5('p')::uuid, 'seat', 'O takes part.', md5('s')::uuid, now())"
)


async def test_seats_stand_as_they_were(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0005"))
            for statement in BEFORE:
                await connection.execute(sa.text(statement))
            before = (await connection.execute(sa.text(SEATS))).all()
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text(SEATS))).all() == before
            assert (await connection.execute(sa.text("SELECT end_reason FROM participation"))).scalar_one() is None
            await connection.execute(sa.text(NOTICE))
    finally:
        await engine.dispose()
