"""Before version 20 nobody could be invited: people and tokens stay as they were."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

ROWS = (
    "INSERT INTO organisation (id, name, kind) VALUES (md5('o')::uuid, 'O', 'other')",
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    "INSERT INTO mandate (id, organisation_id, person_id, role, starts_at, zone) VALUES "
    "(md5('m')::uuid, md5('o')::uuid, md5('p')::uuid, 'administrator', now(), 'UTC')",
    "INSERT INTO token (id, subject, purpose, issued_by, issued_at, expires_at) VALUES "
    "(md5('k')::uuid, 'p', 'x', 'operator', '2027-01-01Z', '2027-01-02Z')",
)
BEFORE = "0019"
INVITATION = (
    "INSERT INTO invitation (id, address, name, organisation_id, role, starts_at, zone, invited_by_id, "
    "invited_under_id, invited_at, open_until, blank_at) VALUES (md5('i')::uuid, 'a@b.org', 'A', md5('o')::uuid, "
    "'delegate', now(), 'UTC', md5('p')::uuid, md5('m')::uuid, now(), now(), now())"
)


async def test_people_and_tokens_stay_and_an_open_invitation_is_to_somebody(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0020"))
            tokens = await connection.execute(sa.text("SELECT subject, issued_by FROM token"))
            assert [tuple(row) for row in tokens] == [("p", "operator")]
            assert (await connection.execute(sa.text("SELECT role FROM mandate"))).scalars().all() == ["administrator"]
            await connection.execute(sa.text("UPDATE token SET issued_by = 'invitation'"))
            await connection.execute(sa.text(INVITATION))
            assert (await connection.execute(sa.text("SELECT state FROM invitation"))).scalars().all() == ["open"]
        for wrong in ("address = null", "state = 'accepted'", "state = 'declined'", "forum_id = null, role = 'chair'"):
            async with engine.connect() as connection:
                with pytest.raises(IntegrityError):
                    await connection.execute(sa.text(f"UPDATE invitation SET {wrong}"))
        async with engine.begin() as connection:
            blanked = "UPDATE invitation SET state = 'expired', address = null, name = null"
            await connection.execute(sa.text(blanked))
    finally:
        await engine.dispose()
