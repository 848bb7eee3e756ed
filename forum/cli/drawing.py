"""`forum workflow rehearse` and `forum workflow draw`: a definition on a calendar, and as a picture."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from ..errors import InvalidValue
from ..rendering.pictures import calendar_ics, calendar_svg, calendar_text, process_mermaid, process_svg
from ..settings import Settings
from ..times import instant
from ..workflow import load as workflows
from ..workflow.calendar.personas import persona
from ..workflow.calendar.rehearsal import rehearse
from ..workflow.chart import chart
from ..workflow.process import Process
from .terminal import console


async def draw_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """A definition as a picture, or as the text from which Mermaid draws one."""
    process = await asyncio.to_thread(workflows.read_file, Path(arguments.file))
    stages = chart(process, arguments.track)
    if arguments.format == "svg":
        drawn = process_svg.draw(stages, _width(arguments.width))
    else:
        drawn = process_mermaid.mermaid(stages).encode()
    await _write(arguments.out, drawn)
    return 0


async def rehearse_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """A definition on a calendar. The status is 0 even where something does not fit: that is what it shows."""
    process = await asyncio.to_thread(workflows.read_file, Path(arguments.file))
    starts = _day(arguments.starts, "--from")
    on = _day(arguments.on, "--on") if arguments.on else None
    calendar = rehearse(process, starts, persona(arguments.who), _anchors(arguments.anchor, process), on)
    if arguments.format == "text":
        shown = calendar_text.text(calendar).encode()
    elif arguments.format == "ics":
        shown = calendar_ics.ics(calendar, f"{process.name}.rehearsal")
    else:
        shown = calendar_svg.draw(calendar, _width(arguments.width))
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
    """Anchors as typed: a time without an offset is in the process's zone, a day without a time means 09:00."""
    anchors = {}
    for option in words:
        name, sign, when = option.partition("=")
        if not sign:
            raise InvalidValue(reason=f"--anchor: {option[:60]} has no date. Write it as summit=2027-06-02T09:00.")
        anchors[name] = instant(when if len(when) > 10 else f"{when} 09:00", process.zone)
    return anchors


async def _write(out: str | None, shown: bytes) -> None:
    if out is None:
        sys.stdout.buffer.write(shown)
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread(path.write_bytes, shown)
    console.print(f"{path}: {len(shown):,} bytes.", highlight=False, markup=False)
