"""An administrator for some hours: with a reason, on the record, and told to all whom it concerns."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest

from forum import app
from forum.cli.break_glass import Wanted, give
from forum.errors import InvalidValue, MandateStands, NotFound
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.hostile.mandates import SECRET, Hostile, hostile

LOST = Wanted("someone.new", "Kenya", 8, "Its only administrator lost their account.", "Someone New")


@pytest.fixture
async def at(database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Hostile, app.Parts]]:
    async with hostile(database.app_url) as h:
        settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
        parts = await app.parts(settings, database.app_url)
        yield h, parts
        await parts.close()


async def test_the_person_may_do_it_at_once_and_until_the_hours_are_over(at: tuple[Hostile, app.Parts]) -> None:
    h, parts = at
    mandate = await give(parts, LOST)
    assert mandate.ends_at is not None
    assert mandate.ends_at - mandate.starts_at == dt.timedelta(hours=8)
    own = {"organisation": h.organisation("kenya"), "role": "DELEGATE", "startsAt": h.since}
    invited = {**own, "address": "a@example.org", "name": "A"}
    assert (await h.try_(LOST.subject, "invite_person", **invited))[0] == "done"
    await h.s.change(t.mandate, mandate.id, ends_at=mandate.starts_at + dt.timedelta(microseconds=1))
    code, _ = await h.try_(LOST.subject, "invite_person", **{**invited, "address": "b@example.org"})
    assert code == "AUTHORITY_NOT_YOURS"


async def test_it_is_on_the_record_and_told_to_all_whom_it_concerns(at: tuple[Hostile, app.Parts]) -> None:
    h, parts = at
    mandate = await give(parts, LOST)
    [line] = [row for row in await h.s.rows(t.history) if row["act"] == "break_glass"]
    assert (line["subject_id"], line["actor_id"], LOST.reason in line["detail"]) == (mandate.id, None, True)
    told = [row for row in await h.s.rows(t.notice) if LOST.reason in row["words"]]
    names = {row["id"]: row["subject"] for row in await h.s.rows(t.person)}
    assert {LOST.subject, "admin.kenya", "secretariat"} <= {names[row["person_id"]] for row in told}
    assert "secretariat.rcp" not in {names[row["person_id"]] for row in told}  # Kenya has no seat there
    assert "Someone New administrator of Kenya until " in told[0]["words"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"hours": 0}, InvalidValue), ({"hours": 73}, InvalidValue), ({"reason": " "}, InvalidValue),
        ({"organisation": "Kenia"}, NotFound), ({"subject": "admin.kenya"}, MandateStands),
    ],
)  # fmt: skip
async def test_it_is_refused_in_a_sentence(
    at: tuple[Hostile, app.Parts], changes: dict[str, Any], error: type[Exception]
) -> None:
    h, parts = at
    before = len(await h.s.rows(t.mandate))
    with pytest.raises(error):
        await give(parts, Wanted(**{**LOST.__dict__, **changes}))
    assert len(await h.s.rows(t.mandate)) == before
