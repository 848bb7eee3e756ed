"""Rehearsals and drawings through the contract: what a definition would do, published or not, with typed errors."""

import json
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from forum.api.schema.contract import GRAPHQL as SCHEMA  # with the types of refusals
from forum.reading.cost import Cost
from forum.reading.me import SETTINGS, Me
from forum.reading.prices import BY_LENGTH
from forum.reading.prices import CALENDAR as PRICE
from forum.reading.run import Reader
from forum.store.unit import fresh
from graphql import GraphQLError, parse
from tests.support.api import nouns_reader
from tests.support.api import nouns_scene as scene
from tests.support.typed import first_operation, query_fields, some

TEXT = (Path(__file__).parents[2] / "workflows" / "gfmd.toml").read_text("utf-8")
REHEARSE = """query($text: String!, $as: String!, $anchors: [AnchorDateInput!], $on: Date,
                  $format: CalendarFormat, $starts: Date!) {
  rehearse(text: $text, starts: $starts, readAs: $as, anchors: $anchors, on: $on, format: $format) {
    rehearsal {
      readAs starts anchors { name at placed }
      tracks { track stages { stage begins closes ends byClock says } }
      happenings { key kind at until zone label title track notes says yours off working }
      onDay { track stage says } findings { code remedy } drawn
    }
    errors { __typename code message path }
  }
}"""
GIVEN = [{"name": "summit", "at": "2027-12-06T08:00:00Z"}, {"name": "hlpf", "at": "2027-07-05T08:00:00Z"}]


@pytest.fixture
async def ask(database, monkeypatch):
    monkeypatch.setattr(nouns_reader, "SCHEMA", SCHEMA)
    monkeypatch.setattr(nouns_reader, "READER", Reader(SCHEMA, Me, settings=SETTINGS))
    async with nouns_reader.reading(database) as asked:
        yield asked


async def rehearsed(ask, **more):
    asked = {"text": TEXT, "as": "state", "starts": "2027-01-04", **more}
    return (await ask(REHEARSE, asked))["rehearse"]


async def test_a_definition_that_is_not_published_is_rehearsed(ask):
    answer = await rehearsed(ask, **{"as": "mayor", "on": "2027-05-03", "anchors": GIVEN})
    made = answer["rehearsal"]
    assert answer["errors"] == []
    assert made["readAs"] == "a mayor (local and regional authorities)"
    assert [(one["name"], one["placed"]) for one in made["anchors"]] == [("summit", False), ("hlpf", False)]
    [deadline] = [one for one in made["happenings"] if one["key"] == "deadline-main-call"]
    assert (deadline["kind"], deadline["zone"], deadline["yours"]) == ("DEADLINE", "Europe/Zurich", True)
    # Twenty-eight weeks before six December, noon in Geneva, in summer time.
    assert deadline["at"].startswith("2027-05-24T10:00:00")
    [on] = [one for one in made["onDay"] if one["track"] == "Main track, to the Summit"]
    assert on["stage"] == "Call for inputs"
    assert any(line.startswith("you may write an input") for line in on["says"])


@pytest.mark.parametrize(("format_", "begins"), [("TEXT", "Global Forum"), ("ICS", "BEGIN:VCALENDAR"), ("SVG", "<svg")])
async def test_the_calendar_is_handed_out_in_every_form(ask, format_, begins):
    assert (await rehearsed(ask, format=format_))["rehearsal"]["drawn"].startswith(begins)
    assert (await rehearsed(ask))["rehearsal"]["drawn"] is None


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"text": "name = 1"}, "FILE_REFUSED", []),
        ({"text": "x" * 600_000}, "FILE_REFUSED", []),
        ({"as": "bishop"}, "INVALID_VALUE", ["readAs"]),
        ({"anchors": [{"name": "sumit", "at": "2027-06-02T09:00:00Z"}]}, "INVALID_VALUE", ["anchors"]),
        ({"anchors": [*GIVEN, *GIVEN]}, "INVALID_VALUE", ["anchors"]),
        ({"anchors": [{"name": "summit", "at": "1999-12-31T23:59:59Z"}]}, "INVALID_VALUE", ["anchors"]),
    ],
)
async def test_what_is_wrong_comes_as_data(ask, more, code, path):
    answer = await rehearsed(ask, **more)
    assert answer["rehearsal"] is None
    assert [(one["code"], one["path"]) for one in answer["errors"]] == [(code, path)]


@pytest.mark.parametrize(
    "more",
    [
        {"starts": "9999-12-31"},
        {"on": "0001-01-01"},
        {"anchors": [{"name": "summit", "at": "9999-12-31T23:59:59Z"}]},
    ],
)
async def test_days_beyond_the_years_are_refused_before_anything_runs(ask, more):
    with pytest.raises(GraphQLError, match="the year must lie between 1900 and 2200"):
        await rehearsed(ask, **more)


