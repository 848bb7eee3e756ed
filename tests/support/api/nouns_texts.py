"""Of the small scene: contributions, texts, what they carry, what became of it, and who wrote it."""

from typing import Any

from forum.store.tables import schema as t
from tests.support.api.nouns_rows import LAYERS, NOON, YEAR, Rows, key, row


def contribution(name: str, forum: str, /, **values: Any) -> dict[str, Any]:
    """An attributed, public, submitted contribution unless `values` say otherwise."""
    track = values.pop("track", "main")
    plain = {
        "title": name, "language": "en", "state": "submitted", "visibility": "public", "attribution": "organisation",
        "label": name, "kind": "input", "receipt_number": f"R {name}", "receipt_hash": "00", "call_id": None,
        "named_organisation_id": None, "named_mechanism": None, "submitted_at": NOON,
    }  # fmt: skip
    place = {"track_id": f"{forum} {track}", "edition_id": f"{forum} 2020", "forum_id": forum}
    return row(name, **place, **{**plain, **values})


NAMELESS = {"attribution": "none", "submitted_at": None, "label": "A participant"}


def inputs() -> Rows:
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
    practice = row(
        "practice", contribution_id="city input", ordinal=1, name="Welcome desk", dates_as_written="2012 -",
        start_year=2012,
        place="Bern", aim="To welcome", partners="", sdg_as_written="10.7, 16", status="current", url="https://example.org/",
    )  # fmt: skip
    tags = [
        row("tag 1", contribution_id="city input", practice_id="practice", scheme="sdg", code="10.7"),
        row("tag 2", contribution_id="city input", practice_id=None, scheme="sdg", code="16"),
        row("tag 3", contribution_id="named", practice_id=None, scheme="sdg", code="8.8"),
        row("tag 4", contribution_id="named", practice_id=None, scheme="gcm", code="gcm-7"),
        row("tag 5", contribution_id="named", practice_id=None, scheme="theme", code="gov"),
        row("tag 6", contribution_id="nameless", practice_id=None, scheme="sdg", code="10.c"),
    ]
    return [
        (t.contribution, contributions),
        (t.contribution_section, sections),
        (t.practice, [practice]),
        (t.tag, tags),
    ]


def _section(name: str, of: str, origin: str | None) -> dict[str, Any]:
    text = {"ordinal": 1, "code": "a", "heading": name, "markdown": f"**{name}** <b>x</b>"}
    return row(name, contribution_id=of, origin_paragraph_id=origin, **text)


def texts() -> Rows:
    documents, paragraphs, revisions = [], [], []
    for forum in LAYERS:
        place = {"track_id": f"{forum} main", "edition_id": f"{forum} 2020", "forum_id": forum}
        words = {
            "kind": "consolidated_report",
            "symbol": f"{forum}/1",
            "title": forum,
            "language": "en",
            "version_label": "final",
        }
        documents.append(row(f"{forum} document", **place, **words, state="issued", audience="public", meeting_id=None))
        revisions.append(
            row(
                f"{forum} revision",
                document_id=f"{forum} document",
                number=1,
                label="1",
                hash="00",
                salt=b"0",
                frozen_at=NOON,
            )
        )
        paragraphs.append(_paragraph(forum, forum, 1, None))
    paragraphs.append(_paragraph("asking", "gfmd", 2, "recommendation"))
    silent = {"document_id": "gfmd document", "revision_id": "gfmd revision", "body_id": "steering", "hours": 72}
    silence = row("silence", **silent, starts_at=NOON, ends_at=NOON + YEAR, state="broken")
    objection = row(
        "objection",
        silence_id="silence",
        organisation_id="norway",
        reason="No.",
        broken_at=NOON,
        paragraph_id="gfmd paragraph",
    )
    place = {"silence_id": "silence", "organisation_id": "norway", "paragraph_id": "gfmd paragraph"}
    reservation = row("reservation", **place, words="Yes, but.", placed_at=NOON)
    return [
        (t.document, documents),
        (t.revision, revisions),
        (t.snapshot, [_snapshot(revision["id"]) for revision in revisions]),
        (t.part, [row("part", document_id="gfmd document", ordinal=1, number="I", heading="One")]),
        (
            t.recommendation,
            [row("recommendation", document_id="gfmd document", ordinal=1, heading="Do", addressee="States")],
        ),
        (t.paragraph, paragraphs),
        (t.silence, [silence]),
        (t.objection, [objection]),
        (t.reservation, [reservation]),
    ]


