"""What every correction shares: a line on the record, with what it said before, and people told."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from ...domain.correction import Change, Correction, CorrectionKind, next_number, written
from ...domain.notice import NoticeKind
from ...domain.saying import Saying
from ...store import notices
from ...store.records import add, matching
from ...store.steps import Store
from ...store.unit import fresh
from .act import ActContext, Entry


async def record(
    context: ActContext,
    store: Store,
    kind: CorrectionKind,
    changes: Sequence[Change],
    reason: str,
    symbol: str | None = None,
    number: int | None = None,
    **of: UUID,
) -> Correction:
    """Write a correction down. `number`: the next one when left out; `of`: what it is of, by the field that names it
    (`document_id`)."""
    number = next_number(await standing(store, **of), kind) if number is None else number
    correction = Correction(
        id=fresh(), kind=kind, number=number, symbol=symbol, changes=written(changes),
        reason=reason, mandate_id=context.doer.mandate.id, made_at=context.now, **of,
    )  # fmt: skip
    await store.write(add(correction))
    return correction


async def standing(store: Store, **of: UUID) -> tuple[Correction, ...]:
    """The corrections of a thing, in the order of their numbers. Whoever asks holds it, so that none comes between."""
    return await store.ask(matching(Correction, "number", **of))


async def tell(
    context: ActContext,
    store: Store,
    people: Iterable[UUID],
    words: Saying,
    cause: Correction,
    *,
    document: UUID | None = None,
    edition: UUID | None = None,
) -> int:
    """Tell these people, whoever acts not among them; how many were told."""
    others = frozenset(id_ for id_ in people if id_ != context.actor)
    await store.write(
        notices.tell(
            others, kind=NoticeKind.CORRECTED, words=words, cause=cause.id, at=context.now, edition=edition,
            document=document,
        )
    )  # fmt: skip
    return len(others)


def entry(kind: str, id_: UUID, correction: Correction, people: int) -> Entry:
    """The line of the history: what was put right, why, and how many people were told."""
    return Entry(kind, id_, {"correction": str(correction.id), "reason": correction.reason, "told": people})
