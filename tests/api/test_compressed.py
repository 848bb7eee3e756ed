"""What is compressed, and what is not, so that no length tells a secret."""

import gzip
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from forum.api.http.compressed import SMALLEST, Compressed

TEXT = "The same words again. " * 200


async def page(request: Any) -> Response:
    return Response(TEXT[: int(request.headers.get("x-long", len(TEXT)))], media_type="text/html")


SITE = Starlette(routes=[Route("/", page, methods=["GET", "POST"], middleware=[Middleware(Compressed)])])


async def answer(method: str = "GET", address: str = "/", **headers: str) -> httpx.Response:
    sent = {"accept-encoding": "gzip, br", **{name.replace("_", "-"): value for name, value in headers.items()}}
    transport = httpx.ASGITransport(SITE)
    async with httpx.AsyncClient(transport=transport, base_url="http://forum.test") as line:
        return await line.request(method, address, headers=sent)


def compressed(response: httpx.Response) -> bool:
    assert response.text == TEXT
    return response.headers.get("content-encoding") == "gzip"


async def test_what_is_asked_without_a_cookie_is_compressed() -> None:
    for method in ("GET", "POST"):
        found = await answer(method, "/?q=The+same")
        assert compressed(found)
        assert int(found.headers["content-length"]) < len(TEXT) / 10
        assert "accept-encoding" in found.headers["vary"].lower()
        assert compressed(await answer(method, authorization="Bearer x"))


async def test_with_a_cookie_only_what_the_asker_could_not_word() -> None:
    assert compressed(await answer(cookie="forum=x"))
    assert not compressed(await answer(address="/?q=The+same", cookie="forum=x"))
    assert not compressed(await answer("POST", cookie="forum=x"))
    assert not compressed(await answer(address="/?q=x", cookie="language=en"))


@pytest.mark.parametrize(
    ("said", "taken"),
    [("gzip", True), ("GZip;q=0.5", True), ("br, gzip ; q=1", True), ("*", False), ("", False), ("br", False),
     ("gzip;q=0", False), ("gzip; q=0.000", False), ("x-gzip2", False), ("gzip;", True), (",;,", False)],
)  # fmt: skip
async def test_who_does_not_take_it_is_not_sent_it(said: str, taken: bool) -> None:
    assert compressed(await answer(accept_encoding=said)) == taken


async def test_a_head_says_no_length_that_a_get_would_not_have() -> None:
    assert "content-length" not in (await answer("HEAD")).headers
    assert int((await answer("HEAD", accept_encoding="br")).headers["content-length"]) == len(TEXT)


async def test_what_is_small_stays_as_it_is() -> None:
    found = await answer(x_long=str(SMALLEST - 1))
    assert "content-encoding" not in found.headers
    assert len(gzip.compress(found.content)) < len(found.content)
