"""Who will read comments on a text, as its process says now; and the same told anew where an edition changes its
process."""

from collections.abc import Iterable
from uuid import UUID

from ...domain.document import CLOSED, Audience, Document, tell_commenters
from ...domain.promise import of_comments
from ...domain.track import Track
from ...store.records import change, matching
from ...store.steps import Store
from ...workflow.process import Process
from ...workflow.process import Track as TrackDefinition


def promised(process: Process, track: TrackDefinition | None, kind: str) -> Audience:
    """Who reads a comment on a text of this kind that is written on this track now; the team alone where the process
    has no such track or kind."""
    if track is None or kind not in process.documents:
        return Audience.TEAM
    return of_comments(track.comments, process.documents[kind].visibility)


async def tell_anew(store: Store, edition: UUID, process: Process, tracks: Iterable[Track]) -> None:
    """Let every text of an edition that is not closed tell what its process says from now on. `tracks`: where they
    stand under it."""
    runs = {track.id: process.tracks.get(track.definition) for track in tracks}
    for document in await store.ask(matching(Document, "id", edition_id=edition)):
        if document.state not in CLOSED:
            audience = promised(process, runs.get(document.track_id), document.kind)
            await store.write(change(document, tell_commenters(document, audience)))
