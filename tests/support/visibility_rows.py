"""One of everything in every condition, written straight into the tables, and nine people who look at it.

The body is a regional consultation that another forum convenes. "ned" wrote for the network whatever an organisation
wrote; his colleague "nadia" reads as the author's own side. Rows are told apart by name, as in `api/nouns_rows.py`.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

from forum.store.tables import schema as t
from forum.workflow.load import digest
from tests.support.api.nouns_rows import NOON, YEAR, Rows, key, row
from tests.support.scene import WORKFLOWS

PROCESS = (WORKFLOWS / "gfmd.toml").read_text("utf-8").replace("\r\n", "\n")
STATES = ("draft", "released", "submitted", "admitted", "returned", "withdrawn")
VISIBILITIES = ("public", "participants", "secretariat")
AUDIENCES = ("public", "participants", "team")
SINCE = {"starts_at": NOON - YEAR}
AGREED = {**SINCE, "accepted_at": NOON - YEAR}
PLACE = {"track_id": "track", "edition_id": "edition", "forum_id": "body"}

# How a text is attributed: what of its author is shown, and who wrote it really.
NOBODY = {"named_organisation_id": None, "named_mechanism": None, "label": "A participant"}
NETWORK = {"author_kind": "organisation", "organisation_id": key("network")}
TOGETHER = {
    "author_kind": "mechanism",
    "mechanism_code": "civil_society",
    "coordination": f"civil_society@{key('body')}",
}
NAMINGS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "organisation": (
        {"attribution": "organisation", "named_organisation_id": "network", "named_mechanism": "civil_society",
            "label": "N"},
        NETWORK,
    ),
    "mechanism": ({**NOBODY, "attribution": "mechanism", "named_mechanism": "civil_society", "label": "Civil society"},
                  NETWORK),
    "none": ({**NOBODY, "attribution": "none"}, NETWORK),
    "collective": ({**NOBODY, "attribution": "mechanism", "named_mechanism": "civil_society", "label": "Civil society"},
                   TOGETHER),
    "collective none": ({**NOBODY, "attribution": "none"}, TOGETHER),
    "secretariat": ({**NOBODY, "attribution": "forum", "label": "BODY"},
        {"author_kind": "forum", "forum_id": key("body")}),
}  # fmt: skip

# Who looks, in the order of the columns, and as what.
VIEWERS = {
    "public": "nobody signed in",
    "outsider": "speaks for an organisation that takes part in another forum only",
    "participant": "delegate of a state that takes part",
    "own side": "speaks for the organisation that wrote; did not write herself",
    "same mech.": "speaks for another organisation of the author's mechanism",
    "coordinator": "coordinates the author's mechanism in this body",
    "secretariat": "of the body's own secretariat",
    "convenor": "of the secretariat of the forum that convenes the body",
    "steering": "delegate of a member of the body that was asked not to object; takes no part otherwise",
}


@dataclass(frozen=True)
class Thing:
    """A line of the table: what people call it, its GraphQL type, its name in the scene, and its parts, by type."""

    said: str
    type: str
    name: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def gid(self) -> str:
        return f"{self.type}:{key(self.name)}"

    @property
    def part_ids(self) -> tuple[str, ...]:
        return tuple(f"{type_}:{key(name)}" for type_, name in self.parts)


def _invited(by: str, **forum: str | None) -> dict[str, Any]:
    """Somebody asked to be a delegate of the network."""
    who = {"address": "new@example.org", "name": "New", "invited_by_id": "secretariat"}
    term = {"role": "delegate", "starts_at": NOON, "zone": "UTC", "organisation_id": "network"}
    open_ = {"invited_under_id": "mandate secretariat", "invited_at": NOON, "open_until": NOON, "blank_at": NOON}
    return row(f"invitation {by}", **who, **term, **open_, **forum)


def _people() -> Rows:
    does: dict[str, dict[str, Any]] = {
        "outsider": {"role": "representative", "organisation_id": "elsewhere"},
        "participant": {"role": "delegate", "organisation_id": "kenya"},
        "own side": {"role": "representative", "organisation_id": "network"},
        "same mech.": {"role": "representative", "organisation_id": "diaspora"},
        "coordinator": {"role": "coordinator", "forum_id": "body", "mechanism_code": "civil_society"},
        "secretariat": {"role": "secretariat", "organisation_id": "ecuador", "forum_id": "body"},
        "convenor": {"role": "secretariat", "organisation_id": "uae", "forum_id": "gfmd"},
        "steering": {"role": "delegate", "organisation_id": "nepal"},
        "ned": {"role": "representative", "organisation_id": "network"},
    }
    asked = {"name": "A", "kind": "other", "about": "B.", "made_at": NOON}
    offices = [("ecuador", "body", "chair"), ("nepal", "steering", "member")]
    blank = dict.fromkeys(("organisation_id", "person_id", "office", "role", "forum_id", "mechanism_code"))
    mandates = [row(f"mandate {who}", **{**blank, **what, "person_id": who}, **AGREED) for who, what in does.items()]
    mandates += [
        row(f"office {o}", **{**blank, "organisation_id": o, "forum_id": f, "office": x}, **AGREED)
        for o, f, x in offices
    ]
    seats = [("elsewhere", "hlpf", []), ("kenya", "body", ["states"])]
    seats += [(name, "body", ["civil_society"]) for name in ("network", "diaspora")]
    return [
        (t.person, [row(who, subject=who, name=who.title()) for who in does]),
        (t.mandate, mandates),
        (
            t.application,
            [row(f"application {who}", forum_id="body", person_id=who, **asked) for who in ("ned", "steering")],
        ),
        (
            t.invitation,
            [
                _invited("by the body's office", forum_id="body", given_by_forum_id="body"),
                _invited("by the network's administrators", forum_id=None, given_by_forum_id=None),
            ],
        ),
        (
            t.participation,
            [
                row(f"seat {o}", forum_id=f, organisation_id=o, status="member", mechanisms=m, **SINCE)
                for o, f, m in seats
            ],
        ),
    ]


# name: (who asks, who is asked, state, whether it was answered)
AGREEMENTS = (
    ("agreement agreed", "hlpf", "body", "agreed", True),
    ("agreement ended", "body", "hlpf", "ended", True),
    ("agreement taken back", "body", "hlpf", "ended", False),
    ("agreement proposed", "hlpf", "body", "proposed", False),
    ("agreement declined", "body", "hlpf", "declined", True),
)


def _agreement(name: str, asking: str, named: str, state: str, answered: bool) -> dict[str, Any]:
    ended = NOON if state == "ended" else None
    sides = {"asking_id": asking, "named_id": named, "purpose": "convene" if state == "proposed" else "receive"}
    return row(
        name,
        **sides,
        state=state,
        basis="proposal",
        proposed_at=NOON,
        answered_at=NOON if answered else None,
        ended_at=ended,
    )


def _clearances() -> Rows:
    """What two organisations ask of their own sides, and what was cleared of the author's: an input and a comment."""
    blank = dict.fromkeys(("contribution_id", "revision", "document_id", "markdown", "audience", "attribution"))
    who = {"organisation_id": "network", "person_id": "ned", "role": "representative", "cleared_at": NOON}
    words = {"document_id": "document public", "markdown": "Why?", "audience": "public", "attribution": "none"}
    asked = {"subjects": ["input", "comment"], "people": 2, "roles": [], "set_at": NOON}
    lines = [_line(f"clearance of {what}", "clearance") for what in ("an input", "a comment")]
    return [
        (t.clearance_rule, [row(f"rule {o}", organisation_id=o, **asked) for o in ("network", "kenya")]),
        (t.clearance, [
            row("clearance of an input", **who, **{**blank, "contribution_id": _CLEARED, "revision": 1}),
            row("clearance of a comment", **who, **{**blank, **words}),
        ]),
        (t.history, lines),
        (t.authorship, [_wrote(f"history clearance of {what}", "history", "organisation")
                        for what in ("an input", "a comment")]),
    ]  # fmt: skip


