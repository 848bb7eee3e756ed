"""The demonstration's story, told once for all tests that look at it, on a server and a worker of its own.

A test asks for the fixture `told`. The service stays up to be asked
further: the clock stands in August 2020. What server, worker and PostgreSQL wrote to their logs is kept.
"""

import io
import os
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import pypdfium2
import pytest
from rich.console import Console

from forum import settings
from forum.cli import demonstration
from forum.client.session import Sent
from forum.client.story import story
from forum.client.story.stage import Stage, Story
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.embedded.site import Site


@dataclass(frozen=True)
class Told:
    """What is left when the story is told."""

    story: Story
    stage: Stage
    urls: roles.Urls  # as the service's own roles
    superuser_url: str
    said: str  # on the terminal
    logs: tuple[Path, ...]

    @property
    def out(self) -> Path:
        return self.stage.out

    async def ask(self, persona: str | None, operation: str, **variables: Any) -> Any:
        return await self.stage.as_(persona).ask(operation, **variables)

    async def query(self, persona: str | None, text: str, /, **variables: Any) -> Any:
        """The data of a document of the test's own."""
        answer = await self.stage.as_(persona).http.post("/graphql", json={"query": text, "variables": variables})
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    def sent(self, operation: str, persona: str | None = None) -> list[Sent]:
        """What the first ten steps sent under this name, in order."""
        return _named(self.stage.sent[: self._turn()], operation, persona)

    def sent_later(self, operation: str, persona: str | None = None) -> list[Sent]:
        """What the steps from the eleventh on sent under this name, in order."""
        return _named(self.stage.sent[self._turn() :], operation, persona)

    def _turn(self) -> int:
        """Where the Chair begins to change the process."""
        return next(n for n, sent in enumerate(self.stage.sent) if sent.operation == "PublishProcess")

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """As the superuser, whom no row-level security binds."""
        connection = await asyncpg.connect(self.superuser_url)
        try:
            return [dict(row) for row in await connection.fetch(sql, *values)]
        finally:
            await connection.close()


def _own_port() -> int:
    """By the worker's number; `_free_port` takes another where somebody listens there already."""
    return 8100 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@contextmanager
def _written_to(path: Path) -> Iterator[None]:
    """What child processes that are started here write to their standard streams goes to a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = {n: os.dup(n) for n in (1, 2)}
    with path.open("wb") as file:
        for n in kept:
            os.dup2(file.fileno(), n)
    try:
        yield
    finally:
        for n, was in kept.items():
            os.dup2(was, n)
            os.close(was)


@asynccontextmanager
async def tell(folder: Path) -> AsyncIterator[Told]:
    """Tell the story in a folder. The service's processes log as much as an operator's would: at level info."""
    data, log, said = folder / "told", folder / "told.log", io.StringIO()
    # A port of its own: another worker may be telling it too, and who looks for a free one can be overtaken.
    given = settings.Settings(mode="demo", data_dir=data, port=_own_port())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "environment", lambda s: settings.environment(replace(s, log_level="info")))
        on = demonstration.stage(given, folder / "told-out")
        with _written_to(log):
            stage = await on.__aenter__()
    try:
        stage.console = Console(file=said, width=10_000)
        tale = await story.tell(stage)
        cluster = Cluster(data / "demo-postgres")
        cluster.site = site = Site.at(data / "demo-postgres", None)
        urls = await roles.prepare(cluster.url(), demonstration.NAME, keep=site.home)
        logs = (log, site.home / "postgres.log")
        yield Told(tale, stage, urls, cluster.url(demonstration.NAME), said.getvalue(), logs)
        await stage.close()
    finally:
        await on.__aexit__(None, None, None)


def _named(sent: list[Sent], operation: str, persona: str | None) -> list[Sent]:
    return [s for s in sent if s.operation == operation and persona in (None, s.persona)]


def words_of(pdf: bytes) -> str:
    """The text of a paper, as a common viewer extracts it, on one line."""
    paper = pypdfium2.PdfDocument(pdf)
    pages = [paper[n].get_textpage().get_text_range() for n in range(len(paper))]
    assert all(page.strip() for page in pages), "an empty page"
    return " ".join(re.sub(r"[\ufffe\x02]\s*", "-", "\n".join(pages)).split())
