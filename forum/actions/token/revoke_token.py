"""A person ends a token of their own."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.token import Token
from ...errors import WrongState
from ...store import tokens
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class RevokeToken(Command):
    """End one of your own tokens, at once: a device that is lost, a script that is done. Also the one you ask with.
    `viewer { tokens }` lists them."""

    on = ("token", "token")
    gives = {"token": "Token"}

    token: UUID = arg("The token.", of="Token")


async def revoke_token(do: RevokeToken, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) one that has ended already."""
    if not await store.write(tokens.revoke(do.token)):
        raise WrongState(act="revoke_token", state="a token that has ended", needs=("a token that stands",))
    return Outcome({"token": context.target(Token).id}, (Entry("token", do.token),))
