"""A letter that is ready to go: the message, its address, and what follows once the relay has answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from ...store.unit import UnitOfWork

# Keeps, in the transaction that marks the letter, what else follows.
Follows = Callable[[UnitOfWork, datetime], Awaitable[None]]


async def nothing(_: UnitOfWork, __: datetime) -> None:
    """Nothing else follows."""


@dataclass(frozen=True)
class Parcel:
    """`taken`: the relay took it. `refused`: the relay refuses the address itself, for good."""

    message: EmailMessage
    address: str
    refused: Follows
    taken: Follows = nothing
