"""What was returned before a return named an instant still waits for its answer; what nobody could mend is with the
secretariat again; and notices stay as they were."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

BEFORE = "0010"
# name, state, kind, on behalf, with a receipt, with a reason
INPUTS = (
    ("returned", "returned", "input", False, True, True),
    ("begun", "draft", "input", False, True, True),
    ("fresh", "draft", "input", False, False, False),
    ("received", "returned", "received", False, True, True),
    ("posted", "returned", "input", True, True, True),
    ("admitted", "admitted", "input", False, True, False),
)
STATEMENTS = (
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    """INSERT INTO edition (id, forum_id, name, state, zone, opened_at)
       VALUES (md5('e')::uuid, md5('f')::uuid, '2020', 'recorded', 'UTC', clock_timestamp())""",
    """INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since)
       VALUES (md5('t')::uuid, md5('e')::uuid, 't', 'T', 'main', 'call', clock_timestamp())""",
    """INSERT INTO call (id, track_id, edition_id, forum_id, title, text, opens_at, closes_at, zone, languages)
       VALUES (md5('k')::uuid, md5('t')::uuid, md5('e')::uuid, md5('f')::uuid, 'C', 'C', '2020-01-01Z', '2020-03-01Z',
               'UTC', '{en}')""",
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    """INSERT INTO notice (id, person_id, kind, words, cause_id, sent_at)
       VALUES (md5('n')::uuid, md5('p')::uuid, 'reminder', 'W', md5('x')::uuid, clock_timestamp())""",
    *(
        f"""INSERT INTO contribution (id, track_id, edition_id, forum_id, call_id, title, language, visibility,
                                      attribution, label, kind, state, on_behalf, receipt_number, return_reason)
            VALUES (md5('{name}')::uuid, md5('t')::uuid, md5('e')::uuid, md5('f')::uuid,
                    {"NULL" if kind == "received" else "md5('k')::uuid"}, '{name}', 'en', 'public', 'organisation',
                    'Somebody', '{kind}', '{state}', {on_behalf}, {f"'{name}'" if receipt else "NULL"},
                    {"'Why?'" if reason else "NULL"})"""
        for name, state, kind, on_behalf, receipt, reason in INPUTS
    ),
)
DEADLINE = "2020-03-01 00:00:00+00"


async def test_nothing_that_was_returned_is_lost(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = await connection.execute(
                sa.text("SELECT title, state, (mend_until AT TIME ZONE 'UTC')::text FROM contribution")
            )
            until = DEADLINE.removesuffix("+00")
            assert {row[0]: (row[1], row[2]) for row in rows} == {
                "returned": ("returned", until),
                "begun": ("draft", until),
                "fresh": ("draft", None),
                "received": ("submitted", None),
                "posted": ("admitted", None),
                "admitted": ("admitted", None),
            }
            kept = (await connection.execute(sa.text("SELECT person_id = md5('p')::uuid FROM notice"))).scalar_one()
            assert kept is True
    finally:
        await engine.dispose()
