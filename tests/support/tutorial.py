"""docs/tutorial.md, sentence by sentence: from a call to the issued text, in a browser, without one command or script.

Each step of the page is a function here under the very sentence; `tests/browser` walks them in the page's order.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.browsers import Reader

expect.set_options(timeout=60_000)  # machines are shared

INPUT, TEXT, SYMBOL = "Skills that travel with people", "Report on skills", "GFMD/2021/RC/1"


@dataclass
class Walk:
    """Everybody's window, and what was seen on the way."""

    secretariat: Reader
    delegate: Reader
    colleague: Reader
    anybody: Reader


Step = Callable[[Walk], Awaitable[None]]
STEPS: dict[str, Step] = {}


def step(sentence: str) -> Callable[[Step], Step]:
    """Does what this sentence of the page says."""

    def named(does: Step) -> Step:
        assert sentence not in STEPS, sentence
        STEPS[sentence] = does
        return does

    return named


def track_of(window: Reader) -> Locator:
    """The part of the desk for the track of this story."""
    return window.page.get_by_role("region", name="Regional consultation with the Abu Dhabi Dialogue")


async def opens(where: Page | Locator, words: str) -> None:
    """Unfold what stands behind these words."""
    await where.locator("summary", has_text=words).first.click()


async def clock(walk: Walk, step_: str) -> None:
    await walk.secretariat.follow("The clock of the demonstration")
    await walk.secretariat.press(step_)
    await expect(walk.secretariat.page.get_by_role("status")).to_contain_text("The clock was moved")


async def desk(walk: Walk) -> None:
    await walk.secretariat.open("/")
    await walk.secretariat.follow("Desk: GFMD 2021")


async def shows(window: Reader, *words: str) -> None:
    """The page comes to say this: what the clock does is done by a worker, a moment later."""
    for _ in range(120):
        text = " ".join((await window.text()).split())
        if all(word in text for word in words):
            return
        await window.page.wait_for_timeout(250)
        await window.page.reload()
    pytest.fail(f"{window.page.url} does not say {words}: {text[:3000]}")


@step("Sign in as the secretariat of the GFMD: on your first page, under *Your desks*, open *Desk: GFMD 2021*.")
async def _(walk: Walk) -> None:
    await desk(walk)
    await expect(walk.secretariat.page.get_by_role("heading", level=1)).to_have_text("Desk: GFMD 2021")


@step("Under *Regional consultation with the Abu Dhabi Dialogue*, choose *Issue a call*.")
async def _(walk: Walk) -> None:
    await track_of(walk.secretariat).get_by_role("link", name="Issue a call").click()


@step(
    "Give it a title, say what you ask for and why, and write one question; let it open on 10 August 2020 at 9:00 and "
    "close on 20 August 2020 at noon; then press *Issue a call*."
)
async def _(walk: Walk) -> None:
    await walk.secretariat.fill("Title", "Skills that travel")
    await walk.secretariat.fill("What you ask for, and why", "Send what works in your country, and why it does.")
    await walk.secretariat.fill("Opens", "2020-08-10T09:00")
    await walk.secretariat.fill("Deadline", "2020-08-20T12:00")
    await walk.secretariat.fill("What is asked", "What works, and why?")
    await walk.secretariat.press("Issue a call")


@step("The desk says that it was done, and shows the call, its deadline, and how many have not answered yet.")
async def _(walk: Walk) -> None:
    await shows(walk.secretariat, "Done: Issue a call", "Skills that travel", "August 20, 2020", "not answered yet")


@step("Nobody has to wait here: on *The clock of the demonstration*, at the foot of each page, press *A week on*.")
async def _(walk: Walk) -> None:
    await clock(walk, "A week on")


@step(
    "In another browser, sign in as the national focal point of the Philippines: the call stands under *What waits for "
    "you*."
)
async def _(walk: Walk) -> None:
    await shows(walk.delegate, "What waits for you", "Skills that travel", "Philippines: has not answered yet")


@step(
    "Open it and choose *Write an input*; write its title and your answer, say that everybody may read it, and press "
    "*Save the draft*."
)
async def _(walk: Walk) -> None:
    await walk.delegate.page.get_by_role("link", name="Skills that travel").first.click()
    await walk.delegate.follow("Write an input")
    await walk.delegate.fill("Title", INPUT)
    await walk.delegate.fill("What works, and why?", "Certificates that both sides can read.")
    await walk.delegate.page.get_by_label("everybody may read it").check()
    await walk.delegate.press("Save the draft")


@step("You see it as it will be read; press *Release it and hand it in*, and keep the number of your receipt.")
async def _(walk: Walk) -> None:
    await expect(walk.delegate.page.get_by_text("Certificates that both sides can read.")).to_be_visible()
    await walk.delegate.press("Release it and hand it in")
    number = await walk.delegate.page.locator(".receipt .number").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", number)


@step(
    "Germany's focal point has nothing to send: they open the call, choose *No input this time*, and press the button "
    "below it."
)
async def _(walk: Walk) -> None:
    await walk.colleague.open("/")
    await walk.colleague.page.get_by_role("link", name="Skills that travel").first.click()
    await walk.colleague.page.get_by_text("No input this time", exact=True).click()
    await walk.colleague.press("Answer: no input this time")


@step("Back at the desk, the call counts both; under *Who has answered* each is named.")
async def _(walk: Walk) -> None:
    await desk(walk)
    await track_of(walk.secretariat).get_by_role("link", name="Who has answered").click()
    await shows(walk.secretariat, "Philippines", "Germany")


