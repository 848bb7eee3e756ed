"""Pages that are read: an address, one operation document, a template. Nothing else decides what stands on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from ..api.problem import Problem
from .done import done_word
from .form_key import new_key
from .visits import Behind, Site, Visit

Variables = Callable[[Visit], Mapping[str, Any]]


@dataclass(frozen=True)
class Filled:
    """A form that was not done: what was typed, and each refusal with the field that it is about."""

    fields: Mapping[str, str]
    errors: Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Reading:
    """A page that is read. `thing` names the field of the answer without which there is no such page."""

    template: str
    operation: str
    variables: Variables = lambda _: {}
    thing: str = ""

    async def show(
        self, site: Site, visit: Visit, status: int = 200, errors: Sequence[Mapping[str, Any]] = (),
        filled: Filled | None = None,
    ) -> Response:  # fmt: skip
        """The page; `errors`: why what a form on it asked for was not done; `filled`: what its form came back with.
        Refuses (NO_SUCH_PAGE) what is not there or not for this visitor, both in the same words."""
        behind = Behind(self.operation, self.variables(visit))
        data = await site.ask(visit, behind.operation, **behind.variables)
        if self.thing and not data[self.thing]:
            raise nothing_here()
        thing = data.get(self.thing)
        acts = data.get("acts") or (thing.get("acts") if thing else None) or ()
        return site.page(
            visit, self.template, status, behind=behind, data=data, thing=thing, key=new_key(site, visit),
            done="" if filled or errors else done_word(site, visit), fields=filled.fields if filled else {},
            errors=filled.errors if filled else [("", error) for error in errors],
            may={answer["act"]: answer for answer in acts}, path=visit.request.url.path,
        )  # fmt: skip


def nothing_here() -> Problem:
    """NO_SUCH_PAGE (404): there is nothing at an address, or nothing for whoever asks."""
    return Problem("NO_SUCH_PAGE", "There is nothing at this address. Begin at the first page.", status=404)


def of_node(kind: str, **more: Any) -> Variables:
    """The `id` of a thing of this type from the address, and what else the operation takes."""
    return lambda visit: {"id": f"{kind}:{visit.request.path_params['id']}", **more}


def of_path(*names: str, paged: int = 0, **more: Any) -> Variables:
    """Variables that stand in the address by these names; `paged`: so many things a page, from where the address says
    (`?after=`)."""

    def variables(visit: Visit) -> Mapping[str, Any]:
        found = {name: visit.request.path_params[name] for name in names}
        pages = {"first": paged, "after": visit.request.query_params.get("after") or None} if paged else {}
        return {**found, **pages, **more}

    return variables
