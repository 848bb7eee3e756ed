"""The command `forum`: serve, worker, migrate, workflow, token, import, render, demo.

Each command is a few lines that call a room. What goes wrong is said in one sentence; a traceback is a defect.
"""

import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from .cli.parser import Run, code, parser
from .refusal import Refusal
from .settings import load


async def _ended_by_signal(command: Coroutine[Any, Any, int]) -> int:
    """Run the command; a signal cancels it, so that it gives back databases, servers and connections before it ends."""
    task = asyncio.ensure_future(command)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    return await task


def _loaded(run: str) -> Run:
    """The command's code with the rooms that it needs. Hardly anything that is made while they are loaded goes away
    again, so the collector of garbage would look for it in vain: an eighth of a server's start."""
    gc.disable()
    try:
        return code(run)
    finally:
        gc.enable()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. Refusals are one line on standard error and status 2."""
    arguments = parser().parse_args(argv)
    try:
        import uvloop  # after the parser, as all that only a running command needs

        settings = load()
        settings = replace(settings, embedded=settings.embedded or arguments.embedded)
        command = _loaded(arguments.run)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_ended_by_signal(command(arguments, settings)))
    except Refusal as refusal:
        print(f"forum: {refusal}", file=sys.stderr)
        return 2
    except FileNotFoundError as error:
        print(f"forum: there is no file {error.filename}.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"forum: {error.strerror or error}.", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
