"""The order of paragraphs: by generated cases, and with many hands writing at once."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum import errors
from forum.actions.document.texts import placed
from forum.domain import numbering
from forum.store.tables import schema as t
from tests.support.scene import scene


@st.composite
def orders(draw):
    """Paragraphs in an order a document may have: parts do not go back, some stand outside, some are withdrawn."""
    rows, section = [], 1
    for n in range(draw(st.integers(0, 12))):
        section += draw(st.integers(0, 1))
        counted = draw(st.booleans())
        rows.append(
            {
                "id": n,
                "w_id": numbering.mint(section, [r["w_id"] for r in rows], numbered=counted),
                "section": draw(st.sampled_from((section, None))),
                "number": None if counted else draw(st.sampled_from((None, "5 bis"))),
                "withdrawn": draw(st.booleans()),
            }
        )
    return rows


@given(orders())
def test_places_follow_the_order(rows):
    places = placed(rows)
    assert [p["id"] for p in places] == [r["id"] for r in rows]
    assert [p["ordinal"] for p in places] == list(range(1, len(rows) + 1))
    standing = [(r, p) for r, p in zip(rows, places, strict=True) if not r["withdrawn"]]
    running = [p["number"] for r, p in standing if "__para_" in r["w_id"]]
    assert running == [str(n) for n in range(1, len(running) + 1)]
    assert all(p["number"] == r["number"] for r, p in standing if "__p_" in r["w_id"])
    assert len({p["e_id"] for _, p in standing}) == len(standing)
    gone = [(r, p) for r, p in zip(rows, places, strict=True) if r["withdrawn"]]
    assert all(p["e_id"] == "" and p["number"] in (None, r["number"]) for r, p in gone)


@given(orders())
def test_placing_again_changes_nothing(rows):
    once = [{**r, **p} for r, p in zip(rows, placed(rows), strict=True)]
    assert placed(once) == placed(rows)


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
