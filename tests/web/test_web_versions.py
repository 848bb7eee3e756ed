"""The page of an input's versions: what changed since the one before, for its own side and the team it was sent to."""

from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from forum.actions.contribution.parts import SectionText
from tests.support.pages import Portal, portal

FIRST, SECOND, THIRD = "Desks near markets help.", "Desks near every market help.", "Desks <b>anywhere</b> help."


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def again(on: Portal, id_: UUID, revision: int, text: str, **more: Any) -> None:
    """It says something else, and is handed in again."""
    given = {"title": "An input", "language": "en", "sections": (SectionText(code="a", text=text),), **more}
    await on.s.do("save_contribution", "rep.network", contribution=id_, expected_revision=revision, **given)
    await on.s.do("release_contribution", "rep.network", contribution=id_, expected_revision=revision + 1)
    await on.s.do("submit_contribution", "rep.network", contribution=id_)


async def mended(on: Portal, **more: Any) -> UUID:
    """An input that was returned to its author and handed in again."""
    id_: UUID = await on.s.input(visibility="public", **more)
    await on.s.do("return_contribution", "secretariat", contribution=id_, reason="Which desks?")
    await again(on, id_, 1, SECOND)
    return id_


async def read(on: Portal, by: str | None, id_: UUID, asked: str = "") -> str:
    async with on.by(by) as line:
        page = await line.get(f"/inputs/{id_}/versions{asked}")
        assert page.status_code == 200
        return page.text


async def test_its_own_side_and_the_team_read_what_changed(on: Portal) -> None:
    id_ = await mended(on)
    for by in ("rep.network", "secretariat"):
        async with on.by(by) as line:
            assert f'href="/inputs/{id_}/versions"' in (await line.get(f"/inputs/{id_}")).text
        text = await read(on, by, id_)
        assert "from version <bdi>1</bdi> to version <bdi>2</bdi>" in text
        assert text.count("<ins>") == text.count("<del>") > 0
        assert "Unchanged." in text  # its title
        assert "every market" in text


@pytest.mark.parametrize("by", [None, "focal.kenya"])
async def test_others_read_the_input_and_none_of_its_versions(on: Portal, by: str | None) -> None:
    id_ = await mended(on)
    for asked in ("", "?from=1&to=2"):
        text = await read(on, by, id_, asked)
        assert "There is no version of it that you may read." in text
        assert "markets" not in text
    async with on.by(by) as line:
        assert f"/inputs/{id_}/versions" not in (await line.get(f"/inputs/{id_}")).text


async def test_what_was_taken_back_stays_with_its_own_side(on: Portal) -> None:
    id_ = await mended(on)
    await on.s.do("withdraw_contribution", "rep.network", contribution=id_)
    await again(on, id_, 2, THIRD)
    assert "You may read one version of it" in await read(on, "secretariat", id_)
    assert "every market" not in await read(on, "secretariat", id_, "?from=2&to=3")
    text = await read(on, "rep.network", id_)
    assert "from version <bdi>2</bdi> to version <bdi>3</bdi>" in text
    assert "<b>" not in text
    assert "<b>" in unescape(text)
    assert "from version <bdi>1</bdi> to version <bdi>3</bdi>" in await read(on, "rep.network", id_, "?from=1&to=3")


async def test_what_was_not_attributed_stays_with_its_own_side(on: Portal) -> None:
    id_ = await mended(on, attribution="none")
    assert "There is no version of it that you may read." in await read(on, "secretariat", id_)
    assert "every market" in await read(on, "rep.network", id_)
    await on.s.do("return_contribution", "secretariat", contribution=id_, reason="Whose?")
    await again(on, id_, 2, THIRD, attribution="organisation")
    assert "You may read one version of it" in await read(on, "secretariat", id_)


@pytest.mark.parametrize("asked", ["?from=9&to=2", "?from=1&to=99999"])
async def test_a_version_that_there_is_not_is_said(on: Portal, asked: str) -> None:
    assert "There is no such version" in await read(on, "rep.network", await mended(on), asked)


@pytest.mark.parametrize("asked", ["?from=x&to=", "?from=99999999999999&to=-1", "?from=%D9%A1"])
async def test_what_is_no_number_is_as_if_it_were_not_there(on: Portal, asked: str) -> None:
    assert "from version <bdi>1</bdi> to version <bdi>2</bdi>" in await read(on, "secretariat", await mended(on), asked)


async def test_nothing_is_there_for_whom_the_input_is_not(on: Portal) -> None:
    id_ = await on.s.input(visibility="secretariat")
    async with on.by() as line:
        assert (await line.get(f"/inputs/{id_}/versions")).status_code == 404
