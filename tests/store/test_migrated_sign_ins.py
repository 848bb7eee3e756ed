"""People and their tokens from before version 18 go on; nobody is signed in before they sign in."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

PERSON = "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')"
TOKEN = """INSERT INTO token (id, subject, purpose, issued_by, issued_at, expires_at)
VALUES (md5('k')::uuid, 'p', 'x', 'operator', '2027-01-01Z', '2027-01-02Z')"""
SIGN_IN = """INSERT INTO sign_in
  (id, person_id, secret_hash, issuer, client, began_at, last_used_at, ends_at, idle_seconds)
VALUES (md5('s')::uuid, md5('p')::uuid, sha256('x'), 'demonstration', 'Firefox', '2027-01-01Z', '2027-01-01Z',
  '2027-01-02Z', 60)"""


async def test_people_and_tokens_stay_and_people_sign_in(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0017"))
            await connection.execute(sa.text(PERSON))
            await connection.execute(sa.text(TOKEN))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text("SELECT subject FROM token"))).scalars().all() == ["p"]
            assert (await connection.execute(sa.text("SELECT count(*) FROM sign_in"))).scalar_one() == 0
            await connection.execute(sa.text(SIGN_IN))
    finally:
        await engine.dispose()
