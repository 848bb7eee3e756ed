"""`/papers/<symbol>.pdf` and its other endings: the paper of a document as whoever asks may read it, drawn when it is
asked for.

It is asked for by the same operation documents as anybody's paper, as the visitor and for the visitor's own points.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from starlette.responses import Response

from ..api.problem import Problem
from ..errors import NotFound
from ..papers import drawn
from ..rendering.formats import FORMATS, has
from ..rendering.formats import drawn as drawn_as
from ..rendering.html.style import POLICY as STYLE
from ..rendering.outline import Outline
from ..rendering.sheets import as_csv
from ..rendering.sheets.lists import lists
from .read_page import nothing_here
from .visits import HEADERS, Page, Site, Visit

MOST_ASKED = 150  # operations for one paper: some two thousand paragraphs, sources and inputs
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_ALSO = {"": {}, "responses": {"responses": True}, "record": {"record": True}}  # by `?of=`
# A file of ours may be opened in a browser, where it is a page: with its own style sheet, known by its hash.
_POLICY = f"default-src 'none'; style-src {STYLE}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def pages(site: Site) -> Mapping[str, Page]:
    """The addresses, one for each format. Programs ask there too, with a token."""
    file = PaperFile(site)
    return {
        f"/papers/{{symbol:path}}.{ending}": Page(site, partial(file.show, ending), tokens=True) for ending in FORMATS
    }


@dataclass
class _Visitor:
    """The visitor, asking for what a paper prints. Refuses (PAPER_TOO_LONG) to ask without end."""

    site: Site
    visit: Visit
    left: int

    def __post_init__(self) -> None:
        self.language, self.home = self.visit.words.language.value, self.site.home(self.visit)

    def speak(self, language: str) -> None:
        self.language = language
        self.visit = replace(self.visit, words=self.visit.words.for_readers_of(language))

    async def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        if not self.left:
            message = "This paper is too long to be drawn while you wait. The command forum render draws it."
            raise Problem("PAPER_TOO_LONG", message, status=413)
        self.left -= 1
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
        return dict(await self.site.ask(self.visit, name, **variables))


@dataclass(eq=False)
class PaperFile:
    """Draws one paper at a time: a long one takes seconds of processor, and who only reads is not to wait for it."""

    site: Site
    alone: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    async def show(self, ending: str, visit: Visit) -> Response:
        """The file. `?of=responses`: what became of each input; `?of=record`: its no-objection procedure;
        `?since=1&until=2`: two frozen versions in one, by their numbers. Refuses
        (NO_SUCH_PAGE) what the visitor may not see, a record of what was never put to a body, and a list that
        there is not. `?list=2`: of CSV, which holds one, the second."""
        symbol, of = visit.request.path_params["symbol"], visit.request.query_params.get("of", "")
        if of not in _ALSO:
            raise nothing_here()
        between = _between(visit.request.query_params)
        try:
            visitor = _Visitor(self.site, visit, MOST_ASKED)
            if between is None:
                outline = await drawn.laid(visitor, symbol, **_ALSO[of])
            else:
                outline = await drawn.compared(visitor, symbol, *between)
        except NotFound:
            raise nothing_here() from None
        draw = _drawing(outline, ending, visit.request.query_params.get("list", "1"))
        async with self.alone:
            content = await asyncio.to_thread(draw)
        apart = f"_{between[0]}-{between[1]}" if between else ""
        name = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{symbol}_{of}".rstrip("_")) + apart
        kept = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Content-Security-Policy": _POLICY}
        varying = {"Vary": f"{HEADERS['Vary']}, Authorization"}
        return Response(content, 200, {**HEADERS, **kept, **varying}, media_type=FORMATS[ending].media_type)


def _drawing(outline: Outline, ending: str, nth: str) -> Callable[[], bytes]:
    """What draws the file. Refuses (NO_SUCH_PAGE) a list that there is not."""
    if not has(outline, ending) or nth not in map(str, range(1, len(lists(outline)) + 1 if ending == "csv" else 2)):
        raise nothing_here()
    return partial(as_csv.draw, outline, int(nth)) if nth != "1" else partial(drawn_as, outline, ending)


def _between(asked: Mapping[str, str]) -> tuple[int, int] | None:
    """The numbers of two versions, where the address names any. Refuses (NO_SUCH_PAGE) what is no number of one."""
    named = [asked.get(name) for name in ("since", "until")]
    if named == [None, None]:
        return None
    since, until = (int(name) if name and _NUMBER.fullmatch(name) else 0 for name in named)
    if not since or not until or "of" in asked:
        raise nothing_here()
    return since, until
