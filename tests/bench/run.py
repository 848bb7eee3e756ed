"""`forum bench`: the data set, both sides under load in turn, a thousand inputs on paper; figures as JSON and as
tables."""

import asyncio
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console

from forum.errors import Misconfigured
from forum.files import folder
from tests.bench import definition, equal, operations, page_load, paper, priced, processes, show
from tests.bench.generator import Generator
from tests.bench.load import Loaded, loaded
from tests.bench.rounds import Arena, Pace, compared, submitted
from tests.bench.servers import Server
from tests.bench.world import Size

Tell = Callable[[str], None]


async def run(out: Path, quick: bool = False, console: Console | None = None) -> int:
    """Measure, write the figures to `out`, show them. Refuses (Misconfigured) other systems than Linux, and sides that
    do not answer alike. `quick`: a fiftieth of the data and short rounds, to see that all of it runs; no figure of it
    counts."""
    if sys.platform != "linux":
        raise Misconfigured(reason="The bench reads processor time from /proc: run it on Linux.")
    console = console or Console()
    size, pace = (Size.quick(), Pace.quick()) if quick else (Size(), Pace())
    tell: Tell = lambda said: console.print(said, highlight=False, style="dim")  # noqa: E731
    async with loaded(size, tell) as data:
        await page_load.sign_in(data)
        measured = await asyncio.to_thread(measure, data, pace, tell)
    papers = [asdict(await asyncio.to_thread(paper.drawn, name, pace.inputs)) for name in paper.PAPERS]
    took = await asyncio.to_thread(definition.measured, *((20, 1) if quick else (definition.STAGES, 7)))
    told = {"papers": papers, "definition": [asdict(one) for one in took]}
    result = {"quick": quick, "machine": _machine(data), "data": dict(data.counts), **measured, **told}
    await asyncio.to_thread(_write, out, result)
    show.show(console, result)
    console.print(f"Figures: {out}", highlight=False)
    return 0


def measure(data: Loaded, pace: Pace, tell: Tell) -> dict[str, Any]:
    """All rounds on a loaded database."""
    folder_ = folder("graphql") / "operations"
    reads = operations.reads(data.facts, folder_)
    callers = {"participant": data.facts["speakers"], "anonymous": None}
    figures = []
    with (
        Generator() as generator,
        Server("compiled", data.urls.app) as ours,
        Server("resolvers", data.urls.app) as theirs,
    ):
        values = equal.check(generator, (ours, theirs), reads, callers)
        tell(f"Both sides answer alike; fields an answer: {values}")
        arena = Arena((ours, theirs), generator, data.postmaster, pace)
        for operation in reads:
            figures += [figure.told() for figure in compared(arena, operation, callers)]
            tell(f"{operation.name}: {operation.title}, measured")
        figures.append(submitted(arena, list(operations.submissions(data.facts, folder_))).told())
        tell("M1: an input handed in, measured")
        wanted = priced.kinds(data.facts)
        prices = priced.measured(generator, ours, data.postmaster, wanted, pace.price_rounds, pace.price)
        tell(f"{len(prices)} prices held against what is paid")
        pages = [asdict(one) for one in page_load.measured(generator, ours, data.facts, pace)]
        tell("Pages under half of what they bear, measured")
        memory = {side.side: processes.memory(side.pid) for side in (ours, theirs)}
    found = {"figures": figures, "prices": prices, "pages": pages, "memory": memory}
    return {"fields": values, "ratios": show.ratios(figures), **found}


def _write(out: Path, result: dict[str, Any]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))


def _machine(data: Loaded) -> dict[str, Any]:
    return {
        "processors": os.cpu_count(),
        "load_at_the_end": [round(one, 2) for one in os.getloadavg()],
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "postgresql": data.version,
        "database_bytes": data.bytes,
    }
