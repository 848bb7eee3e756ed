"""The pages in a real browser: the tutorial as it is written, barriers that axe-core finds, and the keyboard alone.

One story is told for all of it. The tests run in the order of this file: what the tutorial leaves, the others see.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pypdfium2
import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.support.browsers import NARROW, WIDE, Reader, needs_browser, persona, reading
from tests.support.sources import ROOT
from tests.support.told import tell
from tests.support.tutorial import STEPS, SYMBOL, Walk

TUTORIAL = ROOT / "docs" / "tutorial.md"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
pytestmark = needs_browser("what the pages do in a browser: the tutorial, barriers, the keyboard")


@pytest.fixture(scope="module")
async def url(short_folder: Path) -> AsyncIterator[str]:
    """The demonstration's service, its story told."""
    folder = short_folder / "in-a-browser"
    folder.mkdir()
    async with tell(folder) as told:
        yield told.stage.url


def test_the_tutorial_is_these_steps() -> None:
    written = re.findall(r"^\d+\. (.*)$", TUTORIAL.read_text("utf-8"), re.M)
    assert written == list(STEPS)


async def test_each_step_of_the_tutorial_does_what_it_says(browser: Browser, url: str) -> None:
    async with AsyncExitStack() as stack:
        walk = Walk(
            secretariat=await stack.enter_async_context(persona(browser, url, "gfmd-secretariat")),
            delegate=await stack.enter_async_context(persona(browser, url, "ph-focal-point")),
            colleague=await stack.enter_async_context(persona(browser, url, "de-focal-point")),
            anybody=await stack.enter_async_context(reading(browser, url)),
        )
        for number, (sentence, does) in enumerate(STEPS.items(), 1):
            try:
                await does(walk)
            except BaseException as fault:
                fault.add_note(f"step {number}: {sentence}")
                raise


def _kind(address: str) -> str:
    """Pages of one template count as one: an address without what is its own."""
    path = _ID.sub("ID", address.partition("?")[0])
    for known in ("/documents/", "/writing/", "/consultation/", "/organisations/"):
        if path.startswith(known):
            return known
    return re.sub(r"^/forums/[^/]+(/[^/]+)?", lambda found: "/forums/X" + ("/Y" if found[1] else ""), path)


_LEFT_OUT = re.compile(r"language=|/explore|/papers/|\.pdf(?:$|\?)")


async def _one_of_each(reader: Reader, *also: str) -> AsyncIterator[str]:
    """One address of each kind that links lead to, from the first page on; the page is open then."""
    waiting, kinds = ["/", *also], Counter[str]()
    while waiting:
        address = waiting.pop(0)
        most = 4 if address.startswith("/do/") and not kinds["/do/"] else 1
        if kinds[_kind(address)] or kinds["/do/"] > most:
            continue
        kinds[_kind(address)] += 1
        kinds["/do/"] += address.startswith("/do/")
        assert await reader.open(address) in (200, 404), address
        links = await reader.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        # The explorer is GraphiQL as others make it, faults included (docs/pages.md); a paper is no page.
        waiting += [link.partition("#")[0] for link in links if not _LEFT_OUT.search(link)]
        yield address


