"""`/papers/<symbol>.pdf`: the paper of a document as whoever asks may read it, drawn when it is asked for.

It is asked for by the same operation documents as anybody's paper, as the visitor and for the visitor's own points.
"""

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import Response

from ..api.problem import Problem
from ..errors import NotFound
from ..papers import drawn
from ..rendering.pdf.draw import draw
from .read_page import nothing_here
from .visits import HEADERS, Site, Visit

MOST_ASKED = 150  # operations for one paper: some two thousand paragraphs, sources and inputs
_ALSO = {"": {}, "responses": {"responses": True}, "record": {"record": True}}  # by `?of=`


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

    async def show(self, visit: Visit) -> Response:
        """The file. `?of=responses`: what became of each input; `?of=record`: its no-objection procedure. Refuses
        (NO_SUCH_PAGE) what the visitor may not see, and a record of what was never put to a body."""
        symbol, of = visit.request.path_params["symbol"], visit.request.query_params.get("of", "")
        if of not in _ALSO:
            raise nothing_here()
        try:
            outline = await drawn.laid(_Visitor(self.site, visit, MOST_ASKED), symbol, **_ALSO[of])
        except NotFound:
            raise nothing_here() from None
        async with self.alone:
            content = await asyncio.to_thread(draw, outline)
        name = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{symbol}_{of}".rstrip("_"))
        kept = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
        return Response(content, 200, {**HEADERS, **kept}, media_type="application/pdf")
