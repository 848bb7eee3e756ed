"""All tables by name. They are declared in the files beside this one; everybody imports them from here."""

from .accounts import account, logout_token, sign_in_attempt
from .bodies import (
    agreement,
    application,
    convenor,
    forum,
    mandate,
    mechanism,
    organisation,
    participation,
    person,
    terms_of_reference,
    token,
)
from .calendars import calendar_address
from .calls import (
    addressee,
    call,
    call_section,
    figure,
    late_permit,
    meeting,
    meeting_fault,
    panel,
    reminder,
    session,
    speaker,
)
from .columns import metadata
from .corrections import correction
from .editions import (
    anchor,
    edition,
    migrated_track,
    migration,
    past_document,
    process_definition,
    stage_window,
    theme,
    track,
    track_theme,
)
from .inputs import (
    authorship,
    clearance,
    clearance_rule,
    clock,
    contribution,
    contribution_section,
    history,
    practice,
    request_key,
    snapshot,
    tag,
)
from .invitations import invitation
from .mail import contact, letter, letter_part
from .sign_ins import sign_in
from .texts import (
    comment,
    disposition,
    document,
    extension,
    notice,
    objection,
    paragraph,
    part,
    recommendation,
    reservation,
    revision,
    silence,
    source,
    transmission,
)

__all__ = [
    "account", "addressee", "agreement", "anchor", "application", "authorship", "calendar_address", "call",
    "call_section", "clearance", "clearance_rule", "clock", "comment", "contact", "contribution",
    "contribution_section", "convenor", "correction", "disposition", "document", "edition", "extension", "figure",
    "forum", "history", "invitation", "late_permit", "letter", "letter_part", "logout_token", "mandate", "mechanism",
    "meeting", "meeting_fault", "metadata", "migrated_track", "migration", "notice", "objection", "organisation",
    "panel", "paragraph", "part", "participation", "past_document", "person", "practice", "process_definition",
    "recommendation", "reminder", "request_key", "reservation", "revision", "session", "sign_in", "sign_in_attempt",
    "silence", "snapshot", "source", "speaker", "stage_window", "tag", "terms_of_reference", "theme", "token",
    "track", "track_theme", "transmission",
]  # fmt: skip
