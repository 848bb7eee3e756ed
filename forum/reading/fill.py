"""What Python adds to what a statement gave, once the statement's connection is back in its pool.

A field that needs Python may ask the database again. Were the request still to hold its first connection then, enough
requests at once would hold them all, and each wait for another: so a read comes in two parts, `Fetched` and `filled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from ..worded import in_language
from .forms import Variables
from .plan import Fill


@dataclass(frozen=True)
class Fetched:
    """What a statement gave. `outside`: what a payload shows and no table has, by name."""

    body: bytes
    fills: Sequence[Fill] = ()
    variables: Variables = field(default_factory=dict)
    outside: Mapping[str, Any] = field(default_factory=dict)

    async def filled(self, context: Any = None, language: str = "en") -> bytes:
        """The finished JSON, what a process says in the language of whoever asks. Called after the connection was given
        back: what is filled in may take one itself."""
        # The write side's connections decode json to text, the read side's hand on its bytes.
        body = self.body.encode() if isinstance(self.body, str) else self.body
        if not self.fills:
            return body
        answer = orjson.loads(body)
        for fill in self.fills:
            await _fill(answer, fill, self.variables, context, self.outside)
        return orjson.dumps(answer, partial(in_language, tag=language), orjson.OPT_PASSTHROUGH_SUBCLASS)


async def _fill(answer: Any, fill: Fill, variables: Variables, context: Any, outside: Mapping[str, Any]) -> None:
    """One field, in all its places at once."""
    if fill.fn is None:
        answer[fill.key] = fill.show(outside.get(fill.source))
        return
    places = [p for p in _places(answer, fill.path) if fill.marker in p]
    needed = [{name: p.pop(fill.marker + name) for name in fill.needs} for p in places]
    shown = [(p, needs) for p, needs in zip(places, needed, strict=True) if p.pop(fill.marker)]
    if not shown:
        return
    values = await fill.fn.values([needs for _, needs in shown], fill.args(variables), context)
    for (place, _), value in zip(shown, values, strict=True):
        place[fill.key] = fill.show(value)


def _places(at: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(at, list):
        for item in at:
            yield from _places(item, path)
    elif isinstance(at, dict):
        if not path:
            yield at
        else:
            yield from _places(at.get(path[0]), path[1:])
