"""What changed between two frozen revisions of a text: paragraph by paragraph, and within a paragraph word by word.

Paragraphs are told apart by their identity (`w_id`), never by their number or place. Words are compared as they are
written, with the white space and the marks between them; Han characters and kana one by one, since those scripts part
no words. Whoever joins what stayed and what was taken out has the earlier text back, to the letter; whoever joins what
stayed and what was put in has the later one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

KINDS = ("unchanged", "changed", "new", "withdrawn")
# What a comparison may cost, in pairs of words looked at. Past this a stretch is shown as taken out and put in whole: a
# text that was written anew reads better so, and a hostile one costs no more than an honest one.
MOST_WORK = 8_000_000

_TOKEN = re.compile(r"[ \t]+|\n+|[^\W_]+(?:['\u2019\u2010\u2011.-][^\W_]+)*|.", re.S)
_ALONE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_SLICED = re.compile(f"{_ALONE.pattern}|[^{_ALONE.pattern[1:-1]}]+")
_WITHIN = ("Mn", "Mc", "Me", "Cf")  # accents, Arabic vowel signs, joiners: never parted from their letter


@dataclass(frozen=True)
class Words:
    """A stretch of a paragraph: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one paragraph, or of one recommendation's heading (`what`), between two revisions.

    `w_id`: its identity (of a recommendation: `rec_3`). `was_number` and `number`: as printed then and now, None where
    it has none or did not stand. `was_weight` and `weight`: its weight words then and now.
    """

    what: str
    w_id: str
    kind: str
    was_number: str | None
    number: str | None
    words: tuple[Words, ...]
    was_weight: str | None = None
    weight: str | None = None


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every paragraph of two snapshots (`store/texts.content`), in the order of the later one; a withdrawn one stands
    after the paragraph it followed. Recommendations' headings come last."""
    work = [MOST_WORK]
    rows = _compared("paragraph", _paragraphs(before), _paragraphs(after), work)
    return (*rows, *_compared("recommendation", _recommendations(before), _recommendations(after), work))


def marked(before: str, after: str, work: list[int] | None = None) -> tuple[Words, ...]:
    """Two texts as stretches that stayed, were taken out and were put in, in reading order."""
    if before == after:
        return (Words("same", after),) if after else ()
    old, new = tokens(before), tokens(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _steps(old[head : len(old) - tail], new[head : len(new) - tail], [MOST_WORK] if work is None else work)
    steps = [("same", "".join(new[:head])), *middle, ("same", "".join(new[len(new) - tail :]))]
    return tuple(_joined(steps))


def tokens(text: str) -> list[str]:
    """The text cut into words, single Han characters and kana, and what stands between; joined they are the text."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        if pieces and unicodedata.category(token[0]) in _WITHIN:
            pieces[-1] += token
        elif _ALONE.search(token):
            pieces += _SLICED.findall(token)
        elif pieces and _continues(pieces[-1], token):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _continues(before: str, token: str) -> bool:
    """Whether a word goes on after an accent or a vowel sign that the pattern takes for its end."""
    return unicodedata.category(before[-1]) in _WITHIN and before[0].isalnum() and token[0].isalnum()


# ---- paragraphs
_Row = Mapping[str, Any]


def _paragraphs(content: Mapping[str, Any]) -> dict[str, _Row]:
    return {row["w_id"]: row for row in content["paragraphs"]}


def _recommendations(content: Mapping[str, Any]) -> dict[str, _Row]:
    rows = enumerate(content["recommendations"], 1)
    return {f"rec_{n}": {"text": row["heading"], "number": None, "weight": row["addressee"]} for n, row in rows}


def _compared(thing: str, before: Mapping[str, _Row], after: Mapping[str, _Row], work: list[int]) -> Iterator[Change]:
    for id_ in _order(list(before), list(after)):
        was, now = before.get(id_), after.get(id_)
        same = was is not None and now is not None and (was["text"], was["weight"]) == (now["text"], now["weight"])
        kind = "new" if was is None else "withdrawn" if now is None else "unchanged" if same else "changed"
        words = marked(was["text"] if was else "", now["text"] if now else "", work)
        yield Change(
            thing, id_, kind, _of(was, "number"), _of(now, "number"), words, _of(was, "weight"), _of(now, "weight")
        )


def _of(row: _Row | None, name: str) -> str | None:
    return None if row is None else row[name]


def _order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The later order, with those that stand no more each after the one it followed."""
    standing, order = set(after), list(after)
    gone: dict[str | None, list[str]] = {}
    last: str | None = None
    for id_ in before:
        if id_ in standing:
            last = id_
        else:
            gone.setdefault(last, []).append(id_)
    out = gone.get(None, [])[:]
    for id_ in order:
        out += [id_, *gone.get(id_, ())]
    return out


# ---- words
def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens both begin with."""
    n = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        n += 1
    return n


class _TooDear(Exception):
    """The comparison would cost more than is left."""


class _Bounded(SequenceMatcher[str]):
    """The standard library's, counting what it looks at. White space begins no match, it only belongs to one."""

    def __init__(self, old: Sequence[str], new: Sequence[str], work: list[int]) -> None:
        super().__init__(str.isspace, old, new, autojunk=False)
        self.left, self.all = work, len(old)
        positions = self.b2j  # type: ignore[attr-defined]
        self.each = 1 + sum(len(positions.get(token, ())) for token in old) // max(len(old), 1)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Any:
        self.left[0] -= 1 + self.each * ((self.all if ahi is None else ahi) - alo)
        if self.left[0] < 0:
            raise _TooDear
        return super().find_longest_match(alo, ahi, blo, bhi)


def _steps(old: Sequence[str], new: Sequence[str], work: list[int]) -> Iterator[tuple[str, str]]:
    try:
        opcodes = _Bounded(old, new, work).get_opcodes()
    except _TooDear:
        opcodes = [("replace", 0, len(old), 0, len(new))]
    for step, a, b, c, d in opcodes:
        if step == "equal":
            yield "same", "".join(old[a:b])
        else:
            yield from (("removed", "".join(old[a:b])), ("added", "".join(new[c:d])))


def _joined(steps: Sequence[tuple[str, str]]) -> Iterator[Words]:
    """Stretches without gaps between changes: white space that stayed alone between two changed words belongs to both,
    and what was taken out stands before what took its place."""
    shown = [(kind, text) for kind, text in steps if text]
    removed, added, out = "", "", False
    for n, (kind, text) in enumerate(shown):
        between = 0 < n < len(shown) - 1
        if kind == "same" and not (text.isspace() and between and out):
            yield from _said(removed, added)
            removed, added, out = "", "", False
            yield Words("same", text)
        else:
            removed += text if kind != "added" else ""
            added += text if kind != "removed" else ""
            out = True
    yield from _said(removed, added)


def _said(removed: str, added: str) -> Iterator[Words]:
    if removed:
        yield Words("removed", removed)
    if added:
        yield Words("added", added)
