"""Trusted documents: known by the hash of their bytes, in three modes."""

import hashlib
from pathlib import Path

import pytest

from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer, price
from forum.api.http.identity import ANONYMOUS
from forum.api.http.trusted_documents import document_id, load
from forum.api.problem import Problem
from forum.errors import Misconfigured
from tests.support.api.http_sample import HELLO, NEW, OLD, code, post, reads_of, service, serving, trusted

ID = document_id(HELLO.encode())


def test_the_manifest_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "hello.graphql").write_bytes(HELLO.encode())
    (tmp_path / "read_me.md").write_text("not one")
    found = load(tmp_path, "prefer")
    digest = "sha256:" + hashlib.sha256(HELLO.encode()).hexdigest()
    assert found.texts == {digest: HELLO}
    assert found.names == {"hello": digest}
    assert found.named("hello") == HELLO
    with pytest.raises(KeyError):
        found.named("other")


def test_every_byte_counts(tmp_path: Path) -> None:
    (tmp_path / "a.graphql").write_bytes(b"{ hello }\n")
    (tmp_path / "b.graphql").write_bytes(b"{ hello }\r\n")
    assert len(load(tmp_path).texts) == 2


def test_what_is_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        load(tmp_path / "none")
    with pytest.raises(Misconfigured):
        load(tmp_path, "closed")
    with pytest.raises(Misconfigured, match="there are none"):
        load(tmp_path, "only")
    (tmp_path / "odd.graphql").write_bytes(b"\xff")
    with pytest.raises(Misconfigured, match="odd"):
        load(tmp_path)


def test_an_invalid_trusted_document_is_named() -> None:
    for text in ("{ helo }", "{", "{ " + " ".join(f"a{n}: hello" for n in range(31)) + " }", "subscription { ticks }"):
        with pytest.raises(Misconfigured, match="odd"):
            service(documents=trusted(odd=text))


def test_all_of_them_are_prepared_at_the_start() -> None:
    made = service(documents=trusted(two="query A { hello } query B { viewer }"))
    assert len(reads_of(made).prepared) == 3
    parsed = made.plans.parsed
    assert made.plans.by_id(ID, None).prepared is not None
    assert made.plans.by_text(HELLO, "Hello").prepared is not None  # the same bytes: no new document
    assert made.plans.parsed == parsed
    assert len(made.plans) == 0


def test_by_id_over_http() -> None:
    with serving(service()) as client:
        assert post(client, documentId=ID, variables={"name": "x"}).json()["data"] == {"hello": "Hello x"}
        unknown = post(client, documentId="sha256:" + "0" * 64)
        assert (unknown.status_code, code(unknown)) == (400, "DOCUMENT_NOT_FOUND")
        assert post(client, documentId="sha256:" + "0" * 64, accept=OLD).status_code == 200
        for odd in ("", "hello", ID.upper(), ID[7:], ID + " ", "sha256:../../etc/passwd"):
            assert code(post(client, documentId=odd)) == "DOCUMENT_NOT_FOUND"


def test_only_takes_nothing_else() -> None:
    made = service("only")
    with serving(made) as client:
        assert post(client, documentId=ID).status_code == 200
        assert post(client, HELLO).status_code == 200  # its text is as good as its id
        parsed = made.plans.parsed
        for text in ("{ hello }", HELLO + " ", "{ __schema { queryType { name } } }", "{"):
            refused = post(client, text)
            assert (refused.status_code, code(refused)) == (400, "DOCUMENT_NOT_TRUSTED")
        assert made.plans.parsed == parsed  # not even looked at
        by_get = client.get("/graphql", params={"query": "{ hello }"}, headers={"Accept": NEW})
        assert code(by_get) == "DOCUMENT_NOT_TRUSTED"


async def test_our_own_pages_have_no_budget_but_the_same_rules() -> None:
    made = service("prefer")
    for n in range(100):
        assert (await answer(made, GraphQLRequest(f'{{ echo(text: "{n}") }}'), ANONYMOUS)).kind == "ok"
    for request, expected in [
        (GraphQLRequest('{ echo(text: "\ud800") }'), b"BAD_TEXT"),
        (GraphQLRequest(HELLO, variables={"name": "\x00"}), b"BAD_TEXT"),
        (GraphQLRequest(None), b"SYNTAX_ERROR"),
        (GraphQLRequest(document_id="x", request_id="r-1"), b'"requestId":"r-1"'),
    ]:
        refused = await answer(made, request, ANONYMOUS)
        assert refused.status == 400
        assert expected in refused.body


def test_a_price_without_executing() -> None:
    made = service()
    assert price(made, GraphQLRequest("query($n: Int) { items(first: $n) { id } }", variables={"n": 50_000})) == 50_001
    assert reads_of(made).reads == 0
    with pytest.raises(Problem, match="INVALID_DOCUMENT"):
        price(made, GraphQLRequest("{ helo }"))
