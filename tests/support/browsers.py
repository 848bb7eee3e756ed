"""A real browser for tests: Debian's Chromium, driven by Playwright, and axe-core that looks for barriers.

A test asks for the fixture `browser`. Each person has a context of their own: cookies of their own, and no script
unless the test wants it.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.support.npm import NODE

AXE = NODE / "axe-core" / "axe.min.js"
# WCAG 2.2, levels A and AA, and what axe-core knows beyond it to be good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROW, WIDE = (320, 640), (1280, 900)


def chromium() -> str | None:
    """Where Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def needs_browser(untested: str) -> pytest.MarkDecorator:
    """Leave a test out where there is no Chromium or axe-core is not there, and say what is `untested` then. In CI
    nothing is left out: there the test fails."""
    missing = (chromium() is None or not AXE.exists()) and os.environ.get("CI") != "true"
    how = "Install chromium and npm, then: make portals"
    return pytest.mark.skipif(missing, reason=f"Chromium: NOT TESTED is {untested}. {how}")


@asynccontextmanager
async def chromium_running() -> AsyncIterator[Browser]:
    """A Chromium without a screen."""
    async with async_playwright() as playwright:
        # Its own sandbox needs rights that a container may not have; the pages are ours.
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        await browser.close()


@dataclass
class Reader:
    """Somebody with a browser window on the service at `url`."""

    url: str
    page: Page

    async def open(self, address: str) -> int:
        """Open a page of ours; its status."""
        response = await self.page.goto(self.url + address)
        assert response is not None, address
        return response.status

    async def follow(self, words: str, **more: Any) -> None:
        """Follow the link of these words."""
        await self.page.get_by_role("link", name=words, **more).first.click()

    async def press(self, words: str, **more: Any) -> None:
        """Press the button of these words."""
        await self.page.get_by_role("button", name=words, **more).first.click()

    async def fill(self, label: str, value: str, **more: Any) -> None:
        """Fill in the field of this label."""
        await self.page.get_by_label(label, **more).first.fill(value)

    async def text(self) -> str:
        """What can be read on the page."""
        return await self.page.inner_text("body")

    async def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page as it is: the rule, and where. The window must run scripts."""
        await self.page.evaluate(AXE.read_text("utf-8"))
        found = await self.page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", list(RULES)
        )
        return [
            f"{self.page.url} {broken['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for broken in found["violations"] for node in broken["nodes"]
        ]  # fmt: skip


@asynccontextmanager
async def reading(
    browser: Browser, url: str, *, size: tuple[int, int] = WIDE, script: bool = False, language: str = "en"
) -> AsyncIterator[Reader]:
    """A window of somebody who is not signed in, of this size in CSS pixels; `script`: whether pages may run any."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, locale=language,
        reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(60_000)
    try:
        yield Reader(url, await context.new_page())
    finally:
        await context.close()


@asynccontextmanager
async def persona(browser: Browser, url: str, subject: str, **more: Any) -> AsyncIterator[Reader]:
    """A window of somebody of the demonstration's story, signed in."""
    async with reading(browser, url, **more) as reader:
        await reader.open("/sign-in")
        await reader.page.locator(f'form:has(input[value="{subject}"]) button').click()
        yield reader
