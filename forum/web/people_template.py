"""`/people/template.xlsx` and `.csv`: the empty form of a list of people, to be filled in for `/people/import`."""

import asyncio
from collections.abc import Callable, Mapping
from functools import cache

from starlette.responses import Response

from ..sheets import template
from .read_page import nothing_here
from .visits import HEADERS, Visit

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# By the ending: what makes it, once in a process, and its media type.
_KINDS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "xlsx": (cache(template.as_workbook), _WORKBOOK),
    "csv": (cache(template.as_csv), "text/csv; charset=utf-8"),
}


async def show(visit: Visit) -> Response:
    """The file, to be kept. Refuses (NO_SUCH_PAGE) another ending."""
    ending = visit.request.path_params["ending"]
    if ending not in _KINDS:
        raise nothing_here()
    make, kind = _KINDS[ending]
    kept = {"Content-Disposition": f'attachment; filename="people.{ending}"'}
    return Response(await asyncio.to_thread(make), 200, {**HEADERS, **kept}, media_type=kind)
