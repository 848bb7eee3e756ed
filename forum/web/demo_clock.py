"""`/clock`: the demonstration's clock is moved on, so that nobody has to wait three days for a silence to end."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from . import act_fields, form_fields
from .done import done_word, to_done
from .page_terms import TERMS
from .read_page import nothing_here
from .visits import Behind, Site, Visit

MoveClock = Callable[[datetime], Awaitable[None]]
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
_FURTHEST = timedelta(days=400)  # at once: whoever mistypes a year has not lost the demonstration


@dataclass(frozen=True)
class DemoClock:
    """The page of the clock. `move` moves it to an instant, and says nothing."""

    site: Site
    move: MoveClock

    async def show(self, visit: Visit) -> Response:
        """What time it is here. Refuses (NO_SUCH_PAGE) outside the demonstration, as if there were no such page."""
        return await self._page(visit)

    async def take(self, visit: Visit) -> Response:
        """Move it on by a `step`, or to the instant `until` (UTC). What lies behind, or over 400 days ahead, comes
        back to the form with its reason."""
        self._only_here(visit)
        sent = await form_fields.fields(visit.request)
        now = await self._now(visit)
        wanted = _wanted(sent, now)
        if wanted is None or not now < wanted <= now + _FURTHEST:
            return await self._page(visit, sent.get("until", ""), wrong=True)
        await self.move(wanted)
        return to_done(self.site, visit, "/clock", "moved")

    async def _page(self, visit: Visit, until: str = "", *, wrong: bool = False) -> Response:
        self._only_here(visit)
        problem = {"code": "INVALID_VALUE", "message": visit.words.plain(TERMS["Problem"]["CLOCK"])}
        return self.site.page(
            visit, "clock", 400 if wrong else 200, behind=Behind("who_am_i", {}), now=await self._now(visit),
            until=until, steps=tuple(STEPS), errors=[("until", problem)] if wrong else [],
            done=done_word(self.site, visit),
        )  # fmt: skip

    async def _now(self, visit: Visit) -> datetime:
        return datetime.fromisoformat((await self.site.ask(visit, "who_am_i"))["serverTime"])

    def _only_here(self, visit: Visit) -> None:
        if not self.site.sign_ins.plain:
            raise nothing_here()
        self.site.sign_ins.need_private_line(visit.request)


def _wanted(fields: Mapping[str, str], now: datetime) -> datetime | None:
    if step := STEPS.get(fields.get("step", "")):
        return now + step
    at = act_fields.instant(fields.get("until", "").strip(), "UTC")
    return datetime.fromisoformat(at).astimezone(UTC) if at else None
