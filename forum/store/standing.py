"""At which migration a database stands, and which is the newest of this version.

Every server asks at its start, so nothing here loads alembic: it reads the row that alembic keeps, and the names of the
files of migrations.
"""

from pathlib import Path

import asyncpg

MIGRATIONS = Path(__file__).parent / "migrations"


def head() -> str:
    """The newest migration of this version of the code: the name of each file begins with its number."""
    return max(file.name.split("_", 1)[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


async def current(connection: asyncpg.Connection) -> str:
    """The migration a database stands at; empty for a new one."""
    if not await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
        return ""
    return str(await connection.fetchval("SELECT version_num FROM alembic_version") or "")


async def is_newest(url: str) -> bool:
    """Whether a database has every migration already, and the job queue's own tables."""
    connection = await asyncpg.connect(url)
    try:
        queue = await connection.fetchval("SELECT to_regclass('pgqueuer') IS NOT NULL")
        return bool(queue) and await current(connection) == head()
    finally:
        await connection.close()
