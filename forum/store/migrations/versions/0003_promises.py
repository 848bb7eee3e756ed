"""A promise is kept with what it was given for: who reads comments stands with each text, and no comment or received
text has more readers than it was promised.

Revision ID: 0003
"""

import tomllib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_CLOSED = ("issued", "endorsed", "adopted")
_CIRCLES = ("team", "participants", "public")
_RANK = "array_position(ARRAY['team', 'participants', 'public'], {})"


def upgrade() -> None:
    """What is in force at the migration is what is kept."""
    column = sa.Column("comment_audience", sa.Text, nullable=False, server_default="team")
    op.add_column("document", column)
    op.create_check_constraint(
        op.f("ck_document_comment_audience"), "document", "comment_audience in ('team', 'participants', 'public')"
    )
    _tell_what_the_process_says()
    _keep_what_was_promised()


def _tell_what_the_process_says() -> None:
    """Each text tells who reads comments on it now: what its edition's process says of its track, and no more than
    those who read the text while it is circulated and once it is closed."""
    connection = op.get_bind()
    texts: dict[Any, dict[str, Any]] = {}
    rows = connection.execute(
        sa.text(
            "SELECT d.id, d.kind, d.state, d.audience, k.definition, p.id AS process, p.text FROM document d "
            "JOIN track k ON k.id = d.track_id JOIN edition e ON e.id = d.edition_id "
            "LEFT JOIN process_definition p ON p.id = e.process_id"
        )
    ).all()
    for row in rows:
        if row.process not in texts:
            texts[row.process] = tomllib.loads(row.text) if row.text else {}
        if row.state in _CLOSED:
            comments, readers = _comments(texts[row.process], row.definition), row.audience
        else:
            kind = texts[row.process].get("documents", {}).get(row.kind, {})
            comments = _comments(texts[row.process], row.definition)
            readers = max("participants", kind.get("visibility", "public"), key=_CIRCLES.index)
        audience = min(comments, readers, key=_CIRCLES.index)
        connection.execute(
            sa.text("UPDATE document SET comment_audience = :audience WHERE id = :id"),
            {"audience": audience, "id": row.id},
        )


def _comments(process: dict[str, Any], track: str) -> str:
    audience: str = process.get("tracks", {}).get(track, {}).get("comments", process.get("comments", "participants"))
    return audience


def _keep_what_was_promised() -> None:
    """No comment is read by those who cannot read its text, and that is kept with it from now on: of a closed text its
    readers, of another those that its kind has. A text that came from another forum is read as widely as it was there,
    at most."""
    op.execute(
        "UPDATE comment SET audience = d.audience FROM document d WHERE d.id = comment.document_id "
        f"AND d.state IN {_CLOSED} AND {_RANK.format('comment.audience')} > {_RANK.format('d.audience')}"
    )
    op.execute(
        "UPDATE comment SET audience = d.comment_audience FROM document d WHERE d.id = comment.document_id "
        f"AND d.state NOT IN {_CLOSED} AND {_RANK.format('comment.audience')} > {_RANK.format('d.comment_audience')}"
    )
    op.execute(
        "UPDATE contribution SET visibility = 'secretariat' FROM transmission x "
        "JOIN document d ON d.id = x.document_id "
        "WHERE x.contribution_id = contribution.id AND d.audience = 'team'"
    )