_CLEARED = "input submitted public organisation"


def _bodies() -> Rows:
    states = {"kenya": "KE", "nepal": "NP", "ecuador": "EC", "uae": "AE"}
    others = [row(n, name=n, kind="civil_society", country_code=None) for n in ("network", "diaspora", "elsewhere")]
    kinds = {"gfmd": "forum", "hlpf": "forum", "body": "regional_consultation", "steering": "steering_group"}
    return [
        (t.organisation, [row(n, name=n, kind="state", country_code=c) for n, c in states.items()] + others),
        (t.forum, [row(n, slug=n, name=n.upper(), layer="gfmd", kind=k) for n, k in kinds.items()]),
        (t.mechanism, [row(n, code=n, name=n) for n in ("civil_society", "states")]),
        (t.agreement, [_agreement(*one) for one in AGREEMENTS]),
        (t.convenor, [row("convenor of body", forum_id="body", convened_by_id="gfmd")]),
        (t.process_definition, [row("process", name="g", version="1", hash=digest(PROCESS), text=PROCESS,
            published_at=NOON)]),
        (t.edition, [row("edition", forum_id="body", name="2020", zone="Europe/Zurich", process_id="process",
            opened_at=NOON)]),
        (t.track, [row(n, edition_id="edition", name=n, title=n, definition="main", stage="call", stage_since=NOON)
                   for n in ("track", "lonely")]),
        (t.migration, [row("migration", edition_id="edition", from_process_id="process", to_process_id="process",
            reason="So.",
                           acts_before=0, migrated_at=NOON)]),
        (t.migrated_track, [row("migrated track", migration_id="migration", track_id="track", from_definition="main",
            from_stage="a",
                                from_since=NOON, from_windows="{}", to_definition="main", to_stage="call")]),
        (t.anchor, [row("anchor", edition_id="edition", name="summit", at=NOON)]),
        (t.stage_window, [row("stage window", track_id="track", stage="call", opens_at=NOON, closes_at=NOON + YEAR,
            zone="UTC")]),
        (t.terms_of_reference, [row("terms", forum_id="body", text="Hear the region.", power="advises",
            starts_at=NOON - YEAR)]),
        (t.past_document, [row("past document", edition_id="edition", kind="report", title="Report", language="en")]),
        (t.theme, [row("theme", edition_id="edition", code="gov", title="Governance")]),
        *_people(),
    ]  # fmt: skip


