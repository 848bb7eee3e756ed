"""GraphQL over HTTP, on a real server: media types, status codes, methods, caching, CORS, ids, masking, health."""

import logging
import time
from collections.abc import Iterator

import httpx
import pytest

from forum.api.http.execute import Service
from forum.api.http.identity import issue
from forum.api.http.media import choose
from forum.api.http.rates import LEAST
from forum.api.http.trusted_documents import document_id
from forum.api.problem import Problem
from tests.support.api.http_sample import (
    HELLO,
    NEW,
    OLD,
    SECRET,
    acts_of,
    code,
    post,
    reads_of,
    service,
    serving,
    settings,
)

INTROSPECT = "{ __schema { queryType { name } } }"


@pytest.fixture(scope="module")
def made() -> Service:
    return service()


@pytest.fixture(scope="module")
def client(made: Service) -> Iterator[httpx.Client]:
    with serving(made, settings(cors_origins=("https://portal.example",))) as client:
        yield client


# ---- what is answered
def test_a_query_is_answered_with_its_cost(client: httpx.Client) -> None:
    answer = post(client, "{ items(first: 2) { id } }")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{NEW}; charset=utf-8"
    assert answer.json() == {
        "data": {"items": [{"id": "Item:0"}, {"id": "Item:1"}]},
        "extensions": {
            "cost": {"requested": 3, "charged": LEAST, "limit": 10_000, "remaining": None, "fullAfter": None}
        },
    }


def test_what_caches_keep_for_everybody_tells_nothing_of_ones_own_points(client: httpx.Client) -> None:
    kept = client.get("/graphql", params={"query": "{ hello }"})
    assert kept.json()["extensions"]["cost"] == {"requested": 1, "charged": LEAST, "limit": 10_000}


def test_variables_and_the_name_of_the_operation(client: httpx.Client) -> None:
    two = "query A($n: String) { hello(name: $n) } query B { hello }"
    assert post(client, two, operationName="A", variables={"n": "%b"}).json()["data"] == {"hello": "Hello %b"}
    assert post(client, two, operationName="B", variables=None, extensions=None).json()["data"] == {
        "hello": "Hello world"
    }
    assert code(post(client, two)) == "OPERATION_NOT_FOUND"
    assert code(post(client, two, operationName="C")) == "OPERATION_NOT_FOUND"
    assert code(post(client, two, operationName="")) == "OPERATION_NOT_FOUND"


def test_acts_are_performed_one_after_the_other(client: httpx.Client, made: Service) -> None:
    text = (
        'mutation($x: AddInput!) { kind: __typename b: add(input: $x) { added } a: add(input: {text: "2"}) { added } }'
    )
    before = len(acts_of(made).done)
    answer = post(client, text, variables={"x": {"text": "1"}})
    assert list(answer.json()["data"].items()) == [("kind", "Mutation"), ("b", {"added": "1"}), ("a", {"added": "2"})]
    assert [given["input"]["text"] for _, given, _ in acts_of(made).done[before:]] == ["1", "2"]


def test_a_bad_argument_stops_all_acts(client: httpx.Client, made: Service) -> None:
    before = len(acts_of(made).done)
    text = 'mutation($x: AddInput!) { a: add(input: {text: "2"}) { added } b: add(input: $x) { added } }'
    assert code(post(client, text, variables={"x": {}})) == "BAD_VARIABLES"
    assert len(acts_of(made).done) == before


def test_skipped_acts_are_not_performed(client: httpx.Client, made: Service) -> None:
    before = len(acts_of(made).done)
    text = """mutation($no: Boolean!) { a: add(input: {text: "1"}) @include(if: $no) { added } ...B @skip(if: $no) }
        fragment B on Mutation { b: add(input: {text: "2"}) { added } }"""
    assert post(client, text, variables={"no": False}).json()["data"] == {"b": {"added": "2"}}
    assert len(acts_of(made).done) == before + 1


def test_an_act_written_twice_is_done_once(client: httpx.Client, made: Service) -> None:
    before = len(acts_of(made).done)
    assert (
        post(client, 'mutation { add(input: {text: "1"}) { added } add(input: {text: "1"}) { count } }').status_code
        == 200
    )
    assert len(acts_of(made).done) == before + 1


def test_introspection_and_data_in_one_document(client: httpx.Client) -> None:
    text = """query($n: String!) { ...S hello }
        fragment S on Query { a: viewer __type(name: $n) { name } __schema { queryType { name } } b: __typename }"""
    data = post(client, text, variables={"n": "Item"}).json()["data"]
    assert list(data.items()) == [
        ("a", "nobody"),
        ("__type", {"name": "Item"}),
        ("__schema", {"queryType": {"name": "Query"}}),
        ("b", "Query"),
        ("hello", "Hello world"),
    ]


def test_subscriptions_are_refused_clearly(client: httpx.Client) -> None:
    assert code(post(client, "subscription { ticks }")) == "SUBSCRIPTIONS_NOT_SUPPORTED"


