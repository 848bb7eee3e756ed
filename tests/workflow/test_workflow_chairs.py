"""Twelve chairs of the Global Forum, and what each of them changed: said in the language, one definition each.

`chairs/` holds the definitions, written from the facts of the public record; `FACTS` says for each fact where it
stands. A chair beside whose government meeting civil society met under a process of its own has a second file. What is
no matter of a definition (who hosts, which ministry holds the secretariat, what themes are called) stands in
`ELSEWHERE`.
"""

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from forum.domain.gates import GATES
from forum.files import shipped
from forum.workflow import when
from forum.workflow.act_names import ACTS
from forum.workflow.calendar.calendar import given_anchors, plan
from forum.workflow.calendar.personas import persona
from forum.workflow.calendar.rehearsal import rehearse
from forum.workflow.check.check import check
from forum.workflow.compare.compare import changes
from forum.workflow.load import read_file
from forum.workflow.process import Process
from tests.support.workflow.outcomes import may_send

HERE = Path(__file__).parent / "chairs"
CHAIRS: Mapping[str, Process] = {path.stem: read_file(path) for path in sorted(HERE.glob("*.toml"))}
GOVERNMENTS = [name for name in CHAIRS if not name.endswith("_civil_society")]
RECEIVERS = {path.stem for path in shipped().glob("*.toml")} | {process.name for process in CHAIRS.values()}

Fact = tuple[str, str, object]  # the fact, where the definition says it, what it says there

SURVEY = "tracks.main.stages.survey"
CONSULTATION = "tracks.regional_consultation"
EQUALS = ("states", "civil_society")
ALL_FOUR = ("states", "civil_society", "business", "mayors")

