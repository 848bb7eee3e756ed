"""How the server is run: whose word counts for where a request comes from, and what a start leaves behind."""

import gc
import socket
from typing import Any

import pytest
import uvicorn

from forum import app
from forum.api.http.connections import GuardedProtocol
from forum.cli.service import Server, configured
from forum.errors import Misconfigured
from forum.settings import Settings, load
from tests.support.api.http_sample import HELLO, service, serving


async def _seen(settings: Settings, peer: str, forwarded: str) -> str:
    """The address that the application takes a request from."""
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    config = configured(application, settings)
    config.load()
    headers = [(b"x-forwarded-for", forwarded.encode())]
    await config.loaded_app({"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}, None, None)
    return str(seen[0])


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "seen"),
    [
        ("", "127.0.0.1", "9.9.9.9", "127.0.0.1"),  # loopback is believed no more than others
        ("", "10.0.0.1", "9.9.9.9", "10.0.0.1"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("127.0.0.1, 10.0.0.0/8", "10.1.2.3", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.0/8", "127.0.0.1", "9.9.9.9", "127.0.0.1"),
        ("10.0.0.0/8", "10.1.2.3", "1.1.1.1, 9.9.9.9, 10.4.4.4", "9.9.9.9"),  # what it was told before, it was told
    ],
)
async def test_only_named_proxies_say_where_a_request_comes_from(
    monkeypatch: pytest.MonkeyPatch, proxies: str, peer: str, forwarded: str, seen: str
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own variable has no say
    assert await _seen(load({"FORUM_TRUSTED_PROXIES": proxies}), peer, forwarded) == seen


@pytest.mark.parametrize("given", ["*", "proxy.example", "10.0.0.1/8", "300.0.0.1"])
def test_a_proxy_is_an_address(given: str) -> None:
    with pytest.raises(Misconfigured, match="FORUM_TRUSTED_PROXIES"):
        load({"FORUM_TRUSTED_PROXIES": given})


def test_the_server_has_the_limits_of_connections() -> None:
    config = configured(app.web(Settings()), Settings())
    config.load()
    assert issubclass(config.http_protocol_class, GuardedProtocol)


def test_a_slash_behind_is_the_same_address_and_nothing_redirects() -> None:
    with serving(service()) as client:
        answer = client.post("/graphql/", json={"query": HELLO}, headers={"Host": "evil.example"})
        assert (answer.status_code, answer.json()["data"]) == (200, {"hello": "Hello world"})
        assert answer.headers["x-request-id"]
    assert not app.web(Settings()).router.redirect_slashes


async def test_what_the_start_has_made_is_no_work_for_the_collector() -> None:
    """A full collection over the schema and the compiled documents stops every answer for a third of a second."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("nobody asks")

    server = Server.__new__(Server)  # without the parts of a whole service
    uvicorn.Server.__init__(server, configured(application, load({})))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        try:
            await server.startup([listener])
            assert gc.get_freeze_count() > 10_000
        finally:
            gc.unfreeze()
            await server.shutdown([listener])