def _call_and_meeting() -> Rows:
    window = {"opens_at": NOON, "closes_at": NOON + YEAR, "zone": "Europe/Zurich"}
    words = {"prompt": "What?", "min_length": 0, "max_length": 9, "unit": "words"}
    days = {"starts_on": NOON.date(), "ends_on": NOON.date()}
    place = {"track_id": "track", "edition_id": "edition"}
    return [
        (t.call, [row("call", **PLACE, **window, title="Call", text="Tell us.", languages=["en"])]),
        (t.call_section, [row("call section", call_id="call", ordinal=1, code="a", **words)]),
        (t.addressee, [row(f"asked {o}", call_id="call", organisation_id=o) for o in ("network", "kenya")]),
        (t.late_permit, [row(f"permit {o}", call_id="call", organisation_id=o, until=NOON + YEAR, reason="R.",
            given_at=NOON)
                         for o in ("network", "kenya")]),
        (t.reminder, [row("reminder", call_id="call", due_at=NOON)]),
        (t.extension, [_more_time("call", "call_id", "call"), _more_time("stage", "stage_window_id", "stage window")]),
        (t.notice, [row(f"notice {who}", person_id=who, edition_id="edition", kind="reminder", words="W.",
            call_id="call",
                        cause_id="reminder", sent_at=NOON) for who in ("own side", "coordinator", "secretariat")]),
        (t.contact, [row(f"contact {who}", person_id=who, address="a@b.cd") for who in ("own side", "secretariat")]),
        (t.calendar_address, [row(f"calendar {who}", person_id=who, hash=who.encode().ljust(32), since=NOON)
            for who in ("own side", "secretariat")]),
        (t.token, [row(f"token {who}", subject=who, purpose="A portal", issued_by="operator", issued_at=NOON,
            expires_at=NOON + YEAR) for who in ("own side", "secretariat")]),
        (t.sign_in, [row(f"sign-in {who}", person_id=who, secret_hash=who.encode().ljust(32), issuer="demonstration",
            client="Opera", began_at=NOON, last_used_at=NOON, ends_at=NOON + 99 * YEAR, idle_seconds=2_000_000_000)
            for who in ("own side", "secretariat")]),
        (t.meeting, [row("meeting", **place, series="S", label="1", title="M", venue="V", city="C", **days)]),
        (t.session, [row("session", meeting_id="meeting", ordinal=1, title="S")]),
        (t.panel, [row("panel", session_id="session", meeting_id="meeting", ordinal=1, kind="panel", title="P",
            questions=[])]),
        (t.speaker, [row("speaker", panel_id="panel", ordinal=1, role="speaker", name="S")]),
        (t.figure, [row("figure", meeting_id="meeting", what="speakers", computed=1)]),
        (t.correction, [_corrected("forum", "body"), _corrected("organisation", "network"),
            _corrected("meeting", "meeting")]),
        (t.meeting_fault, [row("fault", meeting_id="meeting", kind="odd", place="1", message="Odd.")]),
    ]  # fmt: skip


