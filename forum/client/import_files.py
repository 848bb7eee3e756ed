"""`forum import practices` and `meeting`: finds the edition and its call or track, and enters the file there."""

import argparse
from collections.abc import Callable, Sequence

from ..domain.names import key
from ..domain.practices import Doubt
from ..domain.practices import read as read_practices
from ..errors import FileRefused, NotFound
from . import import_meeting as meetings
from .import_practices import import_practices
from .session import Json, Session


async def run(
    arguments: argparse.Namespace, content: bytes, token: str, progress: Callable[[int, int], None]
) -> list[str]:
    """Import the file as the token's person; the report, line by line. Refuses (NotFound) an edition, a track or an
    organisation that is not there, and (FileRefused) the file."""
    session = Session(arguments.url, arguments.token or token or None)
    try:
        if arguments.what == "meeting" and arguments.revises:
            return await _revised(session, content, arguments)
        forum, _, name = arguments.edition.partition("/")
        edition = (await session.ask("EditionHead", forum=forum, name=name))["edition"]
        if edition is None:
            raise NotFound(what=f"edition {arguments.edition}")
        if arguments.what == "meeting":
            return await _meeting(session, content, _track(edition, arguments.track, "meetings"))
        return await _practices(session, content, edition, arguments, progress)
    finally:
        await session.close()


def _track(edition: Json, wanted: str | None, purpose: str) -> Json:
    names = ", ".join(t["name"] for t in edition["tracks"])
    tracks = [t for t in edition["tracks"] if wanted in (None, t["name"])]
    if wanted is None and len(tracks) > 1:
        raise FileRefused(reason=f"The edition has several tracks for {purpose}: name one with --track ({names}).")
    if not tracks:
        lacks = f"no track {wanted}" if wanted else "no track"
        others = f" It has: {names}." if names else ""
        raise FileRefused(reason=f"The edition has {lacks} for {purpose} that you may see.{others}")
    track: Json = tracks[0]
    return track


async def _practices(
    session: Session,
    content: bytes,
    edition: Json,
    arguments: argparse.Namespace,
    progress: Callable[[int, int], None],
) -> list[str]:
    calling = [t for t in edition["tracks"] if t["calls"]["nodes"] and arguments.track in (None, t["name"])]
    track = _track({"tracks": calling}, arguments.track, "practices")
    call = track["calls"]["nodes"][0]
    sender = await _organisation(session, arguments.received_from) if arguments.received_from else None
    imported = await import_practices(session, content, call=call["id"], received_from=sender, progress=progress)
    whose = arguments.received_from or "not recorded"
    lines = [f'{len(imported.contributions)} practices entered on behalf for "{call["title"]}"; sender: {whose}.']
    return [*lines, *_doubted(imported.doubts)]


def _doubted(doubts: Sequence[Doubt]) -> list[str]:
    lines = [
        f"  line {d.line}, {d.column}: {d.as_written!r} "
        + (f"was read as {d.read_as!r}: {d.why}" if d.read_as is not None else f"was not read: {d.why}")
        for d in doubts
    ]
    return lines or ["  No cell was doubtful."]


def plan(what: str, content: bytes) -> list[str]:
    """What was understood of a file of practices or a meeting, line by line; no service is asked. Refuses (FileRefused)
    a broken file."""
    if what == "meeting":
        return meetings.plan(content)
    practices = read_practices(content)
    targets = sum(1 for row in practices.rows if row.targets.codes)
    lines = [f"{len(practices.rows)} practices, {targets} of them with targets that were read."]
    return [*lines, *_doubted(practices.doubts)]


async def _organisation(session: Session, name: str) -> str:
    after = None
    while True:
        page = (await session.ask("Organisations", first=100, after=after))["organisations"]
        for node in page["nodes"]:
            if key(node["name"]) == key(name):
                return str(node["id"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            raise NotFound(what=f"organisation named {name}")


async def _meeting(session: Session, content: bytes, track: Json) -> list[str]:
    meeting, entered = await meetings.import_meeting(session, content, track=track["id"])
    head = f'"{meeting.title}" is entered. To put it right by its file later on: --revises {entered["id"]}'
    return [head, *meetings.report(meeting, entered)]


async def _revised(session: Session, content: bytes, arguments: argparse.Namespace) -> list[str]:
    meeting, payload = await meetings.revise_meeting(
        session, content, meeting=arguments.revises, reason=arguments.reason or ""
    )
    entered = payload["meeting"]
    head = f'"{meeting.title}" is revised; it is at revision {entered["revision"]} now. What changed:'
    return [head, *meetings.changed(payload["correction"]), *meetings.report(meeting, entered)]