FACTS: Mapping[str, tuple[Fact, ...]] = {
    "01_belgium": (
        ("a survey of states finds the themes", f"{SURVEY}.acts.submit_contribution.mechanisms", {"states"}),
        ("it is a call with a deadline", f"{SURVEY}.clocks.0.at", "call_closes"),
        ("every Member State may answer it, nobody else", f"{SURVEY}.acts.submit_contribution.statuses", {"member"}),
        ("and the agenda follows from it", f"{SURVEY}.clocks.0.to", "agenda"),
        ("roundtables are the format", "meetings.roundtables.format", "roundtables"),
        ("civil society presents its report to the governments", "meetings.civil_society_report.track", "main"),
        ("which arrives in the meeting", "tracks.main.stages.in_session.acts.receive_contribution.roles",
            {"secretariat"}),
        ("a Marketplace", "meetings.marketplace.format", "Marketplace"),
        ("nothing binds: a text is issued, and in no other way closed", "closings.issued_by_chair.name", "issued"),
    ),
    "01_belgium_civil_society": (
        ("the civil society day is the day before", "meetings.civil_society_days.at", "1 day before summit at 09:00"),
        ("it is one day", "meetings.civil_society_days.lasts", "1 day"),
        ("with an advisory committee", "bodies.advisory_committee.power", "advises"),
        ("its agenda follows that of the governments", "tracks.days.stages.agenda.opens",
            "8 months before summit at 12:00"),
        ("its report goes to the government meeting", "transmissions.0.to", ("gfmd/main",)),
    ),
    "02_philippines": (
        ("preparatory meetings in countries", "tracks.national_preparation.repeat.at_most", 60),
        ("with many stakeholders, some of the private sector", "meetings.preparatory_meeting.mechanisms",
            (*EQUALS, "private_sector")),
        ("before the roundtables", "tracks.national_preparation.feeds", "roundtables"),
    ),
    "02_philippines_civil_society": (
        ("the civil society days are two", "meetings.civil_society_days.lasts", "2 days"),
        ("an advisory committee organises them", "bodies.advisory_committee.kind", "advisory_group"),
        ("its delegates present a report", "transmissions.0.document", "civil_society_report"),
        ("and a broader statement", "transmissions.1.document", "statement"),
        ("chosen by civil society: its coordinator sends them",
            "tracks.days.stages.presented.acts.transmit_document.roles", {"coordinator", "secretariat"}),
    ),
    "03_greece": (
        ("an ad hoc group on coherence, data and research", "bodies.coherence_group.kind", "working_group"),
        ("an ad hoc group on protecting and empowering migrants", "bodies.empowerment_group.kind", "working_group"),
        ("they work between the Summits", "tracks.coherence_group.stages.work.opens",
            "11 months before summit at 12:00"),
        ("regional consultative processes meet", "meetings.regional_processes.track", "regional_processes"),
        ("convened together with them", "tracks.regional_processes.convened_by", ("gfmd", "regional")),
        ("to bring what concerns regions into the Summit", "transmissions.2.to", ("gfmd/main", "regional")),
        ("a roundtable on development and its goals", "meetings.development_roundtable.format", "roundtables"),
    ),
    "04_mexico": (
        ("a Common Space", "meetings.common_space.track", "main"),
        ("of half a day", "meetings.common_space.lasts", "4 hours"),
        ("governments and civil society as equals", "meetings.common_space.mechanisms", EQUALS),
        ("the Platform for Partnerships", "tracks.partnerships.documents", ("partnership_catalogue",)),
        ("in person or online", "meetings.platform.format", "in person, and online for those who are not there"),
    ),
    "04_mexico_civil_society": (("civil society days are organised on their own", "forum_acts.open_edition.roles",
        {"chair", "secretariat"}),),
    "05_switzerland": (
        ("fourteen thematic meetings", "tracks.thematic_meeting.repeat.at_most", 14),
        ("the first one early in the year", "meetings.thematic_01.at", "43 weeks before summit at 09:00"),
        ("the last one before the debate", "meetings.thematic_14.at", "4 weeks before summit at 09:00"),
        ("lunch with the private sector at the margins", "meetings.private_sector_lunch.format",
            "lunch at the margins"),
        ("the Platform with its first two projects", "documents.partnership_catalogue.title",
            "The first two projects of the Platform for Partnerships"),
        ("an assessment begins", "documents.assessment_report.due", "24 months after summit at 12:00"),
        ("and runs for two years", "bodies.assessment_team.months", 24),
    ),
    "05_switzerland_civil_society": (
        ("a civil society organisation runs the meeting", "forum_acts.open_edition.roles", {"secretariat"}),
        ("and sets its own agenda: no chair moves it on", "tracks.days.always.advance_stage.roles",
            {"coordinator", "secretariat"}),
    ),
    "06_mauritius": (
        ("the first meeting in Africa", "zone", "Indian/Mauritius"),
        ("members and observers from every region come", "meetings.roundtables.statuses", ("member", "observer")),
    ),
    "07_sweden": (
        ("a chair of eighteen months", "chair.months", 18),
        ("states give themselves to the Dialogue first: the call follows it", "tracks.main.stages.priorities.opens",
            "8 weeks after high_level_dialogue at 12:00"),
        ("new terms of reference, of the troika too", "documents.terms_of_reference.title",
            "Terms of reference of troika, Steering Group and Friends of the Forum"),
        ("endorsed before they hold", "documents.terms_of_reference.closing", "no_objection_of_steering_group"),
        ("in force by a dated change", "forum_acts.extend_body.roles", {"chair", "secretariat"}),
        ("of the Steering Group", "bodies.steering_group.power", "endorses"),
        ("of the Friends of the Forum", "bodies.friends_of_the_forum.power", "advises"),
        ("all roundtables on the development agenda", "meetings.roundtables.format",
            "roundtables, all on the development agenda"),
        ("an initiative on countries in crisis is launched", "bodies.countries_in_crisis.kind", "task_force"),
    ),
    "08_turkey": (
        ("an ad hoc thematic meeting on the Mediterranean", "meetings.ad_hoc_meeting.track", "ad_hoc_meeting"),
        ("beside the year's plan", "tracks.ad_hoc_meeting.voluntary", True),
        ("businesses meet to build a mechanism", "meetings.business_meeting.mechanisms", ("states", "business")),
        ("which they do at the Summit", "meetings.business_at_summit.at", "1 day after summit at 09:00"),
        ("a roundtable recommends a working group", "documents.roundtable_recommendation.closing", "issued_by_chair"),
        ("on the 2030 Agenda", "bodies.agenda_2030_group.kind", "working_group"),
        ("forced migration among the roundtables", "meetings.roundtables.format",
            "roundtables, forced migration among them"),
    ),
    "09_bangladesh": (
        ("the working group is set up", "bodies.agenda_2030_group.power", "assists"),
        ("its mandate is extended to the Compact while it works", "forum_acts.extend_body.roles",
            {"chair", "secretariat"}),
        ("a dialogue on the Compact", "meetings.dialogue_in_new_york.format", "dialogue at the United Nations"),
        ("in New York", "tracks.dialogue_in_new_york.zone", "America/New_York"),
        ("the Business Mechanism begins", "bodies.business_mechanism.kind", "mechanism"),
        ("and takes part as one", "mechanisms.business", "Business Mechanism"),
        ("roundtables on governance and the 2030 Agenda", "meetings.roundtables.title",
            "Roundtables on governance and the 2030 Agenda"),
    ),
    "10_germany_morocco": (
        ("two years", "chair.months", 24),
        ("held by two", "chair.holders", 2),
        ("a meeting in each year", "anchors.first_summit.title", "Opening of the meeting of the first year"),
        ("the second in the other country", "tracks.main.zone", "Africa/Casablanca"),
        ("issued by both", "closings.issued_by_co_chairs.word_on_paper", "Issued by the Co-Chairs on {date}"),
        ("the Compact throughout", "meetings.first_roundtables.format", "roundtables on the Compact"),
        ("the mayors are a mechanism", "mechanisms.mayors", "Mayors Mechanism"),
        ("with a body of their own", "bodies.mayors_mechanism.kind", "mechanism"),
        ("a Youth Forum at the margins", "meetings.youth_forum.format", "at the margins"),
        ("for those who wish", "tracks.youth_forum.voluntary", True),
        ("a Migration Lab", "meetings.migration_lab.format", "Migration Lab"),
        ("a review after ten years begins", "tracks.ten_year_review.documents", ("ten_year_review",)),
    ),
    "11_ecuador": (
        ("a World Cafe after the roundtables", "meetings.world_cafe.format", "World Cafe, after the roundtables"),
        ("new topics", "meetings.roundtables.format",
            "roundtables on mixed flows, narratives, rural and urban mobility"),
        ("experiences of past chairs and mechanisms are published", "documents.experiences.visibility", "public"),
        ("from what they send", "tracks.experiences.stages.inputs.clocks.0.at", "call_closes"),
        ("a competition of the Business Mechanism",
            "tracks.tech_garden.stages.entries.acts.submit_contribution.mechanisms", {"business"}),
        ("a dialogue after the formal close", "tracks.compact_dialogue.after", "main"),
        ("for those who wish", "tracks.compact_dialogue.voluntary", True),
        ("the Marketplace is back", "meetings.marketplace.format", "Marketplace"),
    ),
    "12_united_arab_emirates": (
        ("an advisory group of former chairs and mechanisms", "bodies.advisory_group.power", "advises"),
        ("six regional consultations", f"{CONSULTATION}.repeat.at_most", 6),
        ("each on up to three themes", f"{CONSULTATION}.repeat.themes", 3),
        ("each a body", f"{CONSULTATION}.repeat.body", "regional_consultation"),
        ("co-chaired with regional processes", f"{CONSULTATION}.convened_by", ("gfmd", "regional")),
        ("with equal rights", f"{CONSULTATION}.rights", "equal"),
        ("an expert stands by each theme", f"{CONSULTATION}.stages.drafting.acts.write_paragraph.roles",
            {"secretariat", "penholder", "resource_person"}),
        ("their results are the background material", "documents.background_paper.sources", ("regional_report",)),
        ("the Summit is open to all stakeholders", "meetings.roundtables.mechanisms", ()),
        ("preparatory meetings too", "meetings.friends_1.statuses", ()),
        ("the Common Space becomes the Open Space", "meetings.open_space.format", "Open Space"),
        ("time within groups", "meetings.within_mayors.mechanisms", ("mayors",)),
        ("and across them", "meetings.across_groups.mechanisms", ALL_FOUR),
        ("the Migration Lab is attached to the Friends", "meetings.migration_lab_1.at", "1 day after friends_1"),
        ("a focused input to the HLPF", "tracks.focused_input.documents", ("focused_input",)),
    ),
}  # fmt: skip

