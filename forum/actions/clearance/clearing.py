"""What the acts of clearance share, and what release, submission and comments ask before anything goes out."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ...domain.author import Author, author_columns
from ...domain.body import Organisation
from ...domain.clearance import Clearance, ClearanceRule, CommentWords, need_cleared
from ...domain.comment import Comment
from ...domain.contribution import AuthorKind, Contribution
from ...store import clearances
from ...store.records import add, by_id
from ...store.steps import Store
from ...store.unit import random_id
from ..contribution.authoring import of_organisation
from ..core.act import ActContext, Entry, Outcome
from ..core.judge import place_of


async def need_cleared_input(context: ActContext, store: Store, contribution: Contribution) -> None:
    """Refuses (ClearanceMissing) an input whose present revision its organisation's people have not all cleared."""
    rule = await store.ask(clearances.rule_for_input(contribution.id))
    if rule is None:
        return
    cleared = await store.ask(clearances.of_revision(contribution.id, contribution.revision))
    await _need(context, store, rule, cleared, "clearContribution")


async def cleared_for(context: ActContext, store: Store, author: Author, comment: Comment) -> tuple[Clearance, ...]:
    """The clearances of a comment that is about to be made; none where its organisation asks for none. Refuses
    (ClearanceMissing) one in words that its people have not all cleared."""
    spoken_for = author.kind in (AuthorKind.STATE, AuthorKind.ORGANISATION)
    if not spoken_for or author.organisation is None:
        return ()
    rule = await store.ask(clearances.rule_for_comments(author.organisation))
    if rule is None:
        return ()
    cleared = await store.ask(clearances.of_words(author.organisation, words_of(comment)))
    await _need(context, store, rule, cleared, "clearComment")
    return cleared


async def _need(
    context: ActContext, store: Store, rule: ClearanceRule, cleared: tuple[Clearance, ...], act: str
) -> None:
    here = place_of(context.place)
    speakers = await store.ask(clearances.speakers(rule.organisation_id, here, context.now))
    need_cleared(rule, cleared, speakers, act)


def words_of(comment: Comment) -> CommentWords:
    """A comment as it is cleared: what it says, where, to whom and under whose name."""
    return CommentWords(
        document_id=comment.document_id,
        paragraph_id=comment.paragraph_id,
        markdown=comment.markdown,
        proposed_text=comment.proposed_text,
        audience=comment.audience,
        attribution=comment.attribution,
        mechanism=comment.named_mechanism,
    )


async def clear(context: ActContext, store: Store, standing: Iterable[Clearance], **what: Any) -> Outcome:
    """Clear this version (`what`: the columns that say which) in the name of the organisation for which somebody acts.
    Where they cleared it in the same role already (`standing`: the clearances of it), that one stands."""
    mandate, person = context.doer.mandate, context.actor
    assert person is not None
    assert mandate.speaks_for is not None  # the judge asked
    for there in standing:
        if (there.person_id, there.role) == (person, mandate.role):
            return Outcome({"clearance": there.id})
    clearance = Clearance(
        id=random_id(), organisation_id=mandate.speaks_for, person_id=person, role=mandate.role,
        cleared_at=context.now, **what,
    )  # fmt: skip
    await store.write(add(clearance))
    return Outcome({"clearance": clearance.id}, (await own_entry(store, mandate.speaks_for, clearance.id),))


async def own_entry(store: Store, organisation: UUID, id_: UUID) -> Entry:
    """A line of the history that the organisation's own side alone reads."""
    author = of_organisation(await store.ask(by_id(Organisation, organisation)), organisation)
    return Entry("clearance", id_, author=author_columns(author))
