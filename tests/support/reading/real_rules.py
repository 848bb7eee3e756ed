"""Every rule of the real schema a second time, in plain Python: predicates, guards, conditions and computed values, as
the hooks that `oracle.Oracle` asks for. Written from what `forum/reading/visibility.py` promises, without its SQL."""

import datetime as dt
from typing import Any

from tests.support.reading import (
    real_clearances,
    real_corrections,
    real_dates,
    real_notices,
    real_rounds,
    real_versions,
)

Row = dict[str, Any]
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the rows begin and end far from any day on which this runs
HANDED_IN = ("submitted", "admitted", "returned")
FEW = 3
_found: dict[tuple[int, str, str], dict[Any, list[Row]]] = {}


def all_of(db: Any, table: str, column: str, value: Any) -> list[Row]:
    """The rows whose column holds the value; sorted out once a data set."""
    if value is None:
        return []
    place = (id(db), table, column)
    if place not in _found:
        groups: dict[Any, list[Row]] = {}
        for row in db[table]:
            groups.setdefault(row[column], []).append(row)
        _found[place] = groups
    return _found[place].get(value, [])


def find(db: Any, table: str, key: Any) -> Row | None:
    return next(iter(all_of(db, table, "id", key)), None)


def get(db: Any, table: str, key: Any) -> Row:
    found = find(db, table, key)
    assert found is not None, (table, key)
    return found


# ---- who sees a row
def on_side(a: Row, me: Any) -> bool:
    return a["organisation_id"] in me.organisations or a["coordination"] in me.coordinates or a["forum_id"] in me.teams


def own(row: Row, me: Any, db: Any) -> bool:
    return any(on_side(a, me) for a in all_of(db, "authorship", "subject_id", row["id"]))


def contribution(c: Row | None, me: Any, db: Any) -> bool:
    if c is None:
        return False
    if own(c, me, db):
        return True
    if c["state"] not in HANDED_IN:
        return False
    if c["forum_id"] in me.teams or c["visibility"] == "public":
        return True
    return c["visibility"] == "participants" and c["forum_id"] in me.forums


def in_contribution(x: Row, me: Any, db: Any) -> bool:
    return contribution(find(db, "contribution", x["contribution_id"]), me, db)


def reaches(audience: str, forum: Any, me: Any) -> bool:
    return forum in me.teams or audience == "public" or (audience == "participants" and forum in me.forums)


def document(d: Row | None, me: Any, db: Any) -> bool:
    if d is None:
        return False
    asked = d["audience"] == "participants" and any(
        s["body_id"] in me.forums for s in all_of(db, "silence", "document_id", d["id"])
    )
    return asked or reaches(d["audience"], d["forum_id"], me)


def in_document(x: Row, me: Any, db: Any) -> bool:
    return document(find(db, "document", x["document_id"]), me, db)


def comment(k: Row | None, me: Any, db: Any) -> bool:
    if k is None:
        return False
    d = get(db, "document", k["document_id"])
    return own(k, me, db) or (document(d, me, db) and reaches(k["audience"], d["forum_id"], me))


def disposition(x: Row, me: Any, db: Any) -> bool:
    if not in_document(x, me, db):
        return False
    if x["contribution_id"]:
        c = get(db, "contribution", x["contribution_id"])
        mended = c["state"] in ("draft", "released") and c["mend_until"] is not None
        return contribution(c, me, db) or (mended and c["forum_id"] in me.teams)
    return comment(find(db, "comment", x["comment_id"]), me, db) if x["comment_id"] else True


def objection(o: Row, me: Any, db: Any) -> bool:
    s = get(db, "silence", o["silence_id"])
    return s["body_id"] in me.forums or get(db, "document", s["document_id"])["forum_id"] in me.teams


def reservation(r: Row, me: Any, db: Any) -> bool:
    return objection(r, me, db) or (r["published"] and in_document(get(db, "silence", r["silence_id"]), me, db))


def rounds_seen(s: Row, me: Any, db: Any) -> bool:
    return real_rounds.seen(s, get(db, "document", s["document_id"]), me)