ELSEWHERE = {
    "who designed the concept of the first meeting": "history of a forum, no rule of it",
    "which foundation, agency, ministry or organisation runs a meeting": "a mandate of the secretariat, from an "
    "instant to an instant",
    "which countries hold the chair": "an office, given by grant_mandate",
    "who launched an initiative": "offices of the body, given by establish_body",
    "who takes part, and how many": "participations",
    "overarching themes and sub-themes": "given by open_edition",
    "who sponsors a Lab": "a credit on paper",
}


def at(process: Process, path: str) -> object:
    """What a definition says at a path of its model, as people write it."""
    found: Any = process
    for step in path.split("."):
        found = (
            found[step] if isinstance(found, Mapping) else found[int(step)] if step.isdigit() else getattr(found, step)
        )
        if step == "acts" or isinstance(found, Mapping):
            found = dict(found)
    if isinstance(found, when.When):
        return found.written
    return when.spoken(found) if isinstance(found, dt.timedelta) else found


def test_there_are_twelve_chairs() -> None:
    assert [name[:2] for name in GOVERNMENTS] == [f"{n:02}" for n in range(1, 13)]
    assert set(FACTS) == set(CHAIRS)
    assert sum(len(facts) for facts in FACTS.values()) > 80


@pytest.mark.parametrize(
    ("name", "fact"),
    [(n, f) for n, facts in FACTS.items() for f in facts],
    ids=lambda v: v if isinstance(v, str) else v[0],
)
def test_a_fact_stands_where_the_table_says(name: str, fact: Fact) -> None:
    _, path, expected = fact
    assert at(CHAIRS[name], path) == expected


