"""Bodies by one act: one, or six of them after a template; mandates extended by a dated change; past editions
entered."""

import asyncio
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from graphql.execution.values import get_variable_values

from forum.actions.body.establish_body import EstablishBody
from forum.actions.body.setting_up import BodyPlan, ChairPlan, FirstEdition
from forum.actions.edition.open_edition import AnchorDate, ThemePlan, TrackPlan
from forum.actions.edition.record_edition import DocumentEntered
from forum.api.schema.contract import GRAPHQL
from forum.api.schema.inputs import read
from forum.errors import (
    InvalidValue,
    MandateStands,
    NotFound,
    Refusal,
    RoleNotAllowed,
    UnknownCode,
    WordNotAllowed,
    WrongState,
)
from forum.store.tables import schema as t
from forum.store.unit import fresh
from forum.workflow.load import digest
from graphql import parse
from tests.support.scene import DAY, WORKFLOWS, ahead, scene
from tests.support.silence_scene import reading
from tests.support.typed import first_operation

REGIONS = ("africa", "arab-states", "asia", "caribbean", "europe", "pacific")
THEMES = ("technology", "skills", "labour", "gaps", "irregular", "partnerships")


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        # Past the track of its own, the edition has room for all six.
        await made.change(t.track, made.tracks["regional"], definition="main")
        for code in THEMES:
            await made.add(
                t.theme, {"id": fresh(), "edition_id": made.editions["gfmd"], "code": code, "title": code.title()}
            )
        yield made


def _six(s):
    return tuple(
        BodyPlan(
            slug=f"consultation-{name}", name=f"Consultation {name.title()}", convenors=(s.forums["rcp"],),
            themes=THEMES[n % 4 : n % 4 + 3], chairs=(ChairPlan(organisation=s.organisations["kenya"]),),
        )
        for n, name in enumerate(REGIONS)
    )  # fmt: skip


def _given(s, **more):
    shared = {"convenors": (s.forums["gfmd"],), "edition": s.editions["gfmd"], "terms_of_reference": "Hear the region."}
    return {"parent": s.forums["gfmd"], "template": "regional_consultation", "bodies": _six(s), **shared, **more}


async def test_six_consultations_stand_by_one_act_with_convenors_chairs_themes_and_tracks(s):
    ids = await s.do("establish_body", "secretariat", **_given(s))
    bodies = {r["slug"]: r for r in await s.rows(t.forum, template="regional_consultation")}
    assert set(bodies) == {f"consultation-{name}" for name in REGIONS}
    assert ids == {"forum": bodies["consultation-africa"]["id"], "parent": s.forums["gfmd"]}
    for body in bodies.values():
        assert (body["kind"], body["parent_id"]) == ("regional_consultation", s.forums["gfmd"])
        convened = {r["convened_by_id"] for r in await s.rows(t.convenor, forum_id=body["id"])}
        assert convened == {s.forums["gfmd"], s.forums["rcp"]}
        office = await s.row(t.mandate, forum_id=body["id"])
        assert (office["office"], office["organisation_id"]) == ("co_chair", s.organisations["kenya"])
        assert office["accepted_at"] is None, "it waits for Kenya's own word"
        terms = await s.row(t.terms_of_reference, forum_id=body["id"])
        assert terms["text"] == "Hear the region."
        track = await s.row(t.track, convened_as_id=body["id"])
        assert (track["definition"], track["stage"]) == ("regional_consultation", "call")
        assert len(await s.rows(t.track_theme, track_id=track["id"])) == 3
        # Its dates are planned at once, counted from the Summit of the edition.
        window = await s.row(t.stage_window, track_id=track["id"], stage="call")
        assert window["closes_at"].date() == (ahead(s, 300) - 280 * DAY).date()


async def test_a_co_chair_chairs_by_its_own_word(s):
    """An organisation answers for a body before everybody: only the giver's own is in office at once."""
    chairs = tuple(ChairPlan(organisation=s.organisations[name]) for name in ("ecuador", "kenya"))
    made = await s.do("establish_body", "secretariat", **_given(s, bodies=_six(s)[:1], chairs=chairs[:1]))
    own, other = [
        await s.row(t.mandate, forum_id=made["forum"], organisation_id=chair.organisation) for chair in chairs
    ]
    assert own["accepted_at"] is not None
    assert other["accepted_at"] is None