def _corrected(of: str, what: str, name: str = "") -> dict[str, Any]:
    blank = dict.fromkeys(f"{each}_id" for each in ("forum", "organisation", "meeting", "contribution", "document"))
    said = {"kind": "renamed", "number": 1, "changes": "[]", "reason": "R.", "made_at": NOON}
    return row(name or f"corrected {of}", **said, **{**blank, f"{of}_id": what})


def _more_time(of: str, column: str, what: str) -> dict[str, Any]:
    blank = dict.fromkeys(("call_id", "document_id", "silence_id", "stage_window_id"))
    dates = {"was": NOON, "closes_at": NOON + YEAR, "made_at": NOON}
    return row(f"more {of} {what}", edition_id="edition", of=of, reason="R.", **dates, **{**blank, column: what})


def _wrote(subject: str, kind: str, naming: str) -> dict[str, Any]:
    blank = dict.fromkeys(("organisation_id", "mechanism_code", "forum_id"))
    who = {"person_id": key("ned"), "written_at": NOON}
    return {"subject_id": key(subject), "subject_kind": kind, **blank, **NAMINGS[naming][1], **who}


def _line(subject: str, kind: str) -> dict[str, Any]:
    """A line of the history. Those of what is not attributed are never written with who and when
    (`forum/store/record.py`); here they are, so that the guard behind them is seen to hold."""
    return row(
        f"history {subject}", subject_kind=kind, subject_id=subject, edition_id="edition", act="save_contribution",
        actor_id="ned", mandate_id="mandate ned", at=NOON, detail="{}", leaf=b"0",
    )  # fmt: skip


def _contributions(names: dict[str, tuple[str, str, str]]) -> Rows:
    rows, authors, lines = [], [], []
    for name, (state, visibility, naming) in names.items():
        shown, handed_in = NAMINGS[naming][0], state not in ("draft", "released")
        receipt = {"receipt_number": f"R {name}", "receipt_hash": "00"} if handed_in else {"receipt_number": None}
        when = NOON if handed_in and shown["attribution"] != "none" else None
        place = {**PLACE, "track_id": "lonely"} if name.startswith("lonely") else PLACE
        rows.append(
            row(name, **place, **shown, **{"receipt_hash": None, **receipt}, call_id="call", title=name,
                language="en", kind="input",
                state=state, visibility=visibility, on_behalf=True, late=True, submitted_at=when,
                return_reason="Unclear.", mend_until=NOON + YEAR if name in MENDED else None)
        )  # fmt: skip
        authors.append(_wrote(name, "contribution", naming))
        lines.append(_line(name, "contribution"))
        if shown["attribution"] == "none":
            authors.append(_wrote(f"history {name}", "history", naming))
    text = {"ordinal": 1, "code": "a", "heading": "H", "markdown": "T"}
    words = {"dates_as_written": "", "place": "", "aim": "", "partners": "", "sdg_as_written": ""}
    return [
        (t.contribution, rows),
        (t.contribution_section, [row(f"section {n}", contribution_id=n, **text) for n in names]),
        (t.practice, [row(f"practice {n}", contribution_id=n, ordinal=1, name="P", **words) for n in names]),
        (t.tag, [row(f"tag {n}", contribution_id=n, practice_id=None, scheme="sdg", code="10.7") for n in names]),
        (t.history, lines),
        (t.authorship, authors),
    ]


