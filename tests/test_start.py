"""A server is started often, and looked at while it starts: it loads what its first answer needs, and no more."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What only some requests need: papers, workbooks, calendars, sign-in at a provider, migrations.
LATE = {
    "reportlab", "pikepdf", "PIL", "uharfbuzz", "icu", "openpyxl", "docx", "lxml", "icalendar", "httpx", "authlib",
    "rich", "alembic", "mako", "aiosmtplib",
}  # fmt: skip
MOST_MODULES = 1_900

_SERVED = """
import asyncio, sys
from forum import app
from forum.cli import service
from forum.settings import Settings

async def started():
    settings = Settings(mode="test", database_url=sys.argv[1], secret="x" * 32, pool=2)
    async with app.running(settings) as parts:
        service.Server(parts, settings)

asyncio.run(started())
print(*sorted(sys.modules))
"""


def _loaded(code: str, *arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60, cwd=ROOT, check=True
    )
    return set(run.stdout.split())


def test_a_server_loads_nothing_that_only_some_requests_need(database) -> None:
    modules = _loaded(_SERVED, database.app_url)
    assert not {name.partition(".")[0] for name in modules} & LATE
    assert len(modules) < MOST_MODULES


def test_help_loads_no_room() -> None:
    modules = _loaded("import sys; from forum.cli.parser import parser; parser().format_help(); print(*sys.modules)")
    assert not {name.partition(".")[0] for name in modules} & (
        LATE | {"sqlalchemy", "strawberry", "graphql", "uvicorn"}
    )
    assert len(modules) < 300
