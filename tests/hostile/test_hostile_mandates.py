"""Nobody gains more than they were given: mandates, as somebody tries to bend them through the public contract."""

import pytest
import sqlalchemy as sa

from forum.domain.mandates import circles
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from forum.workflow.load import digest
from tests.hostile.mandates import hostile
from tests.support.scene import DAY, WORKFLOWS

EVERY_ROLE = (
    "penholder", "liaison", "focal.kenya", "delegate.kenya", "rep.network", "coordinator", "rep.stranger",
    "secretariat.rcp", "secretariat.hlpf", "admin.kenya",
)  # fmt: skip
TEAM = {"role": "SECRETARIAT", "subject": "me", "name": "Me"}


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def _all(h, attempts):
    """Each attempt is refused for its own reason; all that were not are told at once."""
    found = [(who, act, given, (await h.try_(who, act, **given))[0], code) for who, act, given, code in attempts]
    assert [one for one in found if one[3] != one[4]] == []


def _given(h, forum="gfmd", organisation="network", **more):
    return {
        "forum": h.forum(forum),
        "organisation": h.organisation(organisation),
        "startsAt": h.since,
        "subject": "secretariat",
        **more,
    }


# ---- 1. who wrote it
async def test_no_team_makes_itself_an_author(h):
    """A proposal opens nothing; nor does coming from an organisation, or the mechanism in another forum."""
    input_ = await h.s.input("rep.network", visibility="public", attribution="none")
    assert await h.knows_who_wrote("rep.network", input_)
    for who, forum in (("secretariat", "gfmd"), ("secretariat.rcp", "rcp"), ("secretariat.hlpf", "hlpf")):
        for role in ("REPRESENTATIVE", "DELEGATE", "NATIONAL_FOCAL_POINT", "PENHOLDER", "SECRETARIAT"):
            await h.done(who, "grant_mandate", **_given(h, forum, role=role, subject=who))
        coordinates = {"role": "COORDINATOR", "mechanism": "civil_society"}
        await h.done(who, "grant_mandate", **_given(h, forum, **coordinates, subject=who))
        assert not await h.knows_who_wrote(who, input_), who


async def test_a_coordinator_of_another_forum_does_not_see_what_a_mechanism_wrote_here(h):
    collective = await h.s.input("coordinator", visibility="public", attribution="none", collective=True)
    given = _given(h, "rcp", role="COORDINATOR", mechanism="civil_society", subject="second.coordinator")
    await h.done("secretariat.rcp", "grant_mandate", **given)
    assert await h.knows_who_wrote("coordinator", collective)
    assert not await h.knows_who_wrote("second.coordinator", collective)
    async with begin(h.s.engine) as unit:  # nor does row-level security, asked directly
        rcp = f"civil_society@{h.s.forums['rcp']}"
        await unit.claim({"forum.organisations": "", "forum.coordinates": rcp, "forum.teams": ""})
        assert await unit.scalar(sa.select(sa.func.count()).select_from(t.authorship)) == 0


async def test_a_draft_and_what_is_said_in_a_delegation_stay_its_own(h):
    ids = await h.s.do("save_contribution", "rep.network", call=h.s.call, title="Ours", language="en")
    await h.done("secretariat", "grant_mandate", **_given(h, role="REPRESENTATIVE"))
    assert not await h.knows_who_wrote("secretariat", ids["contribution"])
    own = "query($id: ID!) { node(id: $id) { id } }"
    assert (await h.ask("secretariat", own, id=f"Contribution:{ids['contribution']}"))["node"] is None


async def test_an_organisation_accepts_and_only_then_does_the_person_act_for_it(h):
    input_ = await h.s.input("rep.network", visibility="public", attribution="none")
    given = _given(h, role="REPRESENTATIVE", subject="second.rep", name="A second one")
    mandate = await h.done("secretariat", "grant_mandate", **given)
    assert not await h.knows_who_wrote("second.rep", input_)
    await h.done("admin.network", "accept_mandate", mandate=mandate)
    assert await h.knows_who_wrote("second.rep", input_)
    await h.done("admin.network", "end_mandate", mandate=mandate, endsAt=h.later, reason="It was for a day.")
    await h.s.shift(2 * DAY)
    assert not await h.knows_who_wrote("second.rep", input_)


