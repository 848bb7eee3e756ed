"""What stood before version 4 is brought along: who speaks for an organisation waits for it, all else stays in force;
what a mechanism wrote is its coordinators' of that forum."""

import datetime as dt

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
# role or office, with a forum or without
MANDATES = (
    ("representative", None, False), ("delegate", None, True), ("national_focal_point", None, False),
    ("coordinator", None, True), ("secretariat", None, True), (None, "chair", True),
)  # fmt: skip
STATEMENTS = (
    "INSERT INTO organisation (id, name, kind) VALUES (md5('o')::uuid, 'O', 'civil_society')",
    "INSERT INTO person (id, subject, name) VALUES (md5('p')::uuid, 'p', 'P')",
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
)
MANDATE = """
INSERT INTO mandate (id, organisation_id, person_id, role, office, forum_id, mechanism_code, starts_at) VALUES
(md5(CAST(:n AS text))::uuid, md5('o')::uuid, CASE WHEN CAST(:role AS text) IS NULL THEN NULL ELSE md5('p')::uuid END,
 :role, :office, CASE WHEN :scoped THEN md5('f')::uuid END,
 CASE WHEN :role = 'coordinator' THEN 'civil_society' END, :at)
"""
AUTHORSHIP = """
INSERT INTO authorship (subject_id, subject_kind, author_kind, mechanism_code, mandate_id, written_at)
SELECT md5('written')::uuid, 'comment', 'mechanism', 'civil_society', id, :at FROM mandate WHERE role = 'coordinator'
"""
SEEN = "SELECT count(*) FROM authorship WHERE coordination = 'civil_society@' || md5('f')::uuid"


async def test_mandates_that_speak_for_an_organisation_wait_for_it(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0004"))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            for n, (role, office, scoped) in enumerate(MANDATES):
                given = {"n": str(n), "role": role, "office": office, "scoped": scoped, "at": NOON}
                await connection.execute(sa.text(MANDATE), given)
            await connection.execute(sa.text(AUTHORSHIP), {"at": NOON})
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = (await connection.execute(sa.text("SELECT * FROM mandate"))).all()
            waiting = {row.role for row in rows if row.accepted_at is None}
            assert waiting == {"representative", "delegate", "national_focal_point"}
            assert {row.role for row in rows if row.proposed_at is not None} == waiting
            assert all(row.accepted_at == NOON for row in rows if row.role not in waiting)
            assert all((row.given_by == "forum") is (row.given_by_forum_id is not None) for row in rows)
            assert {row.given_by for row in rows if row.forum_id} == {"forum"}
            # The owner is bound by row-level security again, and the coordinator of that forum is let past it.
            assert (await connection.execute(sa.text(SEEN))).scalar_one() == 0
            claim = "SELECT set_config('forum.coordinates', 'civil_society@' || md5('f')::uuid, true)"
            await connection.execute(sa.text(claim))
            assert (await connection.execute(sa.text(SEEN))).scalar_one() == 1
    finally:
        await engine.dispose()
