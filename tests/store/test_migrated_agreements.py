"""What was convened, received and put to a body before agreements were kept is entered as agreed, standing, from
before: each pair once for each purpose, and nothing where none is needed."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

FORUM = "INSERT INTO forum (id, slug, name, layer, kind, parent_id) VALUES "
# gfmd set up group, steering and consultation; the regional process co-convenes the consultation; hlpf receives.
STATEMENTS = (
    FORUM + ", ".join(f"(md5('{f}')::uuid, '{f}', '{f}', 'gfmd', 'forum', NULL)" for f in ("gfmd", "rcp", "hlpf")),
    FORUM
    + ", ".join(
        f"(md5('{f}')::uuid, '{f}', '{f}', 'gfmd', 'working_group', md5('gfmd')::uuid)"
        for f in ("group", "steering", "consultation")
    ),
    FORUM + "(md5('council')::uuid, 'council', 'council', 'regional', 'steering_group', md5('rcp')::uuid)",
    """INSERT INTO convenor (id, forum_id, convened_by_id) VALUES
       (md5('c1')::uuid, md5('consultation')::uuid, md5('gfmd')::uuid),
       (md5('c2')::uuid, md5('consultation')::uuid, md5('rcp')::uuid)""",
    """INSERT INTO edition (id, forum_id, name, state, zone, opened_at)
       SELECT md5('e' || f)::uuid, md5(f)::uuid, '2020', 'recorded', 'UTC', clock_timestamp()
       FROM unnest(ARRAY['gfmd', 'hlpf']) f""",
    """INSERT INTO track (id, edition_id, name, title, definition, stage, convened_as_id, stage_since)
       SELECT md5(n)::uuid, md5(e)::uuid, n, n, 'main', 'call', md5(b)::uuid, clock_timestamp() FROM (VALUES
       ('main', 'egfmd', NULL), ('mine', 'egfmd', 'group'), ('joint', 'egfmd', 'consultation'),
       ('theirs', 'egfmd', 'rcp'), ('there', 'ehlpf', NULL)) AS x (n, e, b)""",
    """INSERT INTO document (id, track_id, edition_id, forum_id, kind, symbol, title, language, audience,
                             version_label)
       VALUES (md5('d')::uuid, md5('main')::uuid, md5('egfmd')::uuid, md5('gfmd')::uuid, 'k', 'D', 'D', 'en', 'team',
               'Draft')""",
    """INSERT INTO revision (id, document_id, number, label, hash, salt, frozen_at)
       VALUES (md5('r')::uuid, md5('d')::uuid, 1, 'Final', 'h', decode(md5('x'), 'hex'), clock_timestamp())""",
    """INSERT INTO contribution (id, track_id, edition_id, forum_id, title, language, visibility, attribution, label,
                                 kind, state)
       SELECT md5('c' || k)::uuid, md5(k)::uuid, md5(e)::uuid, md5('gfmd')::uuid, 'D', 'en', 'public', 'forum', 'gfmd',
              'received', 'draft' FROM (VALUES ('main', 'egfmd'), ('there', 'ehlpf')) AS x (k, e)""",
    """INSERT INTO transmission (id, document_id, revision_id, kind, to_track_id, contribution_id, hash, sent_at)
       SELECT md5(k)::uuid, md5('d')::uuid, md5('r')::uuid, 'contribution', md5(k)::uuid, md5('c' || k)::uuid, 'h',
              clock_timestamp() FROM unnest(ARRAY['main', 'there']) k""",
    """INSERT INTO silence (id, document_id, revision_id, body_id, state, hours, starts_at, ends_at, round)
       SELECT md5('s' || b)::uuid, md5('d')::uuid, md5('r')::uuid, md5(b)::uuid, 'passed', 72, clock_timestamp(),
              clock_timestamp() + interval '3 days', n FROM (VALUES ('steering', 1), ('council', 2)) AS x (b, n)""",
)
FOUND = """
SELECT a.slug, n.slug, g.purpose, g.state, g.basis, g.edition_name, g.answered_at IS NOT NULL
FROM agreement g JOIN forum a ON a.id = g.asking_id JOIN forum n ON n.id = g.named_id ORDER BY 1, 2, 3
"""


async def test_what_bodies_do_for_each_other_today_stays_and_is_listed(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0006"))
            for statement in STATEMENTS:
                await connection.execute(sa.text(statement))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "head"))
            rows = [tuple(row) for row in (await connection.execute(sa.text(FOUND))).all()]
            entered = ("agreed", "before", None, True)
            assert rows == [
                ("gfmd", "council", "endorse", *entered),
                ("gfmd", "hlpf", "receive", *entered),
                ("gfmd", "rcp", "convene", *entered),
            ]
    finally:
        await engine.dispose()
