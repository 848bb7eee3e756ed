"""A forum gets another name; the former one stays on the record, and on what was issued under it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.body import Forum
from ...domain.correction import CorrectionKind, differences
from ...domain.mandates import Place
from ...domain.names import LONGEST_NAME, LONGEST_SHORT_NAME, in_full, key, one_line
from ...domain.saying import saying
from ...domain.text import clean, filled, sentence
from ...errors import InvalidValue
from ...refusal import phrased
from ...store import bodies, notices
from ...store.records import change
from ...store.steps import Store
from ..core import correcting
from ..core.act import ActContext, Command, Outcome, arg

_WORDS = "{was} is called {now} from now on. The reason given: {reason}"


@dataclass(frozen=True)
class RenameForum(Command):
    """Give a forum another name or acronym. Its short name in addresses stays, and so does every text that was issued
    under the former name; those who take part are told."""

    on = ("forum", "forum")
    alone = True
    gives = {"forum": "Forum", "correction": "Correction"}

    forum: UUID = arg("The forum.", of="Forum")
    reason: str = arg("Why, on the record: who decided it.")
    name: str | None = arg("Its new name; as it is when left out.", default=None)
    acronym: str | None = arg("Its new acronym; as it is when left out, none when empty.", default=None)


async def rename_forum(do: RenameForum, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) what is no name, no change, the name or acronym of another forum here, and an empty
    reason."""
    before = context.target(Forum)
    reason = filled(do.reason, "reason").strip()
    name = before.name if do.name is None else one_line(do.name, LONGEST_NAME, "name")
    acronym = before.acronym if do.acronym is None else _acronym(do.acronym)
    changes = differences({"name": before.name, "acronym": before.acronym}, {"name": name, "acronym": acronym})
    await _need_free(store, before.id, {change.what: change.reads for change in changes if change.reads})
    await store.write(change(before, replace(before, name=name, acronym=acronym)))
    correction = await correcting.record(context, store, CorrectionKind.RENAMED, changes, reason, forum_id=before.id)
    people = await store.ask(notices.taking_part(Place(frozenset((before.id,))), context.now))
    was, now = in_full(before.name, before.acronym), in_full(name, acronym)
    words = saying(_WORDS, was=was, now=now, reason=sentence(reason))
    count = await correcting.tell(context, store, people, words, correction)
    ids = {"forum": before.id, "correction": correction.id}
    return Outcome(ids, (correcting.entry("forum", before.id, correction, count),))


def _acronym(written: str) -> str | None:
    return one_line(written, LONGEST_SHORT_NAME, "acronym") if clean(written).strip() else None


async def _need_free(store: Store, forum: UUID, wanted: Mapping[str, str]) -> None:
    """Refuses (InvalidValue) what another forum here goes by: its name, its acronym, its short name in addresses."""
    for other in await store.ask(bodies.others(forum)):
        theirs = {key(name) for name in (other.name, other.acronym, other.slug) if name}
        for field, name in wanted.items():
            if key(name) in theirs:
                raise InvalidValue(
                    reason=phrased("Another forum here goes by {name}: Forum:{id}.", name=name, id=other.id)
                ).at_path(field)
