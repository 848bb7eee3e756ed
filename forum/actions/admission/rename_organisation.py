"""An organisation gets another name; the former one stays on the record, and on what was handed in under it."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.admission import Identity, identity, need_new
from ...domain.body import Organisation
from ...domain.correction import CorrectionKind, differences
from ...domain.names import in_full
from ...domain.saying import saying
from ...domain.text import filled, sentence
from ...errors import NotFound
from ...store import admissions, seats
from ...store.records import by_id, change
from ...store.steps import Store
from ..core import correcting
from ..core.act import ActContext, Command, Outcome, arg

_WORDS = "{was} is called {now} on this service from now on. The reason given: {reason}"


@dataclass(frozen=True)
class RenameOrganisation(Command):
    """Give an organisation another name or acronym, as the office that admits organisations, on its word. What was
    handed in under the former name keeps it; its administrators and those who speak for it are told."""

    on = ("forum", "forum")
    gives = {"organisation": "Organisation", "correction": "Correction"}

    forum: UUID = arg("The forum whose office admits organisations.", of="Forum")
    organisation: UUID = arg("The organisation.", of="Organisation")
    reason: str = arg("Why, on the record: on whose word.")
    name: str | None = arg("Its new full name; as it is when left out.", default=None)
    short_name: str | None = arg("Its new acronym; as it is when left out, none when empty.", default=None)
    another: bool = arg("It is another organisation than those that share its acronym.", default=False)


async def rename_organisation(do: RenameOrganisation, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) what is no name, no change, and an empty reason; (OrganisationStands, PossibleTwin) the
    name of another organisation."""
    reason = filled(do.reason, "reason").strip()
    await store.ask(admissions.take_turn())  # before it is read: the second of two begins from what the first wrote
    before = await store.ask(by_id(Organisation, do.organisation))
    if before is None:
        raise NotFound(what="organisation").at_path("organisation")
    wanted = _wanted(do, before)
    others = await store.ask(admissions.alike(wanted, to_admit=False))
    need_new(wanted, [other for other in others if other.id != before.id], another=do.another)
    changes = differences(
        {"name": before.name, "short name": before.short_name}, {"name": wanted.name, "short name": wanted.short_name}
    )
    after = replace(before, name=wanted.name, short_name=wanted.short_name, name_keys=wanted.keys)
    await store.write(change(before, after))
    correction = await correcting.record(
        context, store, CorrectionKind.RENAMED, changes, reason, organisation_id=before.id
    )
    people = await store.ask(seats.speakers(before.id, context.now))
    was, now = (in_full(each.name, each.short_name) for each in (before, after))
    words = saying(_WORDS, was=was, now=now, reason=sentence(reason))
    count = await correcting.tell(context, store, people, words, correction)
    ids = {"organisation": before.id, "correction": correction.id}
    return Outcome(ids, (correcting.entry("organisation", before.id, correction, count),))


def _wanted(do: RenameOrganisation, before: Organisation) -> Identity:
    name = before.name if do.name is None else do.name
    short_name = before.short_name if do.short_name is None else do.short_name
    return identity(name, short_name, before.kind, before.country_code)