def _documents() -> Rows:
    made: Rows = []
    for a in AUDIENCES:
        d = f"document {a}"
        silent = {
            "revision_id": f"revision {a}",
            "body_id": "steering",
            "hours": 72,
            "starts_at": NOON,
            "ends_at": NOON + YEAR,
        }
        text = {"document_id": d, "part_id": f"part {a}", "recommendation_id": f"recommendation {a}", "markdown": "T"}
        sent = {"kind": "outside", "outside_name": "B", "hash": "00", "sent_at": NOON}
        objected = {"organisation_id": "nepal", "reason": "No.", "broken_at": NOON, "paragraph_id": f"paragraph {a}"}
        made += [
            (t.document, [row(d, **PLACE, kind="k", symbol=a, title=a, language="en", version_label="1", audience=a)]),
            (t.part, [row(f"part {a}", document_id=d, ordinal=1, number="I", heading="One")]),
            (t.recommendation, [row(f"recommendation {a}", document_id=d, ordinal=1, heading="Do")]),
            (t.paragraph, [row(f"paragraph {a}", **text, ordinal=1, w_id="p1", e_id="p1")]),
            (
                t.revision,
                [row(f"revision {a}", document_id=d, number=1, label="1", hash="00", salt=b"0", frozen_at=NOON)],
            ),
            (t.silence, [row(f"silence {a}", document_id=d, **silent)]),
            (t.objection, [row(f"objection {a}", silence_id=f"silence {a}", **objected)]),
            (
                t.reservation,
                [
                    row(f"reservation {a}", **_reserved(a), published=False),
                    row(f"printed {a}", **_reserved(a), published=True),
                ],
            ),
            (
                t.extension,
                [_more_time("consultation", "document_id", d), _more_time("silence", "silence_id", f"silence {a}")],
            ),
            (t.correction, [_corrected("document", d, f"corrected {a}")]),
            (t.transmission, [row(f"sent {a}", document_id=d, revision_id=f"revision {a}", **sent)]),
            (t.history, [_line(d, "document")]),
        ]
    return made


def _reserved(audience: str) -> dict[str, Any]:
    place = {"silence_id": f"silence {audience}", "paragraph_id": f"paragraph {audience}"}
    return {**place, "organisation_id": "nepal", "words": "Yes, but.", "placed_at": NOON, "withdrawn_at": None}


def _comments(names: dict[str, tuple[str, str, str]]) -> Rows:
    rows, authors, lines = [], [], []
    for name, (document, audience, naming) in names.items():
        shown = NAMINGS[naming][0]
        hidden = shown["attribution"] == "none"
        text = {"document_id": f"document {document}", "paragraph_id": f"paragraph {document}", "markdown": "Why?"}
        rows.append(row(name, **text, **shown, audience=audience, written_at=None if hidden else NOON))
        lines.append(_line(name, "comment"))
        authors.append(_wrote(name, "comment", naming))
        if hidden:
            authors.append(_wrote(f"history {name}", "history", naming))
    return [(t.comment, rows), (t.history, lines), (t.authorship, authors)]


CONTRIBUTIONS = {" ".join(("input", *c)): c for c in product(STATES, VISIBILITIES, NAMINGS)}
COMMENTS = {" ".join(("comment", *c)): c for c in product(AUDIENCES, AUDIENCES, NAMINGS)}
LONELY = {"lonely input": ("submitted", "secretariat", "none")}
# Returned, and its author's draft again.
MENDED = {"mended input": ("draft", "participants", "organisation")}
_ENDS = [f"input submitted {v} {n}" for v in VISIBILITIES for n in ("organisation", "none")] + list(LONELY)
_SUBJECTS = {
    "contribution_id": _ENDS[:-1],
    "comment_id": [f"{a} {n}" for a in AUDIENCES for n in ("organisation", "none")],
}


