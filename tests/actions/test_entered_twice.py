"""What is empty, or stands already under another spelling or another key, is not entered a second time."""

import pytest

from forum.actions.call.issue_call import SectionAsked
from forum.actions.contribution.parts import SectionText
from forum.actions.document.draft_document import PartText
from forum.actions.edition.open_edition import AnchorDate, ThemePlan, TrackPlan
from forum.errors import CallStands, InvalidValue, TextTooLong, UnknownCode
from forum.store.tables import schema as t
from tests.support.scene import ahead, scene

ZONE = "Europe/Zurich"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def call(s, **more):
    return {
        "track": s.tracks["main"], "title": "Call for inputs", "text": "Tell us.", "zone": ZONE,
        "closes_at": ahead(s, 30), "sections": (SectionAsked(code="a", prompt="What works?"),), **more,
    }  # fmt: skip


async def issue(s, **more):
    await s.stage("main", "preparation")
    return (await s.do("issue_call", "secretariat", **call(s, **more)))["call"]


@pytest.mark.parametrize("title", ["", " ", "\u00a0\u200f"])
async def test_a_call_has_a_title(s, title):
    with pytest.raises(InvalidValue) as refused:
        await issue(s, title=title)
    assert refused.value.path == ("title",)


async def test_a_call_takes_languages_by_their_codes_each_once(s):
    with pytest.raises(UnknownCode) as refused:
        await issue(s, languages=("fr", "english"))
    assert (refused.value.path, refused.value.hint) == (("languages", "1"), "Write en.")
    made = await issue(s, languages=("en", "EN", "fr"))
    assert (await s.row(t.call, id=made))["languages"] == ["en", "fr"]


async def test_the_same_call_under_a_new_key_is_refused_and_named(s):
    there = await issue(s)
    with pytest.raises(CallStands) as refused:
        await issue(s, title="Call  for\u00a0inputs ")
    assert refused.value.call == there
    await issue(s, title="Call for practices")
    await s.change(t.call, there, state="closed", closed_at=s.now)
    await issue(s)


@pytest.mark.parametrize(
    ("sections", "path"),
    [
        (
            (SectionAsked(code="a", prompt="One"), SectionAsked(code=" A\u200e", prompt="Two")),
            ("sections", "1", "code"),
        ),
        ((SectionAsked(code="", prompt="One"),), ("sections", "0", "code")),
        ((SectionAsked(code="a", prompt=" "),), ("sections", "0", "prompt")),
    ],
)
async def test_a_question_has_a_code_of_its_own_and_a_prompt(s, sections, path):
    with pytest.raises(InvalidValue) as refused:
        await issue(s, sections=sections)
    assert refused.value.path == path


@pytest.mark.parametrize("name", ["next year", "Next  year", "Next\u00a0Year", "Ne\u0301xt"])
async def test_an_edition_is_not_opened_or_recorded_twice(s, name):
    asked = {"forum": s.forums["gfmd"], "zone": ZONE}
    dates = (AnchorDate("summit", ahead(s, 300)), AnchorDate("hlpf", ahead(s, 120)))
    for first in ("Next year", "N\u00e9xt"):
        await s.do("open_edition", "secretariat", **asked, name=first, process="gfmd", anchors=dates)
    with pytest.raises(InvalidValue, match="named"):
        await s.do("open_edition", "secretariat", **asked, name=name, process="gfmd", anchors=dates)
    with pytest.raises(InvalidValue, match="named"):
        await s.do("record_edition", "secretariat", **asked, name=name)


async def test_an_editions_name_is_a_name(s):
    dates = (AnchorDate("summit", ahead(s, 300)), AnchorDate("hlpf", ahead(s, 120)))
    asked = {"forum": s.forums["gfmd"], "zone": ZONE, "process": "gfmd", "anchors": dates}
    for name, refusal in (("x" * 5_000, TextTooLong), ("Next\u200eyear", InvalidValue), ("--", InvalidValue)):
        with pytest.raises(refusal):
            await s.do("open_edition", "secretariat", **asked, name=name)
    themes = (ThemePlan("skills", "Skills"), ThemePlan(" Skills", "More skills"))
    with pytest.raises(InvalidValue, match="Two themes"):
        await s.do("open_edition", "secretariat", **asked, name="A", themes=themes)
    tracks = (TrackPlan("main", "main"), TrackPlan("focused_input", "Main "))
    with pytest.raises(InvalidValue, match="Two tracks"):
        await s.do("open_edition", "secretariat", **asked, name="A", tracks=tracks)


async def test_an_input_is_not_entered_without_a_title_or_with_a_section_twice(s):
    twice = (SectionText(code="a", text="One"), SectionText(code="a ", text="Two"))
    entered = {"call": s.call, "language": "en"}
    with pytest.raises(InvalidValue) as refused:
        await s.do("record_contribution", "secretariat", **entered, title=" ")
    assert refused.value.path == ("title",)
    for act, by in (("record_contribution", "secretariat"), ("save_contribution", "delegate.kenya")):
        with pytest.raises(InvalidValue) as refused:
            await s.do(act, by, **entered, title="Ours", sections=twice)
        assert refused.value.path == ("sections", "1", "code")


async def test_a_number_stands_once_in_a_text(s):
    await s.stage("main", "drafting")
    text = await s.document("main", "consolidated_report")
    for n in range(2):
        await s.write(text, f"Paragraph {n}.")
    for number in ("2", "9", " 2\u00a0"):  # the third paragraph, and later the ninth, would have it too
        with pytest.raises(InvalidValue, match="counted by their order"):
            await s.write(text, "Own.", number=number)
    own = await s.write(text, "Own.", number="1 bis")
    with pytest.raises(InvalidValue, match="already"):
        await s.write(text, "Another.", number="1\u00a0Bis")
    await s.do("withdraw_paragraph", "penholder", paragraph=own, expected_revision=1, reason="Said twice.")
    await s.write(text, "Another.", number="1 bis")
    with pytest.raises(InvalidValue, match="already"):
        await s.do("revise_paragraph", "penholder", paragraph=own, expected_revision=2, put_back=True)


async def test_parts_and_symbols_stand_once(s):
    await s.stage("main", "drafting")
    await s.document("main", "consolidated_report", symbol="GFMD/1  A")
    for more in ({"symbol": "GFMD/1\u00a0A"}, {"symbol": "B", "parts": (PartText("I", "One"), PartText("I ", "Two"))}):
        with pytest.raises(InvalidValue):
            await s.document("main", "consolidated_report", **more)
    await s.document("main", "consolidated_report", symbol="C", parts=(PartText("", "One"), PartText("", "Two")))
