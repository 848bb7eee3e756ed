"""Reading the small scene as one of four viewers, through the compiled reads and the application's own role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import strawberry
from graphql.execution.values import get_variable_values

from forum.api.schema import scalars
from forum.api.schema.nouns import types
from forum.api.schema.query import Query
from forum.domain.viewer import Viewer
from forum.reading.me import SETTINGS, Me
from forum.reading.run import Reader, create_pool
from forum.reading.strawberry_internals import graphql_schema
from graphql import OperationDefinitionNode, parse, validate
from tests.support.api import nouns_scene as scene
from tests.support.contexts import of_an_answer

SCHEMA = graphql_schema(strawberry.Schema(query=Query, types=types(), config=scalars.config()))
NOBODY = Viewer()
GFMD = scene.key("gfmd")
AUTHOR = Viewer(person=scene.key("ada"), organisations=(scene.key("ngo"),), forums=(GFMD,))
TEAM = Viewer(person=scene.key("ada"), forums=(GFMD, scene.key("steering")), teams=(GFMD,), offices=(GFMD,))
PARTICIPANT = Viewer(person=scene.key("ada"), organisations=(scene.key("uae"),), forums=(GFMD,))
READER = Reader(SCHEMA, Me, settings=SETTINGS)


@asynccontextmanager
async def reading(database: Any) -> AsyncIterator[Any]:
    """`ask(text, variables, viewer)` -> the data; GraphQL's first error is raised."""
    await scene.write(database.owner_url)
    pool = await create_pool(database.app_url, 2)
    context = of_an_answer(pool)

    async def ask(text: str, variables: dict | None = None, viewer: Viewer = NOBODY) -> dict[str, Any]:
        document = parse(text)
        faults = validate(SCHEMA, document)
        if faults:
            raise faults[0]
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        got = get_variable_values(SCHEMA, operation.variable_definitions or (), variables or {})
        if isinstance(got, list):
            raise got[0]
        prepared = READER.prepare(document, operation)
        async with pool.acquire() as connection, connection.transaction():
            return orjson.loads(await (await READER.fetch(connection, prepared, got.coerced, viewer)).filled(context))

    try:
        yield ask
    finally:
        await pool.close()


def gid(type_: str, name: str) -> str:
    """The id of a thing of the scene, as the contract writes it."""
    return f"{type_}:{scene.key(name)}"
