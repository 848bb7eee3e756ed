"""Nobody takes over a forum: not by naming a text, not under another's name, not by adopting, moving or setting up.

Each attempt is made by every stranger (a person in each role at another forum, its office, everybody who speaks for an
organisation) and by somebody without a token. Each is refused for its own reason, and leaves every row as it was.
"""

from typing import Any

import pytest

from forum.store.tables import schema as t
from forum.store.unit import fresh
from forum.workflow.load import digest
from tests.support.actions.small_process import LATER, SMALL, summit
from tests.support.hostile import attacked, key
from tests.support.scene import DAY, ahead

# A sound text whose office is whoever the attacker likes best; and one that gives a forum away.
THEIRS = SMALL.replace('name = "small"', 'name = "theirs"')
GIVEN_AWAY = THEIRS.replace(
    '= { by = ["secretariat"] }\n', '= { by = ["secretariat", "delegate", "representative"] }\n'
)
VICTIMS = ("gfmd", "steering", "rcp")
MANDATES = ("AUTHORITY_NOT_YOURS", "ROLE_NOT_ALLOWED")


@pytest.fixture
async def a(database):
    async with attacked(database.app_url) as made:
        yield made


def wire(when):
    return when.isoformat().replace("+00:00", "Z")


def acts(a, forum: str) -> dict[str, dict[str, Any]]:
    """Every act on a forum, or on its edition, as its own office could send it, by the operation's name."""
    s = a.s
    edition = s.editions["gfmd"]
    mandate = s.mandates["secretariat"]
    on, when = f"Forum:{s.forums[forum]}", wire(s.now + DAY)
    opening = {"zone": "UTC", "anchors": [{"name": "summit", "at": wire(summit(s))}]}
    organisation = a.id("Organisation", "desa")
    on_forum: dict[str, dict[str, Any]] = {
        "open_edition": {"forum": on, "name": "Ours now", "process": "theirs", **opening, "idempotencyKey": key()},
        "record_edition": {"forum": on, "name": "As we tell it", "idempotencyKey": key()},
        "clone_edition": {"forum": on, "like": f"Edition:{edition}", "name": "Ours", "idempotencyKey": key()},
        "adopt_process": {"forum": on, "process": digest(THEIRS)},
        "publish_process": {"forum": on, "text": LATER},
        "establish_body": {"parent": on, "slug": "ours", "name": "Ours", "kind": "working_group".upper(),
                           "idempotencyKey": key()},
        "extend_body": {"parent": on, "body": on, "text": "All of it.", "reason": "So.", "idempotencyKey": key()},
        "grant_mandate": {"forum": on, "organisation": organisation, "office": "CHAIR", "startsAt": when,
                          "idempotencyKey": key()},
    }  # fmt: skip
    on_edition: dict[str, dict[str, Any]] = {
        "migrate_edition": {"edition": f"Edition:{edition}", "process": f"Process:{fresh()}", "reason": "So."},
        "undo_migration": {"edition": f"Edition:{edition}"},
        "move_anchor": {"edition": f"Edition:{edition}", "anchor": "summit", "to": wire(ahead(s, 400)),
                        "reason": "So."},
        "withdraw_edition": {"edition": f"Edition:{edition}", "reason": "So."},
        "end_mandate": {"mandate": f"Mandate:{mandate}", "endsAt": when, "reason": "So."},
    }  # fmt: skip
    return on_forum | (on_edition if forum == "gfmd" else {})


async def theirs(a) -> None:
    """The HLPF's office publishes a text of its own, as it may, and works by it."""
    payload = await a.do("secretariat.hlpf", "publish_process", forum=a.id("Forum", "hlpf"), text=THEIRS)
    assert payload["errors"] == []
    adopted = await a.do("secretariat.hlpf", "adopt_process", forum=a.id("Forum", "hlpf"), process=digest(THEIRS))
    assert adopted["errors"] == []


@pytest.mark.parametrize("forum", VICTIMS)
async def test_no_stranger_does_any_act_on_another_forum(a, forum):
    """Also not on a body without a process, which follows the forum that set it up, nor on a forum that has none."""
    await theirs(a)
    before = await a.rows()
    for operation, given in acts(a, forum).items():
        allowed = MANDATES if "mandate" in operation else ("ROLE_NOT_ALLOWED",)
        if forum == "rcp" and operation != "adopt_process":
            allowed = ("PROCESS_MISSING", "AUTHORITY_NOT_YOURS")
        for by in a.strangers:
            if (forum, by, operation) == ("rcp", "focal.nepal", "grant_mandate"):
                continue  # no stranger there: the focal point's own state chairs it
            assert await a.code(by, operation, **given) in allowed, (by, operation)
        # To one without a token a role is not there: who acts in which is for those who signed in.
        assert await a.code(None, operation, **given) in ("NOT_SIGNED_IN", "NOT_FOUND"), operation
    assert await a.rows() == before


async def test_a_forums_own_people_who_are_not_its_office_do_none_either(a):
    await theirs(a)
    before = await a.rows()
    for operation, given in acts(a, "gfmd").items():
        allowed = MANDATES if "mandate" in operation else ("ROLE_NOT_ALLOWED",)
        for by in ("penholder", "liaison", "coordinator"):
            assert await a.code(by, operation, **given) in allowed, (by, operation)
    assert await a.rows() == before


