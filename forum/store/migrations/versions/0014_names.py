"""Names have one spelling, as `forum/domain/names.py` gives it, and languages are codes.

A name that would then be the same as another one stays as it is: both stand on the record, and nobody chose between
them. What was written for a language without being one is `und` (BCP 47: undetermined).

Revision ID: 0014
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# Where a name is unique or looked up, and within what.
_NAMED = (
    ("organisation", "name", None),
    ("forum", "name", None),
    ("edition", "name", "forum_id"),
    ("track", "name", "edition_id"),
    ("theme", "code", "edition_id"),
    ("document", "symbol", None),
)
_ALONE = (("agreement", "edition_name"), ("agreement", "track_name"), ("tag", "code"))
_LANGUAGES = ("contribution", "document", "past_document")
_WORDS = {
    word: tag
    for tag, words in {
        "ar": "arabic arabe ara", "zh": "chinese chinois mandarin zho chi", "en": "english anglais eng",
        "fr": "french francais fra fre", "ru": "russian russe rus", "es": "spanish espagnol spa",
    }.items()
    for word in words.split()
}  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    for table, column, within in _NAMED:
        _respell(connection, table, column, within)
    for table, column in _ALONE:
        _each(connection, table, column, _spelled)
    for table in _LANGUAGES:
        _each(connection, table, "language", _tag)
    for id_, tags in connection.execute(sa.text("SELECT id, languages FROM call")).all():
        read = list(dict.fromkeys(map(_tag, tags)))
        if read != list(tags):
            connection.execute(sa.text("UPDATE call SET languages = :tags WHERE id = :id"), {"tags": read, "id": id_})


def _respell(connection: sa.Connection, table: str, column: str, within: str | None) -> None:
    scope = within or "NULL"
    rows = connection.execute(sa.text(f"SELECT id, {scope}, {column} FROM {table} ORDER BY id")).all()
    taken = {(where, name) for _, where, name in rows}
    for id_, where, name in rows:
        wanted = _spelled(name)
        if wanted and wanted != name and (where, wanted) not in taken:
            taken.add((where, wanted))
            _set(connection, table, column, id_, wanted)


def _each(connection: sa.Connection, table: str, column: str, read: object) -> None:
    assert callable(read)
    found = sa.text(f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL")
    for id_, value in connection.execute(found).all():
        if read(value) != value:
            _set(connection, table, column, id_, read(value))


def _set(connection: sa.Connection, table: str, column: str, id_: object, value: str) -> None:
    connection.execute(sa.text(f"UPDATE {table} SET {column} = :value WHERE id = :id"), {"value": value, "id": id_})


def _spelled(name: str) -> str:
    """As `forum/domain/names.py` spelt names when this was written."""
    visible = "".join(s for s in name if unicodedata.category(s) != "Cf" or s in "\u200c\u200d")
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", visible).strip())


def _tag(tag: str) -> str:
    first = tag.split("-")[0].lower()
    if first in _WORDS:
        return "-".join((_WORDS[first], *tag.split("-")[1:]))
    return tag if len(first) < 4 else "und"
