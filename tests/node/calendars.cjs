// What two calendar readers make of a feed on standard input: for each, {uid: [begins, ends, summary, status, sequence]},
// instants in UTC and whole days as they stand. ical.js computes zones from VTIMEZONE, node-ical from their names.
const fs = require("fs");
const ICAL = require("ical.js");
const ical = require("node-ical");

const text = fs.readFileSync(0, "utf8");

function byName() {
  const read = {};
  for (const event of Object.values(ical.sync.parseICS(text)).filter((each) => each.type === "VEVENT")) {
    const say = (at) => (event.datetype === "date" ? at.toLocaleDateString("sv") : at.toISOString());
    read[event.uid] = [say(event.start), say(event.end), event.summary, event.status, Number(event.sequence)];
  }
  return read;
}

function byRules() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const say = (at) => (at.isDate ? at.toString() : at.toJSDate().toISOString());
  const read = {};
  for (const event of calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each))) {
    const status = event.component.getFirstPropertyValue("status");
    read[event.uid] = [say(event.startDate), say(event.endDate), event.summary, status, event.sequence];
  }
  return read;
}

console.log(JSON.stringify({ "ical.js": byRules(), "node-ical": byName() }));