async def test_a_text_that_gives_a_forum_away_is_not_published_not_even_for_ones_own(a):
    for by, forum in (("secretariat.hlpf", "hlpf"), ("secretariat", "gfmd")):
        payload = await a.do(by, "publish_process", forum=a.id("Forum", forum), text=GIVEN_AWAY)
        [error] = payload["errors"]
        assert error["code"] == "PROCESS_UNSOUND"
        assert {one["code"] for one in error["findings"]} == {"below_floor"}
        assert all(one["line"] and "delegate" in one["message"] for one in error["findings"])


async def test_a_text_from_before_the_floor_gives_a_forum_to_nobody(a):
    """As if the operator's database held such a text already, and the forum worked by it."""
    s = a.s
    row = {"id": fresh(), "name": "theirs", "version": "0", "hash": digest(GIVEN_AWAY), "text": GIVEN_AWAY}
    await s.add(t.process_definition, {**row, "published_at": s.now, "forum_id": s.forums["gfmd"],
                                       "adopted_at": s.now})  # fmt: skip
    before = await a.rows()
    for by in ("delegate.kenya", "rep.network", "hlpf.delegate", "hlpf.representative"):
        given = acts(a, "gfmd")
        for operation in ("open_edition", "publish_process", "grant_mandate"):
            allowed = (*MANDATES, "NOT_IN_THIS_PROCESS") if operation == "grant_mandate" else ("ROLE_NOT_ALLOWED",)
            assert await a.code(by, operation, **given[operation]) in allowed, (by, operation)
    assert await a.rows() == before


@pytest.mark.parametrize("name", ["gfmd", "imrf", "national"])
async def test_no_forum_publishes_under_another_forums_or_the_services_name(a, name):
    before = await a.rows()
    text = SMALL.replace('name = "small"', f'name = "{name}"')
    assert await a.code("secretariat.hlpf", "publish_process", forum=a.id("Forum", "hlpf"), text=text) == (
        "PROCESS_NAME_TAKEN"
    )
    assert await a.rows() == before


async def test_an_edition_is_opened_and_moved_under_the_forums_own_texts_only(a):
    """Even its own office does not take another's text in by naming it: it adopts it, on the record."""
    await theirs(a)
    s = a.s
    foreign = (await s.row(t.process_definition, name="theirs"))["id"]
    own = (await s.row(t.process_definition, name="gfmd"))["text"]
    twin = {"id": fresh(), "name": "gfmd", "version": "9", "hash": digest(own + "#"), "text": own + "#\n"}
    await s.add(t.process_definition, {**twin, "published_at": s.now, "forum_id": s.forums["hlpf"]})
    before = await a.rows()
    given = acts(a, "gfmd")
    opened = await a.do("secretariat", "open_edition", **given["open_edition"])
    assert [(e["code"], e["path"]) for e in opened["errors"]] == [("PROCESS_NOT_ADOPTED", ["process"])]
    assert "adoptProcess" in opened["errors"][0]["message"]
    edition = a.id("Edition", "gfmd")
    for process, code in ((foreign, "INVALID_VALUE"), (twin["id"], "PROCESS_NOT_ADOPTED")):
        moved = {"edition": edition, "process": f"Process:{process}", "reason": "So."}
        assert await a.code("secretariat", "migrate_edition", **moved) == code
    assert await a.rows() == before


async def test_a_body_of_ones_own_is_no_way_into_another_forum(a):
    """What the HLPF sets up works by what the HLPF says; the GFMD's people and rights are not among it."""
    await theirs(a)
    before = await a.rows(t.mandate, t.edition)
    mine = acts(a, "hlpf")
    assert await a.code("secretariat.hlpf", "establish_body", **mine["establish_body"]) == "NOT_IN_THIS_PROCESS"
    like = {**mine["clone_edition"], "like": a.id("Edition", "gfmd")}
    assert await a.code("secretariat.hlpf", "clone_edition", **like) == "NOT_FOUND"
    assert await a.rows(t.mandate, t.edition) == before


async def test_adopting_makes_a_copy_and_nobody_else_moves_it(a):
    """The HLPF's next version under the name changes nothing for a forum that adopted the one before."""
    await theirs(a)
    rcp = a.id("Forum", "rcp")
    adopted = await a.do("secretariat.rcp", "adopt_process", forum=rcp, process=digest(THEIRS))
    assert adopted["errors"] == []
    later = LATER.replace('name = "small"', 'name = "theirs"')
    assert (await a.do("secretariat.hlpf", "publish_process", forum=a.id("Forum", "hlpf"), text=later))["errors"] == []
    rows = await a.s.rows(t.process_definition, forum_id=a.s.forums["rcp"])
    assert [(row["hash"], row["version"]) for row in rows] == [(digest(THEIRS), "1")]
    given = {"forum": rcp, "name": "This year", "process": "theirs", "zone": "UTC", "idempotencyKey": key(),
             "anchors": [{"name": "summit", "at": wire(summit(a.s))}]}  # fmt: skip
    assert await a.code("secretariat.hlpf", "open_edition", **given) == "ROLE_NOT_ALLOWED"
    made = await a.do("secretariat.rcp", "open_edition", **given)
    assert made["errors"] == []
    [edition] = await a.s.rows(t.edition, name="This year")
    assert edition["process_id"] == rows[0]["id"]
