"""`/query`: the operation document behind a page with its variables, and the same as a line for a terminal."""

import shlex
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.datastructures import QueryParams
from starlette.responses import Response

from .read_page import nothing_here
from .visits import Site, Visit


async def show(site: Site, visit: Visit) -> Response:
    """The operation that `?operation=` names, with `?variables=` as JSON. Refuses (NO_SUCH_PAGE) any other."""
    asked = visit.request.query_params
    name, documents = asked.get("operation", ""), site.service.documents
    if name not in documents.names:
        raise nothing_here()
    variables = variables_of(asked.get("variables", "{}"))
    sent = orjson.dumps({"documentId": documents.names[name], "variables": variables}).decode()
    to = shlex.quote(f"{site.home(visit)}/graphql")
    line = f"curl -s {to} -H 'content-type: application/json' -d {shlex.quote(sent)}"
    return site.page(
        visit, "query", name=name, text=documents.named(name), variables=spread(variables), line=line,
        explorer=_explorer(site, asked),
    )  # fmt: skip


def variables_of(written: str) -> Mapping[str, Any]:
    """Variables from their JSON. Refuses (NO_SUCH_PAGE) what is no object."""
    try:
        variables = orjson.loads(written)
    except orjson.JSONDecodeError:
        raise nothing_here() from None
    if not isinstance(variables, dict):
        raise nothing_here()
    return variables


def spread(variables: Mapping[str, Any]) -> str:
    """Variables as people read them."""
    return orjson.dumps(variables, option=orjson.OPT_INDENT_2).decode()


def _explorer(site: Site, asked: QueryParams) -> str:
    """The same in the explorer; empty where there is none."""
    return "" if site.settings.documents == "only" else "/explore?" + urlencode(asked)
