"""What is asked: the documents Q1, Q2, Q3 and M1, and requests made of them, ready to be sent as bytes.

Q1 is an edition's page: twenty inputs by cursor with total, attribution, organisation, targets and sections, and beside
them the edition's text: twenty paragraphs with three comments each, their authors and organisations. Q2: a hundred
inputs by target and mechanism. Q3: one input, five fields. M1: an input is handed in, whole. Q2, Q3 and M1 are the
trusted documents of `graphql/operations`, as clients send them.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import orjson

from forum.api.http.identity import issue
from forum.reading.values import list_mark
from tests.bench._inputs import TARGETS
from tests.bench.world import MECHANISMS, token_id

SECRET = "the bench signs tokens for its own server only"
PAGE = """query BenchPage($forum: String!, $name: String!, $after: String) {
  edition(forum: $forum, name: $name) {
    id name theme
    contributions(first: 20, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id title state
        attribution { label organisation { name countryCode } }
        targets { code }
        sections { heading text { markdown } }
      }
    }
    documents(first: 1) {
      nodes {
        id symbol title
        paragraphs(first: 20) {
          nodes {
            id number
            comments(first: 3) { nodes { text { markdown } attribution { label organisation { name } } } }
          }
        }
      }
    }
  }
}
"""
VARIETY = 512  # different requests of one operation, sent in turn
COMMON = 10  # targets that Q2 asks for: those with a hundred inputs and more


@dataclass(frozen=True)
class Operation:
    """One operation: its name in the tables, its document, and the variables of the nth request of it."""

    name: str
    title: str
    document: str
    variables: Callable[[Random, int], dict[str, Any]]


@dataclass(frozen=True)
class ActRequest:
    """One request before it is bytes."""

    document: str
    variables: Mapping[str, Any]
    subject: str | None


def reads(facts: Mapping[str, Any], operations: Path) -> tuple[Operation, ...]:
    """Q1, Q2 and Q3 over this data set."""

    def page(rng: Random, n: int) -> dict[str, Any]:
        forum, name = rng.choice(facts["editions"])
        # Every other page is one further on: a cursor has the id of any input, so a third of the way down will do.
        further = f"{list_mark('Edition.contributions', ())}|55555555-5555-4555-8555-555555555555"
        return {"forum": forum, "name": name, "after": further if n % 2 else None}

    def listed(rng: Random, n: int) -> dict[str, Any]:
        return {
            "filter": {"targets": [TARGETS[n % COMMON]], "mechanism": MECHANISMS[rng.randrange(len(MECHANISMS))]},
            "first": 100,
        }

    def brief(rng: Random, _: int) -> dict[str, Any]:
        return {"id": f"Contribution:{rng.choice(facts['contributions'])}"}

    return (
        Operation("Q1", "an edition's page", PAGE, page),
        Operation("Q2", "100 inputs by target and mechanism", _read(operations, "contribution_list"), listed),
        Operation("Q3", "one input, five fields", _read(operations, "contribution_brief"), brief),
    )


def _read(operations: Path, name: str) -> str:
    return (operations / f"{name}.graphql").read_text("utf-8")


def asked(operation: Operation, speakers: list[str] | None, count: int = VARIETY) -> list[ActRequest]:
    """Requests of one operation, by these people in turn; None: by nobody in particular."""
    rng = Random(f"{operation.name} {bool(speakers)}")
    people = itertools.cycle(speakers or [None])
    return [ActRequest(operation.document, operation.variables(rng, n), next(people)) for n in range(count)]


def submissions(facts: Mapping[str, Any], operations: Path) -> Iterator[ActRequest]:
    """M1: each released input of the spare ones once, by a person who may, under a key of its own."""
    document = _read(operations, "submit_contribution")
    for n, (contribution, subject) in enumerate(facts["submissions"]):
        key = str(UUID(int=n, version=4))
        yield ActRequest(
            document, {"input": {"contribution": f"Contribution:{contribution}", "idempotencyKey": key}}, subject
        )


class Writer:
    """Makes bytes of requests, with a token for each person that lasts as long as the bench."""

    def __init__(self) -> None:
        self._tokens: dict[str, bytes] = {}
        self._now = time.time()

    def request(self, one: ActRequest) -> bytes:
        """The request as HTTP/1.1, on a connection that is kept."""
        body = orjson.dumps({"query": one.document, "variables": dict(one.variables)})
        token = b"" if one.subject is None else b"Authorization: Bearer %b\r\n" % self._token(one.subject)
        return (
            b"POST /graphql HTTP/1.1\r\nHost: bench\r\nAccept: application/graphql-response+json\r\n%b"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (token, len(body), body)
        )

    def _token(self, subject: str) -> bytes:
        if subject not in self._tokens:
            self._tokens[subject] = issue(
                SECRET, subject, now=self._now, lifetime=24 * 3600, token=token_id(subject)
            ).encode()
        return self._tokens[subject]
