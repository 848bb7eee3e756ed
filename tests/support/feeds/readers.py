"""Feeds read back by three parsers that nobody here wrote: icalendar (Python), ical.js and node-ical."""

import json
import os
import subprocess
from datetime import UTC, datetime
from typing import Any

import icalendar

from tests.support.npm import NODE, needs_npm
from tests.support.sources import ROOT

READERS = ("ical.js", "node-ical")
needs_readers = needs_npm(f"whether {' and '.join(READERS)} read the feeds")


def events(feed: bytes) -> dict[str, Any]:
    """The events of a feed by their UIDs, as icalendar reads them; each UID stands once."""
    calendar = icalendar.Calendar.from_ical(feed)
    assert [error for part in calendar.walk() for error in part.errors] == []
    found = calendar.walk("VEVENT")
    listed = {str(event["UID"]): event for event in found}
    assert len(listed) == len(found)
    return listed


def instant(event: Any) -> Any:
    """The instant that matters of an event: its end, where it has one."""
    at = event.decoded("DTEND" if "DTEND" in event else "DTSTART")
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def by_node(feed: bytes, zone: str = "UTC") -> dict[str, dict[str, list[Any]]]:
    """reader -> uid -> [begins, ends, summary, status, sequence], on a machine that stands in a zone."""
    line = [NODE / ".bin" / "node", ROOT / "tests" / "node" / "calendars.cjs"]
    more = {**os.environ, "NODE_PATH": str(NODE), "TZ": zone}
    done = subprocess.run(line, input=feed, capture_output=True, env=more, check=False)
    assert done.returncode == 0, done.stderr.decode()
    read: dict[str, dict[str, list[Any]]] = json.loads(done.stdout)
    return read


def wire(at: datetime) -> str:
    """An instant as JavaScript writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