async def _fits(page: Page) -> bool:
    """Whether nobody has to scroll sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def _faults(reader: Reader) -> list[str]:
    """What is wrong with the page that is open, wide and narrow, with all that can be unfolded."""
    await reader.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    found = []
    for width, height in (WIDE, NARROW):
        await reader.page.set_viewport_size({"width": width, "height": height})
        found += await reader.barriers()
        if not await _fits(reader.page):
            found.append(f"{reader.page.url} at {width} pixels has to be scrolled sideways")
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


async def _printed(reader: Reader) -> list[str]:
    """What is wrong with the page that is open once it is printed: what stands on it that nobody can use on paper,
    words of it that are not on paper, letters beyond the edge of the sheet."""
    page, found = reader.page, []
    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": 673, "height": 950})  # what the margins leave of A4, in CSS pixels
    if not await _fits(page):
        found.append(f"{page.url} is broader than its sheet")
    for useless in ("nav", "button", "a.skip"):
        if await page.locator(f"{useless}:visible").count():
            found.append(f"{page.url} has a {useless} on paper")
    words = (await page.inner_text("main")).split()
    sheets = pypdfium2.PdfDocument(await page.pdf(format="A4", prefer_css_page_size=True))
    texts = [sheet.get_textpage() for sheet in sheets]
    paper = _squeezed("".join(text.get_text_range() for text in texts))
    # PDFium gives Arabic back, and Latin words among it, in another order than they stand in.
    known = [word for word in words if word.isascii()] if await page.get_attribute("html", "dir") == "ltr" else []
    found += [f"{page.url} lacks {word!r} on paper" for word in known if word not in paper][:3]
    for sheet, text in zip(sheets, texts, strict=True):
        boxes = (text.get_rect(n) for n in range(text.count_rects()))
        if any(left < 0 or right > sheet.get_width() for left, _, right, _ in boxes):
            found.append(f"{page.url} is cut off at the edge of its sheet")
    await page.emulate_media(media="screen")
    return found


async def _enlarged(reader: Reader) -> list[str]:
    """What is wrong with the page that is open at 200 % (WCAG 2.2, 1.4.4): the window as it is at that zoom, and the
    letters alone twice as large."""
    page, found = reader.page, []
    await page.set_viewport_size({"width": 640, "height": 450})
    for size in ("100%", "200%"):
        await page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", size)
        if not await _fits(page):
            found.append(f"{page.url} with letters of {size} has to be scrolled sideways")
    return found + await reader.barriers()


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_page_is_whole_on_paper_and_at_twice_its_size(browser: Browser, url: str, language: str) -> None:
    faults: list[str] = []
    seen = []
    async with persona(browser, url, "gfmd-secretariat", script=True) as reader:
        await reader.open(f"/?language={language}")
        async for address in _one_of_each(reader, f"/consultation/{SYMBOL}", f"/writing/{SYMBOL}", "/nothing-here"):
            faults += await _printed(reader)
            faults += await _enlarged(reader)
            seen.append(address)
    assert faults == []
    assert len(seen) >= 15, seen


async def test_nothing_moves_by_itself_for_who_wants_no_motion(browser: Browser, url: str) -> None:
    async with reading(browser, url) as reader:
        await reader.open("/calls")
        still = "getComputedStyle(document.documentElement).scrollBehavior"
        moved = "document.getAnimations().length"
        assert await reader.page.evaluate(still) == "auto"
        assert await reader.page.evaluate(moved) == 0
        await reader.page.emulate_media(reduced_motion="no-preference")
        assert await reader.page.evaluate(still) == "smooth"


READERS = (None, "gfmd-secretariat", "id-focal-point", "no-administrator")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("subject", READERS)
async def test_no_page_has_a_barrier_that_axe_knows(
    browser: Browser, url: str, subject: str | None, language: str
) -> None:
    faults: list[str] = []
    seen = []
    async with AsyncExitStack() as stack:
        window = persona(browser, url, subject, script=True) if subject else reading(browser, url, script=True)
        reader = await stack.enter_async_context(window)
        await reader.open(f"/?language={language}")
        async for address in _one_of_each(reader, f"/consultation/{SYMBOL}", f"/writing/{SYMBOL}", "/nothing-here"):
            assert await reader.page.get_attribute("html", "lang") == language, address
            faults += await _faults(reader)
            seen.append(address)
    assert faults == []
    assert len(seen) >= 15, seen


async def test_a_form_that_comes_back_has_no_barrier_either(browser: Browser, url: str) -> None:
    faults = []
    async with persona(browser, url, "gfmd-secretariat", script=True) as reader:
        for address in ("/do/invite_person", "/do/issue_call", "/do/record_meeting", "/clock"):
            await reader.open(address)
            await reader.page.eval_on_selector_all("form", "all => all.forEach(form => { form.noValidate = true; })")
            await reader.page.locator("button.main").click()
            await expect(reader.page.get_by_role("alert")).to_be_visible()
            faults += await _faults(reader)
        await reader.open("/calls?state=closed")
        link = await reader.page.locator("main a[href^='/calls/']").first.get_attribute("href")
        await reader.open(f"/many?act=extend_window&thing=Call:{str(link).rpartition('/')[2]}")
        await expect(reader.page.get_by_role("table")).to_be_visible()
        faults += await _faults(reader)
    assert faults == []


async def _tab_to(page: Page, words: str) -> None:
    """Go on with the Tab key until what is focused bears these words."""
    for _ in range(200):
        await page.keyboard.press("Tab")
        label = await page.evaluate(
            "() => { const at = document.activeElement; const named = at.labels && at.labels[0];"
            " return (named ? named.innerText : at.innerText).trim().replace(/\\s+/g, ' '); }"
        )
        if label.startswith(words):
            return
    pytest.fail(f"the Tab key does not come to {words!r} on {page.url}")


async def _enter(page: Page, words: str) -> None:
    """Come to what bears these words by the Tab key, press Enter on it, and arrive."""
    await _tab_to(page, words)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def test_an_input_is_handed_in_by_the_keyboard_alone(browser: Browser, url: str) -> None:
    async with persona(browser, url, "id-focal-point", script=True) as reader:
        page = reader.page
        # A key that is pressed before the page has come focuses nothing.
        await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        await page.wait_for_load_state()
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.innerText") == "To the content"
        for words in ("Inputs for the Summit of 2021", "Write an input"):
            await _enter(page, words)
        await _tab_to(page, "Title")
        await page.keyboard.type("Written without a mouse")
        for question in range(await page.locator("textarea").count()):
            await page.locator("textarea").nth(question).focus()
            await page.keyboard.type("Desks near markets help people who arrive. " * 4)
        await _enter(page, "Save the draft")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Written without a mouse")
        await _enter(page, "Release it and hand it in")
        await expect(page.get_by_text("Keep this number: it is your receipt.")).to_be_visible()


async def test_a_draft_saves_itself_and_outlives_a_lost_line(browser: Browser, url: str) -> None:
    async with persona(browser, url, "de-focal-point", script=True) as reader:
        page, state = reader.page, reader.page.locator("#saved-state")
        await page.get_by_role("link", name="Inputs for the Summit of 2021").first.click()
        await page.get_by_role("link", name="Write an input").click()
        await page.get_by_label("Title").fill("Written on a bad line")
        await expect(state).to_contain_text("Saved by itself")
        await page.wait_for_url("**/inputs/*/edit")
        first = page.locator("textarea").first
        await first.fill("Certificates that both sides can read")
        await expect(page.get_by_text("6 words now")).to_be_visible()
        await page.context.set_offline(True)
        await first.fill("Certificates that both sides of a border can read")
        await expect(state).to_contain_text("The line is lost")
        await page.context.set_offline(False)
        await expect(state).to_contain_text("Saved by itself")
        await page.reload()
        await expect(page.locator("textarea").first).to_have_value("Certificates that both sides of a border can read")
        assert await reader.barriers() == []
        other = await page.context.new_page()
        await other.goto(page.url)
        await other.get_by_label("Title").fill("Written in a second window")
        await expect(other.locator("#saved-state")).to_contain_text("Saved by itself")
        await page.get_by_label("Title").fill("Written in the first")
        await expect(state).to_contain_text("Somebody else saved meanwhile")
        await page.get_by_role("button", name="Save the draft").click()
        await expect(page.get_by_text("Written in a second window")).to_be_visible()
        await expect(page.get_by_label("Title")).to_have_value("Written in the first")


async def test_what_was_typed_before_the_scripts_came_is_saved_too(browser: Browser, url: str) -> None:
    """On a slow line the form can be written in long before the script that saves it is there."""
    async with persona(browser, url, "id-focal-point", script=True) as reader:
        page, typed = reader.page, asyncio.Event()

        async def late(route: Route) -> None:
            await typed.wait()
            await route.continue_()

        await page.route("**/*-htmx.min.js", late)
        await page.get_by_role("link", name="Inputs for the Summit of 2021").first.click()
        await page.get_by_role("link", name="Write an input").click(no_wait_after=True)
        await page.get_by_label("Title").fill("Typed on a slow line")
        typed.set()
        await expect(page.locator("#saved-state")).to_contain_text("Saved by itself")
        await page.wait_for_url("**/inputs/*/edit")
        await page.reload()
        await expect(page.get_by_label("Title")).to_have_value("Typed on a slow line")


async def test_targets_are_found_while_one_types_and_the_draft_goes_on_saving_itself(
    browser: Browser, url: str
) -> None:
    async with persona(browser, url, "de-focal-point", script=True) as reader:
        page, state = reader.page, reader.page.locator("#saved-state")
        await page.get_by_role("link", name="Inputs for the Summit of 2021").first.click()
        await page.get_by_role("link", name="Write an input").click()
        await page.get_by_label("Title").fill("What remittances cost")
        await expect(state).to_contain_text("Saved by itself")
        await page.wait_for_url("**/inputs/*/edit")
        await page.get_by_label("Find a target").press_sequentially("migra")
        await expect(page.get_by_role("status").filter(has_text="Found: 4")).to_be_visible()
        remittances = page.get_by_role("checkbox", name="10.c")
        await remittances.focus()
        await page.keyboard.press("Space")
        async with page.expect_response("**/edit") as saved:
            await expect(remittances).to_be_focused()
        assert (await saved.value).status == 200
        assert await reader.barriers() == []
        await page.get_by_label("Find a target").fill("10.7")
        await expect(page.get_by_role("checkbox", name="10.7")).not_to_be_checked()
        await expect(page.get_by_role("group", name="Chosen").get_by_role("checkbox")).to_have_count(1)
        await page.get_by_label("Find a target").press("Enter")
        await expect(page.get_by_label("Title")).to_have_value("What remittances cost")
        await page.reload()
        await expect(remittances).to_be_checked()


async def test_targets_are_found_without_a_script(browser: Browser, url: str) -> None:
    async with persona(browser, url, "de-focal-point") as reader:
        page = reader.page
        await page.get_by_role("link", name="Inputs for the Summit of 2021").first.click()
        await page.get_by_role("link", name="Write an input").click()
        await page.get_by_label("Title").fill("Fair recruitment")
        await page.get_by_label("Find a target").fill("migrant workers")
        await page.get_by_role("button", name="Find").click()
        await page.get_by_role("checkbox", name="8.8").check()
        await expect(page.get_by_label("Title")).to_have_value("Fair recruitment")
        await page.get_by_role("button", name="Save the draft").click()
        await expect(page.get_by_text("SDG targets: 8.8")).to_be_visible()


async def test_a_barrier_would_be_found(browser: Browser, url: str) -> None:
    """The measure itself can fail."""
    async with reading(browser, url, script=True) as reader:
        await reader.open("/")
        await reader.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        await reader.page.evaluate("document.querySelector('main').style.minWidth = '4000px'")
        faults = " ".join(await _faults(reader))
    assert "image-alt" in faults
    assert "scrolled sideways" in faults
