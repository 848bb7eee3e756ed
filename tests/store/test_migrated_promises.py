"""What stood before version 3 keeps the promise in force: each text tells who reads comments on it, and no comment or
received text has more readers than it was promised."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

PROCESS = """
comments = "public"
[tracks.main]
[tracks.close]
comments = "team"
[documents.report]
visibility = "participants"
[documents.open]
"""
# document: its track's definition, kind, state, audience -> who reads a comment on it from now on
TEXTS = {
    "a": ("main", "report", "circulated", "participants", "participants"),
    "b": ("main", "open", "circulated", "participants", "public"),
    "c": ("close", "open", "circulated", "participants", "team"),
    "d": ("main", "report", "issued", "team", "team"),
    "e": ("main", "unknown", "silence", "participants", "public"),
    "f": ("gone", "report", "draft", "team", "participants"),
}
# comment: its document, its audience before -> after
COMMENTS = {
    "k1": ("a", "public", "participants"),
    "k2": ("a", "team", "team"),
    "k3": ("b", "public", "public"),
    "k4": ("c", "participants", "team"),
    "k5": ("d", "participants", "team"),
    "k6": ("d", "team", "team"),
}
# received contribution: the document it came from, its visibility before -> after
RECEIVED = {"c1": ("d", "participants", "secretariat"), "c2": ("a", "participants", "participants")}
ID = "md5('{}')::uuid"


def _statements():
    some = ID.format("some")
    yield (
        f"INSERT INTO process_definition (id, name, version, hash, text, published_at) "
        f"VALUES ({some}, 'p', '1', 'h', $${PROCESS}$$, now())"
    )
    yield (
        f"INSERT INTO edition (id, forum_id, name, zone, process_id, opened_at) "
        f"VALUES ({some}, {some}, 'E', 'UTC', {some}, now())"
    )
    for name, (track, kind, state, audience, _) in TEXTS.items():
        yield (
            f"INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since) "
            f"VALUES ({ID.format('track ' + name)}, {some}, '{name}', 't', '{track}', 's', now())"
        )
        yield (
            "INSERT INTO document (id, track_id, edition_id, forum_id, kind, symbol, title, language, state, audience, "
            f"version_label) VALUES ({ID.format(name)}, {ID.format('track ' + name)}, {some}, {some}, '{kind}', "
            f"'{name}', 't', 'en', '{state}', '{audience}', '1')"
        )
    for name, (text, audience, _) in COMMENTS.items():
        yield (
            "INSERT INTO comment (id, document_id, markdown, audience, attribution, label) "
            f"VALUES ({ID.format(name)}, {ID.format(text)}, 'x', '{audience}', 'none', 'l')"
        )
    for name, (text, visibility, _) in RECEIVED.items():
        yield (
            "INSERT INTO contribution (id, track_id, edition_id, forum_id, title, language, state, visibility, "
            f"attribution, label, kind) VALUES ({ID.format(name)}, {some}, {some}, {some}, 't', 'en', 'returned', "
            f"'{visibility}', 'forum', 'l', 'received')"
        )
        yield (
            "INSERT INTO transmission (id, document_id, revision_id, kind, to_track_id, contribution_id, hash, "
            f"sent_at) VALUES ({ID.format(name)}, {ID.format(text)}, {some}, 'contribution', {some}, "
            f"{ID.format(name)}, 'h', now())"
        )


async def test_what_stood_keeps_the_promise_that_was_in_force(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0002"))
            # The foreign keys of rows that have nothing to do with it are taken away for the test.
            keys = await connection.execute(
                sa.text("SELECT conname, conrelid::regclass::text AS at FROM pg_constraint WHERE contype = 'f'")
            )
            for key in keys.all():
                await connection.execute(sa.text(f'ALTER TABLE {key.at} DROP CONSTRAINT "{key.conname}"'))
            for statement in _statements():
                await connection.exec_driver_sql(statement)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0003"))

            async def found(table, column, names):
                rows = await connection.execute(sa.text(f"SELECT id, {column} AS told FROM {table}"))
                by_id = {str(row.id): row.told for row in rows}
                ids = {name: str(await connection.scalar(sa.text(f"SELECT {ID.format(name)}"))) for name in names}
                return {name: by_id[id_] for name, id_ in ids.items()}

            texts = await found("document", "comment_audience", TEXTS)
            assert texts == {name: text[-1] for name, text in TEXTS.items()}
            assert await found("comment", "audience", COMMENTS) == {n: one[-1] for n, one in COMMENTS.items()}
            assert await found("contribution", "visibility", RECEIVED) == {n: one[-1] for n, one in RECEIVED.items()}
    finally:
        await engine.dispose()
