"""Refusals are said in the language that a request asks for (`Accept-Language`), and in nothing else do answers differ:
codes, paths and facts stay."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from forum import app
from forum.client.session import document
from forum.domain.contact import Language
from forum.settings import Settings
from tests.support.scene import Scene, scene
from tests.support.sign_ins import browser, served, signed_in
from tests.support.tokens import issued

SECRET = "s" * 32


@dataclass
class Door:
    s: Scene
    parts: app.Parts
    site: Any
    tokens: dict[str, str]

    async def ask(self, subject: str, language: str, query: str, /, **variables: Any) -> httpx.Response:
        headers = {"Accept-Language": language, "Authorization": f"Bearer {self.tokens[subject]}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.site), base_url="http://s") as line:
            return await line.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    async def refused(self, subject: str, language: str, name: str, **input_: Any) -> dict[str, Any]:
        """The first refusal of an act."""
        answer = (await self.ask(subject, language, document(name), input=input_)).json()
        assert "data" in answer, answer
        [payload] = answer["data"].values()
        return dict(payload["errors"][0])


@pytest.fixture
async def door(database: Any) -> AsyncIterator[Door]:
    settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        tokens = {name: (await issued(s.engine, SECRET, name))[name] for name in ("focal.kenya", "secretariat")}
        yield Door(s, parts, served(parts), tokens)
        await parts.close()


def submit(id_: uuid.UUID | None = None) -> dict[str, Any]:
    """The act on an input; on one that is not there, unless it is named."""
    return {"contribution": f"Contribution:{id_ or uuid.uuid4()}", "idempotencyKey": str(uuid.uuid4())}


SAID = {
    "en": "There is no input here that you may see.",
    "fr": "Cela n’existe pas ici, ou vous ne pouvez pas le voir : contribution.",
    "es": "Esto no existe aquí, o usted no puede verlo: aportación.",
    "ru": "Этого здесь нет, или вы не можете это видеть: материал.",
    "zh": "此处没有该项，或您无权查看：意见。",
    "ar": "هذا غير موجود هنا، أو لا يمكنك رؤيته: مساهمة.",
}


async def test_a_refusal_is_said_in_the_readers_language_with_the_same_code_path_and_facts(door: Door) -> None:
    english = await door.refused("focal.kenya", "en", "SubmitContribution", **submit())
    for language in Language:
        error = await door.refused("focal.kenya", language.value, "SubmitContribution", **submit())
        assert {**error, "message": ""} == {**english, "message": ""}
        assert error["message"] == SAID[language.value]


async def test_what_somebody_wrote_keeps_its_direction_in_arabic(door: Door) -> None:
    person = f"Person:{door.s.people['focal.kenya']}"
    error = await door.refused("focal.kenya", "ar-EG", "SetContact", person=person, address="no address")
    assert error["message"].startswith("هذا ليس عنوان بريد")
    forum = f"Forum:{door.s.forums['gfmd']}"
    error = await door.refused("secretariat", "ar", "AdoptProcess", forum=forum, process="no such thing")
    assert "\u2068published process called “no such thing”\u2069" in error["message"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("fr-CA, en;q=0.5", "fr"),
        ("de, es;q=0.3", "es"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("zh-Hant;q=0", "en"),
        ('"; DROP', "en"),
        ("ru;q=0.1, ar;q=0.9", "ar"),
    ],
)
async def test_the_header_chooses_and_the_answer_says_for_whom_it_is(door: Door, asked: str, language: str) -> None:
    answer = await door.ask("focal.kenya", asked, "{ viewer { person { name } } }")
    assert answer.headers["content-language"] == language
    assert "accept-language" in [name.strip().lower() for name in answer.headers["vary"].split(",")]


async def test_what_is_hidden_and_what_is_not_there_are_one_sentence_in_every_language(door: Door) -> None:
    """Another delegation's draft, and an input that never was."""
    saved = await door.s.do("save_contribution", "rep.network", call=door.s.call, title="T", language="en")
    for language in Language:
        hidden, absent = [
            await door.refused("focal.kenya", language.value, "SubmitContribution", **submit(id_))
            for id_ in (saved["contribution"], uuid.uuid4())
        ]
        assert hidden == absent


async def test_requests_at_once_do_not_hear_each_others_language(door: Door) -> None:
    """They share a document, its plan and its compiled form."""
    languages = [language.value for language in Language] * 5
    refused = await asyncio.gather(
        *(door.refused("focal.kenya", language, "SubmitContribution", **submit()) for language in languages)
    )
    assert [error["message"] for error in refused] == [SAID[language] for language in languages]


async def test_why_an_act_is_not_possible_is_said_too(door: Door) -> None:
    query = "query ($on: ID!) { acts(on: $on) { act yes because { code message } } }"
    on = f"Track:{next(iter(door.s.tracks.values()))}"
    answers = [(await door.ask("focal.kenya", language, query, on=on)).json() for language in ("en", "es")]
    english, spanish = ([each["because"] for each in answer["data"]["acts"]] for answer in answers)
    refused = [(here, there) for here, there in zip(english, spanish, strict=True) if here is not None]
    assert refused
    for here, there in refused:
        assert here["code"] == there["code"]
        assert here["message"] != there["message"]


async def test_a_whole_request_is_refused_in_the_language_too(door: Door) -> None:
    door.tokens["nobody"] = "no.good.token"
    answer = await door.ask("nobody", "ru", "{ viewer { person { name } } }")
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (401, "BAD_TOKEN")
    assert error["message"].startswith("Токен в Authorization не принят")
    assert answer.headers["content-language"] == "ru"


async def test_one_of_many_rows_is_refused_in_the_language_too(door: Door) -> None:
    rows = [{"name": "A", "address": "not an address", "role": "PENHOLDER", "startsAt": "2027-01-01T00:00:00Z"}]
    forum = f"Forum:{door.s.forums['gfmd']}"
    input_ = {"forum": forum, "people": rows, "dryRun": True, "idempotencyKey": str(uuid.uuid4())}
    answer = await door.ask("secretariat", "zh", document("InvitePeople"), input=input_)
    [row] = answer.json()["data"]["invitePeople"]["rows"]
    assert row["errors"][0]["message"].startswith("请指明此人将代表哪个组织行事")


async def test_a_page_says_it_in_the_pages_language_whatever_the_browser_asks_for(door: Door) -> None:
    secret, _ = await signed_in(door.parts, "focal.kenya")
    async with browser(door.site, secret, Accept_Language="ru") as line:
        page = (await line.get("/invitation?link=forged&language=fr")).text
    assert "Ce lien n’est pas de ce service" in page
    assert "Эта ссылка" not in page
