"""Nobody seats, changes or unseats an organisation but those whose word it takes; and nothing is lost with a seat."""

import pytest

from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.actions.test_texts_closing import silent
from tests.hostile.mandates import hostile
from tests.support.scene import DAY

NOBODY = (
    "penholder", "liaison", "focal.kenya", "delegate.kenya", "rep.network", "coordinator", "rep.stranger",
    "secretariat.rcp", "secretariat.hlpf", "admin.kenya",
)  # fmt: skip


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def _codes(h, act, attempts):
    return [(who, (await h.try_(who, act, **given))[0]) for who, given in attempts]


def _stranger(h, forum="gfmd", **more):
    asked = {"forum": h.forum(forum), "organisation": h.organisation("stranger"), "status": "OBSERVER"}
    return {**asked, "mechanisms": ["civil_society"], **more}


async def _seat(h, organisation="network", forum="gfmd"):
    row = await h.s.row(t.participation, forum_id=h.s.forums[forum], organisation_id=h.s.organisations[organisation])
    return f"Participation:{row['id']}"


async def test_a_forums_office_admits_and_nobody_else(h):
    assert await _codes(h, "admit_member", [(who, _stranger(h)) for who in (None, *NOBODY, "admin.network")]) == [
        (None, "NOT_SIGNED_IN"), *((who, "AUTHORITY_NOT_YOURS") for who in (*NOBODY, "admin.network")),
    ]  # fmt: skip
    assert (await h.try_("secretariat", "admit_member", **_stranger(h, "hlpf")))[0] == "AUTHORITY_NOT_YOURS"
    await h.done("secretariat", "admit_member", **_stranger(h))
    look = '{ forum(slug: "gfmd") { participations(first: 50) { nodes { status organisation { name } endReason } } } }'
    seats = (await h.ask(None, look))["forum"]["participations"]["nodes"]
    assert {"status": "OBSERVER", "organisation": {"name": "Institute Elsewhere"}, "endReason": None} in seats


async def test_a_body_without_a_process_is_changed_by_the_office_of_the_one_that_set_it_up(h):
    made = await h.done("secretariat", "admit_member", **_stranger(h, "steering"))
    for act, more in (("change_seat", {"status": "MEMBER"}), ("end_participation", {"endsAt": h.later})):
        given = {"participation": made, "reason": "A seat of its own.", **more}
        refused = [(who, "AUTHORITY_NOT_YOURS") for who in NOBODY]
        assert await _codes(h, act, [(who, given) for who in NOBODY]) == refused
    await h.s.shift(DAY / 2)
    await h.done("secretariat", "change_seat", participation=made, status="MEMBER", reason="It asked to.")


async def test_an_organisation_leaves_by_its_own_word_and_not_by_anothers(h):
    seat = await _seat(h)
    ending = {"participation": seat, "endsAt": h.later, "reason": "We have merged."}
    others = [who for who in NOBODY if who != "secretariat"]
    assert await _codes(h, "end_participation", [(who, ending) for who in others]) == [
        (who, "AUTHORITY_NOT_YOURS") for who in others
    ]
    changing = {"participation": seat, "status": "MEMBER", "reason": "We would like to."}
    assert await _codes(h, "change_seat", [("admin.network", changing)]) == [("admin.network", "AUTHORITY_NOT_YOURS")]
    await h.done("admin.network", "end_participation", **ending, leaveAlone=True)
    assert (await h.try_("admin.network", "end_participation", **{**ending, "endsAt": _at(h, 9)}))[0] == "INVALID_VALUE"


