"""Before version 23 nobody knew who had ever come: who signed in or stands in the history had; hidden authors not."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

PEOPLE = ("signed in", "acted", "wrote", "never came")
ROWS = (
    *(f"INSERT INTO person (id, subject, name) VALUES (md5('{who}')::uuid, '{who}', 'P')" for who in PEOPLE),
    "INSERT INTO sign_in (id, person_id, secret_hash, issuer, client, began_at, last_used_at, ends_at, idle_seconds) "
    "VALUES (md5('s')::uuid, md5('signed in')::uuid, sha256('s'), 'x', 'x', now(), now(), now() + interval '1 h', 60)",
    "INSERT INTO history (id, subject_kind, subject_id, act, actor_id, at, detail, leaf) "
    "VALUES (md5('h')::uuid, 'forum', md5('f')::uuid, 'x', md5('acted')::uuid, now(), '{}', sha256('h'))",
    "INSERT INTO authorship (subject_id, subject_kind, author_kind, person_id, written_at) "
    "VALUES (md5('c')::uuid, 'contribution', 'forum', md5('wrote')::uuid, now())",
)
BEFORE = "0021"


async def test_who_left_a_trace_has_come(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0023"))
            came = await connection.execute(sa.text("SELECT subject FROM person WHERE came_in"))
            assert sorted(came.scalars()) == ["acted", "signed in"]
            await connection.execute(
                sa.text("INSERT INTO person (id, subject, name) VALUES (md5('n')::uuid, 'n', 'N')")
            )
            new = await connection.execute(sa.text("SELECT came_in FROM person WHERE subject = 'n'"))
            assert new.scalar() is False
    finally:
        await engine.dispose()
