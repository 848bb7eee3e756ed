"""Before version 19 nobody was written to: what people were told stays told, and none of it is sent now."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

ROWS = (
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    "INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at) VALUES "
    "(md5('n')::uuid, md5('p')::uuid, 'seat', 'W.', md5('c')::uuid, now())",
)
AFTER = (
    "INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at) VALUES "
    "(md5('m')::uuid, md5('p')::uuid, 'receipt', 'R.', md5('d')::uuid, now())",
    "INSERT INTO contact (id, person_id, address) VALUES (md5('k')::uuid, md5('p')::uuid, 'p@example.org')",
    "INSERT INTO letter (id, due_at) VALUES (md5('l')::uuid, now())",
    "INSERT INTO letter_part (id, letter_id, notice_id, person_id) VALUES "
    "(md5('q')::uuid, md5('l')::uuid, md5('m')::uuid, md5('p')::uuid)",
)
WRONG = (
    "UPDATE notice SET kind = 'mail'",
    "UPDATE contact SET language = 'de'",
    "INSERT INTO contact (id, person_id) VALUES (md5('k2')::uuid, md5('p')::uuid)",
    "UPDATE letter SET state = 'lost'",
)


async def test_what_was_told_before_is_not_sent_and_what_is_told_now_is(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            before = await connection.run_sync(_before)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), before))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0021"))
            for row in AFTER:
                await connection.execute(sa.text(row))
            found = await connection.execute(sa.text("SELECT kind, saying, posted FROM notice ORDER BY kind DESC"))
            assert [tuple(row) for row in found] == [("seat", None, True), ("receipt", None, False)]
            contact = await connection.execute(sa.text("SELECT language, zone, pace, muted FROM contact"))
            assert [tuple(row) for row in contact] == [("en", "UTC", "at_once", [])]
            # Also the owner of the tables names the letter or the person first.
            assert (await connection.execute(sa.text("SELECT id FROM letter_part"))).all() == []
            await connection.execute(sa.text("SELECT set_config('forum.letter', md5('l')::uuid::text, true)"))
            assert len((await connection.execute(sa.text("SELECT id FROM letter_part"))).all()) == 1
        for wrong in WRONG:
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(wrong))
    finally:
        await engine.dispose()


def _before(connection: sa.Connection) -> str:
    """The version that the one of mail follows."""
    script = ScriptDirectory.from_config(migrate._config(connection)).get_revision("0021")
    assert isinstance(script.down_revision, str)
    return script.down_revision