async def test_nobody_accepts_in_another_ones_place(h):
    mandate = await h.done("secretariat", "grant_mandate", **_given(h, role="DELEGATE", subject="rep.stranger"))
    theirs = {"mandate": mandate}
    sees = {"secretariat", "penholder", "liaison", "rep.network", "rep.stranger"}  # and so is told the true reason
    for act in ("accept_mandate", "decline_mandate"):
        attempts = [
            (who, act, theirs, "AUTHORITY_NOT_YOURS" if who in sees else "NOT_FOUND")
            for who in ("secretariat", *EVERY_ROLE, "admin.nepal")
            if not (who == "rep.stranger" and act == "decline_mandate")  # whom it is for may decline
        ]
        await _all(h, attempts)
    await h.done("rep.stranger", "decline_mandate", mandate=mandate, reason="I do not speak for them.")
    await _all(h, [("admin.network", act, theirs, "WRONG_STATE") for act in ("accept_mandate", "decline_mandate")])


async def test_a_proposal_is_not_known_to_those_whom_it_does_not_concern(h):
    mandate = await h.done("secretariat", "grant_mandate", **_given(h, role="DELEGATE", subject="rep.stranger"))
    look = "query($id: ID!) { node(id: $id) { ... on Mandate { id proposedAt endReason } } }"
    for who in (None, "focal.kenya", "secretariat.rcp", "admin.kenya"):
        assert (await h.ask(who, look, id=mandate))["node"] is None, who
    lists = "people { nodes { id } } mandates { nodes { id } }"
    listed = f"query($id: ID!) {{ node(id: $id) {{ ... on Organisation {{ {lists} }} }} }}"
    for who, count in (("focal.kenya", 0), (None, 0), ("admin.network", 3)):
        found = (await h.ask(who, listed, id=h.organisation("network")))["node"]
        assert len(found["people"]["nodes"]) == count, who
        assert (mandate in [m["id"] for m in found["mandates"]["nodes"]]) is (count > 0)
    assert (await h.ask("focal.kenya", look, id=h.mandate("penholder")))["node"]["proposedAt"] is None


# ---- who names whom
async def test_only_its_administrator_names_who_speaks_for_an_organisation(h):
    given = {"organisation": h.organisation("network"), "role": "DELEGATE", "subject": "x", "startsAt": h.since}
    attempts = [(who, "name_representative", given, "AUTHORITY_NOT_YOURS") for who in ("secretariat", *EVERY_ROLE)]
    own = "admin.network", "name_representative"
    attempts += [
        (*own, {**given, "role": role}, "INVALID_VALUE")
        for role in ("SECRETARIAT", "PENHOLDER", "COORDINATOR", "MODERATOR")
    ]
    attempts += [(*own, {**given, "subject": blank}, "INVALID_VALUE") for blank in ("", " ", "\u00a0 ")]
    attempts += [(*own, {**given, "forum": f"Forum:{fresh()}"}, "NOT_FOUND")]
    await _all(h, attempts)
    await h.done("admin.network", "name_representative", **given)
    await _all(h, [(*own, given, "MANDATE_STANDS")])


async def test_an_organisation_does_not_name_its_person_into_a_forum_where_it_has_no_part(h):
    """A scope is narrower, never a seat: nothing of the HLPF's opens, and no act there."""
    given = {"organisation": h.organisation("kenya"), "role": "NATIONAL_FOCAL_POINT", "startsAt": h.since}
    await h.done("admin.kenya", "name_representative", **given, subject="intruder", forum=h.forum("hlpf"), name="I")
    async with begin(h.s.engine) as unit:
        person = await unit.person("intruder")
    assert person is not None
    assert h.s.forums["hlpf"] not in circles(person)


