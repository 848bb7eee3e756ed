"""Before version 11 a name could be spelt in several ways, and a language could be a word."""

import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from forum.store import migrate
from forum.store.unit import sqlalchemy_url

ROWS = (
    "INSERT INTO forum (id, slug, name, layer, kind) "
    "VALUES (md5('f')::uuid, 'f', E'The\\u00a0 Forum', 'gfmd', 'forum')",
    "INSERT INTO process_definition (id, name, version, hash, text, published_at) "
    "VALUES (md5('p')::uuid, 'p', '1', 'h', 't', now())",
    *(
        "INSERT INTO edition (id, forum_id, name, state, zone, process_id, opened_at) VALUES "
        f"(md5('{n}')::uuid, md5('f')::uuid, E'{name}', 'running', 'UTC', md5('p')::uuid, now())"
        for n, name in enumerate(("F 2026", "F  2026", "F\\u00a02027", "F\\u200e 2028", "E\\u0301te"))
    ),
    "INSERT INTO track (id, edition_id, name, title, definition, stage, stage_since) "
    "VALUES (md5('t')::uuid, md5('2')::uuid, 'main ', 'M', 'main', 's', now())",
    "INSERT INTO call (id, track_id, edition_id, forum_id, title, text, opens_at, closes_at, zone, languages) VALUES "
    "(md5('k')::uuid, md5('t')::uuid, md5('2')::uuid, md5('f')::uuid, 'C', 'T', now(), now() + interval '1 day', "
    "'UTC', '{en,english,eng-GB,pt-BR,klingon}')",
)


async def test_names_get_their_one_spelling_and_languages_their_codes(bare_database):
    engine = create_async_engine(sqlalchemy_url(bare_database.owner_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0010"))
            for row in ROWS:
                await connection.execute(sa.text(row))
            await connection.run_sync(lambda sync: command.upgrade(migrate._config(sync), "0014"))
            names = (await connection.execute(sa.text("SELECT name FROM edition"))).scalars()
            # The second one stays as it is: it would be the first one's name.
            assert sorted(names) == sorted(["F 2026", "F  2026", "F 2027", "F 2028", "\u00c9te"])
            assert (await connection.execute(sa.text("SELECT name FROM forum"))).scalar_one() == "The Forum"
            assert (await connection.execute(sa.text("SELECT name FROM track"))).scalar_one() == "main"
            tags = (await connection.execute(sa.text("SELECT languages FROM call"))).scalar_one()
            assert tags == ["en", "en-GB", "pt-BR", "und"]
    finally:
        await engine.dispose()
