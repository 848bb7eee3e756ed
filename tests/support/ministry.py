"""An identity provider of the tests: npm `oidc-provider` in a process of its own, and somebody who signs in there."""

import asyncio
import hashlib
import json
import os
import re
import socket
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.npm import NODE
from tests.support.sign_ins import HOME
from tests.support.sources import ROOT

BACK = f"{HOME}/sign-in/ministry/back"
AUDIENCE = f"{HOME}/graphql"
PORTAL = "portal"
CLIENT = "review-forum"
SECRET = "a-secret-of-thirty-two-bytes-or-more"


@dataclass(frozen=True)
class Ministry:
    """A provider that runs: its issuer, and its private key."""

    issuer: str
    key: RSAKey

    def signed(self, claims: dict[str, Any], **header: Any) -> str:
        """What the provider would sign."""
        named = {"alg": "RS256", "kid": self.key.as_dict()["kid"], "typ": "logout+jwt"} | header
        return jwt.encode(named, claims, self.key, algorithms=["RS256"])


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def own_access_token(op: "Ministry", portal: str = PORTAL, audience: str = AUDIENCE) -> str:
    """What the provider gives a portal for itself (RFC 6749, section 4.4)."""
    asked = {"grant_type": "client_credentials", "resource": audience, "scope": "reviews"}
    return await _token(op, portal, asked)


async def access_token(op: "Ministry", login: str, portal: str = PORTAL, audience: str = AUDIENCE) -> str:
    """What the provider gives a portal for somebody who signs in there."""
    back, verifier = f"{HOME}/portal", "v" * 43
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": portal, "redirect_uri": back, "scope": "openid reviews", "state": "s",
        "resource": audience, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    came = await signs_in(f"{op.issuer}/auth?{urlencode(asked)}", login)
    code = parse_qs(urlsplit(came).query)["code"][0]
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    return await _token(op, portal, given | {"resource": audience})


async def _token(op: "Ministry", portal: str, asked: dict[str, str]) -> str:
    async with httpx.AsyncClient(trust_env=False, auth=(portal, SECRET)) as line:
        answer = await line.post(f"{op.issuer}/token", data=asked)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


@asynccontextmanager
async def ministry(port: int, shift: int = 0, algorithm: str = "RS256", home: str = HOME) -> AsyncIterator[Ministry]:
    """The provider, on this port, with a new key and a clock that is `shift` seconds ahead, for the service at
    `home`."""
    back = f"{home}/sign-in/ministry/back"
    command = [NODE / ".bin" / "node", ROOT / "tests/node/provider.cjs", str(port), back, str(shift), algorithm]
    process = await asyncio.create_subprocess_exec(
        *map(str, command), env={**os.environ, "NODE_PATH": str(NODE), "NODE_ENV": "test"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(120):
            line = await process.stdout.readline()
        yield Ministry(f"http://127.0.0.1:{port}", RSAKey.import_key(json.loads(line)))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def signs_in(address: str, login: str) -> str:
    """Walk the provider's pages from the address that the service gave, as a person of this name: the address to which
    the provider sends the browser back."""
    async with httpx.AsyncClient(trust_env=False) as line:
        answer = await line.get(address)
        for _ in range(12):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["location"])
                if address.startswith(HOME):
                    return address
                answer = await line.get(address)
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            action = re.search(r'action="([^"]+)"', answer.text)
            assert prompt, answer.text
            assert action, answer.text
            form = {"prompt": prompt[1], "login": login, "password": "any"}
            answer = await line.post(urljoin(str(answer.url), action[1]), data=form)
    raise AssertionError("the provider's pages led nowhere")