async def test_no_forum_gives_what_is_an_organisations(h):
    """An administrator is the organisation's; what the office may give, no other role may, in no forum."""
    await _all(h, [("secretariat", "grant_mandate", _given(h, role="ADMINISTRATOR"), "AUTHORITY_NOT_YOURS")])
    attempts = [
        (who, "grant_mandate", _given(h, forum, **what), "AUTHORITY_NOT_YOURS")
        for who in EVERY_ROLE
        for forum in ("gfmd", "rcp", "hlpf", "steering")
        for what in (TEAM, {"office": "CHAIR"}, {"role": "REPRESENTATIVE", "subject": "me"})
        if (who, forum) not in (("secretariat.rcp", "rcp"), ("secretariat.hlpf", "hlpf"))
    ]
    await _all(h, attempts)


async def test_the_body_that_set_it_up_gives_the_seats_of_one_without_a_process(h):
    seat = {**_given(h, "steering", "network"), "office": "MEMBER"}
    seat.pop("subject")
    mandate = await h.done("secretariat", "grant_mandate", **seat)
    await h.done("secretariat", "end_mandate", mandate=mandate, endsAt=h.later, reason="Rotation.")


async def test_nobody_becomes_the_chair_by_naming_where_somebody_comes_from(h):
    """The secretariat of the organisation that chairs acts as the chair: so that organisation must agree."""
    office = _given(h, "hlpf", "kenya", office="CHAIR")
    office.pop("subject")
    chair = await h.done("secretariat.hlpf", "grant_mandate", **office)
    row = await h.s.row(t.mandate, id=chair.removeprefix("Mandate:"))
    assert row["accepted_at"] is None, "the chair itself waits for that organisation's word"
    await h.done("admin.kenya", "accept_mandate", mandate=chair)
    mine = await h.done("secretariat.hlpf", "grant_mandate", **_given(h, "hlpf", "kenya", **{**TEAM, "subject": "me"}))
    row = await h.s.row(t.mandate, id=mine.removeprefix("Mandate:"))
    assert row["accepted_at"] is None
    await h.done("admin.kenya", "accept_mandate", mandate=mine)


# ---- 3. a focal point in another state's platform
async def _open_to_focal_points(h, *, seated):
    """The HLPF of the scene works by a text that counts focal points among its office."""
    text = (WORKFLOWS / "hlpf.toml").read_text("utf-8")
    text = text.replace(
        'office = ["chair", "secretariat"]', 'office = ["chair", "secretariat", "national_focal_point"]'
    )
    assert "national_focal_point" in text
    row = {"id": fresh(), "name": "hlpf", "version": "2", "hash": digest(text), "text": text}
    await h.s.add(t.process_definition, {**row, "published_at": h.s.now})
    await h.s.change(t.edition, h.s.editions["hlpf"], process_id=row["id"])
    if seated:
        seat = {"forum_id": h.s.forums["hlpf"], "organisation_id": h.s.organisations["kenya"], "status": "member"}
        await h.s.add(t.participation, {"id": fresh(), **seat, "starts_at": h.s.now - DAY})


@pytest.mark.parametrize("seated", [False, True])
async def test_a_focal_point_is_not_the_office_of_a_forum_that_is_not_its_states(h, seated):
    await _open_to_focal_points(h, seated=seated)
    refused = "AUTHORITY_NOT_YOURS" if seated else "ROLE_NOT_ALLOWED"
    track = f"Track:{h.s.tracks['hlpf']}"
    await _all(
        h,
        [
            ("focal.kenya", "grant_mandate", _given(h, "hlpf", "kenya", **TEAM), "AUTHORITY_NOT_YOURS"),
            ("focal.kenya", "advance_stage", {"track": track, "to": "drafting"}, refused),
        ],
    )


async def test_a_focal_point_does_what_is_the_forums_own_only_where_its_state_chairs_and_never_on_the_forum_itself(h):
    await _open_to_focal_points(h, seated=True)
    office = {"organisation_id": h.s.organisations["kenya"], "forum_id": h.s.forums["hlpf"], "office": "chair"}
    since = h.s.now - DAY
    await h.s.add(t.mandate, {"id": fresh(), **office, "starts_at": since, "accepted_at": since})
    track = f"Track:{h.s.tracks['hlpf']}"
    assert (await h.try_("focal.kenya", "advance_stage", track=track, to="drafting"))[0] == "done"
    given = _given(h, "hlpf", "kenya", role="PENHOLDER", subject="new")
    await _all(h, [("focal.kenya", "grant_mandate", given, "ROLE_NOT_ALLOWED")])  # the floor, whatever a text says


