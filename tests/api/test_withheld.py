"""What may not be seen is told of as withheld only where enough inputs stand handed in: drafts and what was taken back
do not count, and what was carried and then taken back is not told of at all."""

import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import Caller
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.scene import scene

ASK = """query($symbol: String!) { document(symbol: $symbol) { paragraphs(first: 10) { nodes {
  carriedBy { sources } sources(first: 10) { nodes { end { __typename } } } } } } }"""


@pytest.fixture
async def told(database):
    async with scene(database.app_url) as s:
        made = await app.parts(Settings(mode="test", secret="x" * 32, pool=4), database.app_url)

        async def paragraph(subject):
            given = GraphQLRequest(query=ASK, variables={"symbol": "W/1"})
            data = orjson.loads((await answer(made.service, given, Caller(subject))).body)["data"]
            [one] = data["document"]["paragraphs"]["nodes"]
            return one["carriedBy"]["sources"], [source["end"]["__typename"] for source in one["sources"]["nodes"]]

        yield s, paragraph
        await made.close()


async def carrying(s, *inputs):
    """A circulated report with a paragraph that carries these inputs."""
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report", symbol="W/1")
    paragraph = await s.write(document, "Desks help.")
    for id_ in inputs:
        given = {"document": document, "paragraph": paragraph, "source": f"Contribution:{id_}"}
        await s.do("cite_source", "penholder", **given)
    await s.circulate(document)
    await s.stage("main", "call")


async def drafts(s, number, by="rep.network"):
    for _ in range(number):
        await s.do("save_contribution", by, call=s.call, title="A draft", language="en")


async def test_drafts_and_withdrawn_inputs_do_not_count_towards_the_threshold(told):
    s, paragraph = told
    seen, hidden = await s.input("rep.quito"), await s.input("rep.network", visibility="secretariat")
    await drafts(s, 2)
    back = await s.input("rep.network")
    await s.do("withdraw_contribution", "rep.network", contribution=back)
    await carrying(s, seen, hidden)
    assert await paragraph("focal.nepal") == (1, ["Contribution"])
    await s.input("focal.nepal")  # now three stand handed in
    told_of, ends = await paragraph("focal.nepal")
    assert (told_of, sorted(ends)) == (None, ["Contribution", "Withheld"])


async def test_what_was_carried_and_taken_back_is_told_to_its_own_side_alone(told):
    s, paragraph = told
    inputs = [await s.input("rep.network", visibility="secretariat") for _ in range(4)]
    await carrying(s, *inputs)
    assert await paragraph("focal.nepal") == (4, ["Withheld"] * 4)
    for id_ in inputs[:2]:
        await s.do("withdraw_contribution", "rep.network", contribution=id_)
    assert {row["state"] for row in await s.rows(t.contribution)} == {"submitted", "withdrawn"}
    assert await paragraph("rep.network") == (4, ["Contribution"] * 4)
    assert await paragraph("focal.nepal") == (0, [])  # two stand: fewer than three
    await s.input("focal.kenya")
    assert await paragraph("focal.nepal") == (None, ["Withheld"] * 2)  # the two that were taken back count for nothing
