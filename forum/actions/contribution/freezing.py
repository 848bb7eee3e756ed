"""An input as it was handed in is frozen: hashed with a salt, with no authorship in it, and given a receipt number."""

import secrets

from ...domain import receipts, snapshot
from ...domain.contribution import Contribution, Receipt
from ...domain.document import Snapshot
from ...store import inputs
from ...store.records import add
from ...store.steps import Store
from ...store.unit import random_id


async def freeze(store: Store, contribution: Contribution) -> Receipt:
    """Freeze an input as it stands, under a salted hash with no authorship in it, and draw a receipt number."""
    content = await store.ask(inputs.content(contribution))
    salt = secrets.token_bytes(snapshot.SALT_BYTES)
    sealed = snapshot.seal(content, salt)
    frozen = Snapshot(
        id=random_id(),
        subject_kind="contribution",
        subject_id=contribution.id,
        content=snapshot.canonical(content).decode(),
        salt=salt,
        hash=sealed,
    )
    await store.write(add(frozen))
    return Receipt(receipts.number(secrets.token_bytes(receipts.RANDOM_BYTES)), sealed)
