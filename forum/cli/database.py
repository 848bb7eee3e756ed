"""`forum migrate` and `forum prepare`: the tables, and the database with its two roles."""

import argparse

from .. import app
from ..errors import Misconfigured
from ..settings import Settings
from ..store import migrate, roles, standing
from .terminal import console


async def migrate_database(arguments: argparse.Namespace, settings: Settings) -> int:
    """Apply all migrations, in the owner's role."""
    if settings.database_url and not settings.owner_url:
        raise Misconfigured(
            reason="Set FORUM_OWNER_DATABASE_URL: the owner's role makes tables, the service's role may not."
        )
    async with app.database(settings) as urls:
        await migrate.upgrade_async(urls.owner)
    console.print(f"The database stands at {standing.head()}.")
    return 0


async def prepare(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make roles and database on the operator's own PostgreSQL; prints the two URLs to keep."""
    if not settings.superuser_url:
        raise Misconfigured(reason="Set FORUM_SUPERUSER_DATABASE_URL to a role that may make roles and databases.")
    urls = await roles.prepare(settings.superuser_url, "forum")
    print(f"FORUM_OWNER_DATABASE_URL={urls.owner}\nDATABASE_URL={urls.app}")
    return 0