def _answers() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Thing]]:
    """Dispositions and sources of each document, and the lines of the table for them."""
    given, carried, things = [], [], []
    for a in AUDIENCES:
        place = {"document_id": f"document {a}", "paragraph_id": f"paragraph {a}"}
        for column, subjects in {**_SUBJECTS, "recommendation_id": [f"recommendation {a}"]}.items():
            for said in subjects:
                name = f"comment {a} {said}" if column == "comment_id" else said
                subject = {**dict.fromkeys((*_SUBJECTS, "recommendation_id")), column: name}
                given.append(row(f"answer {a} {said}", **place, **subject, word="noted", words="Noted.", given_at=NOON))
                of = f"comment {said}" if column == "comment_id" else said.removesuffix(f" {a}")
                things.append(Thing(f"Disposition, {a} document, of {of}", "Disposition", f"answer {a} {said}"))
        subject = {**dict.fromkeys((*_SUBJECTS, "recommendation_id")), "contribution_id": "mended input"}
        answer = f"answer {a} mended"
        given.append(row(answer, **place, **subject, word="noted", words="Noted.", given_at=NOON))
        things.append(Thing(f"Disposition, {a} document, of an input that is being mended", "Disposition", answer))
        for name in _ENDS:
            ends = {**dict.fromkeys(("contribution_id", "panel_id")), "contribution_id": name}
            carried.append(row(f"source {a} {name}", **place, **ends, relation="carries"))
            things.append(Thing(f"Source, {a} document, to {name}", "Source", f"source {a} {name}"))
    return given, carried, things


GIVEN, CARRIED, ANSWERED = _answers()
_NAMELESS = "input submitted participants none"


def _told_to_sides() -> Rows:
    """Notices for the side that wrote a text, and what its own handing in left in the history."""
    said = {"edition_id": "edition", "words": "W.", "sent_at": NOON, "person_id": None, "call_id": None}
    about = [
        ("an input", {"contribution_id": _NAMELESS, "comment_id": None, "document_id": None, "kind": "returned"}),
        ("a comment", {"contribution_id": None, "comment_id": "comment team team none", "document_id": None,
                       "kind": "answered"}),
        *((f"an answer, {a} document", {"contribution_id": _NAMELESS, "comment_id": None, "kind": "answered",
                                        "document_id": f"document {a}"}) for a in AUDIENCES),
    ]  # fmt: skip
    acted = {**_line("input submitted public organisation", "contribution"), "act": "submit_contribution"}
    return [
        (t.notice, [row(f"notice of {what}", cause_id=f"cause {what}", **said, **more) for what, more in about]),
        (t.history, [{**acted, "id": key("history of handing in")}]),
        (t.correction, [_corrected("contribution", "input withdrawn participants organisation", "taken back")]),
    ]


def everything() -> Rows:
    """All rows, in an order in which they can be written."""
    return [
        *_bodies(), *_call_and_meeting(), *_contributions(CONTRIBUTIONS), *_contributions(LONELY),
        *_contributions(MENDED), *_documents(), *_comments(COMMENTS), (t.disposition, GIVEN), (t.source, CARRIED),
        *_clearances(), *_told_to_sides(),
    ]  # fmt: skip


# ---- the lines of the table
_PUBLIC = {
    "Forum": "body", "Organisation": "network", "Mechanism": "civil_society", "Participation": "seat network",
    "Edition": "edition", "Track": "track", "Anchor": "anchor", "StageWindow": "stage window",
    "TermsOfReference": "terms", "PastDocument": "past document",
    "Theme": "theme", "Process": "process", "Migration": "migration", "MigratedTrack": "migrated track", "Call": "call",
    "CallSection": "call section", "Meeting": "meeting", "Session": "session", "Panel": "panel", "Speaker": "speaker",
    "Figure": "figure",
}  # fmt: skip
_PARTS = {
    "Document": "document", "Part": "part", "Paragraph": "paragraph", "Recommendation": "recommendation",
    "Revision": "revision", "Transmission": "sent", "HistoryEntry": "history document", "Silence": "silence",
    "Objection": "objection", "Reservation": "reservation", "Correction": "corrected",
}  # fmt: skip


