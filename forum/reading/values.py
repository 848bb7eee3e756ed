"""How values look on the wire: ids, instants, cursors, words of enums; from SQL and from Python alike."""

from __future__ import annotations

import enum
import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from graphql import GraphQLEnumType, GraphQLError, GraphQLList, get_named_type, get_nullable_type

from ..errors import Misconfigured

INSTANT = '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\''  # UTC, six digits: RFC 3339
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-: ")
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def refused(message: str, code: str, nodes: Any = None) -> GraphQLError:
    """A request error of the reader's own."""
    return GraphQLError(message, nodes, extensions={"code": code})


def const(word: str) -> sa.ColumnElement[str]:
    """A word of our own written into the statement. Never a caller's: refuses (Misconfigured) all but plain letters."""
    if not word or not _PLAIN.issuperset(word):
        raise Misconfigured(reason=f"{word!r} cannot stand as a constant in a statement.")
    return sa.literal_column(f"'{word}'", sa.Text)


def whole(number: int) -> sa.ColumnElement[int]:
    """A number of our own written into the statement."""
    return sa.literal_column(str(int(number)), sa.Integer)


# ---- shown by SQL
def instant(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """`2027-03-01T11:00:00.000000Z`, whatever the session's zone."""
    utc = sa.func.timezone(sa.literal_column("'UTC'"), moment)
    return sa.func.to_char(utc, sa.literal_column(INSTANT), type_=sa.Text)


def global_id(tag: str, key: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """`Type:uuid`; null where the key is."""
    return const(f"{tag}:").op("||", return_type=sa.Text())(sa.cast(key, sa.Text))


def shown(expression: sa.ColumnElement[Any], graphql_type: Any, tag: str | None) -> sa.ColumnElement[Any]:
    """A column or expression as the schema's type shows it."""
    named, kind = get_named_type(graphql_type), expression.type
    if isinstance(named, GraphQLEnumType):
        return _enumerated(expression, named, isinstance(get_nullable_type(graphql_type), GraphQLList))
    if named.name == "ID" and isinstance(kind, sa.Uuid):
        if tag is None:
            raise Misconfigured(reason="an ID of a type without a table needs a tag.")
        return global_id(tag, expression)
    if isinstance(kind, sa.DateTime):
        return instant(expression)
    if isinstance(kind, sa.LargeBinary):
        return sa.func.encode(expression, const("hex"))
    if named.name == "Decimal":
        return sa.cast(expression, sa.Text)
    return expression


def _enumerated(expression: sa.ColumnElement[Any], named: GraphQLEnumType, in_list: bool) -> sa.ColumnElement[Any]:
    words = {name: plain(value.value) for name, value in named.values.items()}
    if all(name == word for name, word in words.items()):
        return expression
    if in_list:
        if any(name != str(word).upper() for name, word in words.items()):
            raise Misconfigured(reason=f"a list of {named.name} needs words that differ from its names by case only.")
        return sa.cast(sa.func.upper(sa.cast(expression, sa.Text)), ARRAY(sa.Text))
    return sa.case(*[(expression == const(str(word)), const(name)) for name, word in words.items()])


# ---- shown by Python
def plain(value: Any) -> Any:
    """Coerced arguments as PostgreSQL takes them: members of enums by their value, instants in UTC, all the way
    down."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, dict):
        return {name: plain(v) for name, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def written(value: Any) -> Any:
    """A Python leaf as the wire shows it; a member of a list of words as its word. Refuses a time without a zone."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Misconfigured(reason=f"a time without a zone reached an answer: {value.isoformat()}")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (uuid.UUID, Decimal)):
        return str(value)
    return value


def as_uuid(text: Any) -> uuid.UUID | None:
    """The uuid in canonical form (RFC 9562, section 4), or None: no other spelling of an id is an id."""
    if not isinstance(text, str) or _UUID.fullmatch(text) is None:
        return None
    return uuid.UUID(int=int(text.replace("-", ""), 16))


def parted(node_id: Any) -> tuple[str, uuid.UUID | None]:
    """`Type:uuid` -> its tag and its uuid; None where it is malformed."""
    tag, _, rest = str(node_id).partition(":")
    return tag, as_uuid(rest)


def clean(text: Any) -> Any:
    """Refuses what PostgreSQL cannot hold in a text: NUL and lone surrogates."""
    if isinstance(text, str):
        if "\0" in text:
            raise refused("Text may not hold the character NUL.", "BAD_TEXT")
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise refused("Text may not hold half of a surrogate pair.", "BAD_TEXT") from None
    return text


# ---- cursors
@dataclass(frozen=True)
class Key:
    """One column of an order: its label in the row, its type, its direction."""

    name: str
    type: Any
    descending: bool = False

    def of(self, row: Any) -> sa.ColumnElement[Any]:
        """The column as it is compared and sorted: texts by code point, so that no collation decides."""
        column = row.c[self.name]
        if self.textual and column.type.collation != "C":
            return sa.collate(column, "C")
        collated: sa.ColumnElement[Any] = column
        return collated

    def sorted(self, row: Any) -> sa.ColumnElement[Any]:
        return self.of(row).desc() if self.descending else self.of(row)

    @property
    def textual(self) -> bool:
        return isinstance(self.type, sa.String)


def keys(table: sa.FromClause, order: Sequence[str]) -> tuple[Key, ...]:
    """`("-created_at", "id")` as keys of the table. Refuses an unknown column and more than one text."""
    order_keys = []
    for name in order:
        bare = name.removeprefix("-")
        if bare not in table.c:
            raise Misconfigured(reason=f"{table} has no column {bare} to order by.")
        order_keys.append(Key(bare, table.c[bare].type, name.startswith("-")))
    if sum(k.textual for k in order_keys) > 1:
        raise Misconfigured(reason=f"an order may hold one text at most, or a cursor could not be taken apart: {order}")
    return tuple(order_keys)


def list_mark(place: str, names: Sequence[str]) -> str:
    """What the cursors of a list begin with: of its field (`Track.documents`) and of the order that was asked for."""
    return hashlib.blake2s(f"{place} {'|'.join(names)}".encode(), digest_size=3).hexdigest()


def cursor(row: Any, order: Sequence[Key], mark: str) -> sa.ColumnElement[str]:
    """The row's place: the mark of its list, then the values it is ordered by, joined by `|`, and nothing else."""
    parts = [
        instant(row.c[k.name]) if isinstance(k.type, sa.DateTime) else sa.cast(row.c[k.name], sa.Text) for k in order
    ]
    return sa.func.concat_ws(const_bar(), const(mark), *parts)


def const_bar() -> sa.ColumnElement[str]:
    """The bar between the columns of a cursor."""
    return sa.literal_column("'|'", sa.Text)


def uncursor(text: str, order: Sequence[Key], mark: str) -> list[Any]:
    """The values in a cursor. Refuses (BAD_CURSOR) whatever this list did not write itself, in this order."""
    own, _, text = text.partition("|")
    before = next((i for i, k in enumerate(order) if k.textual), len(order) - 1)
    after = len(order) - 1 - before
    head = text.split("|", before)
    parts = head[:-1] + (head[-1].rsplit("|", after) if after else head[-1:])
    try:
        if own != mark or len(parts) != len(order):
            raise ValueError
        return [_read(part, key) for part, key in zip(parts, order, strict=True)]
    except (ValueError, OverflowError):
        raise refused(
            "after: this is not a cursor of this list in this order. Begin it anew, without after.", "BAD_CURSOR"
        ) from None


def _read(part: str, key: Key) -> Any:
    if isinstance(key.type, sa.DateTime):
        if not part.endswith("Z"):
            raise ValueError
        return datetime.fromisoformat(part)
    if isinstance(key.type, sa.Date):
        return date.fromisoformat(part)
    if isinstance(key.type, sa.Uuid):
        id_ = as_uuid(part)
        if id_ is None:
            raise ValueError
        return id_
    if isinstance(key.type, sa.Integer):
        number = int(part)
        if not -(2**31) <= number < 2**31:
            raise ValueError
        return number
    return clean(part)
