"""A worker in a process of its own, to be killed: `python child_worker.py APP_URL`. Its queue has no sweep behind it,
but with `whole` after the address: then it is the worker as it is run."""

import asyncio
import signal
import sys

from forum.actions.core.runner import Runner
from forum.jobs.worker import Pace, work
from forum.store.processes import Processes
from forum.store.unit import make_engine
from tests.support.jobs.clock_scene import QUEUE_ONLY


async def main(url: str, pace: Pace) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine = make_engine(url, 4)
    print("ready", flush=True)
    await work(Runner(engine, Processes()), url, stop=stop, pace=pace)
    await engine.dispose()
    print("ended", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Pace() if sys.argv[2:] == ["whole"] else QUEUE_ONLY))
