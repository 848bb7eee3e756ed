"""Deadlines through the contract: extended, permitted, moved, and what each person was told of it."""

import datetime as dt
import uuid

import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import Caller
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.store.unit import begin
from forum.store.windows import plan_windows
from forum.workflow.load import parse
from tests.support.scene import DAY, ahead, scene
from tests.support.sources import ROOT


def document(name):
    return (ROOT / "graphql" / "operations" / f"{name}.graphql").read_text("utf-8")


@pytest.fixture
async def told(database):
    async with scene(database.app_url) as s:
        made = await app.parts(Settings(mode="test", secret="x" * 32, pool=4), database.app_url)

        async def ask(subject, operation, **variables):
            given = GraphQLRequest(query=document(operation), variables=variables)
            body = orjson.loads((await answer(made.service, given, Caller(subject))).body)
            assert "errors" not in body, body
            return body["data"]

        yield s, ask
        await made.close()


def wire(when):
    return when.isoformat().replace("+00:00", "Z")


async def test_more_time_is_on_the_page_and_among_the_notices(told):
    s, ask = told
    closes = s.now + 9 * DAY
    made = await ask("secretariat", "extend_window", input={
        "call": f"Call:{s.call}", "closesAt": wire(closes), "reason": "A holiday", "idempotencyKey": str(uuid.uuid4())
    })  # fmt: skip
    got = made["extendWindow"]
    assert got["errors"] == []
    assert (got["extension"]["of"], got["extension"]["reason"], got["document"]) == ("CALL", "A holiday", None)
    mine = (await ask("focal.kenya", "my_notices"))["viewer"]["notices"]["nodes"]
    assert [(n["kind"], n["call"]["id"]) for n in mine] == [("EXTENSION", f"Call:{s.call}")]
    assert "A holiday." in mine[0]["words"]
    assert (await ask("rep.stranger", "my_notices"))["viewer"]["notices"]["nodes"] == []
    assert (await ask(None, "my_notices"))["viewer"]["notices"]["nodes"] == []


async def test_a_refused_extension_says_what_to_do_instead(told):
    s, ask = told
    await s.shift(30 * DAY)
    made = await ask("secretariat", "extend_window", input={
        "call": f"Call:{s.call}", "closesAt": wire(s.now + 90 * DAY), "reason": "R", "idempotencyKey": str(uuid.uuid4())
    })  # fmt: skip
    [error] = made["extendWindow"]["errors"]
    assert error["code"] == "WINDOW_CLOSED"
    assert "permitLateContribution" in error["message"]


def new_call(s, **other):
    sections = [{"code": "a", "prompt": "A?"}]
    asked = {"track": f"Track:{s.tracks['main']}", "title": "T", "text": "T", "zone": "Europe/Zurich"}
    return {**asked, "sections": sections, "idempotencyKey": str(uuid.uuid4()), **other}


