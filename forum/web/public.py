"""The pages that anybody reads: calls, forums, editions, texts, inputs, meetings, and where words came from."""

from collections.abc import Mapping
from typing import Any

from .read_page import Reading, Variables, of_node, of_path
from .visits import Visit

FRONT = Reading("front", "front")
_LINEAGE_DEPTH = 6


def _calls(visit: Visit) -> Mapping[str, Any]:
    closed = visit.request.query_params.get("state") == "closed"
    return {
        "state": "CLOSED" if closed else "OPEN", "orderBy": "CLOSES_LAST" if closed else "CLOSES_FIRST",
        **of_path(paged=25)(visit),
    }  # fmt: skip


def _call(visit: Visit) -> Mapping[str, Any]:
    id_ = of_node("Call")(visit)["id"]
    return {"id": id_, "mine": {"call": id_}, "signedIn": visit.signed_in}


def _input(visit: Visit) -> Mapping[str, Any]:
    return of_node("Contribution", signedIn=visit.signed_in)(visit)


_FILTERS = {"mechanism": "mechanism", "target": "targets", "state": "states", "theme": "themes"}


def _writing(visit: Visit) -> Mapping[str, Any]:
    """The inputs beside a text are narrowed by the address: `?mechanism=mayors&target=10.7`."""
    query = visit.request.query_params
    asked = {field: query[name] for name, field in _FILTERS.items() if query.get(name)}
    filters = {field: [value] if field.endswith("s") else value for field, value in asked.items()}
    text = query.get("text") or None
    return {**of_path("symbol", paged=10)(visit), "inputs": filters, "textAfter": text, "signedIn": visit.signed_in}


def _signed(variables: Variables) -> Variables:
    return lambda visit: {**variables(visit), "signedIn": visit.signed_in}


CALL = Reading("call", "call_answer", _call, "node")
INPUT = Reading("input", "input_reading", _input, "node")
CALL_FORM = Reading("call_form", "call_form", _signed(of_node("Track")), "node")
READ: Mapping[str, Reading] = {
    "/calls": Reading("calls", "calls", _calls),
    "/forums": Reading("forums", "forums", of_path(paged=50)),
    "/forums/{slug}": Reading("forum", "forum_page", _signed(of_path("slug")), "forum"),
    "/forums/{forum}/{name}": Reading("edition", "edition_head", _signed(of_path("forum", "name")), "edition"),
    "/forums/{forum}/{name}/dates": Reading("dates", "edition_timeline", of_path("forum", "name"), "edition"),
    "/forums/{forum}/{name}/inputs": Reading("inputs", "edition_page", of_path("forum", "name", paged=25), "edition"),
    "/forums/{forum}/{name}/desk": Reading("desk", "desk", _signed(of_path("forum", "name")), "edition"),
    "/writing/{symbol:path}": Reading("writing", "writing", _writing, "document"),
    "/consultation/{symbol:path}": Reading(
        "consultation", "consultation", _signed(of_path("symbol", paged=25)), "document"
    ),
    "/documents/{symbol:path}": Reading(
        "document", "document_reading", _signed(of_path("symbol", paged=100)), "document"
    ),
    "/tracks/{id:uuid}": Reading("track", "track_page", _signed(of_node("Track")), "node"),
    "/organisations": Reading("organisations", "organisations", of_path(paged=100)),
    "/organisations/{id:uuid}": Reading("organisation", "organisation_page", _signed(of_node("Organisation")), "node"),
    "/inputs/{id:uuid}/reached": Reading(
        "lineage", "lineage", of_node("Contribution", direction="UP", depth=_LINEAGE_DEPTH), "node"
    ),
    "/paragraphs/{id:uuid}/sources": Reading(
        "lineage", "lineage", of_node("Paragraph", direction="DOWN", depth=_LINEAGE_DEPTH), "node"
    ),
    "/meetings/{id:uuid}": Reading("meeting", "meeting_page", of_node("Meeting"), "node"),
}
