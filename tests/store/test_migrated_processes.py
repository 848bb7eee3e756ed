"""What stood before migration 0004 is brought along: each forum that ran a text has it as its own from then on, running
editions are pinned to that copy, and so are their migrations."""

import datetime as dt
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


async def _rows(connection: AsyncConnection, sql: str, **values: object) -> list[sa.RowMapping]:
    return list((await connection.execute(sa.text(sql), values)).mappings())


async def _before(connection: AsyncConnection) -> dict[str, UUID]:
    """Two forums under one text of the operator's; the first moved to a version of its own, and could move back."""
    ids = {name: uuid4() for name in ("gfmd", "youth", "shared", "own", "unused", "first", "second", "past", "moved")}
    for name in ("gfmd", "youth"):
        await connection.execute(
            sa.text("INSERT INTO forum (id, slug, name, layer, kind) VALUES (:id, :slug, :slug, 'gfmd', 'forum')"),
            {"id": ids[name], "slug": name},
        )
    texts = (("shared", "1", None, 0), ("own", "2", "gfmd", 2), ("unused", "3", "gfmd", 9))
    for name, version, forum, day in texts:
        await connection.execute(
            sa.text(
                "INSERT INTO process_definition (id, name, version, hash, text, published_at, forum_id) VALUES "
                "(:id, 'p', :version, :hash, 'text', :at, :forum)"
            ),
            {"id": ids[name], "version": version, "hash": name, "at": NOON + day * DAY,
             "forum": ids[forum] if forum else None},
        )  # fmt: skip
    editions = (("first", "gfmd", "own", "running", 1), ("second", "youth", "shared", "running", 3),
                ("past", "youth", None, "recorded", 4))  # fmt: skip
    for name, forum, process, state, day in editions:
        await connection.execute(
            sa.text(
                "INSERT INTO edition (id, forum_id, name, state, zone, process_id, opened_at) VALUES "
                "(:id, :forum, :name, :state, 'UTC', :process, :at)"
            ),
            {"id": ids[name], "forum": ids[forum], "name": name, "state": state, "at": NOON + day * DAY,
             "process": ids[process] if process else None},
        )  # fmt: skip
    await connection.execute(
        sa.text(
            "INSERT INTO migration (id, edition_id, from_process_id, to_process_id, reason, acts_before, migrated_at) "
            "VALUES (:id, :edition, :was, :now, 'So.', 1, :at)"
        ),
        {"id": ids["moved"], "edition": ids["first"], "was": ids["shared"], "now": ids["own"], "at": NOON + 5 * DAY},
    )
    return ids


async def test_each_forum_has_the_texts_it_ran_as_its_own(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0003"))
            ids = await _before(connection)
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = {row["id"]: row for row in await _rows(connection, "SELECT * FROM process_definition")}
            editions = {row["id"]: row for row in await _rows(connection, "SELECT * FROM edition")}
            [moved] = await _rows(connection, "SELECT * FROM migration")
    finally:
        await engine.dispose()
    assert len(rows) == 5  # the three that were there, and a copy of the operator's for each forum
    template = rows[ids["shared"]]
    assert (template["forum_id"], template["adopted_at"], template["adopted_from_id"]) == (None, None, None)
    youth = rows[editions[ids["second"]]["process_id"]]
    assert (youth["forum_id"], youth["adopted_from_id"]) == (ids["youth"], ids["shared"])
    assert (youth["hash"], youth["text"], youth["adopted_at"]) == ("shared", "text", NOON + 3 * DAY)
    assert editions[ids["first"]]["process_id"] == ids["own"]
    assert rows[ids["own"]]["adopted_at"] == NOON + DAY
    assert rows[ids["unused"]]["adopted_at"] == NOON + 9 * DAY  # its office's next version, of the name it works by
    back = rows[moved["from_process_id"]]
    assert (back["forum_id"], back["adopted_from_id"]) == (ids["gfmd"], ids["shared"])
    assert back["adopted_at"] is None  # it could move back there, and does not work by it
    assert moved["to_process_id"] == ids["own"]
    assert editions[ids["past"]]["process_id"] is None
