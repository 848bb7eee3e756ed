"""Versions through the contract, by the trusted documents: what is published, moved and cloned, and every refusal
as data."""

import uuid
from typing import Any

import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import Caller
from forum.domain.gates import GATES
from forum.settings import Settings
from forum.workflow.act_names import ACTS
from forum.workflow.check.check import check
from forum.workflow.load import digest, parse
from tests.support.actions.small_process import LATER, MAPPED, RENAMED, SMALL, summit
from tests.support.scene import scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as opened:
        made: Any = opened  # which also holds the service that answers
        made.service = await app.parts(Settings(mode="test", secret="x" * 32, pool=3), database.app_url)
        try:
            yield made
        finally:
            await made.service.close()


async def ask(s, name, subject="secretariat", /, **variables):
    """The data of a trusted document's answer; of a mutation, its payload and its errors."""
    text = s.service.service.documents.named(name)
    given = GraphQLRequest(query=text, variables=variables)
    body = orjson.loads((await answer(s.service.service, given, Caller(subject))).body)
    assert "errors" not in body, body
    return body["data"]


async def do(s, name, subject="secretariat", /, **given):
    data = await ask(s, name, subject, input=given)
    [payload] = data.values()
    return payload


async def opened(s):
    """An edition under version 1, which the chair's office published under a name of its own."""
    forum = f"Forum:{s.forums['gfmd']}"
    published = await do(s, "publish_process", forum=forum, text=SMALL)
    assert published["errors"] == []
    made = await do(
        s, "open_edition", forum=forum, name="This year", process="small", zone="UTC", idempotencyKey=str(uuid.uuid4()),
        anchors=[{"name": "summit", "at": summit(s).isoformat()}],
    )  # fmt: skip
    assert made["errors"] == []
    return forum, published["process"], made["edition"]


async def test_an_edition_is_moved_back_and_cloned_by_the_contract_alone(s):
    forum, old, edition = await opened(s)
    new = (await do(s, "publish_process", forum=forum, text=MAPPED))["process"]
    assert new["hash"] == digest(MAPPED)
    moved = await do(s, "migrate_edition", edition=edition["id"], process=new["id"], reason="So.")
    assert moved["errors"] == []
    assert moved["edition"]["process"]["version"] == "2"
    assert moved["migration"]["toProcess"]["id"] == new["id"]
    seen = (await ask(s, "edition_migrations", None, id=edition["id"]))["node"]
    [migration] = seen["migrations"]["nodes"]
    assert (migration["reason"], migration["undoneAt"], len(migration["tracks"])) == ("So.", None, 2)
    back = await do(s, "undo_migration", edition=edition["id"])
    assert back["edition"]["process"]["id"] == old["id"]
    assert back["migration"]["undoneAt"] is not None
    clone = await do(
        s, "clone_edition", forum=forum, like=edition["id"], name="Next year", idempotencyKey=str(uuid.uuid4()),
        anchors=[{"name": "summit", "at": summit(s, 400).isoformat()}],
    )  # fmt: skip
    assert clone["errors"] == []
    assert clone["edition"]["clonedFrom"] == {"id": edition["id"], "name": "This year"}
    assert clone["edition"]["process"]["id"] == old["id"]


async def test_versions_are_public_with_what_changed_between_them(s):
    forum, old, edition = await opened(s)
    new = (await do(s, "publish_process", forum=forum, text=LATER))["process"]
    nodes = (await ask(s, "process_versions", None, name="small"))["processes"]["nodes"]
    assert [one["version"] for one in nodes] == ["2", "1"]
    assert [one["publishedBy"]["id"] for one in nodes] == [forum, forum]
    assert [[e["id"] for e in one["runningEditions"]["nodes"]] for one in nodes] == [[], [edition["id"]]]
    seen = (await ask(s, "process_changes", None, hash=new["hash"], since=old["id"]))["process"]
    assert seen["findings"] == []
    said = {one["sentence"]: one["group"] for one in seen["changes"]}
    assert set(said.values()) == {"DATES", "TEXTS"}
    assert any(one.startswith("Main, Drafting closes 2 days later") for one in said)
    for nobody in (f"Process:{uuid.uuid4()}", forum, "nonsense"):
        assert (await ask(s, "process_changes", None, hash=new["hash"], since=nobody))["process"]["changes"] is None


async def test_findings_are_those_of_the_command(s):
    forum, _, _ = await opened(s)
    wrong = LATER.replace('to = ["closed"]', "to = []")
    refused = await do(s, "publish_process", forum=forum, text=wrong)
    assert refused["process"] is None
    [error] = refused["errors"]
    assert (error["__typename"], error["code"], error["path"]) == ("ProcessUnsound", "PROCESS_UNSOUND", ["text"])
    there = check(parse(wrong), ACTS, GATES)
    assert [
        (one["code"], one["message"], one["remedy"], one["line"], one["track"], one["stage"])
        for one in error["findings"]
    ] == [(one.code, one.message, one.remedy, one.line, one.track, one.stage) for one in there]
    assert error["count"] == len(there)


async def test_stages_in_use_and_acts_in_the_way_are_data(s):
    forum, _, edition = await opened(s)
    main = next(one for one in edition["tracks"] if one["name"] == "main")
    moved = await do(s, "advance_stage", track=main["id"], to="drafting")
    assert moved["errors"] == []
    [error] = (await do(s, "publish_process", forum=forum, text=RENAMED))["errors"]
    assert error["__typename"] == "StageInUse"
    [use] = error["uses"]
    assert (use["editionId"], use["trackId"], use["stage"], use["openCalls"]) == (
        edition["id"],
        main["id"],
        "drafting",
        [],
    )
    new = (await do(s, "publish_process", forum=forum, text=MAPPED))["process"]
    await do(s, "migrate_edition", edition=edition["id"], process=new["id"], reason="So.")
    await do(s, "advance_stage", track=main["id"], to="closed")
    [error] = (await do(s, "undo_migration", edition=edition["id"]))["errors"]
    assert (error["__typename"], error["act"]) == ("ActInTheWay", "advance_stage")


async def test_dates_that_do_not_fit_are_data(s):
    forum, _, edition = await opened(s)
    given = {"forum": forum, "like": edition["id"], "name": "Next year", "idempotencyKey": str(uuid.uuid4())}
    [error] = (await do(s, "clone_edition", **given))["errors"]
    assert (error["__typename"], error["path"]) == ("DatesUnsound", ["anchors"])
    assert [one["code"] for one in error["findings"]] == ["anchor_missing"]
