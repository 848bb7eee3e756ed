"""To one who does not see a thing, it answers as a thing that does not exist: in mutations and in `acts`."""

import uuid

import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import Caller
from forum.settings import Settings
from tests.support.scene import scene

ADMIT = "mutation($i: AdmitContributionInput!) { admitContribution(input: $i) { errors { code message } } }"
ACTS = "query($on: ID!) { acts(on: $on) { act yes because { code } } }"


@pytest.fixture
async def told(database):
    async with scene(database.app_url) as s:
        made = await app.parts(Settings(mode="test", secret="x" * 32, pool=4), database.app_url)

        async def ask(subject, text, **variables):
            given = GraphQLRequest(query=text, variables=variables)
            return orjson.loads((await answer(made.service, given, Caller(subject))).body)["data"]

        yield s, ask
        await made.close()


async def test_a_refusal_does_not_tell_an_outsider_that_a_draft_is_there(told):
    s, ask = told
    draft = (await s.do("save_contribution", "rep.network", call=s.call, title="T", language="en"))["contribution"]
    answers = []
    for id_ in (draft, uuid.uuid4()):
        made = await ask("focal.kenya", ADMIT, i={"contribution": f"Contribution:{id_}"})
        answers.append(made["admitContribution"]["errors"])
    assert answers[0] == answers[1]
    assert answers[0][0]["code"] == "NOT_FOUND"


async def test_who_sees_the_thing_is_told_the_true_reason(told):
    s, ask = told
    input_ = await s.input("rep.network", visibility="public")
    made = await ask("focal.kenya", ADMIT, i={"contribution": f"Contribution:{input_}"})
    assert made["admitContribution"]["errors"][0]["code"] == "ROLE_NOT_ALLOWED"


async def test_acts_of_what_is_not_seen_are_those_of_what_is_not_there(told):
    s, ask = told
    draft = (await s.do("save_contribution", "rep.network", call=s.call, title="T", language="en"))["contribution"]
    assert (await ask("focal.kenya", ACTS, on=f"Contribution:{draft}"))["acts"] == []
    mine = (await ask("rep.network", ACTS, on=f"Contribution:{draft}"))["acts"]
    assert {a["act"] for a in mine if a["yes"]} >= {"RELEASE_CONTRIBUTION", "SAVE_CONTRIBUTION"}


async def test_an_id_of_another_kind_is_refused_with_its_field(told):
    s, ask = told
    made = await ask("focal.kenya", ADMIT, i={"contribution": f"Call:{s.call}"})
    assert made["admitContribution"]["errors"][0]["code"] == "INVALID_VALUE"
