"""What a sign-in by cookie, and an access token of a provider, add to a request over a token of ours: processor time of
the server and of the database.

`python -m tests.bench.signed_in`: they ask the same short query by turns, A B C C B A, on one server; the difference is
of medians of rounds.
"""

import asyncio
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette

from forum import app
from forum.api.providers import provider
from forum.cli import account_links
from forum.settings import Settings
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from tests.support.scene import scene
from tests.support.sign_ins import HOME, browser, signed_in
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
ASK = {"query": "{ viewer { person { name } } }"}
ROUNDS, REQUESTS = 24, 200
ISSUER = "https://id.example"
KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
Sides = dict[str, list[tuple[float, float]]]


def _database_seconds(postmaster: int) -> float:
    """Processor time of the postmaster's children that run, in seconds."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


async def _round(line: httpx.AsyncClient, cluster: Cluster) -> tuple[float, float]:
    before = time.process_time(), _database_seconds(cluster.pid or 0)
    for _ in range(REQUESTS):
        answer = await line.post("/graphql", json=ASK)
        assert answer.json()["data"]["viewer"]["person"], answer.text
    after = time.process_time(), _database_seconds(cluster.pid or 0)
    server, database = ((b - a) * 1000 / REQUESTS for a, b in zip(before, after, strict=True))
    return server, database


def _answered(request: httpx.Request) -> httpx.Response:
    """What the provider says that signs the access token."""
    if request.url.path == "/jwks":
        return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]})
    return httpx.Response(200, json={"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks"})


def _access_token() -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": HOME, "sub": "selma", "client_id": "portal", "iat": now, "exp": now + 3600}
    return jwt.encode({"alg": "RS256", "kid": "one", "typ": "at+jwt"}, claims | {"jti": "j"}, KEY)


def _providers(folder: str) -> Path:
    """The operator's file with the provider of these tokens."""
    file = Path(folder) / "providers.toml"
    file.write_text(
        f'[ministry]\ntitle = "M"\nissuer = "{ISSUER}"\nclient_id = "c"\nclient_secret = "s"\n'
        f'audience = "{HOME}"\nportals = ["portal"]\n'
    )
    return file


async def _rounds(parts: app.Parts, site: Starlette, token: str, cluster: Cluster) -> Sides:
    secret, _ = await signed_in(parts, "focal.kenya")
    async with AsyncExitStack() as stack:
        lines = {
            "token": browser(site, Authorization=f"Bearer {token}"),
            "cookie": browser(site, secret),
            "access token": browser(site, Authorization=f"Bearer {_access_token()}"),
        }
        for line in lines.values():
            await stack.enter_async_context(line)
        sides: Sides = {name: [] for name in lines}
        for n in range(ROUNDS):
            for name in list(lines) if n % 2 else reversed(lines):
                sides[name].append(await _round(lines[name], cluster))
    return sides


async def measure() -> None:
    """Print the medians, and what a cookie and a provider's access token add, in ms of processor a request."""
    setattr(provider, "BoundedLine", lambda: httpx.MockTransport(_answered))  # noqa: B010
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "signed_in", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s:
            settings = Settings(mode="test", secret=SECRET, providers=_providers(folder), public_url=HOME)
            parts = await app.parts(settings, urls.app)
            await account_links.link(parts, "focal.kenya", ISSUER, "selma")
            token = (await issued(s.engine, SECRET, "focal.kenya"))["focal.kenya"]
            sides = await _rounds(parts, app.site(parts, settings), token, cluster)
            await parts.close()
    for name, place in (("server", 0), ("database", 1)):
        by = {side: statistics.median(r[place] for r in rounds[2:]) for side, rounds in sides.items()}
        for side, cost in by.items():
            print(f"{name}: {side} {cost:.3f} ms, added {cost - by['token']:+.3f} ms")


if __name__ == "__main__":
    asyncio.run(measure())
