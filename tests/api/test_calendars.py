"""Rehearsals and drawings through the contract: what a definition would do, published or not, with typed errors."""

import json
from pathlib import Path

import nouns_reader
import pytest

from forum.api.calendars import COST
from forum.api.schema import GRAPHQL as SCHEMA  # with the types of refusals
from forum.reading.cost import Cost
from forum.reading.run import Reader
from forum.reading.visibility import SETTINGS, Me
from graphql import parse

TEXT = (Path(__file__).parents[2] / "workflows" / "gfmd.toml").read_text("utf-8")
REHEARSE = """query($text: String!, $as: String!, $anchors: [AnchorDateInput!], $on: Date, $format: CalendarFormat, $starts: Date!) {
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
        ({"starts": "9999-12-31"}, "INVALID_VALUE", ["starts"]),
        ({"on": "0001-01-01"}, "INVALID_VALUE", ["on"]),
    ],
)
async def test_what_is_wrong_comes_as_data(ask, more, code, path):
    answer = await rehearsed(ask, **more)
    assert answer["rehearsal"] is None
    assert [(one["code"], one["path"]) for one in answer["errors"]] == [(code, path)]


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
    document = parse('{ rehearse(text: "", starts: "2027-01-04") { errors { code } } draw(text: "", format: SVG) { drawing } }')
    cost = Cost(SCHEMA, {}, 10_000)
    step = cost.root(SCHEMA.query_type, [document.definitions[0].selection_set])
    assert 2 * COST <= cost.of(step, {}) < 2 * COST + 20
    assert json.dumps(COST) in SCHEMA.query_type.fields["rehearse"].description
