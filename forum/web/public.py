"""The pages that anybody reads: calls, forums, editions, texts, inputs, meetings, and where words came from."""

import re
from collections.abc import Mapping
from typing import Any

from .read_page import Reading, Variables, of_node, of_path
from .visits import Visit

FRONT = Reading("front", "front")
_LINEAGE_DEPTH = 6
_VERSION = re.compile(r"[1-9][0-9]{0,5}")


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


def _versions(visit: Visit) -> Mapping[str, Any]:
    """The versions to compare stand in the address: `?from=1&to=2`; what is no number is as if it were not there."""
    query = visit.request.query_params
    asked = {name: query.get(field, "") for name, field in (("earlier", "from"), ("later", "to"))}
    chosen = {name: int(value) if _VERSION.fullmatch(value) else None for name, value in asked.items()}
    return of_node("Contribution", **chosen)(visit)


# A goal or a target of the SDGs as people write it; what is none narrows nothing, and stays in its field.
_TARGET = re.compile(r"(?:[1-9]|1[0-7])(?:\.(?:[0-9]{1,2}|[a-d]))?")


def _narrowed(visit: Visit) -> Mapping[str, Any]:
    """Inputs as the address narrows them: `?mechanism=mayors&target=10.7`."""
    query = visit.request.query_params
    written = [code.strip().lower() for code in query.get("target", "").split(",")]
    targets = [code for code in written if _TARGET.fullmatch(code)]
    narrowed = {"mechanism": query.get("mechanism"), "targets": targets}
    return {field: value for field, value in narrowed.items() if value}


def _writing(visit: Visit) -> Mapping[str, Any]:
    text = visit.request.query_params.get("text") or None
    asked = {"inputs": _narrowed(visit), "textAfter": text, "signedIn": visit.signed_in}
    return {**of_path("symbol", paged=10)(visit), **asked}


def _invited(visit: Visit) -> Mapping[str, Any]:
    return {**of_node("Organisation")(visit), **of_path(paged=50)(visit)}


def _of_edition(paged: int) -> Variables:
    return lambda visit: {**of_path("forum", "name", paged=paged)(visit), "filter": _narrowed(visit)}


def _signed(variables: Variables) -> Variables:
    return lambda visit: {**variables(visit), "signedIn": visit.signed_in}


CALL = Reading("call", "call_answer", _call, "node")
INPUT = Reading("input", "input_reading", _input, "node")
CALL_FORM = Reading("call_form", "call_form", _signed(of_node("Track")), "node")
# Where people work: what is read, with short forms for what is done with it.
DESKS: Mapping[str, Reading] = {
    "/forums/{forum}/{name:path}/desk": Reading("desk", "desk", _signed(of_path("forum", "name")), "edition"),
    "/writing/{symbol:path}": Reading("writing", "writing", _writing, "document"),
    "/consultation/{symbol:path}": Reading(
        "consultation", "consultation", _signed(of_path("symbol", paged=25)), "document"
    ),
}
READ: Mapping[str, Reading] = {
    "/calls": Reading("calls", "calls", _calls),
    "/forums": Reading("forums", "forums", of_path(paged=50)),
    "/forums/{slug}": Reading("forum", "forum_page", _signed(of_path("slug")), "forum"),
    "/forums/{slug}/invitations": Reading("invitations", "forum_invitations", of_path("slug", paged=50), "forum"),
    "/forums/{forum}/{name:path}/dates": Reading("dates", "edition_timeline", of_path("forum", "name"), "edition"),
    "/forums/{forum}/{name:path}/inputs": Reading("inputs", "edition_page", _of_edition(25), "edition"),
    "/forums/{forum}/{name:path}/practices": Reading("practices", "edition_practices", _of_edition(50), "edition"),
    "/documents/{symbol:path}": Reading(
        "document", "document_reading", _signed(of_path("symbol", paged=100)), "document"
    ),
    "/organisations/{id:uuid}/invitations": Reading("invitations", "organisation_invitations", _invited, "node"),
    "/tracks/{id:uuid}": Reading("track", "track_page", _signed(of_node("Track")), "node"),
    "/organisations": Reading("organisations", "organisations", of_path(paged=100)),
    "/organisations/{id:uuid}": Reading("organisation", "organisation_page", _signed(of_node("Organisation")), "node"),
    "/inputs/{id:uuid}/versions": Reading("versions", "input_versions", _versions, "node"),
    "/inputs/{id:uuid}/reached": Reading(
        "lineage", "lineage", of_node("Contribution", direction="UP", depth=_LINEAGE_DEPTH), "node"
    ),
    "/paragraphs/{id:uuid}/sources": Reading(
        "lineage", "lineage", of_node("Paragraph", direction="DOWN", depth=_LINEAGE_DEPTH), "node"
    ),
    "/meetings/{id:uuid}": Reading("meeting", "meeting_page", of_node("Meeting"), "node"),
}
# A name may hold a slash ("GFMD 2027/28"): looked at last, for it takes whatever is left.
EDITION: Mapping[str, Reading] = {
    "/forums/{forum}/{name:path}": Reading("edition", "edition_head", _signed(of_path("forum", "name")), "edition"),
}