@pytest.mark.parametrize("name", CHAIRS)
def test_a_chair_is_sound(name: str) -> None:
    found = check(CHAIRS[name], ACTS, GATES, RECEIVERS)
    assert [one.spoken(f"{name}.toml") for one in found] == []


# Winters and summers of both halves of the world, a leap day, the ends of long months.
BEFORE = {"high_level_dialogue": -270, "first_summit": -365, "hlpf": -190}  # days from the Summit to another anchor
SUMMITS = [
    dt.datetime(2027, 7, 9, 7, tzinfo=dt.UTC),
    dt.datetime(2028, 2, 29, 13, tzinfo=dt.UTC),
    dt.datetime(2027, 12, 31, 6, tzinfo=dt.UTC),
]


@pytest.mark.parametrize("summit", SUMMITS, ids=lambda s: s.date().isoformat())
@pytest.mark.parametrize("name", CHAIRS)
def test_a_chair_can_be_rehearsed_on_any_dates(name: str, summit: dt.datetime) -> None:
    process = CHAIRS[name]
    given = {anchor: summit + dt.timedelta(days=BEFORE.get(anchor, 0)) for anchor in given_anchors(process)}
    calendar = plan(process, given)
    assert calendar.ends is not None
    assert len(calendar.meetings) == len(process.meetings)
    for window in calendar.windows:
        if window.opens and window.closes:
            assert window.opens.at < window.closes.at, (window.track, window.stage)
    for one in (*calendar.meetings, *calendar.documents):
        assert one.ends.at <= calendar.ends.at, one.name


@pytest.mark.parametrize("who", ["ngo", "mayor", "delegate"])
@pytest.mark.parametrize("name", CHAIRS)
def test_anybody_can_read_what_a_chair_s_year_asks_of_them(name: str, who: str) -> None:
    process, summit = CHAIRS[name], SUMMITS[0]
    given = {anchor: summit + dt.timedelta(days=BEFORE.get(anchor, 0)) for anchor in given_anchors(process)}
    said = rehearse(process, dt.date(2026, 1, 1), persona(who), given)
    assert [one.spoken(name) for one in said.findings] == []
    assert len(said.happenings) >= len(process.meetings)


@pytest.mark.parametrize(("one", "other"), list(pairwise(GOVERNMENTS)), ids=str)
def test_what_a_chair_changed_can_be_said_in_words(one: str, other: str) -> None:
    said = changes(CHAIRS[one], CHAIRS[other])
    assert len(said) >= 3
    for change in said:
        assert change.sentence[0].isupper() or change.sentence[0] == '"', change
        assert change.sentence.rstrip()[-1] in ".)", change
        assert "its written" not in change.sentence  # a date is one thing, and not the parts it is kept in
        assert "nobody yet" not in change.sentence


def test_the_report_of_the_civil_society_day_is_taken_by_the_government_meeting() -> None:
    sent = {"layer": "gfmd", "receiver": "gfmd", "track": "main"}
    assert may_send(CHAIRS["01_belgium_civil_society"], "civil_society_report", **sent) is None
    assert may_send(CHAIRS["02_philippines_civil_society"], "statement", **sent) is None


def test_nobody_of_the_chairs_adopts_anything() -> None:
    assert {c.name for process in CHAIRS.values() for c in process.closings.values()} == {"issued", "no_objection"}


def test_the_dialogue_for_those_who_wish_lies_after_the_formal_close() -> None:
    process = CHAIRS["11_ecuador"]
    calendar = plan(process, dict.fromkeys(given_anchors(process), SUMMITS[0]))
    starts = {one.name: one for one in calendar.meetings}
    formal = calendar.window("main", "in_session")
    assert formal is not None
    assert formal.closes is not None
    assert starts["formal_close"].ends.at <= formal.closes.at <= starts["compact_dialogue"].begins.at
