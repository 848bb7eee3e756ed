"""Parts of the contract that had no act: what became of a recommendation, who advises on a theme, and weight words."""

import datetime as dt
import uuid

import pytest

from forum.actions.document.deliver_document import RecommendationFate
from forum.actions.document.draft_document import PartText
from forum.errors import InvalidValue, NotFound, TextTooLong
from forum.papers import drawn
from forum.rendering import outline as o
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import Line, reading


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def line(database):
    async with reading(database.app_url) as ask:
        yield lambda subject: Line(ask, subject)


async def a_theme(s, edition="gfmd"):
    id_ = uuid.uuid4()
    row = {"id": id_, "edition_id": s.editions[edition], "code": "data", "title": "Data and narratives"}
    await s.add(t.theme, row)
    return id_


async def delivered(s):
    """A regional report that is closed, with two recommendations; the document and their ids."""
    await s.stage("regional", "drafting")
    d = await s.document("regional", "regional_report", parts=(PartText("I", "What was said"),))
    await s.write(d, "Cities see data first.", part=1, kind="conclusion", weight="several speakers")
    asked = []
    for heading in ("Count migrants", "Open a desk"):
        ids = await s.do("add_recommendation", "penholder", document=d, heading=heading)
        await s.write(d, f"{heading}, please.", recommendation=ids["recommendation"])
        asked.append(ids["recommendation"])
    await s.change(t.document, d, state="issued", closed_at=s.now)
    await s.stage("regional", "issued")
    await s.add(
        t.revision,
        {
            "id": uuid.uuid4(),
            "document_id": d,
            "number": 1,
            "label": "l",
            "hash": "h",
            "salt": b"s",
            "frozen_at": s.now,
        },
    )
    return d, asked


def told(outline):
    return [o.plain(part.text) for part in outline.parts if isinstance(part, o.Note | o.Paragraph)]


async def test_what_became_of_a_recommendation_is_recorded_read_and_printed(s, line):
    d, (count, desk) = await delivered(s)
    fates = (RecommendationFate(count, "taken up in resolution 4"),)
    ids = await s.do("deliver_document", "liaison", document=d, name="Ministers", recommendations=fates)
    later = (RecommendationFate(count, "carried out in 12 cities"), RecommendationFate(desk, "noted"))
    await s.do("deliver_document", "liaison", document=d, transmission=ids["transmission"], recommendations=later)
    assert [r["fate"] for r in await s.rows(t.recommendation, document_id=d)] == ["carried out in 12 cities", "noted"]
    lines = [h for h in await s.rows(t.history) if h["subject_id"] == count and "fate" in str(h["detail"])]
    assert len(lines) == 2  # what was said before stands in the history
    outline = await drawn.outline(line("penholder"), (await s.row(t.document, id=d))["symbol"])
    assert "What became of it: carried out in 12 cities" in told(outline)
    conclusions = [o.plain(part.sentence) for part in outline.parts if isinstance(part, o.Conclusion)]
    assert conclusions == ["Cities see data first. (several speakers)"]


async def test_the_fate_of_what_is_not_of_the_text_is_refused(s):
    d, (count, _) = await delivered(s)
    other = uuid.uuid4()
    for fates, refusal, path in (
        ((RecommendationFate(other, "x"),), NotFound, ("recommendations", "0", "recommendation")),
        ((RecommendationFate(count, " "),), InvalidValue, ("recommendations", "0", "words")),
        ((RecommendationFate(count, "a\nb"),), InvalidValue, ("recommendations", "0", "words")),
        ((RecommendationFate(count, "x" * 501),), TextTooLong, ("recommendations", "0", "words")),
        ((RecommendationFate(count, "x"),) * 2, InvalidValue, ("recommendations", "1", "recommendation")),
    ):
        with pytest.raises(refusal) as refused:
            await s.do("deliver_document", "liaison", document=d, name="Ministers", recommendations=fates)
        assert refused.value.path == path
    assert [r["fate"] for r in await s.rows(t.recommendation, document_id=d)] == [None, None]


async def granted(s, theme, role="resource_person", **more):
    fields = {"forum": s.forums["gfmd"], "organisation": s.organisations["network"], "role": role, "theme": theme}
    fields |= {"subject": "expert", "name": "A. Expert", "starts_at": s.now, **more}
    return await s.do("grant_mandate", "secretariat", **fields)


async def test_a_resource_person_is_named_for_a_theme_and_stands_there_while_in_office(s, line):
    theme = await a_theme(s)
    await s.add(t.track_theme, {"id": uuid.uuid4(), "track_id": s.tracks["main"], "theme_id": theme})
    mandate = await granted(s, theme)
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    await s.write(d, "A text.")
    symbol = (await s.row(t.document, id=d))["symbol"]

    async def themes():
        outline = await drawn.outline(line("penholder"), symbol)
        (colophon,) = [part for part in outline.parts if isinstance(part, o.Colophon)]
        return {label: o.plain(words) for label, words in colophon.items}["Themes"]

    assert await themes() == "Data and narratives (resource person: A. Expert)"
    ends = s.now + dt.timedelta(hours=1)
    await s.do("end_mandate", "secretariat", mandate=mandate["mandate"], ends_at=ends, reason="moves on")
    await s.shift(dt.timedelta(hours=2))
    assert await themes() == "Data and narratives"


async def test_a_theme_is_for_resource_persons_of_its_own_forum(s):
    elsewhere, here = await a_theme(s, "hlpf"), await a_theme(s)
    for fields, refusal in (
        ({"theme": elsewhere}, NotFound),
        ({"theme": uuid.uuid4()}, NotFound),
        ({"theme": here, "role": "penholder"}, InvalidValue),
    ):
        with pytest.raises(refusal) as refused:
            await granted(s, **fields)
        assert refused.value.path == ("theme",)
    assert {row["resource_person_id"] for row in await s.rows(t.theme)} == {None}


@pytest.mark.parametrize(
    ("fields", "refusal", "path"),
    [
        ({"text": "x" * 10_001}, TextTooLong, ("text",)),
        ({"weight": "x" * 101}, TextTooLong, ("weight",)),
        ({"weight": "several\nspeakers"}, InvalidValue, ("weight",)),
        ({"number": "1" * 21}, TextTooLong, ("number",)),
    ],
)
async def test_a_paragraph_is_a_paragraph(s, fields, refusal, path):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    with pytest.raises(refusal) as refused:
        await s.write(d, **{"text": "A text.", **fields})
    assert refused.value.path == path
    p = await s.write(d, "x" * 10_000, weight="x" * 100)
    if "number" not in fields:
        with pytest.raises(refusal):
            await s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=1, **fields)
