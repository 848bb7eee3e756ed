"""The pages of a service on a small review, for tests in a browser without a screen."""

import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette

from forum import app
from forum.settings import Settings
from tests.support.scene import Scene, scene
from tests.support.sign_ins import browser, served, signed_in

_LINK = re.compile(r'<a (?!download)[^>]*href="([^"#]+)')  # what is kept as a file is no page


@dataclass
class Portal:
    """A small review, and the service's pages on it as people reach them."""

    s: Scene
    parts: app.Parts
    site: Starlette

    @asynccontextmanager
    async def by(self, subject: str | None = None, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        """A browser: of this person, signed in, or of nobody."""
        secret = (await signed_in(self.parts, subject))[0] if subject else None
        async with browser(self.site, secret, **headers) as line:
            yield line


@asynccontextmanager
async def portal(url: str) -> AsyncIterator[Portal]:
    """The service on a database, with the small review in it."""
    settings = Settings(mode="test", database_url=url, secret="s" * 32, pool=4)
    async with scene(url) as s:
        parts = await app.parts(settings, url)
        yield Portal(s, parts, served(parts))
        await parts.close()


def hidden(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page's first form that carries a key."""
    form = re.search(r'<form[^>]*>(?:(?!</form>).)*name="key".*?</form>', page.text, re.S)
    assert form, page.text
    return dict(re.findall(r'<input type="hidden" name="([^"]+)"(?: id="[^"]+")? value="([^"]*)"', form[0]))


def is_page(answer: httpx.Response) -> bool:
    """Whether this is a page: not a paper, which links lead to as well."""
    return answer.headers["content-type"].startswith("text/html") and "content-disposition" not in answer.headers


async def crawled(line: httpx.AsyncClient, start: str = "/", most: int = 150) -> dict[str, httpx.Response]:
    """Every page of ours that links lead to from here, by its address; of pages in other languages none."""
    found: dict[str, httpx.Response] = {}
    waiting: deque[str] = deque([start])
    while waiting and len(found) < most:
        address = waiting.popleft()
        if address in found:
            continue
        found[address] = page = await line.get(address)
        for link in _LINK.findall(page.text) if is_page(page) else ():
            target: Any = httpx.URL(str(page.url)).join(link.replace("&amp;", "&"))
            if target.host == line.base_url.host and "language=" not in link and target.path != "/query":
                waiting.append(target.raw_path.decode())
    return found
