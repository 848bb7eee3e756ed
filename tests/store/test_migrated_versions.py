"""Inputs from before their versions were numbered: what stands under the receipt is the first, the rest is kept."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

BEFORE = "0028"
SNAPSHOT = """INSERT INTO snapshot (id, subject_kind, subject_id, content, salt, hash)
VALUES (gen_random_uuid(), '{kind}', md5('{of}')::uuid, '{{}}', '\\x00', '{hash}')"""
STATEMENTS = (
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    """INSERT INTO edition (id, forum_id, name, state, zone, opened_at)
       VALUES (md5('e')::uuid, md5('f')::uuid, '2020', 'recorded', 'UTC', clock_timestamp())""",
    """INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since)
       VALUES (md5('t')::uuid, md5('e')::uuid, 't', 'T', 'main', 'call', clock_timestamp())""",
    """INSERT INTO contribution (id, track_id, edition_id, forum_id, title, language, visibility, attribution, label,
                                 kind, state, receipt_number, receipt_hash)
       VALUES (md5('c')::uuid, md5('t')::uuid, md5('e')::uuid, md5('f')::uuid, 'T', 'en', 'public', 'organisation',
               'Somebody', 'received', 'submitted', 'R', 'later')""",
    SNAPSHOT.format(kind="contribution", of="c", hash="earlier"),
    SNAPSHOT.format(kind="contribution", of="c", hash="later"),
    SNAPSHOT.format(kind="revision", of="r", hash="of a text"),
)
WRONG = (
    "UPDATE snapshot SET number = 1, first_number = 1 WHERE hash = 'earlier'",  # the second of this number
    "UPDATE snapshot SET first_number = NULL WHERE hash = 'later'",
    "UPDATE snapshot SET first_number = 2 WHERE hash = 'later'",
    "UPDATE snapshot SET first_number = 0 WHERE hash = 'later'",
)


async def test_what_stands_under_the_receipt_is_the_first_version(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = await connection.execute(sa.text("SELECT hash, number, first_number FROM snapshot"))
            assert {row[0]: tuple(row[1:]) for row in rows} == {
                "earlier": (None, None), "later": (1, 1), "of a text": (None, None),
            }  # fmt: skip
        for statement in WRONG:
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(statement))
    finally:
        await engine.dispose()
