"""What the project ships is compiled while the service answers already."""

import asyncio
import logging
from uuid import UUID

import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import ANONYMOUS
from forum.api.http.warming import begin, warm
from forum.domain.viewer import Viewer
from forum.settings import Settings
from tests.support.api.http_sample import service, trusted
from tests.support.typed import some


async def test_trusted_documents_are_compiled_in_both_forms(database):
    made = await app.parts(Settings(mode="test", secret="x" * 32, pool=2), database.app_url)
    try:
        async with app.warmed(made):
            asked = GraphQLRequest(document_id=made.service.documents.names["forums"])
            assert (await answer(made.service, asked, ANONYMOUS)).kind == "ok"
        assert made.reader.compiled < 40  # it ends with the service, whatever is left
        count = await warm(made.service)
        assert count > 60
        assert made.reader.compiled >= count
        brief = made.service.plans.by_text(made.service.documents.named("contribution_brief"), None)
        variables = {"id": "Contribution:00000000-0000-0000-0000-000000000009"}
        for viewer in (Viewer(), Viewer(person=UUID(int=1), organisations=(UUID(int=2),))):
            assert made.reader.known(some(brief.prepared), variables, viewer)
        assert not made.reader.known(
            some(brief.prepared), {"id": "Call:00000000-0000-0000-0000-000000000009"}, Viewer()
        )
        compiled = made.reader.compiled
        assert await warm(made.service) == count
        assert made.reader.compiled == compiled  # nothing twice
    finally:
        await made.close()


async def test_an_invalid_document_is_on_the_log_and_the_service_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    made = service()
    made.plans.trusted = trusted(odd="{ helo }")
    made.documents = made.plans.trusted
    with caplog.at_level(logging.ERROR):
        await asyncio.wait([begin(made)])
    assert "odd.graphql" in caplog.text
