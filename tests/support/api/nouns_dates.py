"""Of the small scene: dates as they stand and as they moved, versions that were moved to, and what people were told."""

from datetime import timedelta
from typing import Any

from forum.store.tables import schema as t
from forum.workflow.load import digest
from tests.support.api.nouns_bodies import PROCESS
from tests.support.api.nouns_rows import NOON, YEAR, Rows, row

HOUR = timedelta(hours=1)
EARLIER = "# As it was before.\n" + PROCESS


def plans() -> Rows:
    """What an edition was given to plan with, and what went before it. Of the GFMD's own edition nothing is planned."""
    place = {"track_id": "hlpf main", "stage": "call", "zone": "Europe/Zurich"}
    window = row("window", **place, opens_at=NOON, closes_at=NOON + YEAR, extended=True)
    terms = row(
        "terms", forum_id="steering", text="It endorses.", power="endorses", starts_at=NOON - YEAR,
        ends_at=NOON + 99 * YEAR,
        reason="Renewed.", decided_on=NOON.date(),
    )  # fmt: skip
    past = row(
        "past", edition_id="gfmd 2020", kind="report", title="What was said", symbol="GFMD/0", language="en",
        issued_on=NOON.date(), url="https://example.org/0", note="As printed.",
    )  # fmt: skip
    earlier = row("earlier", name="gfmd", version="0", hash=digest(EARLIER), text=EARLIER, published_at=NOON - YEAR)
    moved = row(
        "moved", edition_id="gfmd 2020", from_process_id="earlier", to_process_id="process", reason="A mistake mended.",
        acts_before=1, added_anchors=["summit"], migrated_at=NOON, undone_at=NOON + HOUR,
    )  # fmt: skip
    stages = {"from_definition": "main", "from_stage": "call", "to_definition": "main", "to_stage": "call"}
    track = row("moved track", migration_id="moved", track_id="gfmd main", **stages, from_since=NOON, from_windows="{}")
    return [
        (t.anchor, [row("anchor", edition_id="hlpf 2020", name="hlpf", at=NOON + YEAR)]),
        (t.stage_window, [window]),
        (t.terms_of_reference, [terms]),
        (t.past_document, [past]),
        (t.process_definition, [earlier]),
        (t.migration, [moved]),
        (t.migrated_track, [track]),
    ]


def told() -> Rows:
    """More time for a window of every kind, a permit, a round of reminders, and what Ada was told of it, and Bo."""
    reminder = row("reminder", call_id="call", due_at=NOON + HOUR, state="sent", sent_to=1)
    given = {"until": NOON + YEAR + HOUR, "reason": "The post was late.", "given_at": NOON}
    return [
        (t.extension, [_extension(*one) for one in _EXTENDED]),
        (t.correction, [_corrected(*one) for one in _PUT_RIGHT]),
        (t.late_permit, [row("permit", call_id="call", organisation_id="ngo", **given)]),
        (t.reminder, [reminder]),
        (t.person, [row("bo", subject="bo", name="Bo Example")]),
        (t.notice, [_notice("ada"), _notice("bo")]),
        (t.token, [_token("ada"), _token("bo")]),
        (t.sign_in, [_sign_in("ada"), _sign_in("bo")]),
        (t.contact, [_contact("ada"), _contact("bo")]),
        (t.calendar_address, [_calendar("ada"), _calendar("bo")]),
        (t.application, [_application("ada")]),
        (t.invitation, [_invitation("ngo")]),
    ]


# What was given more time: the kind of window, its column, and the thing.
_EXTENDED = (
    ("call", "call_id", "call"),
    ("consultation", "document_id", "gfmd document"),
    ("silence", "silence_id", "silence"),
    ("stage", "stage_window_id", "window"),
)


# What was put right, and how: of each thing that can be, one.
_PUT_RIGHT = (
    ("forum", "gfmd", "renamed"),
    ("organisation", "ngo", "renamed"),
    ("meeting", "meeting", "revised"),
    ("contribution", "named", "taken_back"),
    ("document", "gfmd document", "corrigendum"),
)


def _corrected(of: str, what: str, kind: str) -> dict[str, Any]:
    columns = {**dict.fromkeys(f"{name}_id" for name, _, _ in _PUT_RIGHT), f"{of}_id": what}
    places = '[{"what": "name", "was": "A", "reads": "B"}]'
    symbol = "GFMD/1/Corr.1" if of == "document" else None
    said = {"kind": kind, "number": 1, "symbol": symbol, "changes": places, "reason": "R.", "made_at": NOON}
    return row(f"corrected {of}", **said, mandate_id="mandate ada", **columns)


def _extension(kind: str, column: str, of: str) -> dict[str, Any]:
    """Of the four columns an extension fills one."""
    what = {**{name: None for _, name, _ in _EXTENDED}, column: of}
    edition = "hlpf 2020" if kind == "stage" else "gfmd 2020"
    dates = {"was": NOON + YEAR - HOUR, "closes_at": NOON + YEAR, "made_at": NOON}
    return row(f"more {kind}", edition_id=edition, of=kind, **what, **dates, reason="More time was asked for.")


def _notice(person: str) -> dict[str, Any]:
    about = {"edition_id": "gfmd 2020", "call_id": "call", "document_id": "gfmd document", "cause_id": "reminder"}
    return row(
        f"notice {person}", person_id=person, kind="reminder", words="The call is open.", **about, sent_at=NOON + HOUR
    )


def _application(person: str) -> dict[str, Any]:
    says = {"name": "Nurses Abroad", "kind": "civil_society", "about": "We nurse."}
    return row(f"application {person}", forum_id="gfmd", person_id=person, **says, made_at=NOON)


def _invitation(organisation: str) -> dict[str, Any]:
    who = {"address": "bo@example.org", "name": "Bo Example", "invited_by_id": "ada", "invited_under_id": "mandate ada"}
    of = {"organisation_id": organisation, "forum_id": "gfmd", "given_by_forum_id": "gfmd", "role": "delegate"}
    ends = {"open_until": NOON + YEAR, "blank_at": NOON + YEAR, "state": "accepted", "answered_at": NOON + HOUR}
    term = {"starts_at": NOON, "zone": "Europe/Zurich", "invited_at": NOON, "mandate_id": "mandate ada"}
    return row("invitation", **who, **of, **term, **ends)


def _contact(person: str) -> dict[str, Any]:
    reached = {"address": f"{person}@example.org", "language": "fr", "zone": "UTC"}
    return row(f"contact {person}", person_id=person, **reached)


def _calendar(person: str) -> dict[str, Any]:
    return row(f"calendar {person}", person_id=person, hash=person.encode().ljust(32), since=NOON)


def _token(subject: str) -> dict[str, Any]:
    dates = {"issued_at": NOON, "expires_at": NOON + HOUR}
    return row(f"token {subject}", subject=subject, purpose="a portal", issued_by="operator", **dates)


def _sign_in(person: str) -> dict[str, Any]:
    """One that stands: its times are real time, so it began long before any day on which this runs."""
    lasts = {"began_at": NOON, "last_used_at": NOON, "ends_at": NOON + 99 * YEAR, "idle_seconds": 2_000_000_000}
    secret = person.encode().ljust(32, b"-")
    return row(
        f"sign-in {person}", person_id=person, secret_hash=secret, issuer="demonstration", client="Opera", **lasts
    )
