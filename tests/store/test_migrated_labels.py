"""Texts that were closed before version 11 are no drafts by their label; what was named at the closing keeps its
name."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.domain.document import final_label
from forum.store import migrate
from forum.store.unit import sqlalchemy_url
from tests.support.nouns import a_document

ID = "md5('{}')::uuid"
BEFORE = (
    f"INSERT INTO forum (id, slug, name, layer, kind) VALUES ({ID.format('f')}, 'f', 'F', 'gfmd', 'forum')",
    "INSERT INTO edition (id, forum_id, name, zone, state, opened_at) "
    f"VALUES ({ID.format('e')}, {ID.format('f')}, 'E', 'UTC', 'recorded', '2024-01-01Z')",
    "INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since) "
    f"VALUES ({ID.format('t')}, {ID.format('e')}, 't', 'T', 'main', 'closed', '2024-01-01Z')",
)
# symbol: (language, state, label, when its newest revision was frozen, when it was closed, the label afterwards)
TEXTS = {
    "draft": ("en", "draft", "Zero draft", "2024-01-01Z", None, "Zero draft"),
    "circulated": ("en", "circulated", "Rev.1", "2024-01-01Z", None, "Rev.1"),
    "issued": ("en", "issued", "Draft 1", "2024-01-01Z", "2024-02-01Z", "Final"),
    "named": ("en", "issued", "As agreed", "2024-02-01Z", "2024-02-01Z", "As agreed"),
    "french": ("fr", "endorsed", "Projet 2", "2024-01-01Z", "2024-02-01Z", "Version finale"),
    "chinese": ("zh-Hans", "endorsed", "初稿", "2024-01-01Z", "2024-02-01Z", "定稿"),
    "swahili": ("sw", "adopted", "Rasimu", "2024-01-01Z", "2024-02-01Z", "Final"),
}


def _rows() -> list[str]:
    made = []
    for symbol, (language, state, label, frozen, closed, _) in TEXTS.items():
        when = "NULL" if closed is None else f"'{closed}'"
        made.append(
            "INSERT INTO document (id, track_id, edition_id, forum_id, kind, symbol, title, language, state, audience, "
            f"version_label, revision, closed_at) VALUES ({ID.format(symbol)}, {ID.format('t')}, {ID.format('e')}, "
            f"{ID.format('f')}, 'report', '{symbol}', 'T', '{language}', '{state}', 'public', '{label}', 1, {when})"
        )
        made.append(
            "INSERT INTO revision (id, document_id, number, label, hash, salt, frozen_at) VALUES "
            f"({ID.format('r' + symbol)}, {ID.format(symbol)}, 1, '{label}', 'h', '\\x00', '{frozen}')"
        )
    return made


async def test_closed_texts_are_called_so(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0010"))
            for statement in (*BEFORE, *_rows()):
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            labels = await connection.execute(sa.text("SELECT symbol, version_label FROM document"))
            assert {row.symbol: row.version_label for row in labels} == {
                symbol: text[-1] for symbol, text in TEXTS.items()
            }
            frozen = await connection.execute(sa.text("SELECT count(*) FROM revision WHERE label = 'Final'"))
            assert frozen.scalar_one() == 0  # what was frozen under a label keeps it
    finally:
        await engine.dispose()


def test_the_migration_and_the_act_say_the_same():
    for symbol, (language, *_, label) in TEXTS.items():
        if symbol not in ("draft", "circulated", "named"):
            assert final_label(a_document(language=language)) == label