async def test_one_organisation_is_not_asked_twice_for_one_office(s):
    kenya = ChairPlan(organisation=s.organisations["kenya"])
    with pytest.raises(MandateStands):
        await s.do("establish_body", "secretariat", **_given(s, bodies=_six(s)[:1], chairs=(kenya,)))


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (lambda s: {"bodies": (*_six(s)[:5], BodyPlan("consultation-africa", "Again", convenors=(s.forums["rcp"],)))},
            ("bodies", "5", "slug")),
        (lambda s: {"bodies": (*_six(s), BodyPlan("seventh", "Seventh", convenors=(s.forums["rcp"],)))}, ("bodies",)),
        (lambda s: {"bodies": (BodyPlan("x", "X", convenors=(s.forums["rcp"],), themes=THEMES[:4]),)},
            ("bodies", "0", "themes")),
        (lambda s: {"bodies": (BodyPlan("x", "X", convenors=(s.forums["rcp"],), themes=("weather",)),)},
            ("bodies", "0", "themes", "0")),
        (lambda s: {"bodies": (BodyPlan("x", "X"),)}, ("bodies", "0", "convenors")),
        (lambda s: {"bodies": (BodyPlan("x", "X", convenors=(s.forums["rcp"], s.forums["hlpf"])),)},
            ("bodies", "0", "convenors", "2")),
        (lambda s: {"bodies": (*_six(s)[:5], BodyPlan("x", "X", convenors=(fresh(),)))},
            ("bodies", "5", "convenors", "1")),
        (lambda s: {"template": "regional_consultatoin"}, ("template",)),
        (lambda s: {"kind": "working_group"}, ("kind",)),
        (lambda s: {"edition": s.editions["hlpf"]}, ("edition",)),
        (lambda s: {"track": "main"}, ("track",)),
        (lambda s: {"slug": "one", "name": "One"}, ("bodies",)),
        (lambda s: {"ends_at": s.now - DAY}, ("endsAt",)),
        (lambda s: {"chairs": (ChairPlan(organisation=fresh()),)}, ("bodies", "0", "chairs", "0", "organisation")),
    ],
)  # fmt: skip
async def test_one_fault_undoes_all_and_the_refusal_says_where(s, wrong, path):
    before = len(await s.rows(t.forum))
    with pytest.raises(Refusal) as refused:
        await s.do("establish_body", "secretariat", **_given(s, **wrong(s)))
    assert refused.value.path == path
    assert len(await s.rows(t.forum)) == before
    assert not await s.rows(t.track, definition="regional_consultation")


async def test_the_template_and_the_track_count_what_is_there_already(s):
    await s.do("establish_body", "secretariat", **_given(s, bodies=_six(s)[:4]))
    # With the scene's own track five of six are run; two more would be seven, though six bodies would do.
    await s.change(t.track, s.tracks["regional"], definition="regional_consultation")
    with pytest.raises(InvalidValue, match="5 there, 2 more") as refused:
        await s.do("establish_body", "secretariat", **_given(s, bodies=_six(s)[4:]))
    assert refused.value.path == ("bodies",)
    await s.do("establish_body", "secretariat", **_given(s, bodies=_six(s)[4:5]))


async def test_two_who_ask_at_once_do_not_both_find_room(s):
    plans = _bare(_six(s))
    asked = [
        s.do("establish_body", "secretariat", **_given(s, edition=None, bodies=half))
        for half in (
            plans[:4],
            tuple(BodyPlan(slug=f"other-{p.slug}", name=p.name, convenors=p.convenors) for p in plans[:4]),
        )
    ]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["InvalidValue", "dict"]
    assert len(await s.rows(t.forum, template="regional_consultation")) == 4


async def test_an_ended_body_makes_room(s):
    await s.do("establish_body", "secretariat", **_given(s, ends_at=s.now + DAY, edition=None, bodies=_bare(_six(s))))
    again = tuple(BodyPlan(slug=f"next-{p.slug}", name=p.name, convenors=p.convenors) for p in _six(s))
    with pytest.raises(InvalidValue, match="6 there"):
        await s.do("establish_body", "secretariat", **_given(s, edition=None, bodies=again))
    await s.shift(2 * DAY)
    await s.do("establish_body", "secretariat", **_given(s, edition=None, bodies=again))
    assert len(await s.rows(t.forum, template="regional_consultation")) == 12


def _bare(plans):
    return tuple(BodyPlan(slug=p.slug, name=p.name, convenors=p.convenors) for p in plans)


async def test_an_edition_that_is_not_run_takes_no_track(s):
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    with pytest.raises(WrongState):
        await s.do("establish_body", "secretariat", **_given(s))