def words_read(r: Row, me: Any, db: Any) -> bool:
    return real_rounds.words_read(r, get(db, "document", r["document_id"]), db, me)


def content(r: Row, db: Any) -> str:
    return str(all_of(db, "snapshot", "subject_id", r["id"])[0]["content"])


def changes(s: Row, given: Row, me: Any, db: Any) -> list[Row]:
    before = [x for x in all_of(db, "silence", "document_id", s["document_id"]) if x["round"] == s["round"] - 1]
    old, new = (
        [x["content"] for v in side for x in all_of(db, "snapshot", "subject_id", v["revision_id"])]
        for side in (before, [s])
    )
    return real_rounds.told(old[0] if old else None, new[0], given.get("unchanged") is not False)


def versions(c: Row, me: Any, db: Any) -> dict[int, Any]:
    return real_versions.read(c, all_of(db, "snapshot", "subject_id", c["id"]), own(c, me, db))


def addressee(x: Row, me: Any, db: Any) -> bool:
    return x["organisation_id"] in me.organisations or get(db, "call", x["call_id"])["forum_id"] in me.teams


def reminder(r: Row, me: Any, db: Any) -> bool:
    return real_notices.reminder(get(db, "call", r["call_id"]), me)


def extension(x: Row, me: Any, db: Any) -> bool:
    """With the text where there is one, else public record."""
    if x["silence_id"]:
        return in_document(get(db, "silence", x["silence_id"]), me, db)
    return in_document(x, me, db) if x["document_id"] else True


def history(h: Row, me: Any, db: Any) -> bool:
    e = find(db, "edition", h["edition_id"])
    if own(h, me, db):
        return True
    if h["act"] in ("submit_contribution", "add_comment", "comment") and own({"id": h["subject_id"]}, me, db):
        return True
    if e is None or e["forum_id"] not in me.teams or h["subject_kind"] == "clearance":
        return False
    rule = {"contribution": contribution, "comment": comment}.get(h["subject_kind"])
    return rule is None or rule(find(db, h["subject_kind"], h["subject_id"]), me, db)


def notice(n: Row, me: Any, db: Any) -> bool:
    wrote = own({"id": n["contribution_id"] or n["comment_id"]}, me, db)
    return real_notices.notice(n, me, wrote, in_document(n, me, db))


def correction(x: Row, me: Any, db: Any) -> bool:
    entered = find(db, "contribution", x["contribution_id"])
    arrived = [sent["contribution_id"] for sent in real_corrections.sent(x, db)]
    reads = x["document_id"] is not None and (
        in_document(x, me, db) or any(contribution(find(db, "contribution", id_), me, db) for id_ in arrived)
    )
    return real_corrections.correction(x, me, reads, entered, entered is not None and own(entered, me, db))


def fault(f: Row, me: Any, db: Any) -> bool:
    m = get(db, "meeting", f["meeting_id"])
    return get(db, "edition", m["edition_id"])["forum_id"] in me.teams


def holds(me: Any) -> bool:
    return me.person is not None and bool(me.organisations or me.forums or me.teams or me.coordinates)


def person(p: Row, me: Any, db: Any) -> bool:
    return holds(me) or (me.person is not None and p["id"] == me.person)


def application(a: Row, me: Any, db: Any) -> bool:
    return (me.person is not None and a["person_id"] == me.person) or a["forum_id"] in me.offices


def invitation(x: Row, me: Any, db: Any) -> bool:
    if x["given_by_forum_id"] is not None:
        return x["given_by_forum_id"] in me.offices
    administrators = [
        m["person_id"] for m in all_of(db, "mandate", "organisation_id", x["organisation_id"])
        if m["role"] == "administrator" and m["accepted_at"] is not None and in_force(m, NOW)
    ]  # fmt: skip
    return me.person is not None and me.person in administrators


def state_of_invitation(x: Row) -> str:
    late = x["state"] == "open" and x["open_until"] <= dt.datetime.now(dt.UTC)
    return "expired" if late else x["state"]


