"""Small definitions that were called sound once, and could not work, or said what nobody can mean: each is `mini.toml`
with one thing changed, and the code under which it is found now."""

from pathlib import Path

import pytest

from forum.domain.gates import GATES
from forum.rendering.papers.words import LANGUAGES
from forum.workflow.act_names import ACTS, ACTS_OF_PARTICIPANTS, FORUM_ACTS, IN_PROCESSES
from forum.workflow.check.check import check
from forum.workflow.holders import OF_THE_BODY, SPEAKING, able
from forum.workflow.load import parse
from forum.workflow.process import Rule
from forum.workflow.vocabulary import LAYERS, ROLES

MINI = (Path(__file__).parent / "mini.toml").read_text("utf-8")
ENDS = 'ends = "3 months after summit at 12:00"'
DUE = 'due = "2 weeks before summit"\nmeeting = "summit"'
DRAFTING = 'title = "Drafting"\nopens = "20 weeks before summit at 12:00"\ncloses = "10 weeks before summit at 12:00"'
EARLY = 'title = "Drafting"\nopens = "40 weeks before summit at 12:00"\ncloses = "35 weeks before summit at 12:00"'
ONWARD = '\nto = ["silence"]'
BY_CLOCK = '\nclock = { at = "stage_closes", to = "silence" }'
OFFICE = 'open_edition = { by = ["office"] }'
ACTS_OF_THE_FORUM = MINI[MINI.index("[forum_acts]") : MINI.index("[dispositions]")]
DOCUMENT = "[documents.report]"
CHANGES = {
    "a direction override in a title": ('title = "Drafting"', 'title = "Dr\\u202Eaft"', "hidden_character"),
    "a control in a title": ('title = "Drafting"', 'title = "Draft\\u0007ing"', "hidden_character"),
    "a title in two lines": ('title = "Drafting"', 'title = "Draft\\ning"', "hidden_character"),
    "an unbalanced isolate in a sentence": ('noted = "noted"', 'noted = "\\u2067noted"', "hidden_character"),
    "drafting before the call": (DRAFTING, EARLY, "over_before_reached"),
    "drafting before the call, left by the clock": (DRAFTING + ONWARD, EARLY + BY_CLOCK, "over_before_reached"),
    "drafting that is reached late, where a call that nobody can issue would lead on": (
        DRAFTING + ONWARD,
        DRAFTING + '\nclock = [{ at = "stage_closes", to = "silence" }, { at = "call_closes", to = "silence" }]',
        "locked_for_ever",
    ),
    "due after the end": (DUE, 'due = "2 years after summit"', "after_the_end"),
    "due before it can close": (DUE, 'due = "25 weeks before summit"', "due_before_it_can_end"),
    "due while the silence still runs": (DUE, 'due = "69 days before summit at 12:00"', "due_before_it_can_end"),
    "an end before the call": (ENDS, 'ends = "40 weeks before summit at 12:00"', "after_the_end"),
    "an end in the silence": (ENDS, 'ends = "10 weeks before summit at 12:00"', "after_the_end"),
    "an end while the last silence can run": (ENDS, 'ends = "62 days before summit at 12:00"', "after_the_end"),
    "an end in the grace": ('title = "Call"', 'title = "Call"\ngrace = "33 weeks"', "after_the_end"),
    "an end before the shortest consultation": (
        '[minimums]\nsilence = "24 hours"',
        '[minimums]\nconsultation = "34 weeks"\nsilence = "24 hours"',
        "after_the_end",
    ),
    "a meeting after the end": ('at = "summit"', 'at = "1 year after summit"', "after_the_end"),
    "a group named as a role": ("[groups]\n", '[groups]\nsecretariat = ["member"]\n', "group_named_as_role"),
    "drafting by members": (
        'draft_document = { by = ["office"] }',
        'draft_document = { by = ["member"] }',
        "not_the_bodys",
    ),
    "objections answered by members": (
        'answer_objection = { by = ["office"] }',
        'answer_objection = { by = ["member"] }',
        "not_the_bodys",
    ),
    "no acts of the forum": (ACTS_OF_THE_FORUM, "", "forum_cannot_live"),
    "roles given by members": ('grant_mandate = { by = ["office"]', 'grant_mandate = { by = ["member"]', "below_floor"),
    "editions opened by nobody": (OFFICE, 'open_edition = { by = ["observer"] }', "below_floor"),
    "editions opened past a gate": (
        OFFICE,
        'open_edition = { by = ["office"], gates = ["every_input_answered"] }',
        "gate_never_opens",
    ),
    "editions opened by a convenor": (
        OFFICE,
        'open_edition = { by = ["office"], convenors = ["gfmd"] }',
        "limit_fits_nobody",
    ),
    "braces on paper": ("Endorsed on {date}", "Endorsed {recommendation} {count}", "placeholder_not_filled"),
    "braces in an answer": ('noted = "noted"', 'noted = "noted, {reason}"', "placeholder_not_filled"),
    "braces in a standing text": (
        "[closings.silence]",
        '[disclaimers]\nreport = "Of {body}"\n[closings.silence]',
        "placeholder_not_filled",
    ),
    "a date before all years": (
        'closes = "9 weeks before summit at 12:00"',
        'closes = "9999 years before summit"',
        "impossible_date",
    ),
}


