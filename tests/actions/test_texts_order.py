"""The order of paragraphs with many hands writing at once; by generated cases: `domain/test_domain_paragraph.py`."""

import asyncio

import pytest

from forum import errors
from forum.store.tables import schema as t
from tests.support.scene import scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def test_many_hands_write_and_withdraw_at_once(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    first = [await s.write(d, f"First {n}.") for n in range(4)]
    revising = [
        s.do("withdraw_paragraph", "secretariat", paragraph=p, expected_revision=1, reason="Not needed.") for p in first
    ]
    stale = [s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=1, text="Mine.") for p in first]
    writing = [s.write(d, f"Second {n}.", after=first[0]) for n in range(6)]
    told = await asyncio.gather(*revising, *stale, *writing, return_exceptions=True)
    assert sum(isinstance(one, errors.StaleRevision) for one in told) == 4  # of two who read the same, one is told
    assert sum(isinstance(one, Exception) for one in told) == 4
    rows = sorted(await s.rows(t.paragraph, document_id=d), key=lambda r: r["ordinal"])
    assert [r["ordinal"] for r in rows] == list(range(1, 11))
    numbers = [r["number"] for r in rows if not r["withdrawn"]]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len({r["w_id"] for r in rows}) == 10


async def test_a_withdrawn_own_number_is_not_lost(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    p = await s.write(d, "Own.", number="5 bis")
    await s.do("withdraw_paragraph", "penholder", paragraph=p, expected_revision=1, reason="Not needed.")
    await s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=2, put_back=True)
    assert (await s.row(t.paragraph, id=p))["number"] == "5 bis"
