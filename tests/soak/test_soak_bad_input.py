"""Every mutation with thousands of generated inputs: 0 answers of 5xx, and a probe is answered meanwhile. `make
soak`."""

import asyncio
import time
import uuid
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fuzzed_inputs import inputs_of
from tests.support.served import Served, payload, post, save
from tests.support.typed import some
from tests.support.wide_reads import SCHEMA
from tests.test_bad_input import fuzzed

pytestmark = pytest.mark.soak
EACH = 400
_HOUR = timedelta(hours=1)
SLOWEST = 2.0  # seconds, for any one answer on a machine that also runs the generator and the database


def _drawn(mutation: str, ids: dict[str, list[str]], number: int) -> list[Any]:
    found: list[Any] = []

    @settings(
        max_examples=number // 4,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(inputs_of(mutation, ids), min_size=1, max_size=8))
    def gather(some: list[Any]) -> None:
        found.extend(some)

    gather()
    return found


async def _ids(served: Served) -> dict[str, list[str]]:
    """Things that are there, so that inputs come as far as the rules."""
    s = served.scene
    call, _ = await served.call(_HOUR)
    await s.stage("focused", "drafting")
    document = await s.document("focused", "focused_input")
    paragraph = await s.write(document, "A text")
    released = await served.released(call, 20)
    [http] = served.clients(1, "rep.network")
    async with http:
        draft = payload(await post(http, "SaveContribution", input=save(call)), "SaveContribution")["contribution"][
            "id"
        ]
    return {
        "Call": [f"Call:{call}"], "Track": [f"Track:{i}" for i in s.tracks.values()],
        "Contribution": [draft, *released],
        "Document": [f"Document:{document}"], "Paragraph": [f"Paragraph:{paragraph}"],
        "Forum": [f"Forum:{i}" for i in s.forums.values()],
        "Organisation": [f"Organisation:{i}" for i in s.organisations.values()],
        "Mandate": [f"Mandate:{uuid.uuid4()}"], "Source": [draft, *released, f"Paragraph:{paragraph}"],
        "Subject": [draft, *released], "Body": [f"Forum:{s.forums['steering']}"],
        "ToTrack": [f"Track:{s.tracks['hlpf']}"],
    }  # fmt: skip


async def test_no_mutation_meets_a_fault_of_ours(served: Served) -> None:
    ids = await _ids(served)
    mutations = sorted(some(SCHEMA.mutation_type).fields)
    people = ("secretariat", "rep.network", "penholder", "focal.kenya")
    lines = {who: next(served.clients(1, who)) for who in people}
    done, slowest = False, 0.0

    async def probe() -> None:
        nonlocal slowest
        [http] = served.clients(1, None)
        async with http:
            while not done:
                begun = time.monotonic()
                assert (await http.post("/graphql", json={"query": "{ serverTime }"})).status_code == 200
                slowest = max(slowest, time.monotonic() - begun)
                await asyncio.sleep(0.05)

    async def send(http: httpx.AsyncClient, mutation: str, some: list[Any]) -> None:
        for one in some:
            await fuzzed(http, mutation, one)

    probing = asyncio.create_task(probe())
    try:
        for mutation in mutations:
            drawn = await asyncio.to_thread(_drawn, mutation, ids, EACH)
            await asyncio.gather(
                *(send(http, mutation, drawn[n :: len(people)]) for n, http in enumerate(lines.values()))
            )
    finally:
        done = True
        await probing
        for http in lines.values():
            await http.aclose()
    assert slowest < SLOWEST
    assert "unexpected error" not in served.told()
