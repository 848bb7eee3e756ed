"""All tables by name. They are declared in the three `_tables_*` files; everybody imports them from here."""

from ._columns import metadata
from ._tables_bodies import (
    addressee,
    call,
    call_section,
    convenor,
    edition,
    figure,
    forum,
    mandate,
    mechanism,
    meeting,
    meeting_fault,
    organisation,
    panel,
    participation,
    person,
    process_definition,
    session,
    speaker,
    theme,
    track,
    track_theme,
)
from ._tables_inputs import (
    authorship,
    clock,
    contribution,
    contribution_section,
    history,
    practice,
    request_key,
    snapshot,
    tag,
)
from ._tables_texts import (
    comment,
    disposition,
    document,
    objection,
    paragraph,
    part,
    recommendation,
    revision,
    silence,
    source,
    transmission,
)

__all__ = [
    "addressee", "authorship", "call", "call_section", "clock", "comment", "contribution", "contribution_section",
    "convenor", "disposition", "document", "edition", "figure", "forum", "history", "mandate", "mechanism", "meeting",
    "meeting_fault", "metadata", "objection", "organisation", "panel", "paragraph", "part", "participation", "person",
    "practice", "process_definition", "recommendation", "request_key", "revision", "session", "silence", "snapshot",
    "source", "speaker", "tag", "theme", "track", "track_theme", "transmission",
]  # fmt: skip
