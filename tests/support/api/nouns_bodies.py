"""Of the small scene: bodies, people, editions, calls and a meeting."""

from pathlib import Path
from typing import Any

from forum.store.tables import schema as t
from forum.workflow.load import digest
from tests.support.api.nouns_rows import LAYERS, NOON, YEAR, Rows, row

PROCESS = (Path(__file__).parents[3] / "workflows" / "gfmd.toml").read_text("utf-8").replace("\r\n", "\n")


def bodies() -> Rows:
    organisations = [
        row("bern", name="City of Bern", kind="local_authority"),
        row("norway", name="Norway", kind="state", country_code="NO"),
        row("ecuador", name="Ecuador", kind="state", country_code="EC"),
        row("uae", name="United Arab Emirates", kind="state", country_code="AE", short_name="UAE"),
        row("ngo", name="A network", kind="civil_society"),
    ]
    forums = [row(slug, slug=slug, name=slug.upper(), layer=layer, kind="forum") for slug, layer in LAYERS.items()]
    forums.append(
        row(
            "steering",
            slug="steering",
            name="Steering Group",
            layer="gfmd",
            kind="steering_group",
            power="endorses",
            parent_id="gfmd",
        )
    )
    chairs = [("ecuador", -2), ("uae", -1), ("norway", 0)]
    mandates = [
        row(f"chair {who}", organisation_id=who, office="chair", role=None, person_id=None, forum_id="gfmd",
             starts_at=NOON + n * YEAR, accepted_at=NOON + n * YEAR, ends_at=NOON + (n + 1) * YEAR)
        for who, n in chairs
    ]  # fmt: skip
    mandates.append(
        row("mandate ada", organisation_id="ngo", person_id="ada", role="representative", office=None, forum_id="gfmd",
             starts_at=NOON - YEAR, accepted_at=NOON - YEAR, ends_at=None)
    )  # fmt: skip
    participations = [
        row(
            "seat ngo",
            forum_id="gfmd",
            organisation_id="ngo",
            status="observer",
            mechanisms=["civil_society"],
            starts_at=NOON - YEAR,
        ),
        row(
            "seat uae",
            forum_id="gfmd",
            organisation_id="uae",
            status="member",
            mechanisms=["states"],
            starts_at=NOON - YEAR,
        ),
    ]
    return [
        (t.organisation, organisations),
        (t.person, [row("ada", subject="ada", name="Ada Example")]),
        (t.forum, forums),
        (
            t.mechanism,
            [
                row("civil_society", code="civil_society", name="Civil society"),
                row("states", code="states", name="States"),
            ],
        ),
        (
            t.agreement,
            [
                row(
                    "agreement",
                    asking_id="gfmd",
                    named_id="hlpf",
                    purpose="receive",
                    state="agreed",
                    basis="proposal",
                    proposed_at=NOON,
                    proposed_by_id="ada",
                    answered_at=NOON,
                    answered_by_id="ada",
                )
            ],
        ),
        (t.convenor, [row("convenor", forum_id="steering", convened_by_id="gfmd")]),
        (
            t.process_definition,
            [row("process", name="gfmd", version="1", hash=digest(PROCESS), text=PROCESS, published_at=NOON)],
        ),
        (t.participation, participations),
        (
            t.edition,
            [
                row(f"{f} 2020", forum_id=f, name="2020", zone="Europe/Zurich", process_id="process", opened_at=NOON)
                for f in LAYERS
            ],
        ),
        (t.track, [_track(f, "main") for f in LAYERS] + [_track("gfmd", "lonely")]),
        (t.mandate, mandates),
        (t.theme, [row("theme", edition_id="gfmd 2020", code="gov", title="Governance")]),
        (t.track_theme, [row("track theme", track_id="gfmd main", theme_id="theme")]),
    ]


def _track(forum: str, name: str) -> dict[str, Any]:
    at = {"definition": "main", "stage": "call", "stage_since": NOON}
    return row(f"{forum} {name}", edition_id=f"{forum} 2020", name=name, title=name.title(), **at)


def call() -> Rows:
    where = {"track_id": "gfmd main", "edition_id": "gfmd 2020", "forum_id": "gfmd", "zone": "Europe/Zurich"}
    calls = [
        row(
            "call",
            **where,
            title="Call",
            text="Tell *us*.",
            opens_at=NOON,
            closes_at=NOON + YEAR,
            languages=["en", "fr"],
        ),
        row(
            "old call",
            **where,
            title="Old",
            text="Told.",
            opens_at=NOON - YEAR,
            closes_at=NOON,
            languages=["en"],
            state="closed",
        ),
    ]
    section = row(
        "call section", call_id="call", ordinal=1, code="a", prompt="What?", min_length=0, max_length=300, unit="words"
    )
    asked = [
        row("asked ngo", call_id="call", organisation_id="ngo", answer="sent", answered_at=NOON),
        row("asked uae", call_id="call", organisation_id="uae"),
    ]
    return [
        (t.call, calls[:1]),
        (t.call, calls[1:]),
        (t.call_section, [section]),
        (t.addressee, asked[:1]),
        (t.addressee, asked[1:]),
    ]


def meeting() -> Rows:
    days = {"starts_on": NOON.date(), "ends_on": NOON.date()}
    meeting = row(
        "meeting",
        track_id="gfmd main",
        edition_id="gfmd 2020",
        series="IDM",
        label="IDM 1",
        title="A",
        venue="V",
        city="C",
        **days,
    )
    panel = row(
        "panel", session_id="session", meeting_id="meeting", ordinal=1, kind="panel", title="Panel", questions=["Why?"]
    )
    return [
        (t.meeting, [meeting]),
        (t.session, [row("session", meeting_id="meeting", ordinal=1, title="S")]),
        (t.panel, [panel]),
        (t.speaker, [row("speaker", panel_id="panel", ordinal=1, role="speaker", name="S. Speaker")]),
        (t.figure, [row("figure", meeting_id="meeting", what="speakers", computed=1, stated_text="some 300")]),
        (t.meeting_fault, [row("fault", meeting_id="meeting", kind="odd", place="1", message="Odd.")]),
    ]