# ---- whose fault it is, in status codes
@pytest.mark.parametrize(
    ("query", "variables", "expected"),
    [
        ("{ hello", {}, "SYNTAX_ERROR"),
        ("", {}, "SYNTAX_ERROR"),
        ("{ }", {}, "SYNTAX_ERROR"),
        ("{ helo }", {}, "INVALID_DOCUMENT"),
        ("query($n: String!) { hello(name: $n) }", {}, "BAD_VARIABLES"),
        ("query($n: String!) { hello(name: $n) }", {"n": 5}, "BAD_VARIABLES"),
        ("query($n: Int) { items(first: $n) { id } }", {"n": 10**30}, "BAD_VARIABLES"),
        ("query($n: Int) { items(first: $n) { id } }", {"n": 20_000}, "COST_TOO_HIGH"),
        ("{ items(first: 100000) { id } }", {}, "COST_TOO_HIGH"),
        ("{ shut }", {}, "WRONG_STATE"),
    ],
)
def test_a_documents_own_errors(client: httpx.Client, query: str, variables: dict, expected: str) -> None:
    new, old = (post(client, query, accept=accept, variables=variables) for accept in (NEW, OLD))
    assert (new.status_code, old.status_code) == (400, 200)
    assert code(new) == code(old) == expected


def test_the_cost_is_told_before_anything_is_read(client: httpx.Client, made: Service) -> None:
    before = reads_of(made).reads
    told = post(client, "{ items(first: 20000) { id } }").json()["errors"][0]["extensions"]
    assert (told["requested"], told["limit"]) == (20_001, 10_000)
    assert reads_of(made).reads == before


def test_nothing_is_suggested(client: httpx.Client) -> None:
    for text in (
        "{ helo }",
        "{ items(firs: 1) { id } }",
        "{ items(where: {colour: GREN}) { id } }",
        "{ items(where: {titel: 1}) { id } }",
    ):
        assert "mean" not in post(client, text).text
    wrong = post(
        client, "query($w: Where) { items(where: $w) { id } }", variables={"w": {"titel": "x", "colour": "GREN"}}
    )
    assert wrong.status_code == 400
    assert "mean" not in wrong.text


def test_validation_errors_say_where(client: httpx.Client) -> None:
    first, second = post(client, "{ one\n two }").json()["errors"]
    assert first["locations"] == [{"line": 1, "column": 3}]
    assert second["locations"] == [{"line": 2, "column": 2}]


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin1"]
)
def test_other_media_types(client: httpx.Client, media_type: str) -> None:
    answer = client.post(
        "/graphql", content=b'{"query":"{hello}"}', headers={"Content-Type": media_type} if media_type else {}
    )
    assert answer.status_code == 415
    assert code(answer) == "UNSUPPORTED_MEDIA_TYPE"


