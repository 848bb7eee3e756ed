"""Finds the thing an act is on, locks it, and tells where in which process it stands: one statement, on the one clock.

The locks are taken in common table expressions and the clock is read outside of them, so it is read after they are
held: a deadline that passed while we waited for the lock has passed. What stands beside a
locked row (its edition, the definition it is pinned to) is of the statement's beginning: where the track changed while
we waited for it, all is read again, or an act would be judged by the text from before a migration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import Call
from ..domain.document import Document
from ..domain.edition import Edition
from ..domain.noun import Noun
from ..domain.silence import Silence
from ..domain.track import Track
from .carried import once
from .nouns import NOUNS, noun_of
from .tables import schema as t
from .unit import UnitOfWork

N = TypeVar("N")

# What an act may be on -> its table. A kind with `document_id` brings its document along, locked.
KINDS: Mapping[str, sa.Table] = {
    "forum": t.forum,
    "edition": t.edition,
    "track": t.track,
    "call": t.call,
    "contribution": t.contribution,
    "meeting": t.meeting,
    "document": t.document,
    "paragraph": t.paragraph,
    "recommendation": t.recommendation,
    "comment": t.comment,
    "clearance": t.clearance,
    "silence": t.silence,
    "transmission": t.transmission,
    "mandate": t.mandate,
    "organisation": t.organisation,
    "participation": t.participation,
    "agreement": t.agreement,
    "application": t.application,
    "invitation": t.invitation,
    "reminder": t.reminder,
    "token": t.token,
    "sign_in": t.sign_in,
    "person": t.person,
}
_TURNS = frozenset(("track", "edition"))  # what a migration changes under those who wait for it
# Read by many acts at once, changed by few: shared locks let them pass beside each other.
_SHARED = frozenset(("forum", "edition", "call", "meeting", "organisation"))


@dataclass(frozen=True)
class Located:
    """The thing an act is on (`target`), with the document, call, track and edition it belongs to.

    `place_forum` is the body whose place it is, None of an organisation, a token, a sign-in, a person, a mandate that
    is for no forum, and an agreement (it is two bodies' affair); `convened_by` those that convene that body with equal
    rights; `body_id` the body that is asked, where the thing is a silence. `process_text` is the definition its
    edition is pinned to.
    """

    kind: str
    id: UUID
    now: datetime
    target: Noun
    document: Document | None
    call: Call | None
    track: Track | None
    edition: Edition | None
    process_hash: str | None
    process_text: str | None
    place_forum: UUID | None
    convened_by: tuple[UUID, ...]
    body_id: UUID | None

    @property
    def forum_id(self) -> UUID:
        """The body whose place it is; only what concerns mandates, tokens and people is done in no body's."""
        if self.place_forum is None:
            raise LookupError(f"the {self.kind} is in no forum")
        return self.place_forum


@once
def _statement(kind: str, lock: bool, alone: bool) -> sa.Select[Any]:
    table = KINDS[kind]
    own = sa.select(table, *_version(kind, table)).where(table.c.id == sa.bindparam("id"))
    # An edition held alone lets rows that point at it be written: they wait for their track, not for the edition.
    held = own.with_for_update(read=kind in _SHARED and not alone, key_share=alone and kind == "edition")
    x = (held if lock else own).cte("x")
    around = _around(kind, x, lock, alone)
    joined: sa.FromClause = x
    for name, (cte, on) in around.items():
        joined = joined.join(cte, on, isouter=True) if name != "x" else joined
    edition, definition, clock = t.edition, t.process_definition, t.clock
    track_edition = around["track"][0].c.edition_id if "track" in around else _own_edition(kind, x)
    joined = joined.join(edition, edition.c.id == track_edition, isouter=True)
    joined = joined.join(definition, definition.c.id == edition.c.process_id, isouter=True).join(clock, sa.true())
    forum_id = _forum(kind, x, around, edition)
    columns = [c.label(f"x__{c.name}") for c in x.c if c.name != "row_version"]
    for name, (cte, _) in around.items():
        columns += [c.label(f"{name}__{c.name}") for c in cte.c if c.name != "row_version"]
    columns += [c.label(f"edition__{c.name}") for c in edition.c]
    turns = x if kind in _TURNS else around["track"][0] if "track" in around else None
    if turns is not None:
        table = t.edition if kind == "edition" else t.track
        newest = table.alias("newest")
        joined = joined.join(newest, newest.c.id == turns.c.id, isouter=True)
        columns.append((turns.c.row_version == _version(table.name, newest)[0]).label("steady"))
    convened = sa.select(sa.func.array_agg(t.convenor.c.convened_by_id)).where(t.convenor.c.forum_id == forum_id)
    return sa.select(
        *columns,
        definition.c.hash.label("process_hash"),
        definition.c.text.label("process_text"),
        forum_id.label("place_forum"),
        convened.scalar_subquery().label("convened_by"),
        (sa.func.clock_timestamp() + clock.c.shift).label("now"),
    ).select_from(joined)


def _around(kind: str, x: sa.CTE, lock: bool, alone: bool) -> dict[str, tuple[sa.CTE, sa.ColumnElement[bool]]]:
    """Document, call and track that belong to the thing, each locked in an expression of its own.

    Where the thing is held alone its track is too: the clock moves it, and two who share a lock and both want more of
    it would wait for each other.
    """
    around: dict[str, tuple[sa.CTE, sa.ColumnElement[bool]]] = {}
    near: sa.CTE = x
    first: sa.FromClause | None = None  # what is locked before the track

    def beside(table: sa.Table, on: sa.ColumnElement[bool], by: sa.FromClause, *, shared: bool, name: str) -> sa.CTE:
        rows = sa.select(table, *_version(table.name, table)).join(by, on)
        return (rows.with_for_update(of=table, read=shared) if lock else rows).cte(name)

    if "document_id" in x.c:
        near = beside(t.document, t.document.c.id == x.c.document_id, x, shared=False, name="d")
        around["document"] = (near, near.c.id == x.c.document_id)
    if "call_id" in x.c:
        k = beside(t.call, t.call.c.id == x.c.call_id, x, shared=True, name="k")
        around["call"] = (k, k.c.id == x.c.call_id)
        # The call before the track, in every act: whoever closes or moves a call comes that way too.
        first = x.outerjoin(k, k.c.id == x.c.call_id)
        near = near if "track_id" in near.c else k  # of a reminder, the call's
    if "track_id" in near.c and kind != "mandate":
        tr = beside(
            t.track, t.track.c.id == near.c.track_id, near if first is None else first, shared=not alone, name="tr"
        )
        around["track"] = (tr, tr.c.id == near.c.track_id)
    return around


def _version(kind: str, rows: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """Which version of the row this is, of a track or edition: PostgreSQL gives each version of a row its own xmin."""
    return (sa.column("xmin", _selectable=rows).label("row_version"),) if kind in _TURNS else ()


def _own_edition(kind: str, x: sa.CTE) -> sa.ColumnElement[Any]:
    return x.c.id if kind == "edition" else x.c.edition_id if "edition_id" in x.c else sa.null()


def _forum(kind: str, x: sa.CTE, around: Mapping[str, tuple[sa.CTE, Any]], edition: sa.Table) -> sa.ColumnElement[Any]:
    """The body whose place it is: the one the track was convened as, else the edition's, else the thing itself."""
    if kind == "forum":
        return x.c.id
    if kind in ("organisation", "agreement", "token", "sign_in", "person"):
        return sa.cast(sa.null(), sa.Uuid)
    if kind in ("participation", "application", "invitation"):
        return x.c.forum_id
    if kind == "mandate":
        return sa.func.coalesce(x.c.forum_id, edition.c.forum_id)
    track = x if kind == "track" else around["track"][0] if "track" in around else None
    return edition.c.forum_id if track is None else sa.func.coalesce(track.c.convened_as_id, edition.c.forum_id)


async def locate(unit: UnitOfWork, kind: str, id_: UUID, *, lock: bool = True, alone: bool = False) -> Located | None:
    """The thing, locked until the transaction ends (a question only looks), and what surrounds it; None if none.

    `alone`: also what is otherwise held shared is held by this transaction only (closing a call).
    """
    if lock and "document_id" in KINDS[kind].c:
        # The document before its parts, as in every other act on it: so two never wait for each other.
        part = KINDS[kind]
        own = sa.select(part.c.document_id).where(part.c.id == id_).scalar_subquery()
        await unit.run(sa.select(t.document.c.id).where(t.document.c.id == own).with_for_update())
    if lock and kind == "reminder":
        # The call before its reminders, as where its deadline moves.
        of = sa.select(t.reminder.c.call_id).where(t.reminder.c.id == id_).scalar_subquery()
        await unit.run(sa.select(t.call.c.id).where(t.call.c.id == of).with_for_update(read=True))
    row = await unit.first(_statement(kind, lock, alone), {"id": id_})
    if row is not None and row.get("steady") is False:  # the lock is ours now: the second reading is of this moment
        row = await unit.first(_statement(kind, lock, alone), {"id": id_})
    if row is None:
        return None
    target = _noun(NOUNS[KINDS[kind].name], row, "x")
    if target is None:
        return None
    return Located(
        kind=kind,
        id=id_,
        now=row["now"],
        target=target,
        document=target if isinstance(target, Document) else _noun(Document, row, "document"),
        call=target if isinstance(target, Call) else _noun(Call, row, "call"),
        track=target if isinstance(target, Track) else _noun(Track, row, "track"),
        edition=target if isinstance(target, Edition) else _noun(Edition, row, "edition"),
        process_hash=row["process_hash"],
        process_text=row["process_text"],
        place_forum=row["place_forum"],
        convened_by=tuple(row["convened_by"] or ()),
        body_id=target.body_id if isinstance(target, Silence) else None,
    )


def _noun(kind: type[N], row: Mapping[str, Any], name: str) -> N | None:
    """One of the joined rows as a noun; None where the outer join found none."""
    prefix = f"{name}__"
    return None if row.get(f"{prefix}id") is None else noun_of(kind, row, prefix)