def things() -> list[Thing]:
    """Every line, in the order of the table."""
    lines = [Thing(type_, type_, name) for type_, name in _PUBLIC.items()]
    lines += [
        Thing("Person", "Person", "ned"),
        Thing("Mandate, an office", "Mandate", "office ecuador"),
        Thing("Mandate, a role", "Mandate", "mandate ned"),
        *(Thing(f"Agreement, {name.removeprefix('agreement ')}", "Agreement", name) for name, *_ in AGREEMENTS),
        Thing("Application, of somebody else", "Application", "application ned"),
        Thing("Application, of the steering group's delegate", "Application", "application steering"),
        Thing("Invitation, by the body's office", "Invitation", "invitation by the body's office"),
        Thing("Invitation, by the network", "Invitation", "invitation by the network's administrators"),
        Thing("Addressee, the author's organisation", "Addressee", "asked network"),
        Thing("Addressee, the participant's state", "Addressee", "asked kenya"),
        Thing("LatePermit, the author's organisation", "LatePermit", "permit network"),
        Thing("LatePermit, the participant's state", "LatePermit", "permit kenya"),
        Thing("Reminder", "Reminder", "reminder"),
        *[Thing(f"Notice, for {who}", "Notice", f"notice {who}") for who in ("own side", "coordinator", "secretariat")],
        *[
            Thing(f"Notice, of {what}, to the side that wrote it", "Notice", f"notice of {what}")
            for what in ("an input", "a comment", *(f"an answer, {a} document" for a in AUDIENCES))
        ],
        Thing("HistoryEntry, handing in under a name", "HistoryEntry", "history of handing in"),
        *[Thing(f"Contact, of {who}", "Contact", f"contact {who}") for who in ("own side", "secretariat")],
        *[
            Thing(f"CalendarAddress, of {who}", "CalendarAddress", f"calendar {who}")
            for who in ("own side", "secretariat")
        ],
        *[Thing(f"SignIn, of {who}", "SignIn", f"sign-in {who}") for who in ("own side", "secretariat")],
        *[Thing(f"Token, of {who}", "Token", f"token {who}") for who in ("own side", "secretariat")],
        Thing("Extension of a call", "Extension", "more call call"),
        Thing("Extension of a stage", "Extension", "more stage stage window"),
        *[
            Thing(f"Correction, of a {of}", "Correction", f"corrected {of}")
            for of in ("forum", "organisation", "meeting")
        ],
        Thing("Correction, an entered input taken back", "Correction", "taken back"),
        Thing("MeetingFault", "MeetingFault", "fault"),
    ]
    lines += [
        Thing("ClearanceRule, the author's organisation", "ClearanceRule", "rule network"),
        Thing("ClearanceRule, the participant's state", "ClearanceRule", "rule kenya"),
        *[Thing(f"Clearance of {what}, by the author's side", "Clearance", f"clearance of {what}")
          for what in ("an input", "a comment")],
        *[Thing(f"HistoryEntry, clearance of {what}", "HistoryEntry", f"history clearance of {what}")
          for what in ("an input", "a comment")],
    ]  # fmt: skip
    besides = {"lonely input": ", alone on its track", "mended input": ", returned before"}
    for name, condition in {**CONTRIBUTIONS, **LONELY, **MENDED}.items():
        parts = (("ContributionSection", f"section {name}"), ("Practice", f"practice {name}"))
        said = f"Contribution, {', '.join(condition)}" + besides.get(name, "")
        lines.append(Thing(said, "Contribution", name, parts))
    for state, naming in product(STATES, NAMINGS):
        lines.append(
            Thing(
                f"HistoryEntry, contribution {state}, public, {naming}",
                "HistoryEntry",
                f"history input {state} public {naming}",
            )
        )
    lines += [Thing(f"{type_}, {a} document", type_, f"{n} {a}") for a in AUDIENCES for type_, n in _PARTS.items()]
    lines += [
        Thing(f"Extension, consultation on a {a} document", "Extension", f"more consultation document {a}")
        for a in AUDIENCES
    ]
    lines += [
        Thing(f"Extension, silence on a {a} document", "Extension", f"more silence silence {a}") for a in AUDIENCES
    ]
    lines += [Thing(f"Reservation, {a} document, passed and printed", "Reservation", f"printed {a}") for a in AUDIENCES]
    for name, (document, audience, naming) in COMMENTS.items():
        lines.append(Thing(f"Comment, {document} document, {audience}, {naming}", "Comment", name))
    return [*lines, *ANSWERED]
