"""The two roles and the database: who owns the tables, and who only uses them.

`forum_owner` makes and changes tables (migrations). `forum_app` is what the service signs in as: it owns nothing and
bypasses nothing, so the row-level security on `authorship` holds for every statement it sends.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from ..errors import Misconfigured

OWNER, APP = "forum_owner", "forum_app"
# Any number, the same in every process: two preparing at once take turns.
_LOCK = 0x666F726C


@dataclass(frozen=True)
class Urls:
    """`postgresql://` URLs of one database: `owner` for migrations only, `app` for the service."""

    owner: str
    app: str

    def of(self, database: str) -> "Urls":
        """The same roles on another database."""
        return Urls(_with(self.owner, database), _with(self.app, database))


async def prepare(superuser_url: str, database: str = "forum", keep: Path | None = None) -> Urls:
    """Make the roles and the database, or bring what is there to the same state. Safe again, and by two at once.

    `keep` is a folder (the embedded cluster's `home`) where the roles' passwords stand in files of mode 0600, so that a
    restart finds them; without it the roles get new passwords. Refuses (Misconfigured) a role that may not do this.
    """
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        owner = await _role(connection, OWNER, keep)
        app = await _role(connection, APP, keep)
        await _create_database(connection, database)
    except asyncpg.InsufficientPrivilegeError as error:
        raise Misconfigured(reason=f"This role may not make roles and databases: {error}. Use a superuser.") from error
    finally:
        await connection.close()  # and with it the lock
    inside = await asyncpg.connect(_with(superuser_url, database))
    try:
        # Once more: such a lock counts in its own database only, and two that grant at once fail.
        await inside.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await _grant(inside)
    finally:
        await inside.close()
    return Urls(
        owner=_with(superuser_url, database, (OWNER, owner)),
        app=_with(superuser_url, database, (APP, app)),
    )


async def drop(superuser_url: str, database: str) -> None:
    """Drop a database, whoever is in it. For demonstrations: what is in it is gone."""
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {_quoted(database)} WITH (FORCE)")
    finally:
        await connection.close()


async def close_database(connection: "asyncpg.Connection[Any]", database: str) -> None:
    """Nobody but the two roles may connect. A copy made with TEMPLATE does not inherit this: call it again there."""
    name = _quoted(database)
    await connection.execute(
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {APP};"
        f"ALTER DATABASE {name} OWNER TO {OWNER}"
    )


async def refuse_powerful(connection: "asyncpg.Connection[Any]") -> None:
    """Refuse (Misconfigured) a connection whose login could pass by the row-level security on `authorship`.

    That is a superuser, a role with BYPASSRLS, the owner of `authorship`, or a member of one of these: what SET ROLE
    can reach counts. Before the first migration there is no `authorship`, and only the first two are asked.
    """
    powers = await connection.fetch(_POWERS)
    if powers:
        raise Misconfigured(
            reason=f"The service must not sign in to PostgreSQL as {powers[0]['login']}: it {powers[0]['power']}. "
            f"Give it the application's role ({APP}); the owner's is for migrations only."
        )


_POWERS = """
SELECT session_user::text AS login,
       CASE WHEN r.rolsuper THEN 'is, or may become, a superuser'
            ELSE 'bypasses row-level security' END AS power
  FROM pg_roles r
 WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(session_user, r.oid, 'MEMBER')
UNION ALL
SELECT session_user::text, 'owns, or may become the owner of, the table authorship'
  FROM pg_class c
 WHERE c.relname = 'authorship' AND c.relkind IN ('r', 'p') AND pg_has_role(session_user, c.relowner, 'MEMBER')
"""


async def _role(connection: "asyncpg.Connection[Any]", name: str, keep: Path | None) -> str:
    password = _kept(keep / f"password.{name}") if keep else secrets.token_urlsafe(32)
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await connection.execute(f"CREATE ROLE {name}")
    # token_urlsafe knows no quote; DDL takes no parameters.
    await connection.execute(
        f"ALTER ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION PASSWORD '{password}'"
    )
    return password


def _kept(path: Path) -> str:
    """The password in the file, or a new one put there. Read and written under the advisory lock only."""
    if not path.exists():
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32) + "\n")
        fresh.rename(path)
    return path.read_text().strip()


async def _create_database(connection: "asyncpg.Connection[Any]", database: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database):
        await connection.execute(f"CREATE DATABASE {_quoted(database)} TEMPLATE template0 ENCODING 'UTF8'")
    await close_database(connection, database)


async def _grant(inside: "asyncpg.Connection[Any]") -> None:
    await inside.execute(
        f"""
        ALTER SCHEMA public OWNER TO {OWNER};
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        REVOKE CREATE ON SCHEMA public FROM {APP};
        GRANT USAGE ON SCHEMA public TO {APP};
        ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
        ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP};
        """
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _with(url: str, database: str, login: tuple[str, str] | None = None) -> str:
    parts = urlsplit(url)
    place = parts.netloc
    if login:
        place = ":".join(quote(word, safe="") for word in login) + "@" + place.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=place, path="/" + quote(database, safe="")))


async def answers(connection: "asyncpg.Connection[Any]") -> bool:
    """Whether the database answers."""
    return bool(await connection.fetchval("SELECT true"))
