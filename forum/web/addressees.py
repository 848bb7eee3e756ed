"""`/calls/<id>/addressees`: who has answered, all on one page, so that what is counted by mechanism is whole."""

from typing import Any

from starlette.responses import Response

from .picture_answers import ANSWERS
from .read_page import nothing_here, of_node
from .visits import Behind, Site, Visit

_MOST = 10  # pages of a list of a hundred each: more organisations than any call has asked


async def show(site: Site, visit: Visit) -> Response:
    """The addressees that the visitor may see. A call to more than a hundred is read page by page. Refuses
    (NO_SUCH_PAGE) where there is no such call."""
    behind = Behind("call_answers", of_node("Call")(visit))
    data = await site.ask(visit, behind.operation, **behind.variables)
    call = data["node"]
    if not call:
        raise nothing_here()
    lines, info = list(call["addressees"]["nodes"]), call["addressees"]["pageInfo"]
    for _ in range(_MOST - 1):
        if not info["hasNextPage"]:
            break
        more: Any = await site.ask(visit, behind.operation, **behind.variables, after=info["endCursor"])
        lines += more["node"]["addressees"]["nodes"]
        info = more["node"]["addressees"]["pageInfo"]
    names = {mechanism["code"]: mechanism["name"] for mechanism in data["mechanisms"]["nodes"]}
    return site.page(visit, "addressees", behind=behind, thing=call, lines=lines, names_of=names, answers=ANSWERS)
