"""The databases of the suite: one cluster a run, one migrated template, a fresh copy of it for each test that asks.

`--postgres=embedded` (the default) runs on the embedded PostgreSQL; `--postgres=installed` runs only the tests that
need a database, on the PostgreSQL of another major version that the system has, and says so when it has none;
`--postgres=both` does both in one run, and `--postgres=none` runs the tests that need no database.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from forum.store import roles
from forum.store.embedded import place
from forum.store.embedded.cluster import Cluster
from tests.support.places import new_folder

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.served import Served
    from tests.support.told import Told

# Generated cases: the same ones each run, and no clock over them, also not over making them: machines are shared.
settings.register_profile(
    "shared",
    deadline=None,
    max_examples=80,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("shared")

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "128MB",
}
_numbers = count(1)


@dataclass(frozen=True)
class Database:
    """A database of one test. `owner_url` makes tables, `app_url` is what the service would use."""

    name: str
    owner_url: str
    app_url: str
    superuser_url: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        choices=("embedded", "installed", "both", "none"),
        default="embedded",
        help="which PostgreSQL to test on",
    )


def _chosen(config: pytest.Config) -> list[Path]:
    wanted, found = config.getoption("--postgres"), []
    embedded = place.embedded_binaries()
    if wanted in ("embedded", "both"):
        found.append(embedded)
    if wanted in ("installed", "both"):
        found += [p for p in place.installed_binaries() if place.major(p) != place.major(embedded)]
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "binaries" in metafunc.fixturenames and metafunc.config.getoption("--postgres") in ("installed", "both"):
        chosen = _chosen(metafunc.config)
        names = [f"postgresql-{place.major(p)}" for p in chosen]
        metafunc.parametrize("binaries", chosen, ids=names, indirect=True, scope="session")


# What a test asks for that starts a PostgreSQL, a service, or both.
STARTED = frozenset(("binaries", "short_folder", "folder", "told", "served", "result", "browser"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--postgres") == "none":
        without = [i for i in items if not STARTED & set(getattr(i, "fixturenames", ()))]
        config.hook.pytest_deselected(items=[i for i in items if i not in without])
        items[:] = without
    if config.getoption("--postgres") == "installed":
        again = [i for i in items if "binaries" in getattr(i, "fixturenames", ()) and not i.get_closest_marker("once")]
        on_database = again if _chosen(config) else []
        config.hook.pytest_deselected(items=[i for i in items if i not in on_database])
        items[:] = on_database


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and not _chosen(session.config):
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--postgres") in ("installed", "both"):
        versions = [str(place.major(p)) for p in _chosen(config)]
        said = f"ran on PostgreSQL {', '.join(versions)}" if versions else "none is installed: NOTHING WAS TESTED"
        terminalreporter.write_line(f"--postgres={config.getoption('--postgres')}: {said}")
    for why in sorted({report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())}):
        terminalreporter.write_line(f"LEFT OUT. {why}")


@pytest.fixture(scope="session")
def binaries(request: pytest.FixtureRequest) -> Path:
    """The PostgreSQL under test."""
    return getattr(request, "param", None) or place.embedded_binaries()


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder for clusters, which is gone after the run."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def folder(short_folder: Path) -> Path:
    """For a cluster of the test's own: not yet there."""
    return short_folder / f"own-{next(_numbers)}"


@pytest.fixture(scope="session")
def cluster(binaries: Path, short_folder: Path) -> Iterator[Cluster]:
    """A running PostgreSQL, fast and forgetful."""
    with Cluster(short_folder / f"suite-{place.major(binaries)}", binaries, options=FAST) as running:
        yield running


@pytest.fixture(scope="session")
async def administrator(cluster: Cluster) -> AsyncIterator["asyncpg.Connection"]:
    """The superuser's connection, for making and dropping databases."""
    connection = await asyncpg.connect(cluster.url())
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def empty_template(cluster: Cluster) -> roles.Urls:
    """A database with the roles' rights and no tables."""
    return await roles.prepare(cluster.url(), "template_empty", keep=cluster.home)


@pytest.fixture(scope="session")
async def template(cluster: Cluster, empty_template: roles.Urls) -> roles.Urls:
    """A database at the newest migration."""
    from forum.store.migrate import upgrade

    urls = await roles.prepare(cluster.url(), "template_migrated", keep=cluster.home)
    await asyncio.to_thread(upgrade, urls.owner)
    return urls


@pytest.fixture
async def database(
    cluster: Cluster, administrator: "asyncpg.Connection", template: roles.Urls
) -> AsyncIterator[Database]:
    """A fresh, migrated database, dropped after the test."""
    async for fresh in _copy(cluster, administrator, template, "template_migrated"):
        yield fresh


@pytest.fixture
async def bare_database(
    cluster: Cluster, administrator: "asyncpg.Connection", empty_template: roles.Urls
) -> AsyncIterator[Database]:
    """A fresh database without tables, dropped after the test."""
    async for fresh in _copy(cluster, administrator, empty_template, "template_empty"):
        yield fresh


async def _copy(
    cluster: Cluster, administrator: "asyncpg.Connection", urls: roles.Urls, source: str
) -> AsyncIterator[Database]:
    name = f"test_{next(_numbers)}"
    await administrator.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
    await roles.close_database(administrator, name)
    here = urls.of(name)
    yield Database(name, here.owner, here.app, cluster.url(name))
    await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


# ---- made once for all tests that look at them; what they need is imported when one is asked for
@pytest.fixture(scope="session")
async def told(short_folder: Path) -> AsyncIterator["Told"]:
    """The story, told, on a service that is still up."""
    from tests.support.told import tell

    async with tell(short_folder) as made:
        yield made


@pytest.fixture(scope="session")
async def served(short_folder: Path, binaries: Path) -> AsyncIterator["Served"]:
    """Two servers on a PostgreSQL of their own, with the scene of `scene.py`."""
    from tests.support.served import serving

    async with serving(short_folder, binaries) as made:
        yield made


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator["Browser"]:
    """A Chromium that runs."""
    from tests.support.browsers import chromium_running

    async with chromium_running() as running:
        yield running