def delivery_of_invitation(x: Row, db: Any) -> str:
    said = {"failed": "refused", "dropped": "stopped"}
    letters = [row["state"] for row in all_of(db, "letter", "invitation_id", x["id"])]
    return said.get(letters[0], letters[0]) if letters else "by_hand"


def twins(a: Row, o: Row, me: Any, db: Any) -> bool:
    same_country = (
        a["country_code"] is not None and a["kind"] == o["kind"] == "state" and a["country_code"] == o["country_code"]
    )
    return bool(set(a["name_keys"]) & set(o["name_keys"])) or same_country


def mandate(x: Row, me: Any, db: Any) -> bool:
    public = x["office"] is not None or holds(me)
    return giving(x, me, db) or (public and x["accepted_at"] is not None)


def giving(x: Row, me: Any, db: Any) -> bool:
    mine = me.person is not None and x["person_id"] == me.person
    return mine or x["organisation_id"] in me.organisations or x["given_by_forum_id"] in me.teams


def came_in_seen(x: Row, me: Any, db: Any) -> bool:
    administers = any(
        m["role"] == "administrator" and m["organisation_id"] == x["organisation_id"] and in_force(m, NOW)
        for m in db["mandate"]
        if me.person is not None and m["person_id"] == me.person and m["accepted_at"] is not None
    )
    return x["given_by_forum_id"] in me.offices or (x["organisation_id"] is not None and administers)


def dealing(x: Row, me: Any, db: Any) -> bool:
    bodies = [get(db, "forum", x[side]) for side in ("asking_id", "named_id")]
    return any(body["id"] in me.teams or body["parent_id"] in me.teams for body in bodies)


def agreement(x: Row, me: Any, db: Any) -> bool:
    was_agreed = x["state"] == "agreed" or (x["state"] == "ended" and x["answered_at"] is not None)
    return was_agreed or dealing(x, me, db)


def waits(x: Row, me: Any) -> bool:
    over = x["ends_at"] is not None and x["ends_at"] <= NOW
    mine = (me.person is not None and x["person_id"] == me.person) or x["organisation_id"] in me.organisations
    return mine and not over and x["accepted_at"] is None and x["declined_at"] is None


def gave(x: Row, me: Any) -> bool:
    own_word = x["given_by"] == "organisation" and x["organisation_id"] in me.organisations
    return own_word or x["given_by_forum_id"] in me.teams


def everybody(_: Row, me: Any, db: Any) -> bool:
    return True


# ---- guards
def receipt(c: Row, me: Any, db: Any) -> bool:
    if c["receipt_number"] is None:
        return False
    return own(c, me, db) or (c["submitted_at"] is not None and c["forum_id"] in me.teams)


def tells_how(c: Row, me: Any, db: Any) -> bool:
    return c["attribution"] != "none" or own(c, me, db)


def names_actor(h: Row, me: Any, db: Any) -> bool:
    subject = find(db, "contribution", h["subject_id"]) or find(db, "comment", h["subject_id"])
    return subject is None or subject["attribution"] != "none"


# ---- sources and their ends
def end(s: Row, db: Any) -> tuple[str, Any]:
    """Kind and id of what a source leads to: a section or practice is its contribution."""
    for column, kind in (("comment_id", "comment"), ("from_paragraph_id", "paragraph"), ("panel_id", "panel")):
        if s[column]:
            return kind, s[column]
    for column, table in (("section_id", "contribution_section"), ("practice_id", "practice")):
        if s[column]:
            return "contribution", get(db, table, s[column])["contribution_id"]
    return "contribution", s["contribution_id"]


ENDS = {"contribution": contribution, "comment": comment, "paragraph": in_document, "panel": everybody}


def end_seen(s: Row, me: Any, db: Any) -> bool:
    kind, key = end(s, db)
    return ENDS[kind](get(db, kind, key), me, db)


def end_told(s: Row, db: Any) -> bool:
    kind, key = end(s, db)
    if kind == "panel":
        return False
    row = get(db, kind, key)
    if kind == "contribution" and row["state"] not in HANDED_IN:
        return False
    track = row["track_id"] if kind == "contribution" else get(db, "document", row["document_id"])["track_id"]
    return sum(c["state"] in HANDED_IN for c in all_of(db, "contribution", "track_id", track)) >= FEW


