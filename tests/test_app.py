"""The service is built, or refuses to start and says why."""

import asyncio
import datetime as dt

import pytest

from forum import administration, app
from forum.errors import FileRefused, Misconfigured
from forum.files import shipped
from forum.settings import Settings, environment, load
from forum.store import clock
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh, make_engine
from forum.workflow.load import digest, parse
from tests.support.scene import scene

HERE = Settings(mode="test", secret="x" * 32, pool=3)


async def test_it_starts_on_a_migrated_database_as_the_application(database):
    made = await app.parts(HERE, database.app_url)
    async with made.pool.acquire() as connection:
        assert await connection.fetchval("SELECT current_user") == "forum_app"
    await made.close()


@pytest.mark.parametrize("who", ["owner_url", "superuser_url"])
async def test_it_refuses_a_role_that_row_level_security_does_not_bind(database, who):
    with pytest.raises(Misconfigured):
        await app.parts(HERE, getattr(database, who))


async def test_it_refuses_a_database_without_its_tables(bare_database):
    with pytest.raises(Misconfigured, match="forum migrate"):
        await app.parts(HERE, bare_database.app_url)


async def test_it_refuses_a_shifted_clock_outside_demonstrations_and_tests(database):
    engine = make_engine(database.app_url, 1)
    async with begin(engine) as unit:
        await clock.shift_by(unit, dt.timedelta(hours=1), allowed=True)
        await unit.connection.commit()
    await engine.dispose()
    with pytest.raises(Misconfigured, match="clock"):
        await app.parts(Settings(mode="serve", secret="x" * 32, pool=3), database.app_url)
    await (await app.parts(HERE, database.app_url)).close()


async def test_it_refuses_a_pinned_process_that_names_what_this_version_lacks(database):
    async with scene(database.app_url) as s:
        pinned = await s.row(t.process_definition, name="gfmd")
        newer = pinned["text"].replace("every_input_answered", "every_star_counted")
        definition = {"id": fresh(), "name": "gfmd", "version": "9", "hash": digest(newer), "text": newer}
        await s.add(t.process_definition, {**definition, "published_at": s.now})
        await s.change(t.edition, s.editions["gfmd"], process_id=definition["id"])
    with pytest.raises(Misconfigured, match="every_star_counted"):
        await app.parts(HERE, database.app_url)


async def test_the_embedded_database_is_for_demonstrations_unless_asked_for():
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        async with app.database(Settings(mode="serve")):
            raise AssertionError("it served from the embedded database unasked")


async def test_bodies_are_entered_once_and_a_name_that_stands_nowhere_is_said(database):
    made = await app.parts(HERE, database.app_url)
    try:
        text = b'[[organisations]]\nname = "Norway"\nkind = "state"\ncountry_code = "NO"\n'
        assert (await administration.enter_bodies(made, text)).rows == 1
        assert (await administration.enter_bodies(made, text)).rows == 0
        wrong = b'[[offices]]\nforum = "nowhere"\norganisation = "Norway"\noffice = "chair"\nstarts = "2020-01-01"\n'
        with pytest.raises(FileRefused, match="nowhere"):
            await administration.enter_bodies(made, wrong)
        with pytest.raises(FileRefused, match="UTF-8"):
            await administration.enter_bodies(made, "[[organisations]]\nname = 'Türkiye'".encode("latin-1"))
    finally:
        await made.close()


async def test_a_process_is_published_once_by_its_hash(database):
    made = await app.parts(HERE, database.app_url)
    try:
        text = (shipped() / "idm.toml").read_text("utf-8")
        first = await administration.publish(made, parse(text))
        again = await asyncio.gather(
            *(administration.publish(made, parse(text.replace("\n", "\r\n"))) for _ in range(2))
        )
        assert set(again) == {first}
    finally:
        await made.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORUM_MODE", "party"),
        ("FORUM_SECRET", "short"),
        ("FORUM_PORT", "http"),
        ("FORUM_PORT", "70000"),
        ("FORUM_DOCUMENTS", "all"),
    ],
)
def test_a_setting_that_is_not_of_its_kind_is_refused_by_name(name, value):
    with pytest.raises(Misconfigured, match=name):
        load({name: value})


def test_a_child_is_told_the_same_settings():
    given = Settings(mode="demo", secret="s" * 32, database_url="postgresql://here", port=8123)
    read = load(environment(given))
    assert (read.mode, read.secret, read.database_url, read.port) == ("demo", "s" * 32, "postgresql://here", 8123)