async def test_a_definition_is_drawn(ask):
    asked = """query($text: String!, $track: String, $width: Int!) {
      svg: draw(text: $text, format: SVG, track: $track, width: $width) { drawing errors { code path } }
      mermaid: draw(text: $text, format: MERMAID) { drawing errors { code path } }
    }"""
    told = await ask(asked, {"text": TEXT, "track": "main", "width": 480})
    assert told["svg"]["drawing"].startswith("<svg")
    assert told["mermaid"]["drawing"].startswith("%% ")
    for wrong, path in (({"track": "mian", "width": 480}, ["track"]), ({"width": 10**9}, ["width"])):
        told = await ask(asked, {"text": TEXT, **wrong})
        assert (told["svg"]["drawing"], told["svg"]["errors"]) == (None, [{"code": "INVALID_VALUE", "path": path}])


async def test_a_published_definition_is_rehearsed_and_drawn_where_it_stands(ask):
    asked = """{ forums { nodes { editions { nodes { process {
      text
      rehearsal(starts: "2027-01-04") { rehearsal { version readAs } errors { code } }
      drawing(format: SVG) { drawing errors { code } }
    } } } } } }"""
    told = await ask(asked)
    found = [e["process"] for f in told["forums"]["nodes"] for e in f["editions"]["nodes"] if e["process"]]
    assert found
    for one in found:
        made = one["rehearsal"]
        assert (made["rehearsal"] is None) == bool(made["errors"])
        assert (one["drawing"]["drawing"] is None) == bool(one["drawing"]["errors"])


def test_a_rehearsal_has_its_price():
    document = parse(
        """query($text: String!) { rehearse(text: $text, starts: "2027-01-04") { errors { code } }
        draw(text: $text, format: SVG) { drawing } }"""
    )
    cost = Cost(SCHEMA, {}, 10_000)
    step = cost.root(SCHEMA.query_type, [first_operation(document).selection_set])
    for_each = {BY_LENGTH[f"Query.{name}"] for name in ("rehearse", "draw")}
    assert for_each == {("text", 50)}
    assert cost.of(step, {"text": ""}) == 2 * (PRICE + 50)
    assert cost.of(step, {"text": "x" * 20 * 1024}) == 2 * (PRICE + 50 * 21)
    assert json.dumps(PRICE) in some(query_fields(SCHEMA)["rehearse"].description)


CALENDAR = """query($on: Date, $format: CalendarFormat, $starts: Date) {
  forums { nodes { editions { nodes { id name openedAt
  process { text } tracks { name title definition }
  calendar(readAs: "ngo", on: $on, format: $format, starts: $starts) {
    rehearsal { starts tracks { track title stages { stage begins closes } } anchors { name placed }
                onDay { track } drawn }
    errors { code path }
  }
} } } } }"""


async def editions(ask, **given):
    told = await ask(CALENDAR, given)
    return [one for forum in told["forums"]["nodes"] for one in forum["editions"]["nodes"]]


async def planned(database, track, stage, opens, closes):
    """A window of a stage as it stands, moved or not."""
    connection = await asyncpg.connect(database.owner_url.replace("postgresql+asyncpg", "postgresql"))
    sql = (
        "INSERT INTO stage_window (id, track_id, stage, opens_at, closes_at, zone, extended) VALUES ($1, $2, $3, "
        "$4, $5, $6, true)"
    )
    await connection.execute(sql, fresh(), scene.key(track), stage, opens, closes, "Europe/Zurich")
    sql = "INSERT INTO anchor (id, edition_id, name, at) VALUES ($1, $2, 'summit', $3)"
    await connection.execute(sql, fresh(), scene.key("gfmd 2020"), datetime(2027, 12, 6, 8, tzinfo=UTC))
    await connection.close()


async def test_an_edition_has_a_calendar_of_its_own_tracks_on_the_dates_as_they_stand(ask, database):
    opens, closes = datetime(2027, 1, 4, 11, tzinfo=UTC), datetime(2027, 6, 30, 10, tzinfo=UTC)
    await planned(database, "gfmd lonely", "call", opens, closes)
    [one] = [
        e
        for e in await editions(ask, on="2027-05-03", format="ICS")
        if e["id"] == nouns_reader.gid("Edition", "gfmd 2020")
    ]
    made = one["calendar"]["rehearsal"]
    assert one["calendar"]["errors"] == []
    assert {track["track"] for track in made["tracks"]} == {"main", "lonely"}  # both run the definition's main track
    stages = {(track["track"], stage["stage"]): stage for track in made["tracks"] for stage in track["stages"]}
    # The extended window, and not what the summit would make of it; of the other track nothing is planned.
    assert stages["lonely", "call"]["closes"].startswith("2027-06-30T10:00:00")
    assert stages["main", "call"]["closes"] is None
    assert [(anchor["name"], anchor["placed"]) for anchor in made["anchors"]] == [("summit", False)]
    assert {row["track"] for row in made["onDay"]} == {"Main", "Lonely"}
    assert made["starts"] == "2020-03-01"
    assert "UID:deadline-lonely-call@" in made["drawn"]
    assert "UID:meeting-summit@" in made["drawn"]


async def test_the_calendar_of_an_edition_refuses_days_beyond_the_years(ask):
    with pytest.raises(GraphQLError, match="the year must lie between 1900 and 2200"):
        await editions(ask, starts="9999-01-01")