# ---- ends
async def test_a_mandate_ends_by_those_whose_it_is_and_by_nobody_else(h):
    def end(subject):
        return {"mandate": h.mandate(subject), "endsAt": h.later, "reason": "Because."}

    others = [who for who in EVERY_ROLE if who != "penholder"]
    attempts = [(who, "end_mandate", end("penholder"), "AUTHORITY_NOT_YOURS") for who in others]
    attempts += [
        (who, "end_mandate", end("focal.kenya"), "AUTHORITY_NOT_YOURS")
        for who in ("secretariat", "secretariat.hlpf", "delegate.kenya", "admin.nepal", "rep.network")
    ]
    attempts += [
        (who, "end_mandate", end("admin.kenya"), "AUTHORITY_NOT_YOURS")
        for who in ("secretariat", "focal.kenya", "admin.nepal")
    ]
    attempts += [
        ("secretariat", "end_mandate", {**end("penholder"), "reason": " "}, "INVALID_VALUE"),
        ("secretariat", "end_mandate", {**end("penholder"), "endsAt": h.since}, "INVALID_VALUE"),
        ("secretariat", "end_mandate", end("secretariat"), "LEAVES_DUTY_ALONE"),
        ("admin.kenya", "end_mandate", end("admin.kenya"), "LEAVES_DUTY_ALONE"),
    ]
    await _all(h, attempts)


async def test_mandates_without_a_forum_end_by_the_organisation_and_by_the_person(h):
    ends = {"endsAt": h.later, "reason": "A new post."}
    await h.done("admin.kenya", "end_mandate", mandate=h.mandate("focal.kenya"), **ends)
    await h.done("delegate.kenya", "end_mandate", mandate=h.mandate("delegate.kenya"), **ends)
    await h.done("secretariat", "end_mandate", mandate=h.mandate("secretariat"), **ends, leaveAlone=True)
    told = "{ viewer { notices { nodes { kind words } } } }"
    notices = (await h.ask("focal.kenya", told))["viewer"]["notices"]["nodes"]
    assert [n["kind"] for n in notices] == ["MANDATE"]
    assert "A new post." in notices[0]["words"]
    assert len((await h.ask("admin.kenya", told))["viewer"]["notices"]["nodes"]) == 1  # of the delegate's own end


# ---- 8. what was taken
async def test_equal_mandates_blanks_and_mechanisms_that_are_none(h):
    note_taker = _given(h, organisation="ecuador", role="NOTE_TAKER", subject="note.taker")
    first = await h.done("secretariat", "grant_mandate", **note_taker)
    code, message = await h.try_("secretariat", "grant_mandate", **note_taker)
    assert code == "MANDATE_STANDS"
    assert first.removeprefix("Mandate:") in message
    coordinates = _given(h, role="COORDINATOR", subject="c")
    await _all(
        h,
        [
            ("secretariat", "grant_mandate", {**note_taker, "subject": "  "}, "INVALID_VALUE"),
            ("secretariat", "grant_mandate", {**coordinates, "mechanism": "trees"}, "INVALID_VALUE"),
            ("secretariat", "grant_mandate", coordinates, "INVALID_VALUE"),
            ("secretariat", "grant_mandate", {**note_taker, "subject": "n", "mechanism": "states"}, "INVALID_VALUE"),
        ],
    )


async def test_a_refusal_says_whom_to_ask(h):
    code, message = await h.try_("penholder", "grant_mandate", **_given(h, **TEAM))
    assert code == "AUTHORITY_NOT_YOURS"
    assert "the secretariat of the forum" in message
    given = {"organisation": h.organisation("network"), "role": "DELEGATE", "subject": "x", "startsAt": h.since}
    _, message = await h.try_("secretariat", "name_representative", **given)
    assert "the organisation's administrator" in message
