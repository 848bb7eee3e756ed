"""For whom somebody writes, what of that is named, and where the history keeps who acted."""

from uuid import UUID

from ...domain.author import Author, Naming, author_columns, mechanism_for, naming, wrote_by
from ...domain.authority import OF_FORUM
from ...domain.body import Organisation, OrganisationKind
from ...domain.contribution import AuthorKind
from ...domain.mandate import Role
from ...domain.mandates import coordination
from ...errors import RoleNotAllowed
from ...store import authors, inputs
from ...store.records import by_id
from ...store.steps import Store
from ..core.act import ActContext


async def author_of(context: ActContext, store: Store, *, collective: bool) -> Author:
    """The author for whom the person acting writes. Refuses (RoleNotAllowed) one who speaks for nobody."""
    mandate = context.doer.mandate
    if collective:
        if mandate.role != Role.COORDINATOR or mandate.mechanism is None or mandate.forum is None:
            raise RoleNotAllowed(act="a collective input", roles=(Role.COORDINATOR,), yours=(mandate.role,))
        where = coordination(mandate.mechanism, mandate.forum)
        return Author(AuthorKind.MECHANISM, mechanism=mandate.mechanism, coordination=where)
    if mandate.role in OF_FORUM:
        return Author(AuthorKind.FORUM, forum=context.place.forum_id)
    organisation = mandate.speaks_for
    if organisation is None:
        raise RoleNotAllowed(act="an input", roles=("a role for an organisation",), yours=(mandate.role,))
    return of_organisation(await store.ask(by_id(Organisation, organisation)), organisation)


def of_organisation(organisation: Organisation | None, id_: UUID) -> Author:
    """An organisation as an author: a state, or another organisation."""
    state = organisation is not None and organisation.kind == OrganisationKind.STATE
    return Author(AuthorKind.STATE if state else AuthorKind.ORGANISATION, organisation=id_)


async def named(context: ActContext, store: Store, author: Author, attribution: str, mechanism: str | None) -> Naming:
    """What a text of this author shows of them. Refuses (WordNotAllowed) a mechanism that is not theirs."""
    chosen = mechanism_for(author, mechanism, context.doer.mechanisms)
    names = await store.ask(inputs.labels(author.organisation, chosen, author.forum))
    return naming(author, attribution, chosen, names)


async def hidden(context: ActContext, store: Store) -> dict[str, UUID | str | None]:
    """Where the history of an input keeps who acted: in `authorship`, seen by the author's own side alone.

    Of every act on a draft, for a text that names its author today may be handed in without a name tomorrow, and of a
    submission that names no organisation.
    """
    wrote = await store.ask(authors.of(context.place.id))
    author = None if wrote is None else wrote_by(wrote)
    return author_columns(author)
