"""An edition of a forum is opened under a published process, with its tracks and themes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...errors import ProcessNotAdopted
from ...store import processes
from ...store.steps import Store
from ...workflow.toml_table import hint
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .opening import Opening, PlannedTheme, PlannedTrack, opened


@dataclass(frozen=True)
class TrackPlan:
    """A path the edition runs, by one of the process's track definitions."""

    definition: str = arg("The process's track it follows.")
    name: str = arg("Its short name in this edition.")
    title: str | None = arg("Its title, where the definition's does not do.", default=None)
    convened_as: UUID | None = arg(
        "The body whose track it is: a regional consultation, a working group. A body that your forum did not set up "
        "must have agreed (proposeAgreement), and so must those that convene it.",
        of="Forum",
        default=None,
    )
    themes: tuple[str, ...] = arg("Which of the edition's themes it takes, by code.", default=())
    subject: UUID | None = arg(
        "Whom it reviews, of those who take part in the forum; asked of a track that reviews somebody.",
        of="Organisation",
        default=None,
    )


@dataclass(frozen=True)
class AnchorDate:
    """A date of the edition from which others are counted."""

    name: str = arg("The anchor, as its process calls it: summit.")
    at: datetime = arg("The instant at which it begins.")


@dataclass(frozen=True)
class ThemePlan:
    """A sub-theme of the edition."""

    code: str = arg("Its short code.")
    title: str = arg("Its title.")


@dataclass(frozen=True)
class OpenEdition(Command):
    """Open an edition of a forum, under a process of the forum's own. It is pinned, word for word, to the version that
    the forum adopted or published last."""

    on = ("forum", "forum")
    creates = True
    gives = {"edition": "Edition"}

    forum: UUID = arg("The forum that holds it.", of="Forum")
    name: str = arg('Its name: "GFMD 2020".')
    process: str = arg("The process it runs under, by name: one that the forum adopted or published.")
    zone: str = arg("The zone its days begin in: Europe/Zurich.")
    theme: str | None = arg("Its overarching theme.", default=None)
    anchors: tuple[AnchorDate, ...] = arg("The dates its process counts from, such as the summit.", default=())
    tracks: tuple[TrackPlan, ...] = arg("Its tracks; all of the process, each once, when left out.", default=())
    themes: tuple[ThemePlan, ...] = arg("Its sub-themes.", default=())
    confirm: bool = arg(
        "True where dates that are over already are meant; without it, they are refused with the whole calendar.",
        default=False,
    )


async def open_edition(do: OpenEdition, context: ActContext, store: Store) -> Outcome:
    """Refuses a process that is not the forum's own (ProcessNotAdopted), an unknown zone or theme, a name already
    taken, tracks that the process does not have or does not run so often, a track in the name of a body that has not
    agreed (AgreementMissing), dates that are missing or do not fit it (DatesUnsound), or are over (DatesPast)."""
    own_process = await store.ask(processes.own(context.processes, do.process, context.place.id))
    if own_process is None:
        own = tuple(sorted(await store.ask(processes.names(context.place.id))))
        near = hint(do.process, own) if own else ""
        raise ProcessNotAdopted(process=do.process, own=own, near=near).at_path("process")
    process_id, process = own_process
    opening = Opening(
        name=do.name, zone=do.zone, theme=do.theme, process_id=process_id, process=process,
        anchors=[(anchor.name, anchor.at) for anchor in do.anchors],
        themes=[PlannedTheme(theme.code, theme.title) for theme in do.themes],
        tracks=[PlannedTrack(k.definition, k.name, k.title, k.convened_as, k.themes, k.subject) for k in do.tracks],
        confirm=do.confirm,
    )  # fmt: skip
    id_ = await opened(opening, context, store)
    return Outcome({"edition": id_}, (Entry("edition", id_, {"process": process.name, "version": process.version}),))
