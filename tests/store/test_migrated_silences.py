"""Of silences that ran before version 27 people are reminded as of any other; of those that have ended, or are too
short, nobody is."""

import datetime as dt

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
BEFORE = "0026"
# How long each lasts, and its state; the foreign keys of a row that only has to be counted are taken away for the test.
SILENCES = ((72, "running"), (24, "running"), (25, "running"), (72, "broken"))
NOTICE = """INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at, posted)
VALUES (gen_random_uuid(), md5('p')::uuid, '{kind}', 'W.', gen_random_uuid(), now(), true)"""


async def test_each_that_runs_gets_its_instant_and_notices_their_new_kind(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for table in ("silence", "notice"):
                keys = await connection.scalars(
                    sa.text(f"SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = '{table}'::regclass")
                )
                for name in keys.all():
                    await connection.execute(sa.text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
            for n, (hours, state) in enumerate(SILENCES):
                row = {"d": str(n), "n": hours, "state": state, "at": NOON, "end": NOON + dt.timedelta(hours=hours)}
                await connection.execute(
                    sa.text(
                        "INSERT INTO silence (id, document_id, revision_id, body_id, state, hours, starts_at, ends_at) "
                        "VALUES (gen_random_uuid(), md5(:d)::uuid, md5('r')::uuid, md5('b')::uuid, :state, :n, "
                        ":at, :end)"
                    ),
                    row,
                )
            await connection.execute(sa.text(NOTICE.format(kind="silence_started")))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0027"))
            found = await connection.execute(sa.text("SELECT hours, state, remind_at FROM silence"))
            assert {(row.hours, row.state): row.remind_at for row in found} == {
                (72, "running"): NOON + dt.timedelta(hours=48), (24, "running"): None,
                (25, "running"): NOON + dt.timedelta(hours=1), (72, "broken"): None,
            }  # fmt: skip
            await connection.execute(sa.text(NOTICE.format(kind="silence_ends")))
            kinds = await connection.scalars(sa.text("SELECT kind FROM notice ORDER BY kind"))
            assert kinds.all() == ["silence_ends", "silence_started"]
    finally:
        await engine.dispose()
