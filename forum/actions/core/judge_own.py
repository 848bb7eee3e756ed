"""Whether somebody may do an act on what is theirs alone: it takes no mandate, and no office does it for them."""

from ...domain.mandates import Person
from ...domain.sign_in import SignIn
from ...errors import NotFound
from ...store import tokens
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from .act import camel
from .judgement import Judgement


async def judge_own(unit: UnitOfWork, located: Located, person: Person) -> Judgement:
    """Yes, of one's own token, sign-in or person. Raises NotFound of what is another's."""
    if located.kind == "token":
        own = await unit.ask(tokens.is_of(located.id, person.id))
    else:
        own = person.id == (located.target.person_id if isinstance(located.target, SignIn) else located.id)
    if not own:
        raise NotFound(what=located.kind).at_path(camel(located.kind))
    return Judgement(rules.YES, None, None)
