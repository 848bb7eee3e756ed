"""What stood before version 8 is brought along; tokens from before are on no list, and end."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

PERSON = "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')"
TOKEN = "INSERT INTO token (id, subject, purpose, issued_by, issued_at, expires_at) VALUES "


async def test_people_stay_and_no_token_is_on_the_list(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0007"))
            await connection.execute(sa.text(PERSON))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            assert (await connection.execute(sa.text("SELECT subject FROM person"))).scalars().all() == ["p"]
            assert (await connection.execute(sa.text("SELECT count(*) FROM token"))).scalar_one() == 0
            one = "(md5('k')::uuid, 'p', 'x', 'operator', '2027-01-01Z', '2027-01-02Z')"
            await connection.execute(sa.text(TOKEN + one))
    finally:
        await engine.dispose()
