"""An edition is opened as an earlier one was: its definition, its tracks with their bodies, its themes. Not its
inputs."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from ...domain.edition import Edition, Theme, pinned_to
from ...errors import InvalidValue, NotFound, WrongState
from ...refusal import phrased
from ...store import processes, versions
from ...store.records import by_id, matching
from ...store.steps import Store
from ...store.versions import TrackWithThemes
from ...workflow.moves import moves_from
from ...workflow.process import Process
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..process.versions import refuse_widened
from .open_edition import AnchorDate
from .opening import Opening, PlannedTheme, PlannedTrack, opened


@dataclass(frozen=True)
class CloneEdition(Command):
    """Open an edition like an earlier one of the same forum: the same definition word for word, tracks with the bodies
    that convene them, themes where they are wanted. Its inputs, comments and documents stay where they are; what its
    calls asked, and whom, issueCall takes up with `like`."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that holds it.", of="Forum")
    like: UUID = arg("The earlier edition.", of="Edition")
    name: str = arg('Its name: "GFMD 2021".')
    zone: str | None = arg("The zone its days begin in; that of the earlier one when left out.", default=None)
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("Its own dates, such as the summit.", default=())
    with_themes: bool = arg("Whether the sub-themes return, and the tracks take them up again.", default=False)
    newest: bool = arg(
        "Whether it runs under the version that the forum adopted or published last instead.", default=False
    )
    confirm: bool = arg(
        "True where dates that are over already are meant; without it, they are refused with the whole calendar.",
        default=False,
    )


async def clone_edition(do: CloneEdition, context: ActContext, store: Store) -> Outcome:
    """Refuses an edition of another forum (NotFound) or one that was not run here, one with a track that reviews
    somebody, a newer version that would widen what the earlier edition promised (PromiseWidened), and what opening one
    refuses."""
    earlier = await store.ask(by_id(Edition, do.like))
    if earlier is None or earlier.forum_id != context.place.id:
        raise NotFound(what="edition of this forum").at_path("like")
    try:
        process_id = pinned_to(earlier)
    except WrongState as refusal:
        raise refusal.at_path("like") from None
    process = old = await store.ask(processes.definition(context.processes, process_id))
    if do.newest:
        own = await store.ask(processes.own(context.processes, old.name, context.place.id))
        process_id, process = own or (process_id, old)
        refuse_widened(old, process, moves_from(process, old.version), "newest")
    themes = await store.ask(matching(Theme, "code", edition_id=do.like)) if do.with_themes else ()
    tracks = await store.ask(versions.tracks_with_themes(do.like))
    opening = Opening(
        name=do.name, zone=do.zone or earlier.zone, theme=do.theme, process_id=process_id, process=process,
        anchors=[(anchor.name, anchor.at) for anchor in do.anchors],
        themes=[PlannedTheme(theme.code, theme.title, theme.resource_person_id) for theme in themes],
        tracks=_tracks(tracks, old, process, {theme.code for theme in themes}),
        cloned_from=do.like, confirm=do.confirm,
    )  # fmt: skip
    id_ = await opened(opening, context, store)
    detail = {"process": process.name, "version": process.version, "like": f"Edition:{do.like}"}
    return Outcome({"edition": id_}, (Entry("edition", id_, detail),))


def _tracks(
    earlier: Iterable[TrackWithThemes], old: Process, new: Process, themes: Container[str]
) -> list[PlannedTrack]:
    """The tracks as they were. Under another version each runs what the map says.

    Refuses (InvalidValue) a track of which nothing follows there, and one that reviews somebody: last year's subject is
    not this year's.
    """
    renamed = moves_from(new, old.version).tracks if new is not old else {}
    planned = []
    for stood in earlier:
        track = stood.track
        definition = renamed.get(track.definition, track.definition)
        if definition not in new.tracks:
            reason = phrased(
                "{name} {version} has no track {definition}, which {title} ran. Open the edition with openEdition.",
                name=new.name,
                version=new.version,
                definition=definition,
                title=track.title,
            )
            raise InvalidValue(reason=reason).at_path("newest")
        if new.tracks[definition].reviews:
            reason = phrased(
                "{title} reviews somebody, and whom it reviews is named anew each time. Open the edition with "
                "openEdition, and name the subject of each such track.",
                title=track.title,
            )
            raise InvalidValue(reason=reason).at_path("like")
        taken = [code for code in stood.themes if code in themes]
        planned.append(PlannedTrack(definition, track.name, track.title, track.convened_as_id, taken))
    return planned