def codes(text: str) -> set[str]:
    return {finding.code for finding in check(parse(text), ACTS, GATES, languages=LANGUAGES)}


def test_what_is_reached_after_its_planned_end_is_named_with_the_way_out() -> None:
    old, new, _ = CHANGES["drafting that is reached late, where a call that nobody can issue would lead on"]
    [found] = [f for f in check(parse(MINI.replace(old, new)), ACTS, GATES) if f.code == "locked_for_ever"]
    assert "after the planned end" in found.message
    assert found.remedy == 'Add to = ["silence"] at drafting, and let somebody advance_stage there.'


def test_the_one_they_are_made_from_is_sound() -> None:
    assert codes(MINI) == set()


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_not_called_sound(what: str) -> None:
    old, new, code = CHANGES[what]
    assert MINI.count(old) == 1, old
    assert code in codes(MINI.replace(old, new))


@pytest.mark.parametrize("act", ["open_edition", "publish_process", "grant_mandate"])
def test_what_a_forum_lives_by_must_be_given_to_somebody(act: str) -> None:
    line = f'{act} = {{ by = ["office"] }}\n'
    assert act in FORUM_ACTS
    assert codes(MINI.replace(line, "")) == {"forum_cannot_live"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ENDS, 'ends = "2 days before summit"'),  # the text is due before, and the meeting is at the summit itself
        (DUE, 'due = "66 days before summit at 12:00"\nmeeting = "summit"'),  # the silence may begin 70 days before
        (DRAFTING, DRAFTING.replace("10 weeks", "19 weeks")),
        ("Endorsed on {date}", "Endorsed by {body} on {date} after {hours} hours"),
        ('title = "Drafting"', 'title = "صياغة\\u200F"'),  # a mark of direction is no override
        ('open_edition = { by = ["office"] }', 'open_edition = { by = ["office"], statuses = ["member"] }'),
    ],
)
def test_what_only_looks_like_it_is_sound(old: str, new: str) -> None:
    assert MINI.count(old) == 1, old
    text = MINI.replace(old, new).replace('at = "summit"', 'at = "3 days before summit"')
    assert codes(text) == set()


GIVEN_AWAY = 'write_paragraph = { by = ["national_focal_point"] }'


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_a_bodys_own_is_counted_on_from_its_own_people_alone(layer: str) -> None:
    process = parse(MINI.replace('layer = "local"', f'layer = "{layer}"'))
    for act in set(IN_PROCESSES) - set(FORUM_ACTS):
        counted = able(process, Rule(act=act, roles=frozenset(ROLES)))
        if act in ACTS_OF_PARTICIPANTS:
            assert counted == set(ROLES)
        else:
            assert counted == (OF_THE_BODY | SPEAKING if layer in ("local", "national") else OF_THE_BODY)


def test_who_speaks_for_one_that_takes_part_does_not_draft_where_others_chair() -> None:
    text = MINI.replace('write_paragraph = { by = ["office"] }', GIVEN_AWAY)
    assert codes(text) == set()  # a local platform is chaired by those for whom its people speak
    text = text.replace('layer = "local"', 'layer = "global"')
    found = {finding.code: finding for finding in check(parse(text), ACTS, GATES, languages=LANGUAGES)}
    drafting = found["not_the_bodys"]
    assert (drafting.track, drafting.stage) == ("main", "drafting")
    assert text.splitlines()[(drafting.line or 0) - 1] == GIVEN_AWAY
    assert drafting.remedy.startswith("Name in `by` one to whom the body gives the role: chair, coordinator,")
    mended = text.replace(GIVEN_AWAY, 'write_paragraph = { by = ["national_focal_point", "penholder"] }')
    assert codes(mended) == set()


def test_nobody_moves_a_track_that_is_moved_by_those_who_take_part() -> None:
    text = MINI.replace('layer = "local"', 'layer = "global"')
    text = text.replace('advance_stage = { by = ["office"] }', 'advance_stage = { by = ["delegate"] }')
    assert {"not_the_bodys", "nobody_advances"} <= codes(text)


@pytest.mark.parametrize(("weeks", "found"), [(20, set()), (21, {"consultation_too_short"})])
def test_what_is_left_when_the_track_comes_there_is_long_enough(weeks: int, found: set[str]) -> None:
    """A stage without an opening begins when it can be reached: here by hand, as soon as the call opens."""
    text = MINI.replace('opens = "20 weeks before summit at 12:00"\n', "")
    text = text.replace("[minimums]", f'[minimums]\nconsultation = "{weeks} weeks"')
    assert codes(text) == found


@pytest.mark.parametrize(("weeks", "fits"), [(8, True), (9, False)])
def test_what_is_left_of_the_edition_is_long_enough(weeks: int, fits: bool) -> None:
    """The edition ends eight weeks after drafting opens, and drafting has no end of its own."""
    text = MINI.replace(ENDS, 'ends = "12 weeks before summit at 12:00"')
    text = text.replace('closes = "10 weeks before summit at 12:00"\n', "")
    text = text.replace("[minimums]", f'[minimums]\nconsultation = "{weeks} weeks"')
    found = check(parse(text), ACTS, GATES, languages=LANGUAGES)
    assert ([f for f in found if (f.code, f.stage) == ("after_the_end", "drafting")] == []) is fits
