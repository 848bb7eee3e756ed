"""The pictures of docs/pages: `python -m tests.browser.pictures`, on a story told for it.

Each is taken where the tutorial stands after a step, so that the pages show what the tutorial says.
"""

import asyncio
import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack

from tests.support.browsers import Reader, chromium_running, persona, reading
from tests.support.places import new_folder
from tests.support.sources import ROOT
from tests.support.told import tell
from tests.support.tutorial import STEPS, SYMBOL, Walk

OUT = ROOT / "docs" / "pages"
DESK, NOW = "/forums/gfmd/GFMD%202021/desk", ""
_WIDE, _NARROW = 1100, 400
# After which step: whose window, which address, the name of the picture, its width, the language.
_TAKEN: Mapping[int, tuple[tuple[str, str, str, int, str], ...]] = {
    6: (("delegate", "/", "home", _NARROW, "en"),),
    8: (("delegate", NOW, "receipt", _WIDE, "en"),),
    10: (("secretariat", DESK, "desk", _WIDE, "en"), ("secretariat", DESK, "desk-ar", _WIDE, "ar")),
    16: (("secretariat", f"/writing/{SYMBOL}", "writing", _WIDE, "en"),),
    19: (("delegate", f"/consultation/{SYMBOL}", "consultation", _WIDE, "en"),),
    23: (("anybody", "/", "front", _WIDE, "en"),),
}


async def _take(window: Reader, address: str, name: str, width: int, language: str) -> None:
    await window.page.set_viewport_size({"width": width, "height": 1100})
    if address:
        await window.open(f"{address}?language={language}")
    await window.page.screenshot(path=OUT / f"{name}.png")
    await window.page.set_viewport_size({"width": _WIDE, "height": 800})
    if language != "en":
        await window.open("/?language=en")


async def main() -> None:
    """Tell the story, walk the tutorial, and take each picture on the way."""
    folder = new_folder()
    OUT.mkdir(exist_ok=True)
    try:
        async with AsyncExitStack() as stack:
            url = (await stack.enter_async_context(tell(folder))).stage.url
            browser = await stack.enter_async_context(chromium_running())
            walk = Walk(
                secretariat=await stack.enter_async_context(persona(browser, url, "gfmd-secretariat")),
                delegate=await stack.enter_async_context(persona(browser, url, "ph-focal-point")),
                colleague=await stack.enter_async_context(persona(browser, url, "de-focal-point")),
                anybody=await stack.enter_async_context(reading(browser, url)),
            )
            for number, does in enumerate(STEPS.values(), 1):
                await does(walk)
                for who, address, name, width, language in _TAKEN.get(number, ()):
                    await _take(getattr(walk, who), address, name, width, language)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(main())
