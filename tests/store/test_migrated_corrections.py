"""Before version 17 nothing could be put right on the record: meetings stand as provisional, notices as they were."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

ROWS = (
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    "INSERT INTO process_definition (id, name, version, hash, text, published_at) "
    "VALUES (md5('d')::uuid, 'd', '1', 'h', 't', now())",
    "INSERT INTO edition (id, forum_id, name, zone, process_id, opened_at) VALUES "
    "(md5('e')::uuid, md5('f')::uuid, 'F 2027', 'UTC', md5('d')::uuid, now())",
    "INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since) "
    "VALUES (md5('t')::uuid, md5('e')::uuid, 'main', 'M', 'main', 's', now())",
    "INSERT INTO meeting (id, track_id, edition_id, series, label, title, starts_on, ends_on, venue, city) VALUES "
    "(md5('m')::uuid, md5('t')::uuid, md5('e')::uuid, 'S', 'L', 'T', '2016-02-29', '2016-03-01', 'V', 'C')",
    "INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at) VALUES "
    "(md5('n')::uuid, md5('p')::uuid, 'withdrawn', 'W.', md5('c')::uuid, now())",
)
_CORRECTION = (
    "INSERT INTO correction (id, kind, number, {columns}, changes, reason, made_at) "
    "VALUES (md5('{id}')::uuid, 'renamed', 1, {values}, '[]', 'R.', now())"
)
OF_A_FORUM = _CORRECTION.format(id="x", columns="forum_id", values="md5('f')::uuid")
OF_TWO = _CORRECTION.format(id="y", columns="forum_id, meeting_id", values="md5('f')::uuid, md5('m')::uuid")


async def test_meetings_are_provisional_and_a_correction_is_of_one_thing(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0016"))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0017"))
            found = await connection.execute(sa.text("SELECT title, city, status, revision FROM meeting"))
            assert [tuple(row) for row in found] == [("T", "C", "provisional", 1)]
            kept = await connection.execute(sa.text("SELECT kind, words FROM notice"))
            assert [tuple(row) for row in kept] == [("withdrawn", "W.")]
            await connection.execute(sa.text("UPDATE notice SET kind = 'corrected'"))
            await connection.execute(sa.text(OF_A_FORUM))
        for wrong in (OF_TWO, "UPDATE meeting SET status = 'done'"):
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(wrong))
    finally:
        await engine.dispose()
