"""A text before a body, for tests of the no-objection procedure: put to it, broken, answered, read as somebody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from graphql.execution.values import get_variable_values

from forum.api.schema.contract import GRAPHQL
from forum.client.session import document as operation_document
from forum.domain.viewer import Viewer
from forum.reading.me import SETTINGS, Me
from forum.reading.run import Reader, create_pool
from forum.store import people
from forum.store.tables import schema as t
from forum.store.unit import fresh
from forum.workflow.load import digest
from graphql import OperationDefinitionNode, parse, validate
from tests.support.contexts import of_an_answer
from tests.support.scene import WORKFLOWS, Scene

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def repinned(s: Scene, *edits: tuple[str, str]) -> None:
    """The scene's edition under a text of the GFMD's process in which these words stand instead of those."""
    text = (WORKFLOWS / "gfmd.toml").read_text("utf-8")
    for was, now in edits:
        assert was in text, was
        text = text.replace(was, now)
    id_ = fresh()
    row = {"id": id_, "name": "gfmd", "version": "other", "hash": digest(text), "text": text, "published_at": s.now}
    await s.add(t.process_definition, {**row, "forum_id": s.forums["gfmd"]})
    await s.change(t.edition, s.editions["gfmd"], process_id=id_)


async def drafted(s: Scene, *texts: str) -> tuple[UUID, list[UUID]]:
    """A focused input of these paragraphs, at the stage at which it goes before the Steering Group."""
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    paragraphs = [await s.write(d, text) for text in texts]
    await s.stage("focused", "no_objection")
    return d, paragraphs


async def put(s: Scene, document: UUID, body: str = "steering", **more: Any) -> UUID:
    ids = await s.do("start_silence", "secretariat", document=document, body=s.forums[body], **more)
    return ids["silence"]


async def ended(s: Scene, silence: UUID) -> str:
    """Let the clock reach the instant and the service close it; how it ended."""
    row = await s.row(t.silence, id=silence)
    await s.shift(row["ends_at"] - s.now + SECOND)
    assert await s.by_clock("close_silence", silence=silence)
    return (await s.row(t.silence, id=silence))["state"]


async def answered(s: Scene, silence: UUID, kind: str = "explained") -> None:
    """Every objection of a round has its answer."""
    for o in await s.rows(t.objection, silence_id=silence):
        await s.do("answer_objection", "penholder", silence=silence, objection=o["id"], kind=kind, text="As agreed.")


class Line:
    """A session of the client's without the wire: operation documents, read as one person, answered in English."""

    def __init__(self, ask: Any, subject: str | None) -> None:
        self.asked, self.subject, self.language, self.home = ask, subject, "en", ""

    def speak(self, language: str) -> None:
        self.language = language

    async def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        return await self.asked(self.subject, operation_document(operation), **variables)


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Any]:
    """`ask(subject, text, **variables)` -> the data, as that person reads it now; None for the public."""
    pool, reader = await create_pool(url, 2), Reader(GRAPHQL, Me, settings=SETTINGS)
    context = of_an_answer(pool)

    async def ask(subject: str | None, text: str, **variables: Any) -> dict[str, Any]:
        document = parse(text)
        assert validate(GRAPHQL, document) == []
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        got = get_variable_values(GRAPHQL, operation.variable_definitions or (), variables)
        assert not isinstance(got, list), got
        async with pool.acquire() as connection, connection.transaction():
            viewer = Viewer.of(await people.who(connection, subject))
            prepared = reader.prepare(document, operation)
            return orjson.loads(await (await reader.fetch(connection, prepared, got.coerced, viewer)).filled(context))

    try:
        yield ask
    finally:
        await pool.close()
