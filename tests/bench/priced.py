"""Prices held against what is paid: each kind of field and of list, its price beside the processor time it takes.

Every kind is a pair of documents, one with it and one without; what is measured is the difference between them, server
and database together, for one request at a time. Lists are asked for no longer than they are: a page is priced as if it
were full.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from forum.errors import Misconfigured
from tests.bench import processes
from tests.bench.generator import Generator
from tests.bench.operations import ActRequest, Writer
from tests.bench.servers import Server

POINT = 10.0  # microseconds
OFF = 3.0  # times: what a price may be off by
NOTHING = '{ forum(slug: "nothing") { id } }'

# Where a kind stands, and what of it there; INSIDE is left out for the document without it.
INSIDE = "INSIDE"
_INPUTS = "{ contributions(first: 100) { nodes { id INSIDE } } }"
_BODIES = "{ organisations(first: 100) { nodes { id INSIDE } } }"
_EDITION = '{ edition(forum: "SLUG", name: "NAME") { id INSIDE } }'
_DOCUMENT = _EDITION.replace(INSIDE, "documents(first: 1) { nodes { id INSIDE } }")
_TEXT = _DOCUMENT.replace(INSIDE, "paragraphs(first: 20) { nodes { id INSIDE } }")
_FORUM = '{ forum(slug: "SLUG") { id INSIDE } }'
_KINDS = (
    ("a row's value, x 29", _INPUTS, " ".join(f"a{n}: title" for n in range(29))),
    ("its attribution", _INPUTS, "attribution { label }"),
    ("an object beside it", _INPUTS, "edition { id name }"),
    ("two beside one another", _INPUTS, "edition { id forum { id name } }"),
    ("a list of values", _INPUTS, "targets { code }"),
    ("a list of texts", _INPUTS, "sections { heading text { markdown } }"),
    ("text without marks", _INPUTS, "sections { text { plainText } }"),
    ("text as HTML", _INPUTS, "sections { text { safeHtml } }"),
    ("an empty list", _INPUTS, "themes { code }"),
    ("lineage of an input", _INPUTS, "lineage { __typename }"),
    ("history of an input", _INPUTS, "history(first: 1) { nodes { id at } }"),
    ("its history counted", _INPUTS, "history(first: 1) { totalCount }"),
    ("uses of an input", _INPUTS, "usedIn(first: 1) { nodes { id } }"),
    ("its uses counted", _INPUTS, "usedIn(first: 1) { totalCount }"),
    ("acts on ten inputs", _INPUTS.replace("100", "10"), "acts { act }"),
    ("seats of an organisation", _BODIES, "participations(first: 3) { nodes { id status } }"),
    ("its seats with forums", _BODIES, "participations(first: 3) { nodes { id forum { id name } } }"),
    ("its seats counted", _BODIES, "participations(first: 3) { totalCount }"),
    ("an edition's inputs", _EDITION, "contributions(first: 50) { nodes { id title } }"),
    ("its inputs counted", _EDITION, "contributions(first: 50) { totalCount }"),
    ("a calendar", _EDITION, "calendar { rehearsal { starts } }"),
    ("3 comments on each", _TEXT, "comments(first: 3) { nodes { id } }"),
    ("10 comments with authors", _TEXT, "comments(first: 10) { nodes { id attribution { label } } }"),
    ("comments counted", _TEXT, "comments(first: 3) { totalCount }"),
    ("who carried it", _TEXT, "carriedBy { sources }"),
    ("lineage of a paragraph", _TEXT, "lineage { __typename }"),
    ("a text's comments counted", _DOCUMENT, "comments { totalCount }"),
    ("a forum's seats", _FORUM, "participations(first: 100) { nodes { id organisation { name } } }"),
    ("a forum's seats counted", _FORUM, "participations { totalCount }"),
)
_WHOLE = (
    ("ten things by name", "{ " + " ".join(f'a{n}: forum(slug: "SLUG") {{ id }}' for n in range(10)) + " }"),
    ("100 rows of inputs", _INPUTS.replace(INSIDE, "")),
    ("100 rows of organisations", _BODIES.replace(INSIDE, "")),
    ("a text of 20 paragraphs", _TEXT.replace(INSIDE, "")),
    ("organisations counted", "{ organisations { totalCount } }"),
    ("inputs counted", "{ contributions { totalCount } }"),
    ("inputs by target", '{ contributions(first: 100, filter: {targets: ["10.7"]}) { nodes { id } } }'),
    ("inputs by no target", '{ contributions(first: 100, filter: {targets: ["1.1"]}) { nodes { id } } }'),
    ("inputs by target counted", '{ contributions(filter: {targets: ["10.7"]}) { totalCount } }'),
)


@dataclass(frozen=True)
class Kind:
    """A field or kind of list: its name in the table, a document with it and one without."""

    name: str
    document: str
    without: str = NOTHING


@dataclass
class Price:
    """A kind with its price in points, and what each round measured in microseconds; `alone`: without it."""

    kind: Kind
    points: int
    paid: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """The line of the table: medians, with the lowest and the highest round."""
        each = [one - other for one, other in zip(self.paid, self.alone, strict=True)]
        paid = max(statistics.median(each), 0.01)
        ratio = round(self.points * POINT / paid, 2)
        return {
            "kind": self.kind.name,
            "points": self.points,
            "paid_us": round(paid, 1),
            "lowest_us": round(min(each), 1),
            "highest_us": round(max(each), 1),
            "ratio": ratio,
            "off": not 1 / OFF <= ratio <= OFF,
        }


def kinds(facts: Mapping[str, Any]) -> tuple[Kind, ...]:
    """What is measured: what the data set has enough of."""
    slug, name = facts["editions"][3]  # the quick data set has four

    def here(document: str) -> str:
        return document.replace("SLUG", slug).replace("NAME", name)

    inside = [
        Kind(n, here(around.replace(INSIDE, what)), here(around.replace(INSIDE, ""))) for n, around, what in _KINDS
    ]
    return (*(Kind(n, here(document)) for n, document in _WHOLE), *inside)


def measured(
    generator: Generator, server: Server, postmaster: int, wanted: Sequence[Kind], rounds: int, seconds: float
) -> list[dict[str, Any]]:
    """Every kind, the kinds in turn, so often. Refuses (Misconfigured) a document that is not answered well."""
    writer, priced = Writer(), []
    for kind in wanted:
        costs = [_cost(generator, server, writer, one) for one in (kind.document, kind.without)]
        priced.append(Price(kind, costs[0] - costs[1]))
    for _ in range(rounds):
        for price in priced:
            for document, found in ((price.kind.document, price.paid), (price.kind.without, price.alone)):
                before = processes.spent(server.pid, postmaster, generator.pid)
                request = writer.request(ActRequest(document, {}, None))
                tally = generator.round(server.port, [request], seconds, lines=1)
                spent = processes.spent(server.pid, postmaster, generator.pid).since(before)
                found.append(1e6 * (spent.server + spent.database) / len(tally.times))
    return [price.told() for price in priced]


def _cost(generator: Generator, server: Server, writer: Writer, document: str) -> int:
    request = writer.request(ActRequest(document, {}, None))
    *_, answer = generator.answers(server.port, [request] * 8)  # planned by then, and kept
    told = orjson.loads(answer)
    if "errors" in told:
        raise Misconfigured(reason=f"{document}: {answer[:300].decode()}")
    return int(told["extensions"]["cost"]["requested"])
