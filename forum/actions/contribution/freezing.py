"""An input as it was handed in is frozen: hashed with a salt, with no authorship in it, and given a receipt number."""

import secrets

from ...domain import receipts, snapshot
from ...domain.contribution import Contribution, Receipt
from ...domain.document import Snapshot
from ...domain.document_text import Content
from ...domain.input_versions import FIRST, Version
from ...store.records import add
from ...store.steps import Store
from ...store.unit import random_id


async def freeze(store: Store, contribution: Contribution, content: Content, version: Version = FIRST) -> Receipt:
    """Freeze an input with all it says (`store.inputs.content`), under a salted hash with no authorship in it, and draw
    a receipt number. `version`: which of its versions this is."""
    salt = secrets.token_bytes(snapshot.SALT_BYTES)
    sealed = snapshot.seal(content, salt)
    frozen = Snapshot(
        id=random_id(),
        subject_kind="contribution",
        subject_id=contribution.id,
        content=snapshot.canonical(content).decode(),
        salt=salt,
        hash=sealed,
        number=version.number,
        first_number=version.first_number,
    )
    await store.write(add(frozen))
    return Receipt(receipts.number(secrets.token_bytes(receipts.RANDOM_BYTES)), sealed)
