#!/usr/bin/env bash
# icalendar 7.3.2 (Python) writes VTIMEZONEs whose summer time begins an hour late.
#
# RFC 5545, section 3.6.5: the DTSTART of a STANDARD or DAYLIGHT component is the local time of the onset by the clock
# before it (TZOFFSETFROM). In Zurich the clocks go from 02:00 to 03:00: the RFC asks for 020000, as all its examples
# have it. `Calendar.add_missing_timezones()` writes 030000, the clock after the change; in Apia, where a day was left
# out in 2011, it writes 20111231T000000 for 20111230T000000. Read by the RFC, summer time begins an hour late, and in
# Apia the new time a day late.
#
# Why it matters here: a program that reckons by the RFC shows a deadline in the first hour of summer time an hour off.
#
# Seen on 2026-11-29, Python 3.11:
#   Zurich: DTSTART:20270328T030000 TZOFFSETFROM:+0100
#   Apia: DTSTART:20111231T000000 TZOFFSETFROM:-1000
#
# Exits 0 while the library behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata

cat > write.py <<'PY'
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

for name, zone, at in (
    ("zurich", "Europe/Zurich", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ("apia", "Pacific/Apia", datetime(2011, 12, 30, 12, tzinfo=UTC)),
):
    event, calendar = Event(), Calendar()
    event.add("uid", name)
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
    event.add("dtstart", at.astimezone(ZoneInfo(zone)))
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//a test//EN")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=date(at.year, 1, 1), last_date=date(at.year + 1, 1, 1))
    open(f"{name}.ics", "wb").write(calendar.to_ical())
PY
venv/bin/python write.py
onset() { # file, TZOFFSETFROM, TZOFFSETTO -> the DTSTART of that component
  tr -d '\r' < "$1" | awk -v from="TZOFFSETFROM:$2" -v to="TZOFFSETTO:$3" '/^DTSTART:/ {s=$0} $0==from {f=1} $0==to && f {print s} /^END/ {f=0}'
}
zurich=$(onset zurich.ics +0100 +0200)
apia=$(onset apia.ics -1000 +1400)
echo "Zurich: $zurich TZOFFSETFROM:+0100"
echo "Apia: $apia TZOFFSETFROM:-1000"
[ "$zurich" = DTSTART:20270328T030000 ] && [ "$apia" = DTSTART:20111231T000000 ]
