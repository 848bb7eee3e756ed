"""A small scene over four layers, written straight into the tables: what the nouns are read against.

A city's practice goes into a national input, on to the GFMD's focused input, and to the HLPF. One input is not
attributed, one is the secretariat's alone, and one stands alone on its track.
"""

from datetime import timedelta
from typing import Any

from forum.store.tables import schema as t
from forum.store.unit import make_engine
from tests.support.api.nouns_bodies import bodies, call, meeting
from tests.support.api.nouns_dates import plans, told
from tests.support.api.nouns_rows import Rows, key
from tests.support.api.nouns_texts import authors, edges, inputs, source, texts
from tests.support.committed import committed


def everything() -> Rows:
    """All rows, in an order in which they can be written."""
    return [*bodies(), *call(), *meeting(), *texts(), *inputs(), *edges(), *authors(), *plans(), *told()]


async def write(owner_url: str) -> None:
    """Put the scene into a migrated database."""
    engine = make_engine(owner_url, 1)
    async with committed(engine) as connection:
        for table, rows in everything():
            for row in rows:
                await connection.execute(table.insert(), row)
    await engine.dispose()


async def _change(owner_url: str, *statements: Any) -> None:
    engine = make_engine(owner_url, 1)
    async with committed(engine) as connection:
        for statement in statements:
            await connection.execute(statement)
    await engine.dispose()


async def shift_clock(owner_url: str, days: int) -> None:
    await _change(owner_url, t.clock.update().values(shift=timedelta(days=days)))


async def close_a_circle(owner_url: str) -> None:
    """The national paragraph carries the HLPF's, which was made from it."""
    circle = source(
        "circle", "national document", paragraph_id="national paragraph", from_paragraph_id="hlpf paragraph"
    )
    await _change(owner_url, t.source.insert().values(circle))


async def hide_document(owner_url: str, name: str) -> None:
    await _change(owner_url, t.document.update().values(audience="team").where(t.document.c.id == key(name)))
