"""An edition that was opened by mistake is taken back, as long as nothing was done in it. Its name is free again."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.edition import Edition, withdraw
from ...domain.text import few, filled
from ...errors import ActedOnSince
from ...refusal import phrased
from ...spoken_words import does
from ...store import editions, versions
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg

_REMEDY = "Move its dates with moveAnchor, or leave it to its end; what was done in it stays on the record."


@dataclass(frozen=True)
class WithdrawEdition(Command):
    """Take back an edition that was opened, cloned or entered by mistake: a date typed wrong, the wrong process.
    Possible until something is done in it, also when the clock has closed it meanwhile. It stays on the record with the
    reason, and its name is free again."""

    on = ("edition", "edition")
    alone = True
    gives = {"edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")
    reason: str = arg("What was wrong, for the record.")


async def withdraw_edition(do: WithdrawEdition, context: ActContext, store: Store) -> Outcome:
    """Refuses (ActedOnSince) an edition in which something was done, naming what: of what is not attributed, only that
    there was something; and (WrongState) one that was taken back before."""
    edition, reason = context.target(Edition), filled(do.reason, "reason").strip()
    after = withdraw(edition)
    # Acts under way end first, and are then in the history.
    await store.ask(versions.tracks_alone(edition.id))
    done = await store.ask(editions.done_in(edition.id))
    if done:
        sentence = phrased(
            "in {name} this was done since: {acts}", name=edition.name, acts=few([does(act) for act in done])
        )
        raise ActedOnSince(
            act="withdraw_edition", sentence=sentence, remedy=_REMEDY, open_count=len(done), open_ids=()
        ).at_path("edition")
    await store.write(change(edition, after))
    detail = {"reason": reason, "was": edition.state.value, "withdrawn": True}
    return Outcome({"edition": edition.id}, (Entry("edition", edition.id, detail),))
