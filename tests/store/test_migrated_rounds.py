"""What stood before version 2 is brought along: silences of one text become its rounds, in the order in which they
began."""

import datetime as dt

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
# Told apart by their hours; the foreign keys of a row that only has to be counted are taken away for the test.
SILENCES = ((1, "a", 3), (2, "a", 1), (3, "b", 5), (4, "a", 2))


async def test_silences_of_one_text_are_its_rounds_in_their_order(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0001"))
            keys = await connection.scalars(
                sa.text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = 'silence'::regclass")
            )
            for name in keys.all():
                await connection.execute(sa.text(f'ALTER TABLE silence DROP CONSTRAINT "{name}"'))
            for hours, text, day in SILENCES:
                row = (
                    "gen_random_uuid(), md5(CAST(:d AS text))::uuid, md5('r')::uuid, md5('b')::uuid, 'broken', :n, "
                    ":at, :at"
                )
                columns = "id, document_id, revision_id, body_id, state, hours, starts_at, ends_at"
                at = NOON + dt.timedelta(days=day)
                await connection.execute(
                    sa.text(f"INSERT INTO silence ({columns}) VALUES ({row})"), {"n": hours, "d": text, "at": at}
                )
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            found = await connection.execute(sa.text("SELECT hours, round FROM silence"))
            assert {row.hours: row.round for row in found} == {2: 1, 4: 2, 1: 3, 3: 1}
    finally:
        await engine.dispose()
