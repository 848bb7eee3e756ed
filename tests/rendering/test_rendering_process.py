"""A process as a picture and as Mermaid: everything is there, nothing lies on another thing, hostile words stay
words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.errors import InvalidValue
from forum.rendering.pictures.process_mermaid import mermaid
from forum.rendering.pictures.process_svg import draw
from forum.rendering.pictures.svg import width
from forum.workflow.chart import Box, Chart, Way, chart
from forum.workflow.chart import Path as Track
from forum.workflow.load import read_file

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "workflows").glob("*.toml"), *(ROOT / "tests" / "workflow" / "chairs").glob("*.toml")])
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"#;<>&`|\\{}[]()\n\x00\ud800\u202eالعالم全球'),
    max_size=120,
)


def picture(made: Chart, wide: float = 1400) -> etree._Element:
    return etree.fromstring(draw(made, wide), etree.XMLParser(resolve_entities=False, no_network=True))


def boxes(shown: etree._Element) -> list[tuple[float, float, float, float]]:
    """The stages and papers: the rectangles with an edge that have words in them."""
    found = (
        one
        for one in shown.iter(f"{SVG}rect")
        if one.get("stroke") and float(one.get("width")) > 100 and one.get("fill") != "none"
    )
    return [
        (float(one.get("x")), float(one.get("y")), float(one.get("width")), float(one.get("height"))) for one in found
    ]


@pytest.mark.parametrize("wide", [320, 480, 1400, 4000])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_box_lies_on_another_and_words_stay_in_theirs(path: Path, wide: int) -> None:
    made = chart(read_file(path))
    shown = picture(made, wide)
    found = boxes(shown)
    assert len(found) == sum(len(one.boxes) + len(one.papers) for one in made.paths)
    for n, (x, y, w, h) in enumerate(found):
        assert x >= 0
        assert x + w <= wide
        assert y + h <= float(shown.get("height"))
        for ox, oy, ow, oh in found[n + 1 :]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y
    for one in shown.iter(f"{SVG}text"):
        end = float(one.get("x")) + width("".join(one.itertext()), float(one.get("font-size")))
        assert one.get("direction") == "rtl" or end <= wide + 2, "".join(one.itertext())


def test_the_picture_says_who_may_do_what_and_how_it_goes_on() -> None:
    made = chart(read_file(ROOT / "workflows" / "gfmd.toml"))
    words = " ".join("".join(one.itertext()) for one in picture(made).iter(f"{SVG}text"))
    for said in (
        "Moved on by hand by the chair and the secretariat.", "The chair and the secretariat", "issue the call",
        "by the clock, when the call closes: Drafting", "back, for another round: Drafting", "by hand: Closing",
        "by the clock, when the silence ends, if no paragraph", "If nobody objects, the text",
        "Everybody who takes part",
        "Run up to 6 times, up to 3 themes each.", "goes to: hlpf; imrf; bodies outside this service",
        "The track ends here.",
    ):  # fmt: skip
        assert said in words, said


def test_one_track_alone() -> None:
    process = read_file(ROOT / "workflows" / "gfmd.toml")
    assert [one.name for one in chart(process, "focused_input").paths] == ["focused_input"]
    with pytest.raises(InvalidValue, match=r"no track focussed_input\. Did you mean focused_input"):
        chart(process, "focussed_input")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mermaid_has_every_stage_and_every_way(path: Path) -> None:
    made = chart(read_file(path))
    shown = mermaid(made)
    for p, track in enumerate(made.paths):
        for b, box in enumerate(track.boxes):
            assert len(re.findall(rf"^    t{p}s{b}[\[(]", shown, re.M)) == 1
            for way in box.ways:
                assert re.search(
                    rf"^    t{p}s{b} {'-.->' if way.clock else '-->'}\|\"[^\"]+\"\| t{p}s{way.to}$", shown, re.M
                )
    assert shown.count("subgraph") == len(made.paths) == len(re.findall(r"^  end$", shown, re.M))


def _hostile(words: str) -> Chart:
    made = chart(read_file(ROOT / "workflows" / "idm.toml"))
    return replace(made, title=words, paths=tuple(
        replace(path, title=words, notes=(words,), boxes=tuple(
            replace(box, title=words, dates=words, notes=(words,), people=((words, words),),
                ways=tuple(replace(way, words=words) for way in box.ways))
            for box in path.boxes
        )) for path in made.paths
    ))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    made = _hostile(words)
    assert not [one for one in picture(made, 480).iter() if one.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a")]
    for line in mermaid(made).splitlines()[1:]:
        # Between quotation marks anything but a mark; outside of them nothing of ours but names, arrows and styles.
        outside = re.sub(r'"[^"]*"', "", line)
        assert re.fullmatch(r"[\w\s%:#,\-.>|\[\]()/]*", outside.replace("classDef", "")), line
        assert '"' not in outside


def test_a_tangle_is_drawn_quickly_and_its_sides_stay_within() -> None:
    """Two hundred stages with a thousand ways."""
    stages = tuple(
        Box(f"Stage {n}", "", n == 0, "", (), (("The chair", "issue the text"),),
            tuple(Way((n * 7 + k * 31) % 200, k == 0, f"by hand: Stage {k}") for k in range(5)))
        for n in range(200)
    )  # fmt: skip
    shown = picture(Chart("Tangle", "1", (Track("main", "Main", (), stages, ()),)), 900)
    for one in shown.iter(f"{SVG}path"):
        places = [
            float(number) for number in re.findall(r"(?<=[MHV ])-?\d+(?:\.\d+)?", one.get("d")) if one.get("marker-end")
        ]
        assert all(place >= 0 for place in places)
    assert len(boxes(shown)) == 200


def test_the_same_process_is_the_same_bytes() -> None:
    process = read_file(ROOT / "workflows" / "gfmd.toml")
    assert draw(chart(process)) == draw(chart(process))
    assert mermaid(chart(process)) == mermaid(chart(process))
