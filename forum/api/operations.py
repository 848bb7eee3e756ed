"""Runs an operation document of `graphql/operations` inside the process: what our own pages know, they know by this.

A page asks as its person and within the same limits, costs and rules as any portal does over HTTP.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request

from .http.body import GraphQLRequest
from .http.execute import Service, answer
from .http.identity import Caller
from .http.rates import Spenders, spenders_of
from .problem import Problem


async def ask(
    service: Service,
    request: Request,
    caller: Caller,
    name: str,
    /,
    *,
    spends: Spenders | None = None,
    **variables: Any,
) -> Mapping[str, Any]:
    """The `data` that the document `<name>.graphql` is answered with. Raises Problem where the whole request is
    refused, with the same code and status as over HTTP. `spends`: whose points it takes, where not the asker's."""
    address = request.client.host if request.client else "?"
    answered = await answer(
        service,
        GraphQLRequest(
            document_id=service.documents.names[name],
            variables=variables,
            request_id=str(request.scope.get("request_id", "")),
            client=f"person:{caller.subject}" if caller.subject else f"address:{address}",
            spenders=spends or spenders_of(caller.subject, caller.client, address),
        ),
        caller,
    )
    body = orjson.loads(answered.body)
    if answered.status == 200:
        data: Mapping[str, Any] = body["data"]
        return data
    error = body["errors"][0]
    raise Problem(error["extensions"]["code"], error["message"], status=answered.status, headers=answered.headers)