@pytest.mark.parametrize("closes", ["9999-12-31T23:59:59Z", "9999-12-31T10:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_an_instant_beyond_the_years_is_refused_before_anything_runs(database, closes):
    async with scene(database.app_url) as s:
        made = await app.parts(Settings(mode="test", secret="x" * 32, pool=4), database.app_url)
        asked = GraphQLRequest(query=document("issue_call"), variables={"input": new_call(s, closesAt=closes)})
        said = await answer(made.service, asked, Caller("secretariat"))
        await made.close()
    [error] = orjson.loads(said.body)["errors"]
    assert error["extensions"]["code"] == "INVALID_VALUE"
    assert "between 1900 and 2200" in error["message"]


async def test_an_offset_that_is_not_of_the_zone_is_refused_with_the_right_one(told):
    s, ask = told
    made = await ask("secretariat", "issue_call", input=new_call(s, closesAt="2200-07-01T12:00:00+01:00"))
    [error] = made["issueCall"]["errors"]
    assert (error["code"], error["path"]) == ("INVALID_VALUE", ["closesAt"])
    assert "2200-07-01T12:00:00+02:00" in error["message"]
    nested = {"forum": f"Forum:{s.forums['gfmd']}", "name": "E", "process": "gfmd", "zone": "America/New_York"}
    anchors = [{"name": "summit", "at": "2100-01-08T09:00:00-04:00"}]
    made = await ask(
        "secretariat", "open_edition", input={**nested, "anchors": anchors, "idempotencyKey": str(uuid.uuid4())}
    )
    [error] = made["openEdition"]["errors"]
    assert (error["code"], error["path"]) == ("INVALID_VALUE", ["anchors", "0", "at"])


async def test_a_permit_and_the_switch(told):
    s, ask = told
    given = {"call": f"Call:{s.call}", "organisation": f"Organisation:{s.organisations['kenya']}", "reason": "R"}
    made = await ask("secretariat", "permit_late_contribution", input={**given, "until": wire(s.now + 9 * DAY)})
    assert made["permitLateContribution"]["latePermit"]["organisation"]["name"] == "Kenya"
    assert (await ask("focal.kenya", "my_notices"))["viewer"]["notices"]["nodes"][0]["kind"] == "PERMIT"
    made = await ask("secretariat", "switch_reminders", input={"call": f"Call:{s.call}", "remind": False})
    assert made["switchReminders"]["call"]["reminds"] is False
    made = await ask("focal.kenya", "switch_reminders", input={"call": f"Call:{s.call}", "remind": True})
    assert made["switchReminders"]["errors"][0]["code"] == "ROLE_NOT_ALLOWED"


@pytest.fixture
async def dated(told):
    s, ask = told
    summit = ahead(s, 28 * 7 + 10)
    row = await s.row(t.anchor, name="summit")
    await s.change(t.anchor, row["id"], at=summit)
    async with begin(s.engine) as unit:
        process = parse((await s.row(t.process_definition, name="gfmd"))["text"])
        await unit.write(plan_windows(s.editions["gfmd"], process, s.now))
        await unit.connection.commit()
    return s, ask, summit


async def test_the_team_foresees_and_others_do_not(dated):
    s, ask, summit = dated
    given = {"edition": f"Edition:{s.editions['gfmd']}", "anchor": "summit", "at": wire(summit + 7 * DAY)}
    seen = (await ask("secretariat", "if_anchor_moved", **given))["node"]["ifAnchorMoved"]
    assert seen["findings"] == []
    assert {"STAGE", "MEETING", "EDITION"} <= {one["kind"] for one in seen["moved"]}
    assert all(one["because"] is None for one in seen["moved"])
    assert {one["because"] for one in seen["leftAlone"]} <= {
        "it has closed",
        "its dates were named by hand",
        "it was extended by hand",
    }
    assert dt.datetime.fromisoformat(seen["was"]) == summit
    for other in ("focal.kenya", "rep.stranger", "secretariat.hlpf", None):
        assert (await ask(other, "if_anchor_moved", **given))["node"]["ifAnchorMoved"] is None
    for anchor, at in (("nothing", summit), ("now", summit), ("summit", dt.datetime(2200, 12, 31, tzinfo=dt.UTC))):
        odd = (await ask("secretariat", "if_anchor_moved", **{**given, "anchor": anchor, "at": wire(at)}))["node"][
            "ifAnchorMoved"
        ]
        assert [f["code"] for f in odd["findings"]] == ["cannot_move"]


async def test_an_anchor_moves_or_every_finding_is_named(dated):
    s, ask, summit = dated
    given = {"edition": f"Edition:{s.editions['gfmd']}", "anchor": "summit", "reason": "An election"}
    made = await ask("secretariat", "move_anchor", input={**given, "to": wire(s.now + DAY)})
    [error] = made["moveAnchor"]["errors"]
    assert error["code"] == "DATES_UNSOUND"
    assert error["path"] == ["to"]
    assert error["findings"]
    made = await ask("secretariat", "move_anchor", input={**given, "to": wire(summit + 7 * DAY)})
    assert made["moveAnchor"]["errors"] == []
    [anchor] = [a for a in made["moveAnchor"]["edition"]["anchors"] if a["name"] == "summit"]
    assert dt.datetime.fromisoformat(anchor["at"]) == summit + 7 * DAY
    assert (await ask("rep.quito", "my_notices"))["viewer"]["notices"]["nodes"][0]["kind"] == "ANCHOR_MOVED"
