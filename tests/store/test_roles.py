"""The application's role owns nothing and bypasses nothing, and the service refuses to sign in as one that does."""

import asyncio
import stat

import asyncpg
import pytest

from forum.errors import Misconfigured
from forum.store import roles
from forum.store.embedded.cluster import Cluster


async def _one(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_the_app_uses_what_the_owner_makes(bare_database):
    await _one(bare_database.owner_url, "CREATE TABLE kept (id bigint GENERATED ALWAYS AS IDENTITY, said text)")
    assert await _one(bare_database.app_url, "INSERT INTO kept (said) VALUES ('yes') RETURNING id") == 1
    assert await _one(bare_database.app_url, "UPDATE kept SET said = 'no' RETURNING said") == "no"
    assert await _one(bare_database.app_url, "DELETE FROM kept RETURNING said") == "no"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE kept ADD COLUMN more int",
        "ALTER TABLE kept DISABLE ROW LEVEL SECURITY",
        "TRUNCATE kept",
        "DROP TABLE kept",
        "SET ROLE forum_owner",
        "CREATE ROLE other",
        "CREATE DATABASE other",
    ],
)
async def test_the_app_changes_no_structure(bare_database, sql):
    await _one(bare_database.owner_url, "CREATE TABLE kept (id int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _one(bare_database.app_url, sql)


async def test_rows_without_a_policy_stay_hidden(bare_database):
    connection = await asyncpg.connect(bare_database.owner_url)
    await connection.execute("CREATE TABLE authorship (id int); INSERT INTO authorship VALUES (1)")
    await connection.execute("ALTER TABLE authorship ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    assert await connection.fetchval("SELECT count(*) FROM authorship") == 0  # FORCE: the owner neither
    await connection.close()
    assert await _one(bare_database.app_url, "SELECT count(*) FROM authorship") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await _one(bare_database.app_url, "INSERT INTO authorship VALUES (2)")
    assert await _one(bare_database.superuser_url, "SELECT count(*) FROM authorship") == 1


async def test_neither_role_has_powers(bare_database):
    told = "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) FROM pg_roles "
    assert await _one(bare_database.superuser_url, told + "WHERE rolname LIKE 'forum\\_%'") is False
    assert await _one(bare_database.owner_url, "SELECT pg_get_userbyid(datdba) FROM pg_database "
                      "WHERE datname = current_database()") == roles.OWNER  # fmt: skip
    assert await _one(bare_database.owner_url, "SELECT nspowner::regrole::text FROM pg_namespace "
                      "WHERE nspname = 'public'") == roles.OWNER  # fmt: skip


async def test_powerful_logins_are_refused(bare_database):
    async def asked(url: str) -> None:
        connection = await asyncpg.connect(url)
        try:
            await roles.refuse_powerful(connection)
        finally:
            await connection.close()

    await asked(bare_database.app_url)
    await asked(bare_database.owner_url)  # nothing to own yet
    with pytest.raises(Misconfigured, match=r"postgres.*superuser"):
        await asked(bare_database.superuser_url)
    await _one(bare_database.owner_url, "CREATE TABLE authorship (id int)")
    with pytest.raises(Misconfigured, match=r"forum_owner.*owner of"):
        await asked(bare_database.owner_url)
    await asked(bare_database.app_url)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [("BYPASSRLS", "bypasses"), ("IN ROLE forum_owner", "owner of"), ("IN ROLE postgres", "superuser")],
)
async def test_powers_that_are_borrowed_are_refused(cluster, bare_database, attributes, said):
    await _one(bare_database.owner_url, "CREATE TABLE authorship (id int)")
    await _one(cluster.url(), f"CREATE ROLE borrower LOGIN PASSWORD 'x' {attributes}")
    await _one(cluster.url(), f"GRANT CONNECT ON DATABASE {bare_database.name} TO borrower")
    connection = await asyncpg.connect(cluster.url(bare_database.name, "borrower", "x"))
    try:
        with pytest.raises(Misconfigured, match=f"borrower.*{said}"):
            await roles.refuse_powerful(connection)
    finally:
        await connection.close()
        await _one(cluster.url(), f"REVOKE ALL ON DATABASE {bare_database.name} FROM borrower")
        await _one(cluster.url(), "DROP ROLE borrower")


async def test_preparing_again_and_at_once_changes_nothing(cluster: Cluster, administrator):
    first = await roles.prepare(cluster.url(), "again", keep=cluster.home)
    await _one(first.owner, "CREATE TABLE kept (id int)")
    others = await asyncio.gather(*(roles.prepare(cluster.url(), "again", keep=cluster.home) for _ in range(4)))
    assert all(urls == first for urls in others)
    assert await _one(first.app, "SELECT count(*) FROM kept") == 0
    for name in (roles.OWNER, roles.APP):
        assert stat.S_IMODE((cluster.home / f"password.{name}").stat().st_mode) == 0o600
    await administrator.execute("DROP DATABASE again WITH (FORCE)")


async def test_who_may_not_make_roles_is_told(bare_database):
    with pytest.raises(Misconfigured, match="superuser"):
        await roles.prepare(bare_database.owner_url, "other")


async def test_strangers_do_not_get_in(cluster: Cluster, bare_database, administrator):
    await administrator.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(cluster.url(bare_database.name, "stranger", "x"))
    finally:
        await administrator.execute("DROP ROLE stranger")