async def test_there_are_no_two_seats_for_one_time_and_none_in_the_past(h):
    attempts = [
        (_stranger(h, organisation=h.organisation("kenya")), "SEAT_STANDS"),
        (_stranger(h, organisation=h.organisation("kenya"), status="PARTICIPANT", startsAt=h.later), "SEAT_STANDS"),
        (_stranger(h, organisation=f"Organisation:{fresh()}"), "NOT_FOUND"),
        (_stranger(h, startsAt=h.since), "INVALID_VALUE"),
        (_stranger(h, startsAt=_at(h, 3), endsAt=_at(h, 2)), "INVALID_VALUE"),
        (_stranger(h, mechanisms=["trees"]), "UNKNOWN_CODE"),
    ]
    for given, code in attempts:
        assert (await h.try_("secretariat", "admit_member", **given))[0] == code, given
    await h.done("secretariat", "admit_member", **_stranger(h, startsAt=_at(h, 5), endsAt=_at(h, 9)))
    for starts, ends, code in ((6, 7, "SEAT_STANDS"), (1, 6, "SEAT_STANDS"), (8, None, "SEAT_STANDS"), (1, 5, "done")):
        given = _stranger(h, startsAt=_at(h, starts), endsAt=ends and _at(h, ends))
        assert (await h.try_("secretariat", "admit_member", **given))[0] == code, (starts, ends)
    for act, more in (("change_seat", {"status": "MEMBER"}), ("end_participation", {"endsAt": h.later})):
        given = {"participation": await _seat(h), "reason": "\u00a0 ", **more}
        assert (await h.try_("secretariat", act, **given))[0] == "INVALID_VALUE"


async def test_what_was_handed_in_stands_when_a_seat_ends(h):
    """Its own side goes on to see it, and its readers do; that a call is open to it is said to those who may know."""
    input_ = await h.s.input("rep.network", visibility="public", attribution="none")
    before = await h.s.row(t.contribution, id=input_)
    reason = "Sensitive: the network split."
    ending = {"participation": await _seat(h), "endsAt": h.later, "reason": reason}
    for who in ("secretariat", "admin.network"):
        assert (await h.try_(who, "end_participation", **ending))[0] == "LEAVES_DUTY_ALONE"
    await h.done("secretariat", "end_participation", **ending, leaveAlone=True)
    await h.s.shift(2 * DAY)
    assert await h.s.row(t.contribution, id=input_) == before
    assert await h.knows_who_wrote("rep.network", input_)
    look = "query($id: ID!) { node(id: $id) { id } }"
    for reader in ("secretariat", "focal.kenya", None):
        assert not await h.knows_who_wrote(reader, input_)
        assert (await h.ask(reader, look, id=f"Contribution:{input_}"))["node"] is not None
    told = await h.s.rows(t.notice, kind="seat")
    assert {n["person_id"] for n in told} == {h.s.people["rep.network"], h.s.people["admin.network"]}
    why = "query($id: ID!) { node(id: $id) { ... on Participation { endReason endsAt } } }"
    for reader, sees in (("rep.network", True), ("secretariat", True), ("focal.kenya", False), (None, False)):
        found = (await h.ask(reader, why, id=await _seat(h)))["node"]
        assert found["endReason"] == (reason if sees else None), reader
        assert found["endsAt"] is not None


async def test_a_member_is_not_unseated_while_a_text_lies_before_the_body(h):
    """Or a chair would have the silence of all who did not object."""
    seat = await h.done("secretariat", "admit_member", **_stranger(h, "steering"))
    await silent(h.s)
    ending = {"participation": seat, "reason": "It might object."}
    assert (await h.try_("secretariat", "end_participation", **ending, endsAt=h.later))[0] == "INVALID_VALUE"
    await h.s.shift(DAY / 2)
    assert (await h.try_("secretariat", "change_seat", **ending, status="MEMBER"))[0] == "INVALID_VALUE"
    office = await h.s.row(t.mandate, organisation_id=h.s.organisations["kenya"], office="member")
    lost = {"mandate": f"Mandate:{office['id']}", "endsAt": h.later, "reason": "It might object."}
    assert (await h.try_("secretariat", "end_mandate", **lost))[0] == "INVALID_VALUE"
    await h.done("secretariat", "end_participation", **ending, endsAt=_at(h, 4))
    await h.done("secretariat", "end_mandate", **{**lost, "endsAt": _at(h, 4)})


async def test_who_holds_an_office_is_not_unseated_without_a_word(h):
    ending = {"participation": await _seat(h, "ecuador"), "endsAt": h.later, "reason": "A new seat."}
    assert (await h.try_("secretariat", "end_participation", **ending))[0] == "LEAVES_DUTY_ALONE"
    await h.done("secretariat", "end_participation", **ending, leaveAlone=True)


def _at(h, days):
    return (h.s.now + days * DAY).isoformat()