def source(s: Row, me: Any, db: Any) -> bool:
    return in_document(s, me, db) and (end_seen(s, me, db) or end_told(s, db))


def layer(s: Row, given: Any, me: Any, db: Any) -> str:
    kind, key = end(s, db)
    row = get(db, kind, key)
    if kind == "panel":
        meeting = get(db, "meeting", row["meeting_id"])
        row = get(db, "edition", meeting["edition_id"])
    elif kind != "contribution":
        row = get(db, "document", row["document_id"])
    return get(db, "forum", row["forum_id"])["layer"]


def carrying(p: Row, me: Any, db: Any) -> list[Row]:
    return [s for s in all_of(db, "source", "paragraph_id", p["id"]) if source(s, me, db)]


def what(s: Row, db: Any) -> Any:
    """What one source is counted as: several speakers of a panel are several."""
    return s["speaker_id"] or end(s, db)[1]


# Panels are public record; all other ends may be hidden.
COUNTED_AS_HIDDEN = ("contribution", "comment", "paragraph")


def carrying_sources(p: Row, given: Any, me: Any, db: Any) -> int | None:
    found = carrying(p, me, db)
    hidden = {what(s, db) for s in found if end(s, db)[0] in COUNTED_AS_HIDDEN and not end_seen(s, me, db)}
    return None if 0 < len(hidden) < FEW else len({what(s, db) for s in found})


def carrying_mechanisms(p: Row, given: Any, me: Any, db: Any) -> int:
    codes: set[str] = set()
    for s in carrying(p, me, db):
        kind, key = end(s, db)
        if kind not in ("contribution", "comment") or not end_seen(s, me, db):
            continue
        row = get(db, kind, key)
        if row["named_mechanism"]:
            codes.add(row["named_mechanism"])
        elif row["named_organisation_id"]:
            forum = get(db, "document", p["document_id"])["forum_id"]
            seats = all_of(db, "participation", "organisation_id", row["named_organisation_id"])
            codes |= {code for seat in seats if seat["forum_id"] == forum for code in seat["mechanisms"]}
    return len(codes)


# ---- conditions
def instant(text: str | None) -> dt.datetime:
    return NOW if text is None else dt.datetime.fromisoformat(text)


def in_force(x: Row, at: dt.datetime) -> bool:
    return x["starts_at"] <= at and (x["ends_at"] is None or x["ends_at"] > at)


def advises(theme: Row, person: Row, me: Any, db: Any) -> bool:
    forum = get(db, "edition", theme["edition_id"])["forum_id"]
    held = [m for m in all_of(db, "mandate", "person_id", person["id"]) if m["role"] == "resource_person"]
    here = [m for m in held if m["forum_id"] == forum and m["accepted_at"] is not None and in_force(m, NOW)]
    return person["id"] == theme["resource_person_id"] and bool(here)


def newest_terms(f: Row, at: dt.datetime, db: Any) -> Row | None:
    """The terms of reference that count for a body: of those in force, the ones that began last."""
    mine = [x for x in all_of(db, "terms_of_reference", "forum_id", f["id"]) if in_force(x, at)]
    return max(mine, key=lambda x: x["starts_at"], default=None)


def works_by(f: Row, db: Any) -> Row | None:
    """The text that a forum took up last, of its own."""
    mine = [p for p in all_of(db, "process_definition", "forum_id", f["id"]) if p["adopted_at"]]
    return max(mine, key=lambda p: (p["adopted_at"], p["id"]), default=None)


def newer_template(p: Row, db: Any) -> Row | None:
    """The newest template of the name of a forum's own text that came after it, with another text."""
    later = [
        x for x in db["process_definition"]
        if p["forum_id"] and not x["forum_id"] and x["name"] == p["name"] and x["hash"] != p["hash"]
        and x["published_at"] > p["published_at"]
    ]  # fmt: skip
    return max(later, key=lambda x: (x["published_at"], x["id"]), default=None)


