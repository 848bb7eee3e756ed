"""`forum workflow rehearse` and `forum workflow draw`: a definition on a calendar, and as a picture."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from ..errors import InvalidValue
from ..rendering.pictures import calendar_ics, calendar_svg, calendar_text, process_mermaid, process_svg
from ..settings import Settings
from ..times import instant
from ..workflow import load as workflows
from ..workflow.calendar.rehearsal import rehearse
from ..workflow.calendar.seen import PERSONAS, seen
from ..workflow.chart import chart
from ..workflow.process import Process

Run = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]
Deed = Callable[[str, Run, str], argparse.ArgumentParser]


def verbs(deed: Deed) -> None:
    """Both verbs with their options."""
    made = deed("rehearse", rehearse_file, "show on a calendar what would happen when, and what one person could do")
    made.add_argument("file", help="a TOML file")
    made.add_argument(
        "--from", dest="starts", required=True, help="the first day, as in 2027-01-04; what has no date is placed by it"
    )
    made.add_argument(
        "--as",
        dest="who",
        default="secretariat",
        help=f"with whose eyes: {', '.join(PERSONAS)}, or a role (default: secretariat)",
    )
    made.add_argument(
        "--anchor",
        action="append",
        default=[],
        help="the date of an anchor, as in summit=2027-06-02T09:00; may be repeated",
    )
    made.add_argument("--on", help="what can be done on this day")
    made.add_argument("--format", choices=("text", "ics", "svg"), default="text")
    made.add_argument(
        "--width", type=int, default=1200, help="how wide the picture is (default: 1200; 480 for a telephone)"
    )
    made.add_argument("--out", help="the file to write (default: the terminal)")
    made = deed("draw", draw_file, "draw stages, acts and clocks, with where the texts go")
    made.add_argument("file", help="a TOML file")
    made.add_argument("--track", help="only this track")
    made.add_argument("--format", choices=("svg", "mermaid"), default="svg")
    made.add_argument(
        "--width", type=int, default=1400, help="how wide the picture is (default: 1400; 480 for a telephone)"
    )
    made.add_argument("--out", help="the file to write (default: the terminal)")


async def draw_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """The picture of a definition, or the text from which others draw it."""
    process = await asyncio.to_thread(workflows.read_file, Path(arguments.file))
    made = chart(process, arguments.track)
    drawn = (
        process_svg.draw(made, _width(arguments.width))
        if arguments.format == "svg"
        else process_mermaid.mermaid(made).encode()
    )
    await _write(arguments.out, drawn)
    return 0


async def rehearse_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """The calendar of a definition. The status is 0, also where something does not fit: a rehearsal is there to show it."""
    process = await asyncio.to_thread(workflows.read_file, Path(arguments.file))
    starts = _day(arguments.starts, "--from")
    on = _day(arguments.on, "--on") if arguments.on else None
    made = rehearse(process, starts, seen(arguments.who), _anchors(arguments.anchor, process), on)
    if arguments.format == "text":
        shown = calendar_text.text(made).encode()
    elif arguments.format == "ics":
        shown = calendar_ics.ics(made, f"{process.name}.rehearsal")
    else:
        shown = calendar_svg.draw(made, _width(arguments.width))
    await _write(arguments.out, shown)
    return 0


def _day(words: str, option: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InvalidValue(reason=f"{option}: {words[:40]} is no day. Write it as 2027-01-04.") from None


def _width(wide: int) -> int:
    if not 320 <= wide <= 4000:
        raise InvalidValue(reason="--width: choose from 320 to 4000.")
    return wide


def _anchors(words: Sequence[str], process: Process) -> dict[str, datetime]:
    """Anchors as they are typed; a time without an offset is one of the process's zone, a day without a time its morning."""
    found = {}
    for one in words:
        name, sign, when = one.partition("=")
        if not sign:
            raise InvalidValue(reason=f"--anchor: {one[:60]} has no date. Write it as summit=2027-06-02T09:00.")
        found[name] = instant(when if len(when) > 10 else f"{when} 09:00", process.zone)
    return found


async def _write(out: str | None, shown: bytes) -> None:
    if out is None:
        sys.stdout.buffer.write(shown)
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread(path.write_bytes, shown)
    Console().print(f"{path}: {len(shown):,} bytes.", highlight=False, markup=False)
