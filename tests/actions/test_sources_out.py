"""A text that is made from others waits until they are out, on its own track and on others; what has ended is not
waited for."""

from typing import Any
from uuid import UUID

import pytest

from forum.errors import GateClosed
from tests.support.actions.running_edition import TEXT, Running, running

_MADE_FROM = (
    TEXT.replace('documents = ["report"]', 'documents = ["report", "annex"]')
    .replace(
        'rights = "lead"\n',
        'rights = "lead"\ndocuments = ["note"]\n[tracks.consultation.always]\n'
        'draft_document = { by = ["office"] }\nissue_document = { by = ["office"] }\n',
    )
    .replace('closing = "issued_by_chair"', 'closing = "issued_by_chair"\nsources = ["annex", "note"]')
) + "".join(f'\n[documents.{kind}]\ntitle = "T"\nclosing = "issued_by_chair"' for kind in ("annex", "note"))


async def _drafted(e: Running, kind: str, track: str = "main") -> UUID:
    given: dict[str, Any] = {
        "track": e.tracks[track],
        "kind": kind,
        "title": kind,
        "symbol": f"S/{kind}",
        "language": "en",
    }
    await e.s.stage_of(e.tracks["main"], "drafting")
    document = (await e.s.do("draft_document", "secretariat", **given))["document"]
    await e.s.stage_of(e.tracks["main"], "closing")
    return document


async def _waits_for(e: Running, report: UUID) -> tuple[str, int, tuple[str, ...]]:
    with pytest.raises(GateClosed) as caught:
        await e.s.do("issue_document", "secretariat", document=report)
    return caught.value.gate, caught.value.open_count, caught.value.open_ids


async def test_it_waits_for_each_of_its_sources(database):
    async with running(database.app_url, _MADE_FROM) as e:
        report, annex = await _drafted(e, "report"), await _drafted(e, "annex")
        note = await _drafted(e, "note", "consultation")
        gate, count, ids = await _waits_for(e, report)
        assert (gate, count, set(ids)) == (
            "every_source_out",
            2,
            {f"Track:{e.tracks[n]}" for n in ("main", "consultation")},
        )
        await e.s.do("issue_document", "secretariat", document=annex)
        assert await _waits_for(e, report) == ("every_source_out", 1, (f"Track:{e.tracks['consultation']}",))
        await e.s.do("issue_document", "secretariat", document=note)
        await e.s.do("issue_document", "secretariat", document=report)


async def test_a_track_that_ended_without_its_text_is_not_waited_for(database):
    async with running(database.app_url, _MADE_FROM) as e:
        report, annex = await _drafted(e, "report"), await _drafted(e, "annex")
        await e.s.do("issue_document", "secretariat", document=annex)
        assert (await _waits_for(e, report))[1] == 1
        await e.s.do("advance_stage", "secretariat.rcp", track=e.tracks["consultation"], to="closed")
        await e.s.do("issue_document", "secretariat", document=report)
