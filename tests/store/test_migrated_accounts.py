"""Sign-ins from before version 19 stand on; no account is linked before the operator links one."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url
from tests.store.test_migrated_sign_ins import PERSON, SIGN_IN

ACCOUNT = """INSERT INTO account (id, person_id, issuer, subject, linked_at)
VALUES (md5('{0}')::uuid, md5('p')::uuid, 'https://id.example', 's', '2027-01-01Z')"""


async def test_sign_ins_stand_and_an_account_signs_in_one_person_at_a_time(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0018"))
            await connection.execute(sa.text(PERSON))
            await connection.execute(sa.text(SIGN_IN))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            row = (await connection.execute(sa.text("SELECT issuer, account_id, provider_session FROM sign_in"))).one()
            assert tuple(row) == ("demonstration", None, None)
            await connection.execute(sa.text(ACCOUNT.format("a")))
            await connection.execute(sa.text("UPDATE account SET ended_at = '2027-01-02Z'"))
            await connection.execute(sa.text(ACCOUNT.format("b")))
            twin = (
                await connection.execute(sa.text("SELECT count(*) FROM account WHERE ended_at IS NULL"))
            ).scalar_one()
            assert twin == 1
    finally:
        await engine.dispose()
