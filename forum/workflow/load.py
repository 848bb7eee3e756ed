"""TOML -> Process: the room's only reading of files. Every fault is a `FileRefused` with the line and a remedy."""

import hashlib
import re
import tomllib
from dataclasses import replace
from pathlib import Path

from ..errors import FileRefused
from ..files import shipped
from . import build
from .extend import KEYS, Unresolved, extends, whole
from .lines import locate
from .process import Process
from .toml_table import Source, Table
from .toml_text import written

MAX_BYTES = 500_000  # two hundred stages with a thousand transitions are about a fifth of it
MAX_DOTS = 100  # on one line


def read_file(path: Path) -> Process:
    """The process a file defines, with what the files say that it extends: those beside it, else those that come with
    the service. Its text is the whole. Refuses what is missing, too large, not UTF-8, not TOML, or not a process."""
    text = _text(path)
    file = _unresolved(text, path.name)
    if not extends(file.data):
        return _process(file, _lf(text))
    resolved = whole(file, lambda name: _beside(path, name))
    process = _process(resolved, "")
    text = f"# Written out whole: {path.name}, with what it extends.\n\n{written(resolved.data)}"
    if len(text) > MAX_BYTES:
        raise _too_large(f"{path.name}, written out whole", text.count("\n", 0, MAX_BYTES) + 1)
    return replace(process, text=text)


def _beside(path: Path, name: str) -> Unresolved | None:
    found = (place / name for place in (path.parent, shipped()) if (place / name).is_file())
    other = next(found, None)
    return None if other is None else _unresolved(_text(other), name)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as fault:
        raise FileRefused(reason=f"{path.name} cannot be read: {fault.strerror}. Check the path.") from None
    if len(raw) > MAX_BYTES:
        raise _too_large(path.name, raw[:MAX_BYTES].count(b"\n") + 1)
    try:
        # Editors on Windows begin UTF-8 with a mark; TOML knows none.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        why = f"{path.name}, line {line}: this is not UTF-8. Save the file again as UTF-8."
        raise FileRefused(reason=why, line=line) from None


def parse(text: str, name: str = "the definition") -> Process:
    """The process a text defines; `name` is what messages call it. Refuses a text that says only what differs from
    another: no other file is at hand here."""
    file = _unresolved(text, name)
    if extends(file.data):
        key = next(key for key in KEYS if key in file.data)
        why = f"{key}: this text says only what differs from another file, which is not at hand here."
        raise file.source.refuse((key,), why, "Give the whole text: forum workflow whole FILE prints it.")
    return _process(file, _lf(text))


def _process(file: Unresolved, text: str) -> Process:
    return build.process(Table(file.data, (), file.source), text)


def _unresolved(text: str, name: str) -> Unresolved:
    if len(text) > MAX_BYTES:
        raise _too_large(name, text.count("\n", 0, MAX_BYTES) + 1)
    plain = _lf(text)
    data = _toml(plain, name)
    language = data.get("language", "en")
    return Unresolved(data, Source(name, locate(plain), language if isinstance(language, str) else "en"))


def digest(text: str) -> str:
    """The name of a published definition: sha256, in hex, of its UTF-8 text with LF line ends."""
    return hashlib.sha256(_lf(text).encode()).hexdigest()


def _too_large(name: str, line: int) -> FileRefused:
    why = f"{name}, line {line}: from here on the file is larger than {MAX_BYTES:,} bytes."
    return FileRefused(reason=f"{why} A process is a page or two of text: take out what is too much.", line=line)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _toml(text: str, name: str) -> dict[str, object]:
    if re.search("[\ud800-\udfff]", text):
        raise FileRefused(reason=f"{name} holds half a character. Save the file again as UTF-8.")
    if (line := _too_deep(text)) is not None:
        why = f"{name}, line {line}: more than {MAX_DOTS} dots on one line. Break the text or the key up."
        raise FileRefused(reason=why, line=line)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        message = _message(fault)
        # "... (at line 3, column 7)": the reader's own sentence names the place.
        position = re.search(r"at line (\d+)", message)
        line = int(position[1]) if position else None
        place = f"{name}, line {line}" if line else name
        raise FileRefused(reason=f"{place}: this is not TOML: {message}. Mend that place.", line=line) from None


def _message(fault: Exception) -> str:
    if isinstance(fault, tomllib.TOMLDecodeError):
        return str(fault)[:200]
    return "it is nested too deep" if isinstance(fault, RecursionError) else "a number in it is too long"


def _too_deep(text: str) -> int | None:
    """The first line with more dots than a key or a sentence can need: a key with twice the dots takes tomllib four
    times as long."""
    return next((n for n, line in enumerate(text.split("\n"), start=1) if line.count(".") > MAX_DOTS), None)
