"""Brings a database to the tables of this version. Run as the owner's role, never as the application's."""

import asyncio
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from .standing import MIGRATIONS
from .unit import sqlalchemy_url

# Any number, the same in every process: two `forum migrate` at once take turns.
_LOCK = 0x666F72756D


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _run(connection: sa.Connection) -> None:
    connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    command.upgrade(_config(connection), "head")


async def upgrade_async(url: str) -> None:
    """All migrations in one transaction, then the job queue's own tables. Safe to run again, and by two at once."""
    engine = create_async_engine(sqlalchemy_url(url), poolclass=sa.pool.NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
            await _install_queue(connection)
    finally:
        await engine.dispose()


async def _install_queue(connection: AsyncConnection) -> None:
    installed = await connection.scalar(sa.text("SELECT to_regclass('pgqueuer') IS NOT NULL"))
    if not installed:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute(QueryBuilderEnvironment().build_install_query())


def upgrade(url: str) -> None:
    """`upgrade_async` for callers without a loop."""
    asyncio.run(upgrade_async(url))