def same(row: Row, given: Row, columns: dict[str, str]) -> bool:
    return all(given[n] is not None and row[c] == given[n] for n, c in columns.items() if n in given)


def tagged(c: Row, scheme: str, fits: Any, db: Any) -> bool:
    return any(tag["scheme"] == scheme and fits(tag["code"]) for tag in all_of(db, "tag", "contribution_id", c["id"]))


def target(code: str, wanted: str) -> bool:
    wanted = wanted.rpartition("/")[2]
    return code == wanted or ("." not in wanted and code.split(".")[0] == wanted)


def objective(wanted: str) -> str:
    return wanted if wanted.startswith("gcm-") else f"gcm-{wanted}"


def matching(c: Row, given: Row, me: Any, db: Any) -> bool:
    columns = {"edition": "edition_id", "track": "track_id", "call": "call_id", "kind": "kind"}
    columns |= {"mechanism": "named_mechanism", "organisation": "named_organisation_id"}
    return (
        same(c, given, columns)
        and ("states" not in given or c["state"] in given["states"])
        and ("languages" not in given or c["language"] in given["languages"])
        and ("themes" not in given or tagged(c, "theme", lambda x: x in given["themes"], db))
        and ("objectives" not in given or tagged(c, "gcm", lambda x: x in map(objective, given["objectives"]), db))
        and ("targets" not in given or tagged(c, "sdg", lambda x: any(target(x, w) for w in given["targets"]), db))
    )


def calls(k: Row, given: Row, me: Any, db: Any) -> bool:
    spoken = "language" not in given or given["language"] in k["languages"]
    return spoken and same(k, given, {"state": "state", "forum": "forum_id", "edition": "edition_id"})


def forums(f: Row, given: Row, me: Any, db: Any) -> bool:
    listed = all(f[c] in given[n] for n, c in (("layers", "layer"), ("kinds", "kind")) if n in given)
    return listed and same(f, given, {"parent": "parent_id"})


def taking_part(p: Row, given: Row, me: Any, db: Any) -> bool:
    return in_force(p, instant(given.get("at"))) and same(p, given, {"status": "status"})


def scheme(word: str, whole: bool = False) -> Any:
    return lambda tag, me, db: tag["scheme"] == word and not (whole and tag["practice_id"])


def joined(table: str, mine: str, theirs: str) -> Any:
    return lambda row, other, me, db: any(x[theirs] == other["id"] for x in all_of(db, table, mine, row["id"]))


def themes(c: Row, theme: Row, me: Any, db: Any) -> bool:
    return theme["edition_id"] == c["edition_id"] and tagged(c, "theme", lambda x: x == theme["code"], db)


def leads_into(c: Row, s: Row, me: Any, db: Any) -> bool:
    return end(s, db) == ("contribution", c["id"])


def received_in(x: Row, e: Row, me: Any, db: Any) -> bool:
    track = find(db, "track", x["to_track_id"])
    return track is not None and track["edition_id"] == e["id"]


def coded(column: str) -> Any:
    return lambda row, mechanism, me, db: mechanism["code"] == row[column]


def points_back(column: str) -> Any:
    return lambda row, other, me, db: other[column] == row["id"]


def named(e: Row, given: Row, row: Row, me: Any, db: Any) -> bool:
    return e["name"] == given["name"] and get(db, "forum", e["forum_id"])["slug"] == given["forum"]


# ---- values
def language(row: Row, given: Any, me: Any, db: Any) -> str:
    if "language" in row:
        return row["language"]
    if "languages" in row:
        return row["languages"][0] if row["languages"] else "en"
    if "contribution_id" in row:
        return get(db, "contribution", row["contribution_id"])["language"]
    return get(db, "document", row["document_id"])["language"]


def subject(x: Row) -> tuple[str, Any]:
    return next((kind, x[f"{kind}_id"]) for kind in ("contribution", "comment", "recommendation") if x[f"{kind}_id"])


def is_own(row: Row, given: Any, me: Any, db: Any) -> bool:
    return own(row, me, db)


