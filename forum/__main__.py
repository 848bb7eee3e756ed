"""The command `forum`: serve, worker, migrate, workflow, token, import, render, demo.

Each command is a few lines that call a room. What goes wrong is said in one sentence; a traceback is a defect.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import uvloop

from .cli import commands
from .cli import workflow as workflow_commands
from .errors import Refusal
from .settings import Settings, load

Command = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="forum", description="Multi-stakeholder reviews of migration, over GraphQL.")
    parser.add_argument("--embedded", action="store_true", help="use the embedded PostgreSQL, on this machine only")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    def verb(name: str, run: Command | None, help_: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        return made

    verb("serve", commands.serve, "serve the contract over HTTP")
    verb("worker", commands.worker, "do what falls due: calls that close, silences that end")
    verb("migrate", commands.migrate_database, "bring the database to the tables of this version")
    verb("prepare", commands.prepare, "make the two roles and the database (FORUM_SUPERUSER_DATABASE_URL)")
    demo = verb("demo", commands.demo, "run a whole review on real data, write its papers, and serve")
    demo.add_argument("--no-serve", action="store_true", help="end when the story is told")
    demo.add_argument("--out", default="out", help="the folder for papers and the transcript (default: out)")
    token = verb("token", commands.token, "issue a bearer token for a person")
    token.add_argument("subject", help="the person's subject")
    token.add_argument("--hours", type=int, default=12, help="how long it holds (default: 12)")
    workflow_commands.verbs(verb("workflow", None, "check, publish, rehearse or draw a process definition"))
    _import(verb("import", commands.import_file, "enter bodies, practices or a meeting from a file"))
    _render(verb("render", commands.render, "write a document of the service as PDF"))
    return parser


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("bodies", "practices", "meeting"), help="what the file holds")
    parser.add_argument("file", help="TOML for bodies, CSV for practices, JSON for a meeting")
    parser.add_argument("--edition", help='the edition, as forum/name: "gfmd/GFMD 2020"')
    parser.add_argument("--track", help="its track; asked for where several would do")
    parser.add_argument("--received-from", help="the organisation the file came from, by name; else not recorded")
    _line(parser)


def _render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("symbol", help="the document's symbol")
    parser.add_argument("--out", help="the file to write (default: the symbol with .pdf)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--responses", action="store_true", help="what became of each input, instead of the text itself"
    )
    instead.add_argument(
        "--record", action="store_true", help="the record of the no-objection procedure, instead of the text"
    )
    _line(parser)


def _line(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the service is")
    parser.add_argument("--token", help="a bearer token (default: FORUM_TOKEN)")


async def _ended_by_signal(command: Coroutine[Any, Any, int]) -> int:
    """A command that is told to end gives back what it holds first: databases, servers, connections."""
    task = asyncio.ensure_future(command)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    return await task


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. Refusals are one line on standard error and status 2."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load()
        settings = replace(settings, embedded=settings.embedded or arguments.embedded)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_ended_by_signal(arguments.run(arguments, settings)))
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
