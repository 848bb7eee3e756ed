"""Where the demonstration takes place: a service, its people, its clock, and all operations that were sent."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..session import Json, Refused, Sent, Session

Found = TypeVar("Found")
PATIENCE = 300.0  # seconds for the worker to do what is due: about one, many more where machines are busy


@dataclass
class Stage:
    """A service at `url`; `token_of` a persona's subject; `move_clock` sets the one clock to an instant."""

    url: str
    token_of: Callable[[str], str]
    move_clock: Callable[[datetime], Awaitable[None]]
    out: Path
    console: Console
    sent: list[Sent] = field(default_factory=list)
    sessions: dict[str | None, Session] = field(default_factory=dict)

    def as_(self, persona: str | None) -> Session:
        """The session of one person; None is the public, without a token."""
        if persona not in self.sessions:
            token = None if persona is None else self.token_of(persona)
            self.sessions[persona] = Session(self.url, token, persona or "the public", self.sent.append)
            self.sessions[persona].home = self.url
        return self.sessions[persona]

    def say(self, step: str, text: str, *points: str) -> None:
        """Print a line on what was done, with the number of its step, and points below it."""
        line = Table.grid(padding=(0, 1))
        line.add_column(width=3, justify="right", style="bold")
        line.add_column(overflow="fold")
        line.add_row(step, Text(text))
        for point in points:
            line.add_row("", Text(f"- {point}"))
        self.console.print(line)

    async def refused(self, code: str, attempt: Awaitable[object]) -> Mapping[str, Any]:
        """Make an attempt that the service must refuse with this code; gives the facts of its refusal."""
        try:
            await attempt
        except Refused as refusal:
            if refusal.code_given != code:
                raise
            return refusal.error
        raise AssertionError(f"the service did what it should have refused with {code}")

    async def until(self, step: str, look: Callable[[], Awaitable[Found | None]]) -> Found:
        """What `look` finds once the worker has done its part; None or False means not yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = await look()
            if answer:
                return answer
            await asyncio.sleep(0.2)
        raise AssertionError(f"the worker did not do it in {PATIENCE:.0f} s: {step}")

    async def close(self) -> None:
        for session in self.sessions.values():
            await session.close()

    def transcript(self) -> str:
        """Every operation that was sent, with its variables and what came back, as Markdown."""
        lines = ["# Transcript of the demonstration", "", "Every operation that was sent, in order.", ""]
        for n, sent in enumerate(self.sent, 1):
            lines += [f"## {n}. {sent.operation}, by {sent.persona}", "", "```json", _json(sent.variables), "```", ""]
            lines += ["Answer:", "", "```json", _json(sent.answer), "```", ""]
        return "\n".join(lines)


@dataclass
class Story:
    """What the chapters pass on to each other: ids, by names that the story makes up."""

    stage: Stage
    texts: Json
    ids: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Json] = field(default_factory=dict)
    later: dict[str, Json] = field(default_factory=dict)  # inputs of the edition after

    def as_(self, persona: str | None) -> Session:
        return self.stage.as_(persona)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
