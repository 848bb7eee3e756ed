"""An identity provider of the tests: npm `oidc-provider` in a process of its own, and somebody who signs in there."""

import asyncio
import json
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.npm import NODE
from tests.support.sign_ins import HOME
from tests.support.sources import ROOT

BACK = f"{HOME}/sign-in/ministry/back"
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


@asynccontextmanager
async def ministry(port: int, shift: int = 0, algorithm: str = "RS256") -> AsyncIterator[Ministry]:
    """The provider, on this port, with a new key and a clock that is `shift` seconds ahead."""
    command = [NODE / ".bin" / "node", ROOT / "tests/node/provider.cjs", str(port), BACK, str(shift), algorithm]
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
