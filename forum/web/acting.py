"""Acts by a form: a mutation of the contract, sent as any portal sends it, and what it answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import RedirectResponse, Response

from ..api.problem import Problem
from . import form_fields
from .refusal_words import ids_in, worded
from .visits import HEADERS, Site, Visit

# Where in the input a value does not fit, and why, as graphql-core says it.
_AT = re.compile(r"Variable '\$input' has invalid value at (?P<path>\.[\w.\[\]]+): (?P<why>.+)\Z", re.S)


@dataclass(frozen=True)
class Outcome:
    """What a mutation answered. `errors` as the contract has them: code, message, path."""

    payload: Mapping[str, Any]

    @property
    def errors(self) -> Sequence[Mapping[str, Any]]:
        errors: Sequence[Mapping[str, Any]] = self.payload["errors"]
        return errors


async def act(site: Site, visit: Visit, operation: str, **input_: Any) -> Outcome:
    """Send the mutation of this operation document. What is None is left out. Raises Problem."""
    sent = {name: value for name, value in input_.items() if value is not None}
    try:
        [payload] = (await site.ask(visit, operation, input=sent)).values()
    except Problem as problem:
        return Outcome({"errors": _of_values(problem)})
    return Outcome({**payload, "errors": await _worded(site, visit, payload["errors"])})


def _of_values(problem: Problem) -> Sequence[Mapping[str, Any]]:
    """A request of which a value does not fit, as a refusal beside its field, so that nothing that was typed is lost.
    Raises any other Problem again."""
    at = _AT.match(str(problem.message))
    if at is None:
        raise problem
    return [{"code": problem.code, "message": at["why"], "path": re.findall(r"\w+", at["path"])}]


async def _worded(site: Site, visit: Visit, errors: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Refusals in the words of a page: what the visitor may see by its title, anything else by its kind."""
    ids = ids_in(error["message"] for error in errors)
    data = await site.ask(visit, "things_named", ids=ids) if ids else {}
    return [{**error, "message": worded(visit.words, error["message"], data)} for error in errors]


def revision_of(fields: Mapping[str, str]) -> int:
    """The revision that the form was drawn from. Refuses (BAD_FORM) a form that names none."""
    revision = fields.get("revision", "")
    if not revision.isdecimal() or len(revision) > 9:
        raise form_fields.bad_form("The form names no revision.")
    return int(revision)


def acting_as(fields: Mapping[str, str]) -> str | None:
    """The mandate that was chosen; None where there was no choice."""
    return fields.get("actingAs") or None


def to(address: str) -> Response:
    """To another page of ours, by GET."""
    return RedirectResponse(address, 303, HEADERS)
