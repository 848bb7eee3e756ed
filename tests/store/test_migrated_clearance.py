"""What is under way when clearance comes goes on as it was: nobody asks for any yet. The tables show their rows to the
own side alone, whoever owns them."""

import uuid

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

OWN, OTHER = uuid.uuid4(), uuid.uuid4()
BEFORE = "0009"
STATEMENTS = (
    f"INSERT INTO organisation (id, name, kind) VALUES ('{OWN}', 'Ours', 'agency'), ('{OTHER}', 'Theirs', 'agency')",
    "INSERT INTO forum (id, slug, name, layer, kind) VALUES (md5('f')::uuid, 'f', 'F', 'gfmd', 'forum')",
    """INSERT INTO edition (id, forum_id, name, state, zone, opened_at)
       VALUES (md5('e')::uuid, md5('f')::uuid, '2020', 'recorded', 'UTC', clock_timestamp())""",
    """INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since)
       VALUES (md5('t')::uuid, md5('e')::uuid, 't', 'T', 'main', 'call', clock_timestamp())""",
    """INSERT INTO contribution (id, track_id, edition_id, forum_id, title, language, visibility, attribution, label,
                                 kind, state, revision, released_revision)
       VALUES (md5('c')::uuid, md5('t')::uuid, md5('e')::uuid, md5('f')::uuid, 'T', 'en', 'public', 'none', 'Somebody',
               'input', 'released', 3, 3)""",
    f"""INSERT INTO authorship (subject_id, subject_kind, author_kind, organisation_id, written_at)
        VALUES (md5('c')::uuid, 'contribution', 'organisation', '{OWN}', clock_timestamp())""",
)
RULE = f"""INSERT INTO clearance_rule (id, organisation_id, subjects, people, set_at)
           VALUES (md5('r')::uuid, '{OWN}', '{{input}}', 2, clock_timestamp())"""
HIDDEN = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"


async def test_what_is_under_way_goes_on_and_a_rule_is_its_own_sides(bare_database):
    owner = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    application = create_async_engine(sqlalchemy_url(bare_database.app_url))
    try:
        async with owner.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), BEFORE))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            row = (
                await connection.execute(sa.text("SELECT state, revision, released_revision FROM contribution"))
            ).one()
            assert tuple(row) == ("released", 3, 3)
            hidden = list((await connection.execute(sa.text(HIDDEN))).scalars())
            assert hidden == ["authorship", "clearance", "clearance_rule", "letter_part"]
        for organisation, seen in ((OWN, 1), (OTHER, 0)):
            async with application.begin() as connection:
                setting = sa.text("SELECT set_config('forum.organisations', :value, true)")
                await connection.execute(setting, {"value": str(organisation)})
                if seen:
                    assert (await connection.execute(sa.text("SELECT count(*) FROM clearance_rule"))).scalar() == 0
                    await connection.execute(sa.text(RULE))
                assert (await connection.execute(sa.text("SELECT count(*) FROM clearance_rule"))).scalar() == seen
    finally:
        await owner.dispose()
        await application.dispose()
