"""`/`: who you are here, for whom you may act, and the calls that are addressed to you; or how to sign in."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from .visits import Site, Visit

ANSWERS = {
    "NONE_YET": "has not answered yet",
    "SENT": "has handed in an input",
    "NO_INPUT_THIS_TIME": "sends no input this time",
}
_MOST_PAGES = 5  # of fifty calls each; the page is short even where more are open


async def show(site: Site, visit: Visit) -> Response:
    """The home page of whoever visits."""
    if visit.caller.subject is None:
        return site.page(visit, "welcome")
    data = await site.ask(visit, "home")
    calls = await _open_calls(site, visit)
    mine = {organisation["id"] for organisation in data["viewer"]["organisations"]}
    asked = [call | {"lines": _lines(call, mine)} for call in calls]
    return site.page(
        visit, "home", viewer=data["viewer"], server_time=data["serverTime"],
        asked=[call for call in asked if call["lines"]], others=sum(not call["lines"] for call in asked),
        answers=ANSWERS,
    )  # fmt: skip


async def _open_calls(site: Site, visit: Visit) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = []
    after = None
    for _ in range(_MOST_PAGES):
        page = (await site.ask(visit, "open_calls", first=50, after=after))["calls"]
        calls += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return calls


def _lines(call: Mapping[str, Any], mine: set[str]) -> list[Mapping[str, Any]]:
    """The lines of a call's list of addressees that are of the visitor's organisations."""
    return [line for line in call["addressees"]["nodes"] if line["organisation"]["id"] in mine]
