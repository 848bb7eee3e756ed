"""How long it takes to ask 500 people in from a workbook, as `forum import people` does it, through the contract.

`python -m tests.bench.community`: the medians of some rounds, each with people of its own; wall time, on one server and
one database on this machine.
"""

import asyncio
import datetime as dt
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from forum import app
from forum.client.import_people import Side, import_people
from forum.client.session import Session
from forum.settings import Settings
from forum.sheets.people_file import MOST_PEOPLE, read
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from tests.sheets.books import as_excel, book
from tests.support.scene import scene
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
ROUNDS = 5
SIDE = Side("gfmd", None, "Europe/Zurich")
OF = ("Kenya", "Nepal", "Ecuador")


def _workbook(n: int) -> bytes:
    """A workbook of 500 people whom nobody invited before, with its texts as Excel keeps them."""
    return as_excel(
        book(
            *(
                (f"Person {p} of {n}", f"p{p}.{n}@example.org", "delegate", OF[p % len(OF)], "2027-03-01", "", "")
                for p in range(MOST_PEOPLE)
            )
        )
    )


async def measure() -> None:
    """Print what reading, looking and inviting take, in seconds."""
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "community", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s:
            settings = Settings(mode="test", secret=SECRET)
            parts = await app.parts(settings, urls.app)
            token = (await issued(s.engine, SECRET, "secretariat"))["secretariat"]
            session = Session("http://service", token)
            transport = httpx.ASGITransport(app.site(parts, settings))
            session.http = httpx.AsyncClient(
                transport=transport, base_url="http://service", headers=session.http.headers, timeout=60
            )
            took: dict[str, list[float]] = {"read the file": [], "look at it": [], "invite": []}
            for n in range(ROUNDS):
                file, today = _workbook(n), dt.date(2027, 3, 1)
                begun = time.perf_counter()
                read(file, SIDE.zone)
                took["read the file"].append(time.perf_counter() - begun)
                for name, plan in (("look at it", True), ("invite", False)):
                    begun = time.perf_counter()
                    done = await import_people(session, file, SIDE, today, plan=plan)
                    took[name].append(time.perf_counter() - begun)
                    assert not done.refused, done.lines[-3:]
                    assert done.lines[-1].startswith(f"{MOST_PEOPLE} of {MOST_PEOPLE} people"), done.lines[-1]
            await session.close()
            await parts.close()
    for name, seconds in took.items():
        print(f"{name}: {statistics.median(seconds):.2f} s (from {min(seconds):.2f} to {max(seconds):.2f})")


if __name__ == "__main__":
    asyncio.run(measure())