@step("At the desk, take the input in: *Admit an input*.")
async def _(walk: Walk) -> None:
    await desk(walk)
    await track_of(walk.secretariat).get_by_role("button", name="Admit an input").click()
    await expect(walk.secretariat.page.get_by_role("status")).to_be_visible()


@step("Move the clock on by another week: the call closes by itself, and the track goes to *Drafting*.")
async def _(walk: Walk) -> None:
    await clock(walk, "A week on")
    await desk(walk)
    await shows(walk.secretariat, "stands at: Drafting")


@step("Choose *Begin a document*, give it a title and a symbol, and press *Begin a document* below them.")
async def _(walk: Walk) -> None:
    track = track_of(walk.secretariat)
    await opens(track, "Begin a document")
    await track.get_by_label("Title").fill(TEXT)
    await track.get_by_label("Symbol").fill(SYMBOL)
    await track.get_by_role("button", name="Begin a document").click()


@step("Open it by *Write, cite and answer*, write a paragraph, and press *Add a paragraph*.")
async def _(walk: Walk) -> None:
    await track_of(walk.secretariat).get_by_role("link", name="Write, cite and answer").click()
    part = walk.secretariat.page.get_by_role("region", name="Add a paragraph")
    await part.get_by_label("Text").fill("Certificates are read on both sides of a corridor.")
    await part.get_by_role("button", name="Add a paragraph").click()


@step(
    "Beside the text stand the inputs: choose *Name a source* below the one that came, and press *Name a source* once "
    "more."
)
async def _(walk: Walk) -> None:
    inputs = walk.secretariat.page.get_by_role("region", name="The inputs")
    await opens(inputs, "Name a source")
    await inputs.get_by_role("button", name="Name a source").click()
    await expect(walk.secretariat.page.get_by_role("region", name="The text")).to_contain_text(INPUT)


@step(
    "Then tell its author what became of it: *Answer an input or a comment*, the answer, the paragraph, and the button "
    "of the same name."
)
async def _(walk: Walk) -> None:
    inputs = walk.secretariat.page.get_by_role("region", name="The inputs")
    await opens(inputs, "Answer an input or a comment")
    await inputs.get_by_label("The paragraph, where the answer names it").select_option(index=1)
    await inputs.get_by_role("button", name="Answer an input or a comment").click()
    await shows(walk.secretariat, "Answered: taken up in paragraph 1")


@step("Under *How it goes on*, choose *Open a text to comments*, call it Rev.1, and press the button of the same name.")
async def _(walk: Walk) -> None:
    await opens(walk.secretariat.page, "Open a text to comments")
    await walk.secretariat.fill("What this revision is called", "Rev.1")
    await walk.secretariat.fill("Comments until", "2020-09-20T12:00")
    await walk.secretariat.press("Open a text to comments")
    await shows(walk.secretariat, "Rev.1: in consultation")


@step("At the desk, move the track on: *Move the track on*, and the button of the same name.")
async def _(walk: Walk) -> None:
    await desk(walk)
    track = track_of(walk.secretariat)
    await opens(track, "Move the track on")
    await track.get_by_role("button", name="Move the track on").click()
    await shows(walk.secretariat, "stands at: Consultation on the draft")


@step(
    "The delegate opens the text and *The consultation*, chooses *Comment* below the paragraph, writes, and presses "
    "*Comment*."
)
async def _(walk: Walk) -> None:
    await walk.delegate.open(f"/documents/{SYMBOL}")
    await walk.delegate.follow("The consultation")
    paragraph = walk.delegate.page.get_by_role("region", name="paragraph 1")
    await opens(paragraph, "Comment")
    await paragraph.get_by_label("Your comment").fill("Say which certificates.")
    await paragraph.get_by_role("button", name="Comment", exact=True).click()
    await shows(walk.delegate, "Say which certificates.", "(yours)")


@step("At the writing table, the comment stands below its paragraph: the secretariat answers it as it did the input.")
async def _(walk: Walk) -> None:
    await desk(walk)
    await track_of(walk.secretariat).get_by_role("link", name="Write, cite and answer").click()
    text = walk.secretariat.page.get_by_role("region", name="The text")
    await opens(text, "Answer an input or a comment")
    await text.get_by_label("What became of it").select_option(label="noted for further work")
    await text.get_by_role("button", name="Answer an input or a comment").click()
    await shows(walk.secretariat, "Answered: noted for further work")


@step("Nothing is open any more: choose *Issue a document*, and press the button of the same name.")
async def _(walk: Walk) -> None:
    await opens(walk.secretariat.page, "Issue a document")
    await walk.secretariat.press("Issue a document")
    await shows(walk.secretariat, "Done:")


@step("Whoever reads finds the text on the first page, and below each paragraph what it comes from.")
async def _(walk: Walk) -> None:
    await walk.anybody.open("/")
    await walk.anybody.follow(TEXT)
    await walk.anybody.page.get_by_text(re.compile("What it comes from")).click()
    await expect(walk.anybody.page.get_by_role("link", name=INPUT)).to_be_visible()


@step("The delegate's first page says what became of their input, and the input's own page names the paragraph.")
async def _(walk: Walk) -> None:
    await walk.delegate.open("/")
    await shows(walk.delegate, "What became of your input: taken up in paragraph 1")
    await walk.delegate.page.get_by_role("link", name=INPUT).first.click()
    await shows(walk.delegate, "taken up in paragraph 1")
