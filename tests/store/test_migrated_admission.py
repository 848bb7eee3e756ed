"""Before version 9 nobody was admitted by act: no forum is a registrar yet, and names are compared from then on."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.domain.names import folded
from forum.store import migrate
from forum.store.unit import sqlalchemy_url

NAMES = (("Türkiye", None), ("République-Unie", "R.U."), ("Network of Nurses", "NoN"))
FORUM = "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')"
ORGANISATION = (
    "INSERT INTO organisation (id, name, short_name, kind) "
    "VALUES (md5(CAST(:name AS text))::uuid, :name, :short, 'other')"
)


async def test_organisations_that_stand_are_found_by_their_names(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0008"))
            await connection.execute(sa.text(FORUM))
            for name, short in NAMES:
                await connection.execute(sa.text(ORGANISATION), {"name": name, "short": short})
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = (await connection.execute(sa.text("SELECT name, short_name, name_keys FROM organisation"))).all()
            assert {(row.name, row.short_name) for row in rows} == set(NAMES)
            for row in rows:
                assert row.name_keys == [folded(name) for name in (row.name, row.short_name) if name]
            assert (await connection.execute(sa.text("SELECT registrar FROM forum"))).scalar_one() is False
            assert (await connection.execute(sa.text("SELECT count(*) FROM application"))).scalar_one() == 0
    finally:
        await engine.dispose()
