"""Requests that are no requests: bad bodies, bad documents, too much of everything, wrong tokens."""

import hashlib
import json
from typing import Any

from tests.corpus.corpus_player import HERE, NEW, OLD, Player
from tests.corpus.corpus_service import BROWSERS, LOST, token, token_id

JSON = {"Content-Type": "application/json"}
TIME = '{ forum(slug: "gfmd") { name } }'


async def play(p: Player) -> None:
    """All of them, and a few that are answered."""
    await _http(p)
    await _bodies(p)
    await _documents(p)
    await _limits(p)
    await _trusted(p)
    await _who(p)


async def _post(p: Player, name: str, body: Any, by: str | None = None, **headers: str) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {key.replace("_", "-").title(): value for key, value in headers.items()}
    await p.raw(name, by, "POST", content=content, headers={**JSON, **named})


async def _http(p: Player) -> None:
    await p.raw("HTTP: a query by GET", None, "GET", params={"query": TIME})
    await p.raw("HTTP: a head", None, "HEAD", params={"query": TIME})
    await p.raw("HTTP: options", None, "OPTIONS")
    await p.raw(
        "HTTP: a mutation by GET",
        "secretariat",
        "GET",
        params={"query": 'mutation { declineCall(input: {call: "x"}) { errors { code } } }'},
    )
    await p.raw("HTTP: put", None, "PUT", content=b"{}", headers=JSON)
    await p.raw("HTTP: no such place", None, "GET", path="/nowhere")
    await p.raw("HTTP: alive", None, "GET", path="/healthz")
    await p.raw(
        "HTTP: a form", None, "POST", content=b"query=x", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    await p.raw("HTTP: no media type", None, "POST", content=b"{}")
    await p.raw(
        "HTTP: another charset",
        None,
        "POST",
        content=b"{}",
        headers={"Content-Type": "application/json; charset=latin1"},
    )
    await p.raw("HTTP: compressed", None, "POST", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"})
    await _post(p, "HTTP: an answer as a picture", {"query": TIME}, accept="image/png")
    await _post(p, "HTTP: the older type", {"query": TIME}, accept=OLD)
    await _post(p, "HTTP: a fault under the older type", {"query": "{ nope }"}, accept=OLD)
    await _post(p, "HTTP: a fault under any type", {"query": "{ nope }"}, accept="*/*")
    await _post(p, "HTTP: a fault under the newer type", {"query": "{ nope }"}, accept=NEW)


async def _bodies(p: Player) -> None:
    deep = b'{"query": "{ serverTime }", "variables": {"a": ' + b"[" * 5000
    for name, body in {
        "no JSON": b"{", "nothing": b"", "a text": b'"x"', "a list": b'[{"query": "{ serverTime }"}]',
        "deep JSON": deep,
        "no query": b"{}", "a query that is a number": b'{"query": 7}',
        "query and documentId": b'{"query": "{a}", "documentId": "sha256:x"}',
        "variables that are a list": b'{"query": "{ serverTime }", "variables": []}',
        "an unknown member": b'{"query": "{ serverTime }", "more": 1}',
        "NUL": b'{"query": "{ forum(slug: \\"a\\\\u0000\\") { id } }"}',
        "half a character": b'{"query": "{ serverTime }", "variables": {"a": "\\ud800"}}',
        "bytes that are no text": b'{"query": "{ serverTime }", "variables": {"a": "\xff"}}',
        "too large": b'{"query": "{ serverTime }", "variables": {"a": "' + b"x" * 1_100_000 + b'"}}',
    }.items():  # fmt: skip
        await _post(p, f"body: {name}", body)


async def _documents(p: Player) -> None:
    for name, text in {
        "does not parse": "{ forum(", "an unknown field": "{ colour }",
        "an unknown argument": "{ forum(colour: 1) { id } }",
        "no selection": "{ forum(slug: \"gfmd\") }", "a subscription": "subscription { ticks }",
        "an empty document": "",
        "an unused fragment": "{ serverTime } fragment F on Forum { id }",
        "an unknown type": "query($a: Nope) { serverTime }",
        "a variable that is missing": "query($s: String!) { forum(slug: $s) { id } }",
        "two operations": "query A { serverTime } query B { serverTime }",
        "a slug that is a number": "{ forum(slug: 7) { id } }",
        "an unknown word of an enumeration": "{ forums(filter: {kinds: [PARTY]}) { totalCount } }",
        "a time without a zone": '{ forum(slug: "gfmd") { mandates(at: "2027-03-01T12:00:00") { totalCount } } }',
        "no date": '{ forum(slug: "gfmd") { mandates(at: "tomorrow") { totalCount } } }',
        "an id of no type": '{ node(id: "x") { id } }',
        "an id of an unknown type": '{ node(id: "Planet:00000000-0000-0000-0000-000000000000") { id } }',
        "an id of nothing": '{ node(id: "Forum:00000000-0000-0000-0000-000000000000") { id } }',
        "an unknown target": '{ contributions(filter: {targets: ["10.99"]}) { totalCount } }',
        "an unknown objective": '{ contributions(filter: {objectives: ["24"]}) { totalCount } }',
        "a language that is none": '{ contributions(filter: {languages: ["en-"]}) { totalCount } }',
    }.items():  # fmt: skip
        await p.query(None, f"document: {name}", text)
    await p.raw(
        "document: an operation that is not in it",
        None,
        "POST",
        json={"query": "query A { serverTime }", "operationName": "B"},
    )
    await p.raw(
        "document: a variable of another type",
        None,
        "POST",
        json={"query": "query($n: Int) { forums(first: $n) { totalCount } }", "variables": {"n": "x"}},
    )


async def _limits(p: Player) -> None:
    deep = '{ forum(slug: "gfmd") ' + "{ parent " * 15 + "{ id }" + "}" * 16
    dear = "{ contributions(first: 100) { nodes { usedIn(first: 100) { nodes { section { text { safeHtml } } } } } } }"
    many = "{ " + " ".join(f"a{n}: serverTime" for n in range(600)) + " }"
    for name, text in {
        "too deep": deep, "too dear": dear, "too many fields": many, "a long alias": f"{{ {'a' * 64}: serverTime }}",
        "a page of 101": "{ forums(first: 101) { totalCount } }",
        "a page of minus one": "{ forums(first: -1) { totalCount } }",
        "one name too often": "{ " + " ".join(["serverTime"] * 30) + " }",
        "a bad cursor": '{ forums(after: "nonsense") { totalCount } }',
        "many operations": " ".join(f"query Q{n} {{ serverTime }}" for n in range(25)),
        "too large": "{ serverTime } # " + "x" * 70_000,
        "an empty page": "{ forums(first: 0) { nodes { id } totalCount } }",
        "a long list": "{ contributions(filter: {targets: [" + '"10.7" ' * 101 + "]}) { totalCount } }",
    }.items():  # fmt: skip
        await p.raw(f"limit: {name}", None, "POST", json={"query": text})
    eleven = " ".join(f'a{n}: declineCall(input: {{call: "x"}}) {{ errors {{ code }} }}' for n in range(11))
    await p.raw("limit: eleven acts in a mutation", "secretariat", "POST", json={"query": f"mutation {{ {eleven} }}"})


async def _trusted(p: Player) -> None:
    text = (HERE / "operations" / "contribution_list.graphql").read_bytes()
    known, unknown = f"sha256:{hashlib.sha256(text).hexdigest()}", "sha256:" + "0" * 64
    await p.raw("trusted: a document by its id", None, "POST", json={"documentId": known, "variables": {"first": 1}})
    await p.raw("trusted: by GET", None, "GET", params={"documentId": known, "variables": '{"first": 1}'})
    await p.raw(
        "trusted: by GET, with a token", "secretariat", "GET", params={"documentId": known, "variables": '{"first": 1}'}
    )
    await p.raw("trusted: an unknown document", None, "POST", json={"documentId": unknown})
    await p.raw("trusted: an id that is none", None, "POST", json={"documentId": "x"})


async def _who(p: Player) -> None:
    tokens = {
        "no token of ours": "x.y.z",
        "of another secret": token("secretariat", "another" * 8),
        "expired": token("secretariat", lifetime=-3600),
    }
    for name, given in tokens.items():
        await p.raw(f"token: {name}", None, "POST", json={"query": TIME}, headers={"Authorization": f"Bearer {given}"})
    me = (await p.ask("rep.network", "MyContact"))["viewer"]["person"]["id"]
    reach = {"person": me, "address": "n@example.org", "language": "FR", "zone": "Africa/Nairobi", "pace": "DAILY"}
    await p.do("rep.network", "SetContact", "done", **reach)
    await p.do("rep.network", "SetContact", "no address", **{**reach, "address": "n@example.org\nBcc: x@example.org"})
    await p.do("rep.network", "SetContact", "no zone", **{**reach, "zone": "Mars/Olympus"})
    await p.do("rep.former", "SetContact", "another's", **reach)
    await p.ask("rep.network", "MyContact")
    await p.ask("rep.network", "MyReturns", first=20)
    await p.ask("rep.network", "MyCalendar", "before there is an address", unordered=True)
    await p.do("rep.network", "EndCalendar", "where there is none", person=me)
    await p.do("rep.former", "RenewCalendar", "another's", person=me)
    await p.do("rep.network", "RenewCalendar", "done", person=me)
    await p.ask("rep.network", "MyCalendar", unordered=True)
    await p.do("rep.network", "EndCalendar", "done", person=me)
    mine = {"token": f"Token:{token_id(LOST)}"}
    await p.ask("rep.former", "MyTokens")
    await p.do("rep.network", "RevokeToken", "another's", **mine)
    await p.do("rep.former", "RevokeToken", "done", **mine)
    lost = {"Authorization": f"Bearer {token('rep.former', of=LOST)}"}
    await p.raw("token: that was revoked", None, "POST", json={"query": TIME}, headers=lost)
    await p.raw("token: by another way", None, "POST", json={"query": TIME}, headers={"Authorization": "Basic eA=="})
    for by in (None, "secretariat", "many.hats", "somebody.unknown"):
        await p.ask(by, "WhoAmI", unordered=True)


async def sign_ins(p: Player) -> None:
    """Where somebody is signed in with a browser; last, so that its ids come after all others."""
    phone = {"signIn": f"SignIn:{token_id(BROWSERS[1])}"}
    await p.ask("rep.former", "MySignIns")
    await p.do("rep.network", "EndSignIn", "another's", **phone)
    await p.do("rep.former", "EndSignIn", "done", **phone)
    await p.do("rep.former", "EndSignIn", "that has ended", **phone, others=True)
    await p.do("rep.former", "EndSignIn", "done, all the others", signIn=f"SignIn:{token_id(BROWSERS[0])}", others=True)
    await p.ask("rep.former", "MySignIns", "when the others have ended")
