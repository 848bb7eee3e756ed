"""What a definition names elsewhere in itself: tracks that follow, meetings, bodies, sources; and circles among
them."""

from collections.abc import Iterable, Iterator, Mapping

from ..finding import Finding
from ..graph import on_cycles
from ..process import Process, Track
from ..toml_table import hint


def findings(process: Process) -> Iterator[Finding]:
    """Every name that stands for nothing, and every circle in which each waits for the other."""
    yield from _tracks(process)
    yield from _documents(process)
    for meeting in process.meetings.values():
        if meeting.track not in process.tracks:
            text = f"{meeting.name} belongs to the track {meeting.track}, which does not exist."
            yield Finding("unknown_track", text, hint(meeting.track, process.tracks), meeting.line)


def _tracks(process: Process) -> Iterator[Finding]:
    waiting = on_cycles({track.name: _existing([track.after], process.tracks) for track in process.tracks.values()})
    deadlocked = on_cycles({track.name: waited_for(process, track) for track in process.tracks.values()})
    for track in process.tracks.values():
        if track.after and track.after not in process.tracks:
            text = f"The track begins after {track.after}, which is not a track of this process."
            yield Finding("unknown_track", text, hint(track.after, process.tracks), track.line, track.name)
        if track.name in waiting:
            text = f"{track.name} waits for {track.after} to end, and that waits for {track.name}: neither ever begins."
            yield Finding("after_cycle", text, "Take one `after` away.", track.line, track.name)
        elif track.name in deadlocked:
            text = f"{track.name} waits for a text of another track, and that track for {track.name}: neither need end."
            remedy = "Take a text out of `sources`, or let one track make both."
            yield Finding("source_cycle", text, remedy, track.line, track.name)
        if track.feeds and track.feeds not in process.meetings:
            text = f"The track feeds {track.feeds}, which is not a meeting of this process."
            yield Finding(
                "unknown_meeting", text, _or_add(track.feeds, process.meetings, "meetings"), track.line, track.name
            )
        body = track.repeat.body if track.repeat else ""
        if body and body not in process.bodies:
            line = track.repeat.line if track.repeat else None
            text = f"The track is run for each {body}, which is not a body of this process."
            yield Finding("unknown_body", text, _or_add(body, process.bodies, "bodies"), line or track.line, track.name)


def waited_for(process: Process, track: Track) -> list[str]:
    """The tracks whose end, or a text of which, a track may have to wait for."""
    kinds = (process.documents[kind] for kind in track.documents if kind in process.documents)
    sources = {source for kind in kinds for source in kind.sources} - set(track.documents)
    makers = [other.name for other in process.tracks.values() if sources & set(other.documents)]
    return _existing([track.after, *makers], process.tracks)


def _documents(process: Process) -> Iterator[Finding]:
    waiting = on_cycles(
        {document.kind: _existing(document.sources, process.documents) for document in process.documents.values()}
    )
    for document in process.documents.values():
        if document.meeting and document.meeting not in process.meetings:
            text = f"{document.kind} is for {document.meeting}, which is not a meeting of this process."
            yield Finding(
                "unknown_meeting", text, _or_add(document.meeting, process.meetings, "meetings"), document.line
            )
        for source in document.sources:
            if source not in process.documents:
                text = f"{document.kind} has the source {source}, which is not a document of this process."
                yield Finding("unknown_document", text, _or_add(source, process.documents, "documents"), document.line)
        if document.kind in waiting:
            text = f"{document.kind} waits for its sources, and one of them waits for {document.kind}."
            yield Finding("source_cycle", text, "Take one of them out of `sources`.", document.line)


def _existing(names: Iterable[str], known: Mapping[str, object]) -> list[str]:
    return [name for name in names if name in known]


def _or_add(name: str, known: Mapping[str, object], table: str) -> str:
    return hint(name, known) if known else f"Add [{table}.{name}]."
