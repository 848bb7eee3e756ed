"""`python -m tests.bench`: figures, with the operations interleaved."""

import argparse
import asyncio
import sys
from pathlib import Path

import uvloop

from . import run


def main() -> int:
    """Measure, print a table, and write the figures as JSON; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure reads, writes and a long report."
    )
    parser.add_argument("--out", default="out/bench.json", help="where the figures go as JSON")
    parser.add_argument("--quick", action="store_true", help="a small data set and few rounds, to see that it runs")
    arguments = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run.run(Path(arguments.out), quick=arguments.quick))


if __name__ == "__main__":
    sys.exit(main())
