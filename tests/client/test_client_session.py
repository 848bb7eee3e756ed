"""The line to a service: refusals are typed, a lost line is tried again with the same key."""

import httpx
import orjson
import pytest

from forum.client.session import Refused, Session, document


def _session(monkeypatch, answers):
    sent = []

    def answer(request):
        sent.append(orjson.loads(request.content))
        made = answers[min(len(sent), len(answers)) - 1]
        if isinstance(made, Exception):
            raise made
        return made

    session = Session("http://service", "a token", "somebody")
    session.http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://service")

    async def at_once(_):
        return None

    monkeypatch.setattr("forum.client.session.asyncio.sleep", at_once)
    return session, sent


def _payload(errors):
    return httpx.Response(200, json={"data": {"submitContribution": {"contribution": None, "errors": errors}}})


async def test_a_lost_line_is_tried_again_with_the_same_key(monkeypatch):
    lost = httpx.ConnectError("gone")
    away = httpx.Response(503, json={"errors": [{"message": "away"}]}, headers={"Retry-After": "2"})
    session, sent = _session(monkeypatch, [lost, away, _payload([])])
    await session.do("SubmitContribution", contribution="Contribution:1")
    assert len(sent) == 3
    assert len({s["variables"]["input"]["idempotencyKey"] for s in sent}) == 1
    await session.close()


async def test_a_refusal_in_the_payload_is_raised_with_its_code_and_facts(monkeypatch):
    passed = {"code": "DEADLINE_PASSED", "message": "Too late.", "deadline": "2020-04-30T10:00:00.000000Z"}
    session, _ = _session(monkeypatch, [_payload([passed])])
    with pytest.raises(Refused) as caught:
        await session.do("SubmitContribution", contribution="Contribution:1")
    assert (caught.value.code_given, caught.value.error["deadline"]) == ("DEADLINE_PASSED", passed["deadline"])
    await session.close()


async def test_a_request_error_is_raised_with_its_code(monkeypatch):
    wrong = httpx.Response(400, json={"errors": [{"message": "No.", "extensions": {"code": "BAD_VARIABLES"}}]})
    session, _ = _session(monkeypatch, [wrong])
    with pytest.raises(Refused, match="BAD_VARIABLES"):
        await session.ask("WhoAmI")
    await session.close()


def test_documents_are_found_by_their_operation():
    assert document("SubmitContribution").lstrip("# ").startswith("Hand a released input in")
    with pytest.raises(FileNotFoundError):
        document("NoSuchThing")
