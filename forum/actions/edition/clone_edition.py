"""An edition is opened as an earlier one was: its definition, its tracks with their bodies, its themes. Not its inputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...errors import InvalidValue, NotFound, WrongState
from ...store import versions
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ...workflow.moves import moves_from
from ...workflow.process import Process
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .open_edition import AnchorDate
from .opening import Opening, ThemeRow, TrackRow, opened


@dataclass(frozen=True)
class CloneEdition(Command):
    """Open an edition like an earlier one of the same forum: the same definition word for word, tracks with the bodies
    that convene them, themes where they are wanted. Its inputs, comments and documents stay where they are; what its calls
    asked, and whom, issueCall takes up with `like`."""

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
    newest: bool = arg("Whether it runs under the newest published version of the process instead.", default=False)


async def clone_edition(do: CloneEdition, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses an edition of another forum (NotFound) or one that was not run here, and what opening one refuses."""
    earlier = await unit.row(t.edition, id=do.like)
    if earlier is None or earlier["forum_id"] != context.place.id:
        raise NotFound(what="edition of this forum").at_path("like")
    if earlier["process_id"] is None:
        raise WrongState(
            act="clone_edition", state=earlier["state"], needs=("an edition that ran under a process",)
        ).at_path("like")
    process_id, process = earlier["process_id"], await context.processes.by_id(unit, earlier["process_id"])
    old = process
    if do.newest:
        process_id, process = await context.processes.named(unit, old.name, context.place.id)
    themes = await unit.rows(t.theme, "code", edition_id=do.like) if do.with_themes else []
    opening = Opening(
        name=do.name, zone=do.zone or earlier["zone"], theme=do.theme, process_id=process_id, process=process,
        anchors=[(one.name, one.at) for one in do.anchors],
        themes=[ThemeRow(row["code"], row["title"], row["resource_person_id"]) for row in themes],
        tracks=_tracks(await versions.tracks_with_themes(unit, do.like), old, process, {row["code"] for row in themes}),
        cloned_from=do.like,
    )  # fmt: skip
    id_ = await opened(opening, context, unit)
    detail = {"process": process.name, "version": process.version, "like": f"Edition:{do.like}"}
    return Outcome({"edition": id_}, (Entry("edition", id_, detail),))


def _tracks(rows: Sequence[Mapping[str, Any]], old: Process, new: Process, themes: set[str]) -> list[TrackRow]:
    """The tracks as they were. Under another version each runs what the map says; refused where nothing follows it."""
    renamed = moves_from(new, old.version).tracks if new is not old else {}
    made = []
    for row in rows:
        definition = renamed.get(row["definition"], row["definition"])
        if definition not in new.tracks:
            reason = f"{new.name} {new.version} has no track {definition}, which {row['title']} ran. Open the edition with openEdition."
            raise InvalidValue(reason=reason).at_path("newest")
        taken = [code for code in row["themes"] or () if code in themes]
        made.append(TrackRow(definition, row["name"], row["title"], row["convened_as_id"], taken))
    return made