def test_compressed_bodies_are_refused(client: httpx.Client) -> None:
    headers = {"Content-Type": OLD, "Content-Encoding": "gzip"}
    assert client.post("/graphql", content=b"\x1f\x8b", headers=headers).status_code == 415


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, OLD),
        ("", OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (OLD, OLD),
        (NEW, NEW),
        (f"{NEW}, {OLD};q=0.9", NEW),
        (f"{OLD}, {NEW}", NEW),
        (f"{NEW};q=0.5, {OLD}", OLD),
        (f"{NEW};q=0, */*", OLD),
        (f"{OLD};q=0, */*;q=0.1", NEW),
        (f"{NEW}; charset=utf-8, */*;q=0.1", NEW),
        ("text/html, */*;q=0.8", OLD),
        ("text/html", None),
        (f"{OLD};q=0", None),
    ],
)
def test_the_media_type_is_negotiated(accept: str | None, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(Problem) as refused:
            choose(accept)
        assert refused.value.status == 406
    else:
        assert choose(accept) == expected


def test_nothing_acceptable_is_said_in_json(client: httpx.Client) -> None:
    answer = post(client, "{ hello }", accept="text/html")
    assert (answer.status_code, code(answer)) == (406, "NOT_ACCEPTABLE")


# ---- methods and caching
def test_a_query_by_get_is_kept_by_its_hash(client: httpx.Client) -> None:
    parameters = {"documentId": document_id(HELLO.encode()), "variables": '{"name":"é"}'}
    first = client.get("/graphql", params=parameters, headers={"Accept": NEW})
    assert first.json()["data"] == {"hello": "Hello é"}
    assert first.headers["etag"].startswith('W/"')
    assert "no-store" not in first.headers["cache-control"]
    for tag in (first.headers["etag"], first.headers["etag"][2:], f'"x", {first.headers["etag"]}', "*"):
        again = client.get("/graphql", params=parameters, headers={"Accept": NEW, "If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = client.get(
        "/graphql",
        params=parameters | {"variables": "{}"},
        headers={"Accept": NEW, "If-None-Match": first.headers["etag"]},
    )
    assert other.status_code == 200


def test_what_one_person_reads_is_not_kept(client: httpx.Client) -> None:
    token = issue(SECRET, "person-1", now=time.time(), lifetime=60)
    answer = client.get("/graphql", params={"query": "{ viewer }"}, headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["data"] == {"viewer": "person-1"}
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert "Authorization" in answer.headers["vary"]


def test_errors_and_posts_are_not_kept(client: httpx.Client) -> None:
    for answer in (post(client, "{ hello }"), client.get("/graphql", params={"query": "{ helo }"})):
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


def test_a_mutation_by_get_is_refused(client: httpx.Client, made: Service) -> None:
    before = len(acts_of(made).done)
    answer = client.get("/graphql", params={"query": 'mutation { add(input: {text: "1"}) { added } }'})
    assert (answer.status_code, answer.headers["allow"], code(answer)) == (405, "POST", "METHOD_NOT_ALLOWED")
    assert len(acts_of(made).done) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/graphql")
    assert (answer.status_code, code(answer)) == (405, "METHOD_NOT_ALLOWED")
    assert "POST" in answer.headers["allow"]


def test_head_and_options(client: httpx.Client) -> None:
    head = client.head("/graphql", params={"query": "{ hello }"})
    assert (head.status_code, head.content) == (200, b"")
    assert "GET" in client.options("/graphql").headers["allow"]


# ---- browsers
def test_cors_follows_the_list(client: httpx.Client) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    mine = client.options("/graphql", headers=ask | {"Origin": "https://portal.example"})
    assert mine.headers["access-control-allow-origin"] == "https://portal.example"
    assert mine.headers["x-request-id"]
    other = client.options("/graphql", headers=ask | {"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    read = client.post("/graphql", json={"query": "{ hello }"}, headers={"Origin": "https://portal.example"})
    assert read.headers["access-control-allow-origin"] == "https://portal.example"
    assert "X-Request-Id" in read.headers["access-control-expose-headers"]


def test_request_ids(client: httpx.Client) -> None:
    ids = {client.get(path).headers["x-request-id"] for path in ("/healthz", "/readyz", "/graphql")}
    assert len(ids) == 3
    kept = client.get("/healthz", headers={"X-Request-Id": "proxy-0001"})
    assert kept.headers["x-request-id"] == "proxy-0001"
    assert client.get("/healthz", headers={"X-Request-Id": "<script>alert(1)"}).headers["x-request-id"] not in (
        "",
        "<script>alert(1)",
    )


# ---- who asks
def test_a_bad_token_is_refused_even_where_none_is_needed(client: httpx.Client) -> None:
    for header in ("Bearer x.y.z", "Bearer", "Basic YTpi", "", "Bearer " + "a" * 5000):
        answer = client.post("/graphql", json={"query": "{ hello }"}, headers={"Authorization": header})
        assert (answer.status_code, code(answer)) == (401, "BAD_TOKEN")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    two = client.post(
        "/graphql", json={"query": "{ hello }"}, headers=[("Authorization", "Bearer a"), ("Authorization", "Bearer b")]
    )
    assert two.status_code == 401


# ---- our own faults
@pytest.mark.parametrize("text", ["{ ill }", "mutation { ill { added } }"])
def test_our_faults_are_masked(client: httpx.Client, caplog: pytest.LogCaptureFixture, text: str) -> None:
    with caplog.at_level(logging.ERROR, "forum.api"):
        answer = post(client, text)
    assert (answer.status_code, code(answer)) == (500, "INTERNAL")
    assert answer.json()["errors"][0]["message"] == "Something went wrong on our side"
    assert "Amina" not in answer.text
    assert answer.headers["x-request-id"] in caplog.text
    assert "type=Ill" in caplog.text
    assert "http_sample.py" in caplog.text  # where
    assert "Amina" not in caplog.text  # not what


@pytest.mark.parametrize("text", ["{ lost }", "mutation { lost { added } }"])
@pytest.mark.parametrize("accept", [NEW, OLD])
def test_a_lost_database(client: httpx.Client, text: str, accept: str) -> None:
    answer = post(client, text, accept=accept)
    assert (answer.status_code, answer.headers["retry-after"], code(answer)) == (503, "2", "DATABASE_UNAVAILABLE")
    assert "10.0.0.7" not in answer.text


def test_health_and_readiness() -> None:
    made = service()
    with serving(made) as client:
        assert client.get("/readyz").json() == {"status": "ready"}
        made.pool.down = TimeoutError()
        lost = client.get("/readyz")
        assert (lost.status_code, lost.headers["retry-after"], code(lost)) == (503, "2", "DATABASE_UNAVAILABLE")
        assert client.get("/healthz").json() == {"status": "ok"}
        assert code(post(client, "{ hello }")) == "DATABASE_UNAVAILABLE"
        assert post(client, INTROSPECT).status_code == 200  # asks the database nothing
        made.pool.down = None
        assert post(client, "{ hello }").status_code == 200