_SEEN: dict[str, Any] = {
    "Addressee": addressee, "Agreement": agreement, "Application": application,
    "Authorship": lambda a, me, db: on_side(a, me), "Comment": comment,
    "Clearance": real_clearances.clearance, "ClearanceRule": real_clearances.clearance, "Contribution": contribution,
    "ContributionSection": in_contribution, "Correction": correction, "Disposition": disposition,
    "Document": document, "HistoryEntry": history, "Invitation": invitation,
    "Mandate": mandate,
    "MeetingFault": fault, "Objection": objection, "Objective": in_contribution, "Paragraph": in_document,
    "Part": in_document,
    "Person": person, "Practice": in_contribution, "Recommendation": in_document, "Reservation": reservation,
    "Revision": in_document, "Silence": in_document,
    "CalendarAddress": lambda a, me, db: real_notices.contact(a, me),
    "Contact": lambda c, me, db: real_notices.contact(c, me),
    "Extension": extension, "LatePermit": addressee, "Notice": notice,
    "Reminder": reminder, "Token": lambda k, me, db: real_notices.token(k, me, all_of(db, "person", "id", me.person)),
    "SignIn": lambda s, me, db: real_notices.contact(s, me),
    "Source": source, "Target": in_contribution, "Transmission": in_document,
}  # fmt: skip
_PUBLIC = (
    "Anchor", "Call", "CallSection", "Edition", "Figure", "Forum", "Mechanism", "Meeting", "MigratedTrack",
    "Migration", "Organisation", "Panel", "Participation",
    "PastDocument", "Process", "Session", "Speaker", "StageWindow", "TermsOfReference", "Theme", "Track",
)  # fmt: skip

convenes = joined("convenor", "forum_id", "convened_by_id")


def left(body: Row, forum: Row, db: Any) -> bool:
    """The forum had agreed to convene with whoever set the body up, and that is over."""
    asking = body["parent_id"] or body["id"]
    agreed = [a["state"] for a in all_of(db, "agreement", "named_id", forum["id"])
              if a["asking_id"] == asking and a["purpose"] == "convene" and a["answered_at"]]  # fmt: skip
    return "ended" in agreed and "agreed" not in agreed


