"""TOML -> Process: the room's only reading of files. Every fault is a `FileRefused` with the line and a remedy."""

import hashlib
import re
import tomllib
from pathlib import Path

from ..errors import FileRefused
from . import build
from .lines import locate
from .process import Process
from .toml_table import Source, Table

MAX_BYTES = 500_000  # two hundred stages with a thousand transitions are about a fifth of it
MAX_DOTS = 100  # on one line


def read_file(path: Path) -> Process:
    """The process a file defines. Refuses what is missing, too large, not UTF-8, not TOML, or not a process."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as fault:
        raise FileRefused(reason=f"{path.name} cannot be read: {fault.strerror}. Check the path.") from None
    if len(raw) > MAX_BYTES:
        raise _too_large(path.name, raw[:MAX_BYTES].count(b"\n") + 1)
    try:
        # Editors on Windows begin UTF-8 with a mark; TOML knows none.
        return parse(raw.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        why = f"{path.name}, line {line}: this is not UTF-8. Save the file again as UTF-8."
        raise FileRefused(reason=why, line=line) from None


def parse(text: str, name: str = "the definition") -> Process:
    """The process a text defines; `name` is what messages call it."""
    if len(text) > MAX_BYTES:
        raise _too_large(name, text.count("\n", 0, MAX_BYTES) + 1)
    plain = _lf(text)
    data = _toml(plain, name)
    language = data.get("language", "en")
    source = Source(name, locate(plain), language if isinstance(language, str) else "en")
    return build.process(Table(data, (), source), plain)


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
