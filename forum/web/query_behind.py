"""`/query`: the operation document behind a page with its variables, and the same as a line for a terminal."""

import shlex
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from .read_page import nothing_here
from .visits import Site, Visit


async def show(site: Site, visit: Visit) -> Response:
    """The operation that `?operation=` names, with `?variables=` as JSON. Refuses (NO_SUCH_PAGE) any other."""
    asked = visit.request.query_params
    name, documents = asked.get("operation", ""), site.service.documents
    if name not in documents.names:
        raise nothing_here()
    variables = _variables(asked.get("variables", "{}"))
    sent = orjson.dumps({"documentId": documents.names[name], "variables": variables}).decode()
    to = shlex.quote(f"{site.home(visit)}/graphql")
    line = f"curl -s {to} -H 'content-type: application/json' -d {shlex.quote(sent)}"
    return site.page(visit, "query", name=name, text=documents.named(name), variables=_spread(variables), line=line)


def _variables(written: str) -> Mapping[str, Any]:
    try:
        variables = orjson.loads(written)
    except orjson.JSONDecodeError:
        raise nothing_here() from None
    if not isinstance(variables, dict):
        raise nothing_here()
    return variables


def _spread(variables: Mapping[str, Any]) -> str:
    return orjson.dumps(variables, option=orjson.OPT_INDENT_2).decode()
