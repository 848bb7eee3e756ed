"""Saves a draft while one writes: htmx sends the form, and the answer is a few lines that go into the page.

An enhancement only: without a script the same form is sent by its button. What is saved is what `saveContribution`
keeps; lengths are counted by `countLength`, so that the number beside a question is the one that counts.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .visits import POLICY as SCRIPTLESS
from .visits import Site, Visit

# The policy of a page that saves by itself: our two scripts, which ask us alone.
POLICY = SCRIPTLESS.replace("style-src", "script-src 'self'; connect-src 'self'; style-src")
_FOLDER = Path(__file__).parent / "enhance"
_SCRIPTS = {name: (_FOLDER / name).read_bytes() for name in ("htmx.min.js", "draft.js")}
# Their addresses change with them, so that browsers may keep them for long.
ADDRESSES = {name: f"/{hashlib.sha256(text).hexdigest()[:16]}-{name}" for name, text in _SCRIPTS.items()}


@dataclass(frozen=True)
class Saved:
    """What became of saving: the draft's revision and, where it is new, its address; or why it was not saved."""

    revision: str = ""
    address: str = ""
    problem: str = ""


def by_itself(request: Request) -> bool:
    """Whether the page sent its form, and nobody pressed its button."""
    return request.headers.get("hx-request") == "true"


def scripted(response: Response) -> Response:
    """The page, allowed to run our two scripts."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


async def answer(
    site: Site, visit: Visit, saved: Saved, fields: Mapping[str, str], asked: Sequence[Mapping[str, Any]], prefix: str
) -> Response:
    """The lines that go into the page: when it was saved or why not, the revision, and how long each answer is."""
    counts = [await _counted(site, visit, section, fields, prefix) for section in asked] if visit.signed_in else []
    response = site.page(visit, "draft_saved", saved=saved, counts=counts, now=await _now(site, visit))
    if saved.address:
        response.headers["HX-Replace-Url"] = saved.address
    return response


async def _now(site: Site, visit: Visit) -> str:
    return str((await site.ask(visit, "who_am_i"))["serverTime"])


async def _counted(
    site: Site, visit: Visit, section: Mapping[str, Any], fields: Mapping[str, str], prefix: str
) -> Mapping[str, Any]:
    name = prefix + section["code"]
    language = fields.get("language", "") or "en"
    data = await site.ask(visit, "count_length", text=fields.get(name, ""), language=language, unit=section["unit"])
    length: int = data["countLength"]
    empty = not length and not section["required"]
    fits = empty or section["minLength"] <= length <= section["maxLength"]
    return {"name": name, "length": length, "section": section, "fits": fits}


async def script(request: Request) -> Response:
    """One of the two scripts."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    name = request.url.path.partition("-")[2]
    return Response(_SCRIPTS[name], 200, headers, media_type="text/javascript")
