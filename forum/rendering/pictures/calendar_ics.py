"""A calendar as iCalendar (RFC 5545), for the calendar program on anybody's desk or telephone.

The same calendar gives the same bytes. What moves keeps its UID, so that a program moves the entry and adds no second.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time

from .calendar_parts import Happening, Sheet, local, long_day, offset

# A person's own program reminds of deadlines by itself: the reminders that the service sends get no entry.
_LEFT_OUT = frozenset({"reminder"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def ics(sheet: Sheet, of: str) -> bytes:
    """The calendar. `of` names what it is the calendar of, an edition say, for the UIDs: nothing else may share it."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Review Forum//Calendar//EN", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(sheet.title)}",
    ]  # fmt: skip
    for entry in sheet.happenings:
        if entry.kind not in _LEFT_OUT:
            lines += _event(entry, sheet, of)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(entry: Happening, sheet: Sheet, of: str) -> Iterator[str]:
    title = f"{entry.label}: {entry.title}" + (f" ({entry.track})" if entry.track else "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.key)}@{_text(of)}"
    # When it was written; of a calendar that is computed, its first day: the bytes do not hang on the hour.
    yield f"DTSTAMP:{_instant(datetime.combine(sheet.starts, time(), UTC))}"
    yield f"DTSTART:{_instant(entry.at)}"
    if entry.until:
        yield f"DTEND:{_instant(entry.until)}"
    yield f"SUMMARY:{_text(title)}"
    yield f"DESCRIPTION:{_text(_description(entry))}"
    yield f"CATEGORIES:{_text(entry.kind.upper())}"
    yield "STATUS:TENTATIVE"
    # A deadline takes nobody's time; a meeting does.
    yield f"TRANSP:{'OPAQUE' if entry.kind == 'meeting' and entry.yours else 'TRANSPARENT'}"
    for days in entry.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(title)}", f"TRIGGER:-P{days}D", "END:VALARM")
    yield "END:VEVENT"


def _description(entry: Happening) -> str:
    local_time, utc = local(entry.at, entry.zone), local(entry.at, "UTC")
    zone = f"{entry.zone}, {offset(entry.at, entry.zone)}"
    lines = [f"{long_day(local_time.date())}, {local_time:%H:%M} ({zone}); {utc:%H:%M} UTC."]
    if entry.off and entry.working:
        lines.append(f"{entry.off}: no working day. The next one is {long_day(entry.working)}.")
    lines += [f"{line[0].upper()}{line[1:]}." for line in (*entry.notes, *entry.says) if line]
    return "\n".join(lines)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line ends escaped; no control characters."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    plain = _CONTROL.sub("", plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n"))
    return plain.encode("utf-8", "replace").decode()  # half a character cannot be written


def folded(line: str) -> str:
    """A content line in pieces of 75 octets at most, never within a character (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for c in line:
        more = len(c.encode())
        if size + more > (75 if not pieces else 74):  # the space that continues a line counts as well
            pieces.append(piece)
            piece, size = "", 0
        piece += c
        size += more
    return "\r\n ".join([*pieces, piece]) + "\r\n"
