"""A small scene over four layers, written straight into the tables: what the nouns are read against.

A city's practice goes into a national input, on to the GFMD's focused input, and to the HLPF. One input is not attributed,
one is the secretariat's alone, and one stands alone on its track.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from forum.store import tables as t
from forum.store.unit import make_engine
from forum.workflow.load import digest

NOON = datetime(2020, 3, 1, 11, tzinfo=UTC)
PROCESS = (Path(__file__).parents[2] / "workflows" / "gfmd.toml").read_text("utf-8").replace("\r\n", "\n")
_SPACE = UUID("6f1f3a54-9f0e-4a39-8a5c-0d5f7b6a2f11")


def key(name: str) -> UUID:
    """The id of a thing of the scene."""
    return uuid5(_SPACE, name)


def _row(name: str, /, **values: Any) -> dict[str, Any]:
    refs = {k: key(v) if k.endswith("_id") and k not in ("w_id", "e_id") and isinstance(v, str) else v for k, v in values.items()}
    return {"id": key(name), **refs}


LAYERS = {"national": "national", "gfmd": "gfmd", "hlpf": "global"}
YEAR = timedelta(days=365)


def _bodies() -> list[tuple[Any, list[dict[str, Any]]]]:
    organisations = [
        _row("bern", name="City of Bern", kind="local_authority"),
        _row("norway", name="Norway", kind="state", country_code="NO"),
        _row("ecuador", name="Ecuador", kind="state", country_code="EC"),
        _row("uae", name="United Arab Emirates", kind="state", country_code="AE", short_name="UAE"),
        _row("ngo", name="A network", kind="civil_society"),
    ]
    forums = [_row(slug, slug=slug, name=slug.upper(), layer=layer, kind="forum") for slug, layer in LAYERS.items()]
    forums.append(
        _row("steering", slug="steering", name="Steering Group", layer="gfmd", kind="steering_group", power="endorses", parent_id="gfmd")
    )
    chairs = [("ecuador", -2), ("uae", -1), ("norway", 0)]
    mandates = [
        _row(f"chair {who}", organisation_id=who, office="chair", role=None, person_id=None, forum_id="gfmd",
             starts_at=NOON + n * YEAR, ends_at=NOON + (n + 1) * YEAR)
        for who, n in chairs
    ]  # fmt: skip
    mandates.append(
        _row("mandate ada", organisation_id="ngo", person_id="ada", role="representative", office=None, forum_id="gfmd",
             starts_at=NOON - YEAR, ends_at=None)
    )  # fmt: skip
    participations = [
        _row("seat ngo", forum_id="gfmd", organisation_id="ngo", status="observer", mechanisms=["civil_society"], starts_at=NOON - YEAR),
        _row("seat uae", forum_id="gfmd", organisation_id="uae", status="member", mechanisms=["states"], starts_at=NOON - YEAR),
    ]
    return [
        (t.organisation, organisations),
        (t.person, [_row("ada", subject="ada", name="Ada Example")]),
        (t.forum, forums),
        (t.mechanism, [_row("civil_society", code="civil_society", name="Civil society"), _row("states", code="states", name="States")]),
        (t.convenor, [_row("convenor", forum_id="steering", convened_by_id="gfmd")]),
        (t.process_definition, [_row("process", name="gfmd", version="1", hash=digest(PROCESS), text=PROCESS, published_at=NOON)]),
        (t.participation, participations),
        (t.edition, [_row(f"{f} 2020", forum_id=f, name="2020", zone="Europe/Zurich", process_id="process", opened_at=NOON) for f in LAYERS]),
        (t.track, [_track(f, "main") for f in LAYERS] + [_track("gfmd", "lonely")]),
        (t.mandate, mandates),
        (t.theme, [_row("theme", edition_id="gfmd 2020", code="gov", title="Governance")]),
        (t.track_theme, [_row("track theme", track_id="gfmd main", theme_id="theme")]),
    ]


def _track(forum: str, name: str) -> dict[str, Any]:
    at = {"definition": "main", "stage": "call", "stage_since": NOON}
    return _row(f"{forum} {name}", edition_id=f"{forum} 2020", name=name, title=name.title(), **at)


def _call() -> list[tuple[Any, list[dict[str, Any]]]]:
    where = {"track_id": "gfmd main", "edition_id": "gfmd 2020", "forum_id": "gfmd", "zone": "Europe/Zurich"}
    calls = [
        _row("call", **where, title="Call", text="Tell *us*.", opens_at=NOON, closes_at=NOON + YEAR, languages=["en", "fr"]),
        _row("old call", **where, title="Old", text="Told.", opens_at=NOON - YEAR, closes_at=NOON, languages=["en"], state="closed"),
    ]
    section = _row("call section", call_id="call", ordinal=1, code="a", prompt="What?", min_length=0, max_length=300, unit="words")
    asked = [
        _row("asked ngo", call_id="call", organisation_id="ngo", answer="sent", answered_at=NOON),
        _row("asked uae", call_id="call", organisation_id="uae"),
    ]
    return [(t.call, calls[:1]), (t.call, calls[1:]), (t.call_section, [section]), (t.addressee, asked[:1]), (t.addressee, asked[1:])]


def contribution(name: str, forum: str, /, **values: Any) -> dict[str, Any]:
    """An attributed, public, submitted contribution unless `values` say otherwise."""
    track = values.pop("track", "main")
    plain = {
        "title": name, "language": "en", "state": "submitted", "visibility": "public", "attribution": "organisation",
        "label": name, "kind": "input", "receipt_number": f"R {name}", "receipt_hash": "00", "call_id": None,
        "named_organisation_id": None, "named_mechanism": None, "submitted_at": NOON,
    }  # fmt: skip
    place = {"track_id": f"{forum} {track}", "edition_id": f"{forum} 2020", "forum_id": forum}
    return _row(name, **place, **{**plain, **values})


NAMELESS = {"attribution": "none", "submitted_at": None, "label": "A participant"}


def _inputs() -> list[tuple[Any, list[dict[str, Any]]]]:
    contributions = [
        contribution("city input", "national", named_organisation_id="bern", kind="practices"),
        contribution("national input", "gfmd", attribution="forum", kind="received"),
        contribution("gfmd input", "hlpf", attribution="forum", kind="received"),
        contribution("named", "gfmd", named_organisation_id="uae", named_mechanism="states", call_id="call"),
        contribution("nameless", "gfmd", call_id="call", **NAMELESS),
        contribution("secret", "gfmd", visibility="secretariat", named_organisation_id="ecuador"),
        contribution("alone", "gfmd", visibility="secretariat", track="lonely", **NAMELESS),
        contribution("draft", "gfmd", state="draft", receipt_number=None, **NAMELESS),
    ]
    sections = [
        _section("city section", "city input", None),
        _section("national section", "national input", "national paragraph"),
        _section("gfmd section", "gfmd input", "gfmd paragraph"),
        _section("nameless section", "nameless", None),
    ]
    practice = _row(
        "practice", contribution_id="city input", ordinal=1, name="Welcome desk", dates_as_written="2012 -", start_year=2012,
        place="Bern", aim="To welcome", partners="", sdg_as_written="10.7, 16", status="current", url="https://example.org/",
    )  # fmt: skip
    tags = [
        _row("tag 1", contribution_id="city input", practice_id="practice", scheme="sdg", code="10.7"),
        _row("tag 2", contribution_id="city input", practice_id=None, scheme="sdg", code="16"),
        _row("tag 3", contribution_id="named", practice_id=None, scheme="sdg", code="8.8"),
        _row("tag 4", contribution_id="named", practice_id=None, scheme="gcm", code="gcm-7"),
        _row("tag 5", contribution_id="named", practice_id=None, scheme="theme", code="gov"),
        _row("tag 6", contribution_id="nameless", practice_id=None, scheme="sdg", code="10.c"),
    ]
    return [(t.contribution, contributions), (t.contribution_section, sections), (t.practice, [practice]), (t.tag, tags)]


def _section(name: str, of: str, origin: str | None) -> dict[str, Any]:
    text = {"ordinal": 1, "code": "a", "heading": name, "markdown": f"**{name}** <b>x</b>"}
    return _row(name, contribution_id=of, origin_paragraph_id=origin, **text)


def _texts() -> list[tuple[Any, list[dict[str, Any]]]]:
    documents, paragraphs, revisions = [], [], []
    for forum in LAYERS:
        place = {"track_id": f"{forum} main", "edition_id": f"{forum} 2020", "forum_id": forum}
        words = {"kind": "consolidated_report", "symbol": f"{forum}/1", "title": forum, "language": "en", "version_label": "final"}
        documents.append(_row(f"{forum} document", **place, **words, state="issued", audience="public", meeting_id=None))
        revisions.append(_row(f"{forum} revision", document_id=f"{forum} document", number=1, label="1", hash="00", salt=b"0", frozen_at=NOON))
        paragraphs.append(_paragraph(forum, forum, 1, None))
    paragraphs.append(_paragraph("asking", "gfmd", 2, "recommendation"))
    silent = {"document_id": "gfmd document", "revision_id": "gfmd revision", "body_id": "steering", "hours": 72}
    silence = _row("silence", **silent, starts_at=NOON, ends_at=NOON + YEAR, state="broken")
    objection = _row("objection", silence_id="silence", organisation_id="norway", reason="No.", broken_at=NOON, paragraph_id="gfmd paragraph")
    return [
        (t.document, documents),
        (t.revision, revisions),
        (t.part, [_row("part", document_id="gfmd document", ordinal=1, number="I", heading="One")]),
        (t.recommendation, [_row("recommendation", document_id="gfmd document", ordinal=1, heading="Do", addressee="States")]),
        (t.paragraph, paragraphs),
        (t.silence, [silence]),
        (t.objection, [objection]),
    ]


def _paragraph(name: str, forum: str, ordinal: int, recommendation: str | None) -> dict[str, Any]:
    ids = {"w_id": f"para_{ordinal}", "e_id": f"para_{ordinal}", "ordinal": ordinal, "number": str(ordinal)}
    part = {"part_id": "part" if forum == "gfmd" else None, "recommendation_id": recommendation, "weight": "several speakers"}
    return _row(f"{name} paragraph", document_id=f"{forum} document", **part, **ids, markdown=f"The *text* of {name}.")


def source(name: str, document: str, /, **values: Any) -> dict[str, Any]:
    """An edge; the ends that are not named are null."""
    ends = ("paragraph_id", "recommendation_id", *(f"{e}_id" for e in ("contribution", "section", "practice", "panel", "comment", "from_paragraph")))
    return _row(name, document_id=document, **{**dict.fromkeys(ends), "relation": "carries", **values})


def _edges() -> list[tuple[Any, list[dict[str, Any]]]]:
    comment = _row(
        "comment", document_id="gfmd document", paragraph_id="gfmd paragraph", markdown="Why?", audience="public",
        attribution="none", label="A participant",
    )  # fmt: skip
    g = {"paragraph_id": "gfmd paragraph"}
    sources = [
        source("s1", "national document", paragraph_id="national paragraph", practice_id="practice"),
        source("s2", "gfmd document", **g,  section_id="national section", relation="rewords"),
        source("s3", "gfmd document", **g, contribution_id="secret"),
        source("s4", "gfmd document", **g, contribution_id="alone"),
        source("s5", "gfmd document", **g, panel_id="panel"),
        source("s6", "gfmd document", **g, comment_id="comment"),
        source("s7", "hlpf document", paragraph_id="hlpf paragraph", contribution_id="gfmd input"),
        source("s8", "gfmd document", recommendation_id="recommendation", contribution_id="named"),
        source("s9", "gfmd document", **g, contribution_id="nameless"),
    ]
    answer = {"word": "taken_up", "words": "Taken up.", "reason": None, "paragraph_id": "gfmd paragraph", "given_at": NOON}
    subjects = {"contribution_id": None, "comment_id": None, "recommendation_id": None}
    dispositions = [
        _row("d1", document_id="gfmd document", **{**subjects, "contribution_id": "named"}, **answer),
        _row("d2", document_id="gfmd document", **{**subjects, "comment_id": "comment"}, **answer),
        _row("d3", document_id="gfmd document", **{**subjects, "contribution_id": "secret"}, **answer),
    ]
    sent = [
        _row(f"to {to}", document_id=f"{of} document", revision_id=f"{of} revision", kind="contribution", to_track_id=f"{to} main",
             contribution_id=f"{of} input", hash="00", sent_at=NOON)
        for of, to in (("national", "gfmd"), ("gfmd", "hlpf"))
    ]  # fmt: skip
    return [(t.comment, [comment]), (t.source, sources), (t.disposition, dispositions), (t.transmission, sent)]


def _meeting() -> list[tuple[Any, list[dict[str, Any]]]]:
    days = {"starts_on": NOON.date(), "ends_on": NOON.date()}
    meeting = _row("meeting", track_id="gfmd main", edition_id="gfmd 2020", series="IDM", label="IDM 1", title="A", venue="V", city="C", **days)
    panel = _row("panel", session_id="session", meeting_id="meeting", ordinal=1, kind="panel", title="Panel", questions=["Why?"])
    return [
        (t.meeting, [meeting]),
        (t.session, [_row("session", meeting_id="meeting", ordinal=1, title="S")]),
        (t.panel, [panel]),
        (t.speaker, [_row("speaker", panel_id="panel", ordinal=1, role="speaker", name="S. Speaker")]),
        (t.figure, [_row("figure", meeting_id="meeting", what="speakers", computed=1, stated_text="some 300")]),
        (t.meeting_fault, [_row("fault", meeting_id="meeting", kind="odd", place="1", message="Odd.")]),
    ]


def _authors() -> list[tuple[Any, list[dict[str, Any]]]]:
    wrote = {"author_kind": "organisation", "organisation_id": key("ngo"), "person_id": key("ada"), "written_at": NOON}
    rows = [{"subject_id": key(n), "subject_kind": kind, **wrote} for n, kind in (("nameless", "contribution"), ("draft", "contribution"), ("comment", "comment"))]
    line = {"subject_kind": "contribution", "edition_id": "gfmd 2020", "act": "submit_contribution", "detail": "{}", "leaf": b"0"}
    # The second line should never have been written so: the guard stands behind it.
    lines = [
        _row("h1", subject_id="named", **line, actor_id="ada", mandate_id=None, at=NOON),
        _row("h2", subject_id="nameless", **line, actor_id="ada", mandate_id="mandate ada", at=NOON),
    ]
    return [(t.authorship, rows), (t.history, lines)]


def everything() -> list[tuple[Any, list[dict[str, Any]]]]:
    """All rows, in an order in which they can be written."""
    return [*_bodies(), *_call(), *_meeting(), *_texts(), *_inputs(), *_edges(), *_authors()]


async def write(owner_url: str) -> None:
    """Put the scene into a migrated database."""
    engine = make_engine(owner_url, 1)
    async with engine.begin() as connection:
        for table, rows in everything():
            for row in rows:
                await connection.execute(table.insert(), row)
    await engine.dispose()


async def _change(owner_url: str, *statements: Any) -> None:
    engine = make_engine(owner_url, 1)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(statement)
    await engine.dispose()


async def shift_clock(owner_url: str, days: int) -> None:
    await _change(owner_url, t.clock.update().values(shift=timedelta(days=days)))


async def close_a_circle(owner_url: str) -> None:
    """The national paragraph carries the HLPF's, which was made from it."""
    circle = source("circle", "national document", paragraph_id="national paragraph", from_paragraph_id="hlpf paragraph")
    await _change(owner_url, t.source.insert().values(circle))


async def hide_document(owner_url: str, name: str) -> None:
    await _change(owner_url, t.document.update().values(audience="team").where(t.document.c.id == key(name)))
