#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.27.2 read five things of valid calendars (RFC 5545) otherwise than the RFC says.
#
# 1. A local time that a clock shows twice is the first of the two (section 3.3.5). Both take the second.
# 2. A local time that the clocks skip is reckoned by the offset before the gap (3.3.5). node-ical does so; ical.js
#    takes the offset after it, an hour earlier.
# 3. A zone is what its VTIMEZONE says (3.6.5, 3.2.19). node-ical goes by the name alone: its own database where it
#    knows the name, and the machine's clock where it does not. ical.js reads the VTIMEZONE.
# 4. In TEXT, two backslashes are one (3.3.11). node-ical reads "C:\\new" with its two backslashes as a backslash and a
#    line break.
# 5. RDATE takes several times (3.8.5.2). Of those of a VTIMEZONE ical.js reads the first alone.
#
# Why it matters here: deadlines near a change of the clocks, and zones whose rules changed lately, are shown an hour
# off. Feeds write times that come twice in UTC.
#
# Seen on 2026-11-29, Node 20:
#   twice, ical.js node-ical: 2024-10-27T01:30:00.000Z 2024-10-27T01:30:00.000Z
#   skipped, ical.js node-ical: 2024-03-31T00:30:00.000Z 2024-03-31T01:30:00.000Z
#   own rules, ical.js node-ical: 2026-07-01T09:00:00.000Z 2026-07-01T11:00:00.000Z
#   backslashes, ical.js node-ical: "C:\\new" "C:\\\new"
#   one RDATE, ical.js: 2026-01-15T10:00:00.000Z
#   two RDATEs, ical.js: 2026-01-15T11:00:00.000Z
#
# Exits 0 while both behave so, 1 when one of them changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.27.2 rrule-temporal@2.2.8 temporal-polyfill@1.0.8 >/dev/null

cat > read.cjs <<'JS'
const loaded = require("ical.js");
const ICAL = loaded.default || loaded;
const ical = require("node-ical");
const part = (kind, ...lines) => [`BEGIN:${kind}`, ...lines, `END:${kind}`];
const rule = (kind, start, month, from, to) =>
  part(kind, `DTSTART:${start}`, `RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=-1SU`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`);
const zurich = part("VTIMEZONE", "TZID:Europe/Zurich", ...rule("DAYLIGHT", "20200329T020000", 3, "+0100", "+0200"),
  ...rule("STANDARD", "20201025T030000", 10, "+0200", "+0100"));
const own = part("VTIMEZONE", "TZID:Africa/Casablanca",
  ...part("STANDARD", "DTSTART:20200101T000000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300"));
function read(zone, start, summary = "s") {
  const event = part("VEVENT", "UID:a", "DTSTAMP:20260101T000000Z", start, `SUMMARY:${summary}`);
  const text = part("VCALENDAR", "VERSION:2.0", "PRODID:-//a test//EN", ...zone, ...event).join("\r\n") + "\r\n";
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((each) => ICAL.TimezoneService.register(each));
  const one = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const other = Object.values(ical.sync.parseICS(text)).find((each) => each.type === "VEVENT");
  return { at: [one.startDate.toJSDate().toISOString(), other.start.toISOString()], summary: [one.summary, other.summary] };
}
// Winter began in 2023, 2024 and 2025, summer in 2024 and 2025: the last two by RDATE.
const listed = (...rdates) => part("VTIMEZONE", "TZID:Office",
  ...part("STANDARD", "DTSTART:20231029T030000", ...rdates, "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"),
  ...part("DAYLIGHT", "DTSTART:20240331T020000", "RDATE:20250330T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"));
const winter = (zone) => read(zone, "DTSTART;TZID=Office:20260115T120000").at[0];
const rdates = [winter(listed("RDATE:20241027T030000,20251026T030000")),
  winter(listed("RDATE:20241027T030000", "RDATE:20251026T030000"))];
console.log(`one RDATE, ical.js: ${rdates[0]}\ntwo RDATEs, ical.js: ${rdates[1]}`);
if (rdates.join() !== "2026-01-15T10:00:00.000Z,2026-01-15T11:00:00.000Z") process.exit(1);
const seen = {
  twice: read(zurich, "DTSTART;TZID=Europe/Zurich:20241027T023000").at.join(" "),
  skipped: read(zurich, "DTSTART;TZID=Europe/Zurich:20240331T023000").at.join(" "),
  "own rules": read(own, "DTSTART;TZID=Africa/Casablanca:20260701T120000").at.join(" "),
  backslashes: read([], "DTSTART:20260701T120000Z", "C:\\\\new").summary.map((each) => JSON.stringify(each)).join(" "),
};
const expected = {
  twice: "2024-10-27T01:30:00.000Z 2024-10-27T01:30:00.000Z",
  skipped: "2024-03-31T00:30:00.000Z 2024-03-31T01:30:00.000Z",
  "own rules": "2026-07-01T09:00:00.000Z 2026-07-01T11:00:00.000Z",
  backslashes: String.raw`"C:\\new" "C:\\\new"`,
};
for (const [name, text] of Object.entries(seen)) console.log(`${name}, ical.js node-ical: ${text}`);
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
JS
TZ=UTC node read.cjs
