"""A text that ends twice: in silence or by being issued, and then by the body that adopts."""

from typing import Any
from uuid import UUID

import pytest

from forum.errors import GateClosed, WrongState
from forum.store.tables import schema as t
from tests.support.actions.running_edition import TEXT, Running, running
from tests.support.scene import DAY

_TWICE = (
    TEXT.replace('closing = "issued_by_chair"', 'closing = "issued_by_chair"\nthen = "adopted"').replace(
        'issue_document = { by = ["office"], window = "stage", gates = ["every_paragraph_sourced"] }',
        'issue_document = { by = ["office"] }\nendorse_document = { by = ["office"] }',
    )
    + '\n[closings.adopted]\nhow = "adopted"\nby = "chair"\non_paper = "Adopted by {body} on {date}"\n'
)


async def _drafted(e: Running) -> UUID:
    await e.s.stage_of(e.tracks["main"], "drafting")
    given: dict[str, Any] = {
        "track": e.tracks["main"],
        "kind": "report",
        "title": "Report",
        "symbol": "S/1",
        "language": "en",
    }
    document = (await e.s.do("draft_document", "secretariat", **given))["document"]
    await e.s.do("write_paragraph", "penholder", document=document, text="We met.")
    await e.s.stage_of(e.tracks["main"], "closing")
    return document


async def test_it_ends_in_one_way_and_then_in_the_other(database):
    async with running(database.app_url, _TWICE) as e:
        document = await _drafted(e)
        with pytest.raises(WrongState, match="ends otherwise"):
            await e.s.do("endorse_document", "secretariat", document=document)
        await e.s.do("issue_document", "secretariat", document=document)
        first = await e.s.row(t.document, id=document)
        assert (first["state"], first["closing"]) == ("issued", "issued")
        # What is written stands between the two.
        with pytest.raises(WrongState):
            await e.s.do("write_paragraph", "secretariat", document=document, text="More.")
        with pytest.raises(WrongState):
            await e.s.do("issue_document", "secretariat", document=document)
        await e.s.do("endorse_document", "secretariat", document=document)
        row = await e.s.row(t.document, id=document)
        assert (row["state"], row["closing"], row["audience"]) == ("adopted", "adopted", first["audience"])
        assert row["closing_words"].startswith(f"{first['closing_words']}. Adopted by ")
        revisions = sorted(await e.s.rows(t.revision, document_id=document), key=lambda revision: revision["number"])
        assert [revision["number"] for revision in revisions] == [1, 2]
        told = [r["words"] for r in await e.s.rows(t.notice, document_id=document, kind="text_closed")]
        assert {"Adopted" in words for words in told} == {True, False}
        for act in ("issue_document", "endorse_document"):
            with pytest.raises(WrongState):
                await e.s.do(act, "secretariat", document=document)


async def test_no_track_ends_between_the_two(database):
    async with running(database.app_url, _TWICE) as e:
        document = await _drafted(e)
        await e.s.do("issue_document", "secretariat", document=document)
        with pytest.raises(GateClosed) as caught:
            await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="closed")
        assert (caught.value.gate, caught.value.open_ids) == ("no_text_between_closings", (f"Document:{document}",))
        assert "waits for its second closing" in str(caught.value)
        await e.to(e.summit + DAY)
        assert (await e.stage())[0] == "closing"
        await e.s.do("endorse_document", "secretariat", document=document)
        await e.to(e.summit + 2 * DAY)
        assert (await e.stage())[0] == "closed"


async def test_a_text_that_never_ended_keeps_no_track_from_its_end(database):
    async with running(database.app_url, _TWICE) as e:
        await _drafted(e)
        await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="closed")
