"""Bad input: what is too long, too deep, too much or not text is refused with its code, and the server goes on."""

import json
import random
import socket
import string
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.api.http import plans
from forum.api.http.body import load_json, nesting
from forum.api.http.budget import Budget, Rate
from forum.api.http.callers import Callers
from forum.api.http.endpoint import GraphQLOverHTTP
from forum.api.http.execute import Service
from forum.api.http.introspection import Introspector
from forum.api.http.sign_ins import SignIns
from forum.api.limits import ENDLESS, Limits, check_document, check_text
from forum.api.problem import Problem
from forum.settings import Settings
from graphql import build_schema, get_introspection_query, parse, validate
from tests.support.api.http_sample import NEW, OLD, SDL, code, post, reads_of, service, serving

LIMITS = Limits()


@pytest.fixture(scope="module")
def made() -> Service:
    return service(clock=iter(range(10**9)).__next__)  # a second passes with every new document


@pytest.fixture(scope="module")
def client(made: Service) -> Iterator[httpx.Client]:
    with serving(made) as client:
        yield client


@pytest.fixture(autouse=True)
def goes_on(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each of these tests the same server still answers."""
    yield
    if "client" in request.fixturenames:
        assert post(request.getfixturevalue("client"), "{ hello }").status_code == 200


def bomb(levels: int, spread: str = "...f{0} ...f{0}") -> str:
    """Fragments that each spread the next one twice: 2^levels fields."""
    chain = (f"fragment f{n} on Query {{ {spread.format(n + 1)} }}" for n in range(levels))
    return f"{{ ...f0 }} {' '.join(chain)} fragment f{levels} on Query {{ hello }}"


def what(text: str, limits: Limits = LIMITS) -> str:
    """Which limit refuses this document; "" when none does."""
    try:
        check_document(parse(text), limits)
    except Problem as problem:
        return str(problem.facts["what"]) if problem.code == "QUERY_TOO_LARGE" else problem.code
    return ""


# ---- the tree
@pytest.mark.parametrize("levels", [9, 22, 45])
def test_a_fragment_bomb_is_measured_in_linear_work(levels: int) -> None:
    document = parse(bomb(levels))
    with pytest.raises(Problem) as refused:
        check_document(document, LIMITS)
    assert refused.value.facts == {"what": "fields", "actual": min(2**levels, ENDLESS), "limit": 500}
    roomy = replace(LIMITS, fields=ENDLESS)
    assert check_document(document, roomy).visited == 2 * levels + 2  # every selection once


def test_a_bomb_of_fields_inside_one_another() -> None:
    assert what(bomb(22, "x: again {{ ...f{0} }} y: again {{ ...f{0} }}")) == "fields inside one another"
    assert what(bomb(10, "x: again {{ ...f{0} }} y: again {{ ...f{0} }}")) == "fields"


def test_a_bomb_never_reaches_validation(client: httpx.Client, made: Service) -> None:
    before = len(reads_of(made).prepared)
    assert code(post(client, bomb(22))) == "QUERY_TOO_LARGE"
    assert len(reads_of(made).prepared) == before


def test_cycles_are_left_to_validation(client: httpx.Client) -> None:
    cycle = "{ ...a } fragment a on Query { again { ...b } } fragment b on Query { again { ...a } ...b }"
    assert what(cycle) == ""
    assert code(post(client, cycle)) == "INVALID_DOCUMENT"


@pytest.mark.parametrize(
    ("most", "more", "limit"),
    [
        (
            "{ " + "again { " * 11 + "hello" + " }" * 12,
            "{ " + "again { " * 12 + "hello" + " }" * 13,
            "fields inside one another",
        ),
        (
            "{ " + "... { " * 60 + "hello" + " }" * 61,
            "{ " + "... { " * 65 + "hello" + " }" * 66,
            "selection sets inside one another",
        ),
        (
            "{ " + "...f " * 50 + "} fragment f on Query { " + " ".join(string.ascii_lowercase[:10]) + " }",
            "{ a " + "...f " * 50 + "} fragment f on Query { " + " ".join(string.ascii_lowercase[:10]) + " }",
            "fields",
        ),
        (
            "{ " + " ".join(f"a{n}: hello" for n in range(30)) + " }",
            "{ " + " ".join(f"a{n}: hello" for n in range(31)) + " }",
            "aliases",
        ),
        (f"{{ {'a' * 63}: hello }}", f"{{ {'a' * 64}: hello }}", "bytes in an alias"),
        ("{ hello " + "@skip(if: true) " * 50 + "}", "{ hello " + "@skip(if: true) " * 51 + "}", "directives"),
        ("{ " + "hello " * 20 + "}", "{ " + "hello " * 21 + "}", "repetitions of one name in a selection set"),
        (
            "".join(f"query o{n} {{ a }} " for n in range(20)),
            "".join(f"query o{n} {{ a }} " for n in range(21)),
            "operations",
        ),
        (
            "{ a } " + "".join(f"fragment f{n} on Q {{ a }} " for n in range(50)),
            "{ a } " + "".join(f"fragment f{n} on Q {{ a }} " for n in range(51)),
            "fragments",
        ),
        (
            "mutation { " + " ".join(f"a{n}: add" for n in range(10)) + " }",
            "mutation { "
            + " ".join(f"a{n}: add" for n in range(9))
            + " ...f } fragment f on Mutation { b: add c: add }",
            "acts in one mutation",
        ),
        (
            "{ __schema { " + "ofType { " * 19 + "name" + " }" * 21,
            "{ __schema { " + "ofType { " * 20 + "name" + " }" * 22,
            "fields of introspection inside one another",
        ),
    ],
)
def test_each_limit_at_its_edge(most: str, more: str, limit: str) -> None:
    assert what(most) == ""
    assert what(more) == limit


def test_every_operation_of_a_document_is_measured() -> None:
    assert what("query a { hello } query b { " + "x " * 21 + "}").startswith("repetitions")


@pytest.mark.parametrize(
    "text",
    [
        "{ " + " ".join(["again { again { again { hello } } }"] * 20) + " }",
        "{ "
        + " ".join(f"...f{n}" for n in range(50))
        + " } "
        + " ".join(f"fragment f{n} on Query {{ again {{ again {{ hello }} }} }}" for n in range(50)),
        " ".join(f"query o{n} {{ " + " ".join(f"...f{m}" for m in range(50)) + " }" for n in range(20))
        + " ".join(f"fragment f{m} on Query {{ hello }}" for m in range(50)),
    ],
)
def test_what_passes_the_limits_is_validated_in_little_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The rule that compares fields pair by pair is the quadratic one: count its comparisons, not the time.
    from graphql.validation.rules import overlapping_fields_can_be_merged as rule

    counted, compare = [0], rule.find_conflict

    def counting(*arguments: Any) -> Any:
        counted[0] += 1
        return compare(*arguments)

    monkeypatch.setattr(rule, "find_conflict", counting)
    assert what(text) == ""
    assert validate(build_schema(SDL), parse(text)) == []
    assert 0 < counted[0] < 10_000


# ---- bytes and tokens
def test_tokens_and_bytes(client: httpx.Client) -> None:
    many = "{ " + " ".join(f"f{n}" for n in range(2_000)) + " }"
    assert post(client, many).json()["errors"][0]["extensions"]["what"] == "tokens"
    long = post(client, "#" * (64 * 1024 - 9) + "\n{ hello }")
    assert long.json()["errors"][0]["extensions"]["what"] == "bytes"
    assert post(client, "#" * (64 * 1024 - 10) + "\n{ hello }").status_code == 200


def test_nested_values_in_a_document(client: httpx.Client) -> None:
    assert code(post(client, "{ items(where: {title: " + "[" * 900 + "]" * 900 + "}) { id } }")) == "SYNTAX_ERROR"
    assert (
        code(post(client, "query($a: " + "[" * 900 + "Int" + "]" * 900 + ") { items(first: $a) { id } }"))
        == "SYNTAX_ERROR"
    )
    assert code(post(client, "{ " + "again { " * 900 + "hello" + " }" * 901)) in ("SYNTAX_ERROR", "QUERY_TOO_LARGE")


def test_a_long_message_is_cut(client: httpx.Client) -> None:
    answer = post(client, "{ " + "x" * 60_000 + " }")
    assert code(answer) == "INVALID_DOCUMENT"
    assert len(answer.content) < 1_000


def test_a_body_announced_too_long_is_not_read(client: httpx.Client) -> None:
    host, port = client.base_url.host, client.base_url.port
    head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {OLD}\r\nContent-Length: 31457280\r\n\r\n"
    with socket.create_connection((host, port), timeout=20) as wire:
        wire.sendall(head.encode())  # and not one byte of the body
        status = wire.makefile("rb").readline()
    assert b" 413 " in status


def test_a_body_that_turns_out_too_long_is_left(client: httpx.Client) -> None:
    host, port = client.base_url.host, client.base_url.port
    head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {OLD}\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with socket.create_connection((host, port), timeout=20) as wire:
        wire.sendall(head.encode() + chunk * 17)  # no last chunk: whoever reads to the end waits for ever
        status = wire.makefile("rb").readline()
    assert b" 413 " in status


def test_thirty_megabytes(client: httpx.Client) -> None:
    answer = client.post("/graphql", content=b" " * 31_457_280, headers={"Content-Type": OLD, "Accept": NEW})
    assert (answer.status_code, code(answer)) == (413, "REQUEST_TOO_LARGE")


def test_a_body_of_exactly_the_limit_is_read(client: httpx.Client) -> None:
    body = b'{"query":"{ hello }"}'
    headers = {"Content-Type": OLD, "Accept": NEW}
    assert client.post("/graphql", content=body + b" " * (1024 * 1024 - len(body)), headers=headers).status_code == 200
    assert (
        client.post("/graphql", content=body + b" " * (1024 * 1024 - len(body) + 1), headers=headers).status_code == 413
    )


# ---- JSON
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"query":"{ hello }","variables":{"a":' + "["])
def test_json_nested_100_000_deep(client: httpx.Client, opening: str) -> None:
    head, repeated = opening[:-1], opening[-1]
    deep = head + repeated * 100_000 if repeated == "[" else opening * 100_000
    answer = client.post("/graphql", content=deep, headers={"Content-Type": OLD})
    assert (answer.status_code, code(answer)) == (400, "JSON_TOO_DEEP")


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.text() | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=12,
    )
)
def test_nesting_is_counted_as_json_nests(value: object) -> None:
    def depth(one: object) -> int:
        if isinstance(one, dict):
            return 1 + max(map(depth, one.values()), default=0)
        return 1 + max(map(depth, one), default=0) if isinstance(one, list) else 0

    for ascii_only in (True, False):
        assert nesting(json.dumps(value, ensure_ascii=ascii_only).encode(), 10**6) == depth(value)


def test_nesting_does_not_go_back_on_unfinished_strings() -> None:
    assert nesting(b'"\\' * 500_000, 32) == 0  # quadratic, were it to try every quote again: it would not end
    assert nesting(b'{"' + b'\\"' * 500_000 + b"[[[[", 32) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "BAD_JSON"),
        (b"{", "BAD_JSON"),
        (b"\xef\xbb\xbf{}", "BAD_JSON"),
        (b'{"query":"\x00"}', "BAD_JSON"),
        (b'{"query": NaN}', "BAD_JSON"),
        (b"null", "BAD_REQUEST"),
        (b'"{ hello }"', "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b'{"query":5}', "BAD_REQUEST"),
        (b'{"query":null}', "BAD_REQUEST"),
        (b'{"query":"{ hello }","variables":[]}', "BAD_REQUEST"),
        (b'{"query":"{ hello }","variables":"{}"}', "BAD_REQUEST"),
        (b'{"query":"{ hello }","operationName":1}', "BAD_REQUEST"),
        (b'{"query":"{ hello }","extensions":0}', "BAD_REQUEST"),
        (b'{"query":"{ hello }","documentId":"x"}', "BAD_REQUEST"),
        (b'[{"query":"{ hello }"}]', "BATCHING_NOT_SUPPORTED"),
        (b"[]", "BATCHING_NOT_SUPPORTED"),
        (b'{"query":"\\ud800"}', "BAD_TEXT"),
        (b'{"query":"\xed\xa0\x80"}', "BAD_TEXT"),
        (b'{"query":"\xff"}', "BAD_TEXT"),
        (b'{"query":"{ hello }","variables":{"a":["\\udc00"]}}', "BAD_TEXT"),
        (b'{"query":"{ hello }","variables":{"a":{"b":["x\\u0000"]}}}', "BAD_TEXT"),
        (b'{"query":"{ hello }","variables":{"a\\u0000":1}}', "BAD_TEXT"),
        (b'{"query":"{ hello }","operationName":"\\u0000"}', "BAD_TEXT"),
        (b'{"query":"{ echo(text: \\"\\\\u0000\\") }"}', "BAD_TEXT"),
        (b'{"query":"{ echo(text: \\"\\\\u{0}\\") }"}', "BAD_TEXT"),
        (b'{"query":"query($t: String! = \\"\\\\u0000\\") { echo(text: $t) }"}', "BAD_TEXT"),
        (b'{"query":"{ echo(text: \\"\\\\ud800\\") }"}', "SYNTAX_ERROR"),
        (b'{"query":"{ hello \\u0000 }"}', "SYNTAX_ERROR"),
    ],
)
def test_bodies_that_are_no_requests(client: httpx.Client, body: bytes, expected: str) -> None:
    answer = client.post("/graphql", content=body, headers={"Content-Type": OLD, "Accept": NEW})
    assert (answer.status_code, code(answer)) == (400, expected)


def test_whole_pairs_and_other_text_pass(client: httpx.Client) -> None:
    for text in ("𝄞 é 中文 العربية", "\\u0000 written out", "\x7f\u200f\ufffe"):
        assert post(client, "query($t: String!) { echo(text: $t) }", variables={"t": text}).json()["data"] == {
            "echo": text
        }
    pair = b'{"query":"{ echo(text: \\"\\ud834\\udd1e\\") }"}'
    assert client.post("/graphql", content=pair, headers={"Content-Type": OLD}).json()["data"] == {"echo": "𝄞"}
    block = '{ echo(text: """\\u0000""") }'  # block strings know no such escape
    assert post(client, block).json()["data"] == {"echo": "\\u0000"}


def test_the_last_of_two_equal_keys_counts(client: httpx.Client) -> None:
    body = b'{"query":"{ helo }","query":"{ hello }"}'
    assert client.post("/graphql", content=body, headers={"Content-Type": OLD}).json()["data"] == {
        "hello": "Hello world"
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "BAD_REQUEST"),
        ("query=", "BAD_REQUEST"),
        ("query=%7Bhello%7D&query=%7Bhello%7D", "BAD_REQUEST"),
        ("query=%7Bhello%7D&variables=1", "BAD_REQUEST"),
        ("query=%7Bhello%7D&variables=%7B", "BAD_JSON"),
        ("query=%7Bhello%7D&variables=" + "%5B" * 10_000, "JSON_TOO_DEEP"),
        ("query=%7Bhello%7D&variables=%7B%22a%22:%22%5Cu0000%22%7D", "BAD_TEXT"),
        ("query=%7Bhello%7D&variables=%7B%22a%22:%22%5Cud800%22%7D", "BAD_TEXT"),
        ("query=%ED%A0%80", "BAD_TEXT"),
        ("query=%FF", "BAD_TEXT"),
        ("&".join(f"a{n}=1" for n in range(40)), "BAD_REQUEST"),
    ],
)
def test_addresses_that_are_no_requests(client: httpx.Client, query: str, expected: str) -> None:
    answer = client.get("/graphql?" + query, headers={"Accept": NEW})
    assert (answer.status_code, code(answer)) == (400, expected)


def test_text_is_looked_for_everywhere() -> None:
    check_text({"a": ["b", {"c": 1.5, "d": None, "e": True}]})
    for value in ("\x00", ["\udfff"], {"a": {"b": ["\ud800x"]}}, {"\x00": 1}):
        with pytest.raises(Problem, match="BAD_TEXT"):
            check_text(value)


# ---- introspection
def test_the_usual_introspection_passes_and_is_kept(client: httpx.Client, made: Service) -> None:
    text = get_introspection_query(specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True)
    first, executed = post(client, text), made.plans.introspector.executed
    assert first.json()["data"]["__schema"]["queryType"]["name"] == "Query"
    assert post(client, text).content == first.content
    assert made.plans.introspector.executed == executed


def test_introspection_several_times_over_is_refused(client: httpx.Client) -> None:
    inner = "name kind fields { name args { name type { name } } type { name kind } }"
    often = "{ __schema { " + " ".join(f"t{n}: types {{ {inner} }}" for n in range(25)) + " } }"
    answer = post(client, often)
    assert answer.json()["errors"][0]["extensions"]["what"] == "fields of introspection"
    deep = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    assert code(post(client, deep)) in ("INVALID_DOCUMENT", "QUERY_TOO_LARGE")


def test_introspection_answers_are_bounded() -> None:
    introspector = Introspector(build_schema(SDL))
    document = parse("query($n: String!) { __type(name: $n) { name } }")

    def known(**variables: object) -> bool:
        key = introspector.key("x", document, variables)
        if introspector.kept(key) is not None:
            return True
        introspector.keep(key, introspector.execute(document, variables))
        return False

    assert not any(known(n=f"T{n}", unused=random.random()) for n in range(100))
    assert introspector.executed == 100
    assert known(n="T99", unused=1)
    assert not known(n="T0")


# ---- what is kept, and how much of the new is taken
def test_documents_are_parsed_once(client: httpx.Client, made: Service) -> None:
    text = "query Once { hello again { hello } }"
    post(client, text)
    parsed = made.plans.parsed
    assert post(client, text).status_code == 200
    assert made.plans.parsed == parsed
    for _ in range(2):
        post(client, "{ helo }")
    assert made.plans.parsed == parsed + 2  # what fails is not kept


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MOST_KEPT", 60)
    monkeypatch.setattr(plans, "MOST_TOKENS", 4_000)
    made = service()
    for n in range(60 + 20):
        made.plans.by_text(f'{{ hello(name: "{n}") }}', None)
    assert len(made.plans) == 60
    for n in range(6):
        made.plans.by_text(
            "{ "
            + " ".join([f'hello(name: "{n}")'] * 20)
            + " "
            + "".join(f"... {{ a{m}: hello{' @skip(if: true)' * 1} }} " for m in range(30))
            + "}",
            None,
        )
    assert sum(known.tokens for known in made.plans._recent.values()) <= 4_000


def test_the_budget_of_new_documents() -> None:
    now = [0.0]
    made = service("prefer", clock=lambda: now[0])
    with serving(made) as client:
        texts = (f'{{ echo(text: "{n}") }}' for n in range(1000))
        taken = next(n for n, text in enumerate(texts) if post(client, text).status_code == 429)
        assert taken == 15  # two of thirty each: one to parse it, one for its form
        refused = post(client, "{ viewer }")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        assert code(refused) == code(post(client, "{ viewer }", accept=OLD)) == "TOO_MANY_NEW_DOCUMENTS"
        assert post(client, '{ echo(text: "0") }').status_code == 200  # seen before
        hello = made.documents.texts[made.documents.names["hello"]]
        assert post(client, hello).status_code == 200  # what the start compiles by itself is on nobody's budget
        assert post(client, hello, variables={"name": "x"}).status_code == 200
        reads_of(made).forms.clear()
        assert post(client, hello).status_code == 429  # a new form of it
        now[0] += 2
        assert post(client, "{ viewer }").status_code == 200


async def test_who_asks_too_much_waits_before_being_told() -> None:
    """Thirty-two connections that ask again at once would else have the event loop refuse thousands a second."""
    paused = list[float]()

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    made = service("prefer", clock=lambda: 0.0)
    sign_ins = SignIns(made.pool, Settings(), made.rates.spend)
    application = GraphQLOverHTTP(made, Callers(made, "s" * 32, sign_ins), pause=pause)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://forum") as client:
        codes = [(await client.post("/", json={"query": f'{{ echo(text: "{n}") }}'})).status_code for n in range(17)]
        bad = await client.post("/", json={"query": "{ echo("})
    assert codes == [200] * 15 + [429] * 2
    assert bad.status_code == 429  # it is new too
    assert paused == [Limits().refused_seconds] * 3


def test_budgets_are_each_clients_own_and_fill_again() -> None:
    now = [0.0]
    budget = Budget(Rate(2, 0.5), lambda: now[0], clients=3)
    for client in ("a", "b", "a", "b"):
        budget.spend(client)
    with pytest.raises(Problem) as refused:
        budget.spend("a")
    assert refused.value.headers == {"Retry-After": "2"}
    now[0] += 2
    budget.spend("a")
    with pytest.raises(Problem):
        budget.spend("a")
    now[0] += 1_000
    budget.spend("a")
    budget.spend("a")
    with pytest.raises(Problem):
        budget.spend("a")  # never more than a burst
    for client in "cdefg":
        budget.spend(client)
    assert len(budget) == 3


def test_the_published_text_names_every_figure() -> None:
    said = LIMITS.published()
    kept_back = {
        "json_depth",
        "values",
        "introspection_depth",
        "repeats",
        "request_seconds",
        "refused_seconds",
    }
    for field in fields(LIMITS):
        value = getattr(LIMITS, field.name)
        if field.name not in kept_back:
            assert str(value // 1024 if field.name in ("body_bytes", "document_bytes") else value) in said


# ---- anything at all
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
_words = ["{", "}", "(", ")", "...", "query", "mutation", "fragment f on Query", "...f", "hello", "items",
          "id", "$a", ":", "=", "Int",
          "first", "again",
          "@skip(if: true)", '"x"', "-1", "1e999", "__schema", "__type", "__typename", "types", "name", "null",
          "where", "[", "]", "!", "add", "input", "#", "\n"]  # fmt: skip
_documents = st.lists(st.sampled_from(_words), max_size=40).map(" ".join) | st.text(max_size=60)
_requests = st.fixed_dictionaries(
    {},
    optional={
        "query": _documents | _json,
        "variables": _json,
        "operationName": st.text() | _json,
        "documentId": _json,
        "extensions": _json,
    },
)
_bodies = (
    st.binary(max_size=200)
    | _json.map(lambda value: json.dumps(value).encode())
    | _requests.map(lambda value: json.dumps(value).encode())
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_bodies, accept=st.sampled_from([NEW, OLD, "*/*"]))
def test_no_body_is_answered_with_a_fault_of_ours(client: httpx.Client, body: bytes, accept: str) -> None:
    answer = client.post("/graphql", content=body, headers={"Content-Type": OLD, "Accept": accept})
    assert answer.status_code in (200, 400, 429)
    found = answer.json()
    assert ("data" in found) != ("errors" in found)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.binary(max_size=80),
    headers=st.dictionaries(
        st.sampled_from(["Accept", "Authorization", "Accept-Language", "If-None-Match", "X-Request-Id"]),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
    ),
)
def test_no_address_is_answered_with_a_fault_of_ours(
    client: httpx.Client, query: bytes, headers: dict[str, str]
) -> None:
    from urllib.parse import quote_from_bytes

    answer = client.get(f"/graphql?query={quote_from_bytes(query)}", headers=headers)
    assert answer.status_code in (200, 400, 401, 406, 429)


def test_load_json_reads_what_is_json() -> None:
    assert load_json(b'{"a": [1, 2.5, "x", null, true]}', LIMITS) == {"a": [1, 2.5, "x", None, True]}