async def test_a_body_begins_with_an_edition_of_its_own_under_a_published_process(s):
    text = (WORKFLOWS / "regional.toml").read_text("utf-8")
    row = {
        "id": fresh(),
        "name": "regional",
        "version": "1",
        "hash": "f" * 64,
        "text": text,
        "published_at": s.now - DAY,
    }
    await s.add(t.process_definition, row)
    first = FirstEdition(name="First round", process="regional", anchors=(AnchorDate("meeting", ahead(s, 90)),))
    plan = BodyPlan(slug="group", name="Group on data", first_edition=first)
    given = {"parent": s.forums["gfmd"], "kind": "working_group", "power": "advises"}
    ids = await s.do("establish_body", "secretariat", **given, bodies=(plan,))
    edition = await s.row(t.edition, forum_id=ids["forum"])
    assert (edition["name"], edition["state"]) == ("First round", "running")
    own = await s.row(t.process_definition, id=edition["process_id"])  # a copy of the template, the body's own
    assert (own["forum_id"], own["adopted_from_id"], own["text"]) == (ids["forum"], row["id"], text)
    assert own["adopted_at"] == edition["opened_at"]
    assert [r["definition"] for r in await s.rows(t.track, edition_id=edition["id"])] == ["main"]
    told = {(r["subject_kind"], r["act"]) for r in await s.rows(t.history)}
    assert {("forum", "establish_body"), ("edition", "establish_body")} <= told
    lost = BodyPlan(slug="other", name="Other", first_edition=FirstEdition(name="First", process="unheard_of"))
    with pytest.raises(NotFound) as refused:
        await s.do("establish_body", "secretariat", **given, bodies=(lost,))
    assert refused.value.path == ("bodies", "0", "firstEdition", "process")


async def test_the_six_consultations_of_the_year_2020_under_its_own_definition(s):
    """The definition of `chairs/12_united_arab_emirates.toml`, run: six themes, six consultations by one act."""
    text = (Path(__file__).parents[1] / "workflow" / "chairs" / "12_united_arab_emirates.toml").read_text("utf-8")
    row = {"id": fresh(), "name": "gfmd", "version": "2020", "hash": digest(text), "text": text, "published_at": s.now}
    await s.add(t.process_definition, {**row, "forum_id": s.forums["gfmd"], "adopted_at": s.now})
    dates = (AnchorDate("summit", ahead(s, 320)), AnchorDate("hlpf", ahead(s, 130)))
    year = await s.do(
        "open_edition", "secretariat", forum=s.forums["gfmd"], name="GFMD 2020 again", process="gfmd",
        zone="Asia/Dubai",
        anchors=dates, themes=tuple(ThemePlan(code, code.title()) for code in THEMES),
        tracks=(TrackPlan("main", "main"),),
    )  # fmt: skip
    await s.do("establish_body", "secretariat", **_given(s, edition=year["edition"]))
    tracks = await s.rows(t.track, edition_id=year["edition"], definition="regional_consultation")
    assert len(tracks) == 6
    for track in tracks:
        closes = (await s.row(t.stage_window, track_id=track["id"], stage="inputs"))["closes_at"]
        assert closes.astimezone(ZoneInfo("Asia/Dubai")).hour == 12
        assert len(await s.rows(t.track_theme, track_id=track["id"])) == 3
    # A convenor of the other side may act there, with equal rights: the secretariat of the regional process.
    await s.do("advance_stage", "secretariat.rcp", track=tracks[0]["id"], to="drafting")
    with pytest.raises(InvalidValue, match="6 there"):
        await s.do(
            "establish_body",
            "secretariat",
            **_given(s, edition=year["edition"], bodies=(BodyPlan("seventh", "Seventh"),)),
        )


def _sent(**given):
    """The command that the contract makes of an input."""
    document = parse((WORKFLOWS.parent / "graphql" / "operations" / "establish_body.graphql").read_text("utf-8"))
    got = get_variable_values(GRAPHQL, first_operation(document).variable_definitions or (), {"input": given})
    assert not isinstance(got, list), got
    return read(EstablishBody, got.coerced["input"])


def test_one_body_is_a_small_input_and_six_are_a_list():
    parent, key = f"Forum:{fresh()}", str(fresh())
    small = _sent(parent=parent, slug="group", name="Group", kind="WORKING_GROUP", idempotencyKey=key)
    assert (small.slug, small.kind, small.bodies, small.starts_at) == ("group", "working_group", (), None)
    state, rcp = fresh(), fresh()
    plan = {
        "slug": "asia", "name": "Asia", "convenors": [f"Forum:{rcp}"], "themes": ["skills"],
        "chairs": [{"organisation": f"Organisation:{state}"}],
        "firstEdition": {"name": "First", "process": "regional",
            "anchors": [{"name": "meeting", "at": "2027-03-01T09:00:00Z"}]},
    }  # fmt: skip
    # A list of one may be sent as the one: that is how GraphQL reads it.
    [made] = _sent(parent=parent, template="regional_consultation", bodies=plan, idempotencyKey=key).bodies
    assert (made.convenors, made.themes) == ((rcp,), ("skills",))
    assert made.chairs == (ChairPlan(organisation=state, office="co_chair"),)
    assert made.first_edition.anchors[0].at == dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