def _snapshot(revision: Any) -> dict[str, Any]:
    says = {"content": '{"paragraphs":[]}', "hash": "00", "salt": b"0"}
    return row(f"snapshot {revision}", subject_kind="revision", subject_id=revision, **says)


def _paragraph(name: str, forum: str, ordinal: int, recommendation: str | None) -> dict[str, Any]:
    ids = {"w_id": f"para_{ordinal}", "e_id": f"para_{ordinal}", "ordinal": ordinal, "number": str(ordinal)}
    part = {
        "part_id": "part" if forum == "gfmd" else None,
        "recommendation_id": recommendation,
        "weight": "several speakers",
    }
    return row(f"{name} paragraph", document_id=f"{forum} document", **part, **ids, markdown=f"The *text* of {name}.")


def source(name: str, document: str, /, **values: Any) -> dict[str, Any]:
    """An edge; the ends that are not named are null."""
    ends = (
        "paragraph_id",
        "recommendation_id",
        *(f"{e}_id" for e in ("contribution", "section", "practice", "panel", "comment", "from_paragraph")),
    )
    return row(name, document_id=document, **{**dict.fromkeys(ends), "relation": "carries", **values})


def edges() -> Rows:
    comment = row(
        "comment", document_id="gfmd document", paragraph_id="gfmd paragraph", markdown="Why?", audience="public",
        attribution="none", label="A participant",
    )  # fmt: skip
    g = {"paragraph_id": "gfmd paragraph"}
    sources = [
        source("s1", "national document", paragraph_id="national paragraph", practice_id="practice"),
        source("s2", "gfmd document", **g, section_id="national section", relation="rewords"),
        source("s3", "gfmd document", **g, contribution_id="secret"),
        source("s4", "gfmd document", **g, contribution_id="alone", relation="quotes"),
        source("s5", "gfmd document", **g, panel_id="panel"),
        source("s6", "gfmd document", **g, comment_id="comment"),
        source("s7", "hlpf document", paragraph_id="hlpf paragraph", contribution_id="gfmd input"),
        source("s8", "gfmd document", recommendation_id="recommendation", contribution_id="named"),
        source("s9", "gfmd document", **g, contribution_id="nameless"),
    ]
    answer = {
        "word": "taken_up",
        "words": "Taken up.",
        "reason": None,
        "paragraph_id": "gfmd paragraph",
        "given_at": NOON,
    }
    subjects = {"contribution_id": None, "comment_id": None, "recommendation_id": None}
    dispositions = [
        row("d1", document_id="gfmd document", **{**subjects, "contribution_id": "named"}, **answer),
        row("d2", document_id="gfmd document", **{**subjects, "comment_id": "comment"}, **answer),
        row("d3", document_id="gfmd document", **{**subjects, "contribution_id": "secret"}, **answer),
    ]
    sent = [
        row(f"to {to}", document_id=f"{of} document", revision_id=f"{of} revision", kind="contribution",
            to_track_id=f"{to} main",
             contribution_id=f"{of} input", hash="00", sent_at=NOON)
        for of, to in (("national", "gfmd"), ("gfmd", "hlpf"))
    ]  # fmt: skip
    return [(t.comment, [comment]), (t.source, sources), (t.disposition, dispositions), (t.transmission, sent)]


def authors() -> Rows:
    wrote = {"author_kind": "organisation", "organisation_id": key("ngo"), "person_id": key("ada"), "written_at": NOON}
    rows = [
        {"subject_id": key(n), "subject_kind": kind, **wrote}
        for n, kind in (("nameless", "contribution"), ("draft", "contribution"), ("comment", "comment"))
    ]
    line = {
        "subject_kind": "contribution",
        "edition_id": "gfmd 2020",
        "act": "submit_contribution",
        "detail": "{}",
        "leaf": b"0",
    }
    # The second line should never have been written so: the guard stands behind it.
    lines = [
        row("h1", subject_id="named", **line, actor_id="ada", mandate_id=None, at=NOON),
        row("h2", subject_id="nameless", **line, actor_id="ada", mandate_id="mandate ada", at=NOON),
    ]
    clearance = {"organisation_id": "ngo", "person_id": "ada", "role": "representative", "cleared_at": NOON}
    rule = {"organisation_id": "ngo", "subjects": ["input"], "people": 2, "roles": ["delegate"], "set_at": NOON}
    return [
        (t.authorship, rows), (t.history, lines), (t.clearance_rule, [row("rule", **rule)]),
        (t.clearance, [row("clearance", **clearance, contribution_id="nameless", revision=1)]),
    ]  # fmt: skip
