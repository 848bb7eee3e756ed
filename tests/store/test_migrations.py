"""The migrations reach the tables of the code: columns, keys, indexes, and every CHECK by name and by meaning."""

import asyncio

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate, standing
from forum.store.tables.schema import metadata
from forum.store.unit import sqlalchemy_url

QUEUE = "pgqueuer"  # the job queue's own tables are its own


def _differences(connection):
    def ours(_, name, kind, *__):
        return not (kind in ("table", "index") and (name or "").startswith(QUEUE)) and name != "alembic_version"

    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return compare_metadata(context, metadata)


async def _run(url, work):
    engine = create_async_engine(sqlalchemy_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def test_the_migrations_reach_the_tables(database):
    found = await _run(database.owner_url, _differences)
    assert [d for d in found if QUEUE not in str(d)] == []


async def test_every_check_of_the_code_stands_in_the_database_and_no_other(database, bare_database):
    async def checks(url):
        connection = await asyncpg.connect(url)
        try:
            rows = await connection.fetch(
                "SELECT conname, pg_get_constraintdef(oid) AS says FROM pg_constraint WHERE contype = 'c' AND conname "
                "LIKE 'ck_%'"
            )
            return {r["conname"]: r["says"] for r in rows}
        finally:
            await connection.close()

    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    migrated, declared = await checks(database.owner_url), await checks(bare_database.owner_url)
    assert migrated == declared
    assert len(migrated) > 50


async def test_migrating_again_and_by_two_at_once_changes_nothing(bare_database):
    await asyncio.gather(*(migrate.upgrade_async(bare_database.owner_url) for _ in range(3)))
    await migrate.upgrade_async(bare_database.owner_url)
    connection = await asyncpg.connect(bare_database.owner_url)
    try:
        stands = await standing.current(connection)
    finally:
        await connection.close()
    script = ScriptDirectory.from_config(migrate._config())
    assert stands == standing.head() == script.get_current_head() != ""
    assert await standing.is_newest(bare_database.owner_url)


async def test_authorship_is_under_row_level_security_even_for_its_owner(database):
    connection = await asyncpg.connect(database.owner_url)
    try:
        row = await connection.fetchrow(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'authorship'"
        )
    finally:
        await connection.close()
    assert tuple(row) == (True, True)


async def test_what_must_never_be_is_refused_by_the_table_itself(database):
    """A non-attributed row that names an organisation cannot be written, whatever the code does."""
    connection = await asyncpg.connect(database.superuser_url)
    try:
        await connection.execute("SET session_replication_role = replica")  # foreign keys aside: it is the CHECK we ask
        statement = (
            "INSERT INTO contribution (id, track_id, edition_id, forum_id, title, language, state, visibility, "
            "attribution, "
            "label, kind, named_mechanism) SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
            "gen_random_uuid(), "
            "'t', 'en', 'draft', 'public', $1, 'l', 'input', 'business'"
        )
        with pytest.raises(asyncpg.CheckViolationError, match="nothing_to_leak"):
            await connection.execute(statement, "none")
        await connection.execute(statement, "mechanism")
    finally:
        await connection.close()