# ---- terms of reference
async def _group(s):
    given = {"parent": s.forums["gfmd"], "slug": "agenda-group", "name": "Group on the Agenda", "kind": "working_group"}
    return (
        await s.do(
            "establish_body", "secretariat", **given, terms_of_reference="Links with the Agenda.", power="assists"
        )
    )["forum"]


async def test_a_mandate_is_extended_from_a_date_on_and_the_earlier_terms_stay(s):
    body = await _group(s)
    given = {
        "parent": s.forums["gfmd"],
        "body": body,
        "text": "The Compact as well.",
        "reason": "Decided by the Steering Group.",
    }
    with pytest.raises(RoleNotAllowed):
        await s.do("extend_body", "focal.kenya", **given)
    day = (s.now + 10 * DAY).date()
    ids = await s.do("extend_body", "secretariat", **given, power="advises", starts_at=s.now + 10 * DAY, decided_on=day)
    rows = await s.rows(t.terms_of_reference, forum_id=body)
    assert {r["text"]: r["power"] for r in rows} == {
        "Links with the Agenda.": "assists",
        "The Compact as well.": "advises",
    }
    assert (await s.row(t.terms_of_reference, id=ids["terms"]))["decided_on"] == day
    later = await s.do("extend_body", "secretariat", **{**given, "text": "And its review."}, starts_at=s.now + 20 * DAY)
    assert (await s.row(t.terms_of_reference, id=later["terms"]))["power"] == "advises"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"text": " "}, ("text",)),
        ({"reason": ""}, ("reason",)),
        ({"power": "commands"}, ("power",)),
        ({"starts_at": dt.datetime(2001, 1, 1, tzinfo=dt.UTC)}, ("startsAt",)),
        ({"ends_at": dt.datetime(2001, 1, 1, tzinfo=dt.UTC)}, ("endsAt",)),
    ],
)
async def test_terms_that_would_write_the_past_anew_are_refused(s, wrong, path):
    body = await _group(s)
    given = {"parent": s.forums["gfmd"], "body": body, "text": "More.", "reason": "Decided."}
    with pytest.raises((InvalidValue, WordNotAllowed)) as refused:
        await s.do("extend_body", "secretariat", **{**given, **wrong})
    assert refused.value.path == path
    assert len(await s.rows(t.terms_of_reference, forum_id=body)) == 1


async def test_the_body_of_another_forum_is_not_extended(s):
    with pytest.raises(NotFound):
        await s.do(
            "extend_body",
            "secretariat",
            parent=s.forums["gfmd"],
            body=s.forums["hlpf"],
            text="More.",
            reason="Decided.",
        )


# ---- past editions
async def test_a_past_edition_is_entered_with_its_documents(s):
    given = (
        DocumentEntered(
            kind="report",
            title="Report of the first meeting",
            issued_on=dt.date(2008, 1, 15),
            url="https://example.org/1",
        ),
        DocumentEntered(kind="summary", title="Résumé", language="fr", symbol="F/1", note="A translation."),
    )
    held = AnchorDate("summit", dt.datetime(2007, 7, 9, 7, tzinfo=dt.UTC))
    ids = await s.do(
        "record_edition", "secretariat", forum=s.forums["gfmd"], name="The first", anchors=(held,), documents=given
    )
    rows = {r["kind"]: r for r in await s.rows(t.past_document, edition_id=ids["edition"])}
    assert (rows["report"]["issued_on"], rows["summary"]["language"]) == (dt.date(2008, 1, 15), "fr")
    assert (await s.row(t.anchor, edition_id=ids["edition"]))["at"] == held.at


async def test_a_past_edition_with_a_nameless_document_or_an_unknown_zone_is_refused(s):
    given = {"forum": s.forums["gfmd"], "name": "The first"}
    with pytest.raises(InvalidValue) as refused:
        await s.do("record_edition", "secretariat", **given, documents=(DocumentEntered(kind="report", title=" "),))
    assert refused.value.path == ("documents", "0", "title")
    with pytest.raises(UnknownCode):
        await s.do("record_edition", "secretariat", **given, zone="Mars/Olympus")
    assert not await s.rows(t.edition, name="The first")


