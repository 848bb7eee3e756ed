"""A body is asked to agree that another uses its name, or sends it texts."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.agreement import Agreement, AgreementPurpose, need_askable
from ...domain.body import Forum
from ...domain.enumeration import word_of
from ...domain.names import spelled
from ...errors import AgreementStands, NotFound
from ...store import agreements
from ...store.records import by_id
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .agreeing import tell


@dataclass(frozen=True)
class ProposeAgreement(Command):
    """Ask another body to agree that a track is its own or that it convenes a body of yours, that your texts are sent
    to it, or that they are endorsed in its name: for one edition of your forum, or standing. It counts once that body's
    secretariat accepted it (acceptAgreement)."""

    on = ("forum", "forum")
    creates = True
    gives = {"agreement": "Agreement"}

    forum: UUID = arg("The forum that asks: the one whose editions name the other.", of="Forum")
    named: UUID = arg("The body that is asked to agree.", of="Forum")
    purpose: str = arg("What it is to agree to.", scalar="AgreementPurpose")
    edition: str | None = arg(
        "The one edition of your forum for which it is to hold, by name; it need not be open yet. Left out: standing.",
        default=None,
    )
    track: str | None = arg("The one track of that edition, by its short name.", default=None)


async def propose_agreement(do: ProposeAgreement, context: ActContext, store: Store) -> Outcome:
    """Refuses an unknown body or purpose, a body that need not agree, a track without its edition, and
    (AgreementStands) what is agreed or waits already."""
    asking, named = context.target(Forum), await store.ask(by_id(Forum, do.named))
    if named is None:
        raise NotFound(what="forum").at_path("named")
    edition, track = _name(do.edition), _name(do.track)
    need_askable(asking, named, edition, track)
    proposal = Agreement(
        id=fresh(), asking_id=asking.id, named_id=named.id, purpose=word_of(AgreementPurpose, do.purpose, "purpose"),
        edition_name=edition, track_name=track, proposed_at=context.now, proposed_by_id=context.actor,
    )  # fmt: skip
    there = await store.write(agreements.enter(proposal))
    if there is not None:
        raise AgreementStands(agreement=there)
    await tell(store, proposal, "proposed", None, context.now, context.actor)
    detail = {"named": str(named.id), "purpose": proposal.purpose.value}
    return Outcome({"agreement": proposal.id}, (Entry("agreement", proposal.id, detail),))


def _name(name: str | None) -> str | None:
    """As editions and tracks are named: in its one spelling; None for nothing."""
    return None if name is None else spelled(name) or None
