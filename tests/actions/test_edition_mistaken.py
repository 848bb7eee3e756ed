"""An edition whose dates were typed wrong: it is not opened by chance, and what was opened can be taken back."""

import pytest

from forum.actions.edition.open_edition import AnchorDate
from forum.actions.edition.withdraw_edition import WithdrawEdition
from forum.errors import ActedOnSince, DatesPast, InvalidValue, RoleNotAllowed, WrongState
from forum.store.tables import schema as t
from tests.support.scene import DAY, ahead, scene

ZONE = "Europe/Zurich"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def opening(s, days=300, **more):
    dates = (AnchorDate("summit", ahead(s, days)), AnchorDate("hlpf", ahead(s, days - 180)))
    return {"forum": s.forums["gfmd"], "name": "Next year", "process": "gfmd", "zone": ZONE, "anchors": dates, **more}


async def test_dates_that_are_over_are_asked_about_with_the_whole_calendar(s):
    with pytest.raises(DatesPast) as refused:
        await s.do("open_edition", "secretariat", **opening(s, -2000))
    refusal = refused.value
    assert refusal.path == ("confirm",)
    assert refusal.count == sum(date.over for date in refusal.calendar) > 5
    assert {"The end of the edition"} <= {date.what for date in refusal.calendar}
    assert not await s.rows(t.edition, name="Next year")


async def test_dates_of_which_some_are_over_may_be_meant(s):
    with pytest.raises(DatesPast) as refused:
        await s.do("open_edition", "secretariat", **opening(s, 100))
    over = [date for date in refused.value.calendar if date.over]
    assert 0 < len(over) < len(refused.value.calendar)
    await s.do("open_edition", "secretariat", **opening(s, 100, confirm=True))


async def test_an_edition_like_another_is_asked_about_too(s):
    dates = opening(s, -2000)
    asked = {"forum": dates["forum"], "name": "Again", "like": s.editions["gfmd"], "anchors": dates["anchors"]}
    with pytest.raises(DatesPast):
        await s.do("clone_edition", "secretariat", **asked)
    await s.do("clone_edition", "secretariat", **asked, confirm=True)


async def withdraw(s, edition, by="secretariat", reason="2020 was typed for 2027."):
    return await s.do("withdraw_edition", by, edition=edition, reason=reason)


async def test_what_the_clock_closed_at_once_is_taken_back_and_its_name_is_free(s):
    made = (await s.do("open_edition", "secretariat", **opening(s, -2000, confirm=True)))["edition"]
    assert await s.by_clock("close_edition", edition=made)
    await withdraw(s, made)
    [line] = [row for row in await s.rows(t.history, subject_id=made) if row["act"] == "withdraw_edition"]
    assert "2020 was typed for 2027." in line["detail"]
    assert (await s.row(t.edition, id=made))["state"] == "withdrawn"
    again = (await s.do("open_edition", "secretariat", **opening(s)))["edition"]
    assert again != made
    with pytest.raises(WrongState):
        await withdraw(s, made)
    await withdraw(s, again)  # a second time under one name


async def test_a_past_edition_entered_by_mistake_is_taken_back(s):
    made = await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="GFMD 1999", zone=ZONE)
    await withdraw(s, made["edition"])
    await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="GFMD 1999", zone=ZONE)


async def test_an_edition_in_which_something_was_done_stays(s):
    await s.input()
    with pytest.raises(ActedOnSince, match="hand in an input"):
        await withdraw(s, s.editions["gfmd"])
    made = (await s.do("open_edition", "secretariat", **opening(s)))["edition"]
    person = await s.row(t.person, subject="penholder")
    given = {"id": made, "person_id": person["id"], "role": "penholder", "edition_id": made, "zone": ZONE}
    await s.add(t.mandate, {**given, "starts_at": s.now, "proposed_at": s.now, "accepted_at": s.now})
    with pytest.raises(ActedOnSince, match="grant a mandate"):
        await withdraw(s, made)


async def test_a_hidden_act_is_not_named(s):
    made = (await s.do("open_edition", "secretariat", **opening(s)))["edition"]
    line = {"subject_kind": "contribution", "subject_id": made, "edition_id": made, "act": "submit_contribution"}
    await s.add(t.history, {**line, "id": made, "detail": "{}", "leaf": b"x"})
    with pytest.raises(ActedOnSince) as refused:
        await withdraw(s, made)
    assert "hand in an input" not in refused.value.message
    assert "not attributed" in refused.value.sentence


async def test_only_the_office_takes_an_edition_back_with_a_reason_and_nothing_is_done_in_it_then(s):
    made = (await s.do("open_edition", "secretariat", **opening(s)))["edition"]
    with pytest.raises(RoleNotAllowed):
        await withdraw(s, made, by="penholder")
    with pytest.raises(InvalidValue) as refused:
        await withdraw(s, made, reason=" ")
    assert refused.value.path == ("reason",)
    await withdraw(s, made)
    with pytest.raises(WrongState):
        await s.do("move_anchor", "secretariat", edition=made, anchor="summit", to=ahead(s, 310), reason="Later.")
    await s.shift(400 * DAY)
    assert not await s.by_clock("close_edition", edition=made)
    assert WithdrawEdition.alone
