"""`/settings`: in which language and zone and how often one is written to, and one's own calendar."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from markupsafe import Markup
from starlette.responses import Response

from ..api.problem import Problem
from . import form_fields
from .acting import Outcome, act
from .done import done_word, to_done
from .form_key import key_of, new_key
from .page_words import CHOSEN
from .visits import Behind, Site, Visit

ADDRESS = "/settings"
PACES = ("AT_ONCE", "DAILY")
_MUTED = "muted."  # before the id of a forum, in the name of its box
# The parts of the world in names of zones; other names in a database of zones are older words for the same.
_PARTS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
    "Pacific/",
)  # fmt: skip


@dataclass(frozen=True)
class _Drawn:
    """The page as it is drawn: what its form holds where that was not taken, and why."""

    fields: Mapping[str, str] | None = None
    errors: Sequence[tuple[str, Mapping[str, Any]]] = ()
    feed: str = ""  # the address of the calendar, this once


async def show(site: Site, visit: Visit) -> Response:
    """What the visitor has set. Refuses (NOT_SIGNED_IN, 401) nobody in particular."""
    if not visit.signed_in:
        raise Problem("NOT_SIGNED_IN", visit.notice or "Sign in first: this page is about you.", status=401)
    return _page(site, visit, await _set(site, visit), _Drawn())


async def take(site: Site, visit: Visit) -> Response:
    """Do what the form asks for: `contact`, `renew` or `end`. What is refused comes back with all that was filled in.
    Refuses (BAD_FORM) anything else."""
    fields = await form_fields.fields(visit.request)
    key = key_of(site, visit, fields)
    does = _ACTS.get(fields.get("act", ""))
    if does is None:
        raise form_fields.bad_form("The form names nothing that can be done here.")
    return await does(site, visit, fields, key)


async def _contact(site: Site, visit: Visit, fields: Mapping[str, str], key: str) -> Response:
    person = (await _set(site, visit))["person"]["id"]
    done = await act(
        site, visit, "set_contact", person=person, address=fields.get("address", ""),
        language=fields.get("language", "").upper() or None, zone=fields.get("zone", "").strip(),
        pace=fields.get("pace"), muted=_muted(fields), idempotencyKey=key,
    )  # fmt: skip
    if done.errors:
        return await _refused(site, visit, done, fields)
    language = done.payload["contact"]["language"].lower()
    return to_done(site, visit, f"{ADDRESS}?{CHOSEN}={language}", "set_contact")


async def _renew(site: Site, visit: Visit, _: Mapping[str, str], key: str) -> Response:
    """Its address is shown on the page that answers, and on no other."""
    person = (await _set(site, visit))["person"]["id"]
    done = await act(site, visit, "renew_calendar", person=person, idempotencyKey=key)
    if done.errors:
        return await _refused(site, visit, done)
    path = done.payload["address"]
    feed = f"{site.home(visit)}{path}" if path else ""
    return _page(site, visit, await _set(site, visit), _Drawn(feed=feed))


async def _end(site: Site, visit: Visit, _: Mapping[str, str], key: str) -> Response:
    person = (await _set(site, visit))["person"]["id"]
    done = await act(site, visit, "end_calendar", person=person, idempotencyKey=key)
    return await _refused(site, visit, done) if done.errors else to_done(site, visit, ADDRESS, "end_calendar")


_ACTS: Mapping[str, Callable[[Site, Visit, Mapping[str, str], str], Awaitable[Response]]] = {
    "contact": _contact, "renew": _renew, "end": _end,
}  # fmt: skip


async def _set(site: Site, visit: Visit) -> Mapping[str, Any]:
    viewer: Mapping[str, Any] = (await site.ask(visit, "settings"))["viewer"]
    return viewer


async def _refused(site: Site, visit: Visit, done: Outcome, fields: Mapping[str, str] | None = None) -> Response:
    errors = [((error["path"] or [""])[0], error) for error in done.errors]
    return _page(site, visit, await _set(site, visit), _Drawn(fields, errors))


def _page(site: Site, visit: Visit, viewer: Mapping[str, Any], drawn: _Drawn) -> Response:
    forums = _forums(viewer)
    return site.page(
        visit, "settings", 400 if drawn.errors else 200, viewer=viewer, forums=forums, key=new_key(site, visit),
        fields=_fields_of(visit, viewer) if drawn.fields is None else drawn.fields, errors=drawn.errors,
        feed=drawn.feed, done=done_word(site, visit), paces=PACES, muted=_MUTED,
        zones=_zones(visit.words.language.value), behind=Behind("settings", {}),
    )  # fmt: skip


def _fields_of(visit: Visit, viewer: Mapping[str, Any]) -> Mapping[str, str]:
    """What the form holds: what was set, or what holds for who has set nothing."""
    contact = viewer["contact"] or {"address": None, "language": visit.words.language.value, "zone": "UTC",
                                    "pace": PACES[0], "muted": ()}  # fmt: skip
    return {
        "address": contact["address"] or "", "language": contact["language"].lower(), "zone": contact["zone"],
        "pace": contact["pace"], **{_MUTED + forum["id"]: "yes" for forum in contact["muted"]},
    }  # fmt: skip


def _muted(fields: Mapping[str, str]) -> list[str]:
    return [name.removeprefix(_MUTED) for name in fields if name.startswith(_MUTED)]


def _forums(viewer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The forums whose news somebody gets: theirs, those that set them up, and those that are muted already."""
    own = viewer["forums"]
    above = [forum["parent"] for forum in own if forum["parent"]]
    muted = viewer["contact"]["muted"] if viewer["contact"] else ()
    return sorted({forum["id"]: forum for forum in (*muted, *above, *own)}.values(), key=lambda forum: forum["name"])


@lru_cache(maxsize=8)
def _zones(language: str) -> Markup:
    """The zones with where they hold, in the reader's language: some 400 options, drawn once for all."""
    locale = Locale(language)
    names = sorted(name for name in available_timezones() if name.startswith(_PARTS))
    zones = [("UTC", ""), *((name, get_timezone_location(name, locale=locale)) for name in names)]
    return Markup("\n").join(Markup('<option value="{}">{}</option>').format(*zone) for zone in zones)
