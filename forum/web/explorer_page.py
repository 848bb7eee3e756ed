"""`/explore`: GraphiQL, our own copy, with an example for each role; or with the query behind a page.

It needs a script, so it has a policy of its own, and nothing else is shown at its address. It asks `/graphql` as
whoever is signed in here. Where only trusted documents are taken there is no such page: nothing could be tried.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from .query_behind import spread, variables_of
from .read_page import nothing_here
from .visits import Site, Visit

# Scripts, styles and connections of our own alone; signs that GraphiQL carries as data.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_FOLDER = Path(__file__).parent / "explorer"
_KINDS = {"js": "text/javascript", "css": "text/css"}
_CONTENT = {kind: (_FOLDER / f"graphiql.{kind}").read_bytes() for kind in _KINDS}
# Their addresses change with them, so that browsers may keep them for long.
ADDRESSES = {kind: f"/explore-{hashlib.sha256(content).hexdigest()[:16]}.{kind}" for kind, content in _CONTENT.items()}
# Whom a document is an example for, as a comment before it; in English, as the contract is.
EXAMPLES: Mapping[str, str] = {
    "calls": "For everybody: what is asked for now",
    "home": "For whoever is signed in: what waits for you",
    "my_returns": "For a delegate or a focal point: what came back to you",
    "contribution_list": "For a penholder: the inputs, a page at a time",
    "open_calls": "For a coordinator: the open calls",
    "process_versions": "For a chair: the versions of a process",
    "asked_to_agree": "For a secretariat: what your forums were asked to agree to",
}


async def show(site: Site, visit: Visit) -> Response:
    """The explorer with its examples; `?operation=` and `?variables=` come first. Refuses (NO_SUCH_PAGE) where only
    trusted documents are taken, and an operation that is none."""
    if site.settings.documents == "only":
        raise nothing_here()
    asked = visit.request.query_params
    tabs = [_tab(site, name, about) for name, about in EXAMPLES.items()]
    if name := asked.get("operation"):
        tabs.insert(0, _tab(site, name, "", spread(variables_of(asked.get("variables", "{}")))))
    response = site.page(visit, "explorer", tabs=orjson.dumps(tabs).decode(), assets=ADDRESSES)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _tab(site: Site, name: str, about: str, variables: str = "{}") -> dict[str, Any]:
    if name not in site.service.documents.names:
        raise nothing_here()
    text = site.service.documents.named(name)
    return {"query": f"# {about}.\n{text}" if about else text, "variables": variables}


async def asset(request: Request) -> Response:
    """Its script, or its style."""
    kind = request.url.path.rpartition(".")[2]
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(_CONTENT[kind], 200, headers, media_type=_KINDS[kind])