HOOKS: dict[tuple[str, str], Any] = {
    **{("visible", type_): rule for type_, rule in _SEEN.items()},
    **{("visible", type_): everybody for type_ in _PUBLIC},
    **{("when", f"Receipt.{name}"): receipt for name in ("number", "hash", "at")},
    **{("when", f"Contribution.{name}"): tells_how for name in ("onBehalf", "late", "returnReason", "mendUntil")},
    **{("when", f"HistoryEntry.{name}"): names_actor for name in ("actor", "mandate", "at")},
    **{
        ("when", f"Mandate.{name}"): giving
        for name in ("givenBy", "givenByForum", "proposedAt", "acceptedAt", "endReason")
    },
    ("when", "Mandate.cameIn"): came_in_seen,
    ("sql", "Mandate.cameIn"): lambda x, given, me, db: (
        get(db, "person", x["person_id"])["came_in"] if x["person_id"] else None
    ),
    ("when", "Participation.endReason"): lambda x, me, db: (
        x["organisation_id"] in me.organisations or x["forum_id"] in me.teams
    ),
    **{("when", f"Agreement.{name}"): dealing for name in ("proposedBy", "answeredBy", "endedBy", "reason")},
    ("on", "Forum.agreements"): lambda f, x, me, db: f["id"] in (x["asking_id"], x["named_id"]),
    ("on", "Edition.agreements"): lambda e, x, me, db: (
        x["asking_id"] == e["forum_id"] and x["state"] == "agreed" and x["edition_name"] in (None, e["name"])
    ),
    ("on", "Viewer.askedToAgree"): lambda row, x, me, db: x["state"] == "proposed" and x["named_id"] in me.teams,
    **{("narrow", f"{type_}.contributions"): matching for type_ in ("Query", "Edition", "Track", "Call", "Viewer")},
    **{("on", f"{type_}.authorship"): points_back("subject_id") for type_ in ("Contribution", "Comment")},
    **{("sql", f"{type_}.mine"): is_own for type_ in ("Contribution", "Comment")},
    ("on", "Extension.track"): lambda x, track, me, db: (
        x["stage_window_id"] and get(db, "stage_window", x["stage_window_id"])["track_id"] == track["id"]
    ),
    ("sql", "Extension.stage"): lambda x, given, me, db: (
        x["stage_window_id"] and get(db, "stage_window", x["stage_window_id"])["stage"]
    ),
    ("python", "Correction.changes"): lambda x, given, me, db: real_corrections.places(x),
    ("when", "Silence.changes"): rounds_seen,
    ("python", "Silence.changes"): changes,
    **{("when", f"Revision.{name}"): words_read for name in ("paragraphs", "snapshot", "salt")},
    ("python", "Revision.paragraphs"): lambda r, given, me, db: real_rounds.frozen(content(r, db)),
    ("python", "Revision.snapshot"): lambda r, given, me, db: content(r, db),
    ("sql", "Revision.salt"): lambda r, given, me, db: r["salt"].hex(),
    ("present", "Contribution.receipt"): receipt,
    **{
        ("when", f"Contribution.{name}"): lambda c, me, db: real_versions.guard(c, me, own(c, me, db))
        for name in ("versions", "changes")
    },
    ("python", "Contribution.versions"): lambda c, given, me, db: real_versions.told(versions(c, me, db)),
    ("python", "Contribution.changes"): lambda c, given, me, db: real_versions.changed(versions(c, me, db), given),
    ("narrow", "Call.addressees"): lambda x, given, me, db: same(x, given, {"answer": "answer"}),
    ("narrow", "Forum.participations"): taking_part,
    ("narrow", "Forum.mandates"): lambda x, given, me, db: (
        x["accepted_at"] is not None and in_force(x, instant(given.get("at")))
    ),
    ("on", "Viewer.applications"): lambda row, a, me, db: me.person is not None and a["person_id"] == me.person,
    ("on", "Application.twins"): twins,
    ("narrow", "Forum.applications"): lambda a, given, me, db: same(a, given, {"state": "state"}),
    ("sql", "Anchor.movedAt"): lambda a, given, me, db: real_dates.anchor_moved_at(a, db),
    ("sql", "Meeting.revisedAt"): lambda m, given, me, db: real_dates.meeting_revised_at(m, db),
    ("sql", "Invitation.delivery"): lambda x, given, me, db: delivery_of_invitation(x, db),
    ("sql", "Invitation.state"): lambda x, given, me, db: state_of_invitation(x),
    **{
        ("narrow", f"{type_}.invitations"): lambda x, given, me, db: (
            given.get("state") in (None, state_of_invitation(x))
        )
        for type_ in ("Forum", "Organisation")
    },
    ("on", "Viewer.openCalls"): lambda row, c, me, db: (
        c["state"] == "open"
        and any(a["organisation_id"] in me.organisations for a in all_of(db, "addressee", "call_id", c["id"]))
    ),
    ("on", "Viewer.contributions"): lambda row, c, me, db: own(c, me, db),
    ("on", "Viewer.waiting"): lambda row, x, me, db: waits(x, me),
    ("on", "Viewer.given"): lambda row, x, me, db: gave(x, me),
    ("on", "Organisation.people"): lambda o, x, me, db: (
        o["id"] in me.organisations and x["role"] is not None and x["organisation_id"] == o["id"]
    ),
    ("narrow", "Query.forums"): forums,
    ("narrow", "Query.calls"): calls,
    ("narrow", "Query.organisations"): lambda o, given, me, db: same(o, given, {"kind": "kind"}),
    ("where", "Query.forum"): lambda f, given, row, me, db: f["slug"] == given["slug"],
    ("where", "Query.edition"): named,
    ("where", "Query.process"): lambda p, given, row, me, db: p["hash"] == given["hash"],
    ("narrow", "Query.processes"): lambda p, given, me, db: same(p, given, {"name": "name"}),
    ("where_row", "Process.runningEditions"): lambda e, me, db: e["state"] == "running",
    ("where", "Query.document"): lambda d, given, row, me, db: d["symbol"] == given["symbol"],
    ("where_row", "Contribution.targets"): scheme("sdg", whole=True),
    ("where_row", "Contribution.objectives"): scheme("gcm", whole=True),
    ("where_row", "Practice.targets"): scheme("sdg"),
    ("on", "Contribution.themes"): themes,
    ("on", "Contribution.usedIn"): leads_into,
    ("on", "Contribution.transmission"): points_back("contribution_id"),
    ("on", "Call.corrections"): lambda row, other, me, db: any(
        c["call_id"] == row["id"] for c in all_of(db, "contribution", "id", other["contribution_id"])
    ),
    ("on", "Contribution.corrections"): lambda row, other, me, db: real_corrections.of_contribution(row, other, db),
    ("on", "Comment.disposition"): points_back("comment_id"),
    ("on", "Attribution.mechanism"): coded("named_mechanism"),
    ("on", "Authorship.mechanism"): coded("mechanism_code"),
    **{("on", f"{type_}.mechanism"): coded("mechanism_code") for type_ in ("Mandate", "Invitation")},
    ("on", "Forum.mechanism"): coded("mechanism_code"),
    ("where", "Forum.terms"): lambda x, given, row, me, db: x is newest_terms(row, instant(given.get("at")), db),
    ("where", "Forum.process"): lambda x, given, row, me, db: x is works_by(row, db),
    ("where", "Process.newer"): lambda x, given, row, me, db: x is newer_template(row, db),
    ("sql", "Forum.power"): lambda f, given, me, db: (newest_terms(f, NOW, db) or f)["power"],
    ("on", "Forum.convenors"): lambda f, x, me, db: convenes(f, x, me, db) and not left(f, x, db),
    ("on", "Forum.formerConvenors"): lambda f, x, me, db: convenes(f, x, me, db) and left(f, x, db),
    ("on", "Track.themes"): joined("track_theme", "track_id", "theme_id"),
    ("on", "Theme.tracks"): joined("track_theme", "theme_id", "track_id"),
    ("on", "Transmission.toEdition"): received_in,
    ("on", "Viewer.signIns"): lambda row, s, me, db: real_notices.stands(s, me, NOW),
    ("sql", "SignIn.isThis"): lambda s, given, me, db: s["id"] == me.sign_in,
    ("on", "Viewer.contact"): lambda row, c, me, db: me.person is not None and c["person_id"] == me.person,
    ("on", "Viewer.calendar"): lambda row, a, me, db: me.person is not None and a["person_id"] == me.person,
    ("on", "Viewer.forums"): lambda row, f, me, db: f["id"] in me.forums,
    ("on", "Contact.muted"): lambda row, f, me, db: f["id"] in row["muted"],
    ("on", "Viewer.person"): lambda row, p, me, db: p["id"] == me.person,
    ("on", "Viewer.mandates"): lambda row, x, me, db: (
        me.person is not None and x["person_id"] == me.person and x["accepted_at"] is not None and in_force(x, NOW)
    ),
    ("on", "Theme.resourcePerson"): advises,
    ("on", "Viewer.organisations"): lambda row, o, me, db: o["id"] in me.organisations,
    ("kind", "Source.end"): lambda s, me, db: end(s, db)[0],
    ("id", "Source.end"): lambda s, me, db: end(s, db)[1],
    ("kind", "Disposition.of"): lambda x, me, db: subject(x)[0],
    ("id", "Disposition.of"): lambda x, me, db: subject(x)[1],
    ("sql", "Text.markdown"): lambda row, given, me, db: row["markdown"] if "markdown" in row else row["text"],
    ("sql", "Text.lang"): language,
    ("sql", "Target.iri"): lambda tag, given, me, db: f"http://metadata.un.org/sdg/{tag['code']}",
    ("sql", "Contribution.released"): lambda c, given, me, db: c["released_revision"] == c["revision"],
    ("sql", "Withheld.layer"): layer,
    ("sql", "CarriedBy.sources"): carrying_sources,
    ("sql", "CarriedBy.mechanisms"): carrying_mechanisms,
}