# ---- read in the contract
TERMS = """query Terms($slug: String!, $at: DateTime) { forum(slug: $slug) {
  power template terms(at: $at) { text power reason }
  termsOfReference termsHistory { totalCount nodes { text power startsAt decidedOn } } } }"""
PAST = """query Past($id: ID!) { node(id: $id) { ... on Edition { state pastDocuments(first: 9) { totalCount
  nodes { kind title symbol language issuedOn url note edition { name } } } } } }"""


async def test_the_newest_terms_in_force_count_and_the_history_is_read(s, database):
    body = await _group(s)
    more = {"parent": s.forums["gfmd"], "body": body, "reason": "Decided by the Steering Group.", "power": "advises"}
    ends = s.now + 20 * DAY
    await s.do(
        "extend_body", "secretariat", **more, text="The Compact as well.", starts_at=s.now + 10 * DAY, ends_at=ends
    )
    async with reading(database.app_url) as ask:
        read = (await ask(None, TERMS, slug="agenda-group", at=None))["forum"]
        assert (read["power"], read["terms"]["text"], read["termsHistory"]["totalCount"]) == (
            "ASSISTS",
            "Links with the Agenda.",
            2,
        )
        then = (await ask(None, TERMS, slug="agenda-group", at=(s.now + 11 * DAY).isoformat()))["forum"]
        assert then["terms"] == {
            "text": "The Compact as well.",
            "power": "ADVISES",
            "reason": "Decided by the Steering Group.",
        }
        assert then["power"] == "ASSISTS"  # now
        await s.shift(15 * DAY)
        assert (await ask(None, TERMS, slug="agenda-group", at=None))["forum"]["power"] == "ADVISES"
        # The extension is over, and the mandate it extended is still open: that one counts again.
        await s.shift(25 * DAY)
        last = (await ask(None, TERMS, slug="agenda-group", at=None))["forum"]
        assert (last["power"], last["terms"]["text"]) == ("ASSISTS", "Links with the Agenda.")
        assert last["termsOfReference"] == "Links with the Agenda."


async def test_a_body_that_was_set_up_before_terms_were_dated_keeps_its_power(s, database):
    async with reading(database.app_url) as ask:
        read = (await ask(None, TERMS, slug="steering", at=None))["forum"]
    assert (read["power"], read["terms"], read["termsHistory"]["totalCount"]) == ("ENDORSES", None, 0)


async def test_the_documents_of_a_past_edition_are_read_by_everybody(s, database):
    given = (
        DocumentEntered(
            kind="report",
            title="Report of the first meeting",
            issued_on=dt.date(2008, 1, 15),
            url="https://example.org/1",
        ),
    )
    ids = await s.do("record_edition", "secretariat", forum=s.forums["gfmd"], name="The first", documents=given)
    async with reading(database.app_url) as ask:
        read = (await ask(None, PAST, id=f"Edition:{ids['edition']}"))["node"]
    assert (read["state"], read["pastDocuments"]["totalCount"]) == ("RECORDED", 1)
    [one] = read["pastDocuments"]["nodes"]
    assert (one["title"], one["issuedOn"], one["edition"]["name"]) == (
        "Report of the first meeting",
        "2008-01-15",
        "The first",
    )


async def test_a_body_is_convened_by_a_mechanism(s):
    text = (WORKFLOWS / "gfmd.toml").read_text("utf-8") + (
        '\n[bodies.mechanism]\ntitle = "Mechanism"\nkind = "mechanism"\nat_most = 9\n'
        '\n[bodies.panel]\ntitle = "Panel"\nkind = "working_group"\nat_most = 2\nconvened_by = ["civil_society"]\n'
    )
    row = {"id": fresh(), "name": "gfmd", "version": "9", "hash": digest(text), "text": text, "published_at": s.now}
    await s.add(t.process_definition, {**row, "forum_id": s.forums["gfmd"], "adopted_at": s.now})

    async def establish(template, slug, *convenors):
        plan = BodyPlan(slug, slug.title(), convenors=convenors)
        given = {"parent": s.forums["gfmd"], "template": template, "terms_of_reference": "To be heard."}
        return (await s.do("establish_body", "secretariat", bodies=(plan,), **given))["forum"]

    civil, youth = await establish("mechanism", "civil-society"), await establish("mechanism", "youth")
    for wrong in ((youth,), (s.forums["rcp"],), ()):
        with pytest.raises(InvalidValue, match="convened by"):
            await establish("panel", "panel", *wrong)
    panel = await establish("panel", "panel", civil)
    assert (await s.row(t.convenor, forum_id=panel))["convened_by_id"] == civil
