"""The engine: never yes to what is not listed, exact at the instant, shut while a gate is shut, the same reason
each time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import (
    DeadlinePassed,
    GateClosed,
    NaiveTime,
    NotAtThisStage,
    NotInThisProcess,
    RoleNotAllowed,
    WindowNotOpen,
    WrongState,
)
from forum.files import shipped
from forum.workflow.act_names import ACTS
from forum.workflow.engine import (
    GateAnswer,
    Standing,
    Window,
    decide,
    decide_forum_act,
    gates_of,
    needs_of,
    releaser,
    window_of,
)
from forum.workflow.late import deadline_passed
from forum.workflow.load import parse, read_file
from forum.workflow.process import Rule
from forum.workflow.vocabulary import PARTICIPANT_ROLES, ROLES, STATUSES

PROCESSES = [read_file(path) for path in sorted(shipped().glob("*.toml"))]
GFMD = next(process for process in PROCESSES if process.name == "gfmd")
NOON = datetime(2020, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))
MICRO = timedelta(microseconds=1)
DELEGATE = Standing(frozenset({"delegate"}), frozenset({"member"}))

places = st.sampled_from(
    [
        (process, track.name, stage)
        for process in PROCESSES
        for track in process.tracks.values()
        for stage in track.stages
    ]
)
standings = st.builds(
    Standing,
    st.frozensets(st.sampled_from(ROLES), max_size=4),
    st.frozensets(st.sampled_from(STATUSES)),
    st.frozensets(st.sampled_from(["states", "business"])),
)
instants = st.timedeltas(timedelta(days=-400), timedelta(days=400)).map(lambda shift: NOON + shift)
windows = st.none() | st.builds(Window, st.none() | instants, st.none() | instants, st.none() | instants)


def answers(names: tuple[str, ...], shut: frozenset[str] = frozenset()) -> dict[str, GateAnswer]:
    return {n: GateAnswer(n, n not in shut, f"2 things hang on {n}", 2, ("a", "b")) for n in names}


@given(places, st.sampled_from(ACTS) | st.text(max_size=20), standings, instants, windows, st.data())
def test_yes_means_that_every_rule_says_yes(place, act, standing, now, window, data) -> None:
    process, track, stage = place
    asked = gates_of(process, track, stage, act)
    shut = data.draw(st.frozensets(st.sampled_from(asked))) if asked else frozenset()
    verdict = decide(process, track, stage, act, standing, now=now, window=window, gates=answers(asked, shut))
    assert verdict.yes == (verdict.because is None)
    rule = process.tracks[track].rule(stage, act)
    if rule is None:
        assert isinstance(verdict.because, NotInThisProcess | NotAtThisStage | DeadlinePassed)
        return
    held = rule.roles & standing.roles
    fits = not rule.statuses or bool(rule.statuses & standing.statuses) or bool(held - PARTICIPANT_ROLES)
    inside = rule.window is None or (
        window is not None
        and (
            window.closes_at is None
            or now < window.closes_at
            or (window.late_until is not None and now < window.late_until)
        )
        and (window.opens_at is None or window.opens_at <= now)
    )
    assert verdict.yes == (bool(held) and fits and inside and not shut)


@given(places, st.sampled_from(ACTS), instants, windows)
def test_nobody_may_do_anything(place, act, now, window) -> None:
    process, track, stage = place
    asked = gates_of(process, track, stage, act)
    assert not decide(process, track, stage, act, Standing(), now=now, window=window, gates=answers(asked)).yes


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (NOON - MICRO, WindowNotOpen),
        (NOON, None),
        (NOON + timedelta(days=30) - MICRO, None),
        (NOON + timedelta(days=30), DeadlinePassed),
        (NOON + timedelta(days=30) + MICRO, DeadlinePassed),
    ],
)
def test_the_edges_of_a_window(now: datetime, reason: type | None) -> None:
    window = Window(NOON, NOON + timedelta(days=30))
    verdict = decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=now, window=window)
    assert (type(verdict.because) if verdict.because else None) is reason
    assert verdict.possible_from == (NOON if reason is WindowNotOpen else None)


def test_the_deadline_is_named_in_any_zone() -> None:
    window = Window(None, NOON)
    late = decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=NOON.astimezone(UTC), window=window)
    assert isinstance(late.because, DeadlinePassed)
    assert (late.because.deadline, late.because.server_time) == (NOON, NOON)


def test_a_call_takes_inputs_until_its_deadline_also_when_the_stage_has_moved_on() -> None:
    assert window_of(GFMD, "main", "drafting", "submit_contribution") == "call"
    window = Window(None, NOON)
    late = decide(GFMD, "main", "drafting", "submit_contribution", DELEGATE, now=NOON, window=window)
    assert isinstance(late.because, DeadlinePassed)
    before = decide(GFMD, "main", "drafting", "submit_contribution", DELEGATE, now=NOON - MICRO, window=window)
    assert before.yes
    comment = decide(GFMD, "main", "drafting", "add_comment", DELEGATE, now=NOON - MICRO, window=window)
    assert comment.yes
    not_yet = decide(
        GFMD, "main", "drafting", "submit_contribution", DELEGATE, now=NOON - DAY, window=Window(NOON, NOON + DAY)
    )
    assert isinstance(not_yet.because, NotAtThisStage)
    assert not_yet.because.stages == ("Call for inputs",)


def test_a_window_without_dates_is_shut_and_one_without_ends_is_open() -> None:
    missing = decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=NOON)
    assert isinstance(missing.because, WrongState)
    assert decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=NOON, window=Window()).yes


def test_the_order_of_reasons() -> None:
    nobody, window = Standing(frozenset({"liaison"})), Window(None, NOON)
    unknown = decide(GFMD, "main", "call", "break_silence", nobody, now=NOON, window=window)
    assert isinstance(unknown.because, NotInThisProcess)
    stage = decide(GFMD, "main", "preparation", "add_comment", nobody, now=NOON - MICRO)
    assert isinstance(stage.because, NotAtThisStage)
    role = decide(GFMD, "main", "preparation", "add_comment", nobody, now=NOON - MICRO, window=window)
    assert isinstance(role.because, RoleNotAllowed)
    role = decide(GFMD, "main", "call", "submit_contribution", nobody, now=NOON, window=window)
    assert isinstance(role.because, RoleNotAllowed)
    assert role.because.yours == ("liaison",)
    assert "delegate (member or observer)" in role.because.roles


def test_a_status_is_asked_of_those_who_take_part_and_not_of_offices() -> None:
    guest = Standing(frozenset({"delegate"}), frozenset({"participant"}))
    refused = decide(GFMD, "main", "call", "submit_contribution", guest, now=NOON, window=Window())
    assert isinstance(refused.because, RoleNotAllowed)
    assert refused.because.yours == ("delegate (participant)",)
    coordinator = Standing(frozenset({"coordinator"}))
    assert decide(GFMD, "main", "call", "submit_contribution", coordinator, now=NOON, window=Window()).yes


def test_a_gate_names_what_is_open_and_an_unasked_gate_is_shut() -> None:
    chair = Standing(frozenset({"chair"}))
    shut = answers(("every_input_answered",), frozenset({"every_input_answered"}))
    held = decide(GFMD, "focused_input", "endorsed", "issue_document", chair, now=NOON, gates=shut)
    assert isinstance(held.because, GateClosed)
    assert (held.because.open_count, held.because.open_ids) == (2, ("a", "b"))
    assert held.because.message == "2 things hang on every_input_answered"
    assert isinstance(decide(GFMD, "focused_input", "endorsed", "issue_document", chair, now=NOON).because, GateClosed)


def test_a_documents_own_gates_count_when_it_is_closed() -> None:
    chair = Standing(frozenset({"chair"}))
    report = decide(GFMD, "main", "closing", "issue_document", chair, now=NOON, document="consolidated_report")
    assert isinstance(report.because, GateClosed)
    summary = decide(GFMD, "main", "closing", "issue_document", chair, now=NOON, document="summary_of_conclusions")
    assert isinstance(summary.because, GateClosed)
    assert (report.because.gate, summary.because.gate) == ("every_input_answered", "every_comment_answered")


@pytest.mark.parametrize(
    ("author", "role"),
    [
        ("state", "national_focal_point"),
        ("organisation", "representative"),
        ("mechanism", "coordinator"),
        ("forum", "secretariat"),
    ],
)
def test_each_kind_of_author_has_one_who_releases(author: str, role: str) -> None:
    assert releaser(GFMD, "main", "call", author) == role
    for held in ("national_focal_point", "representative", "coordinator", "secretariat", "delegate"):
        standing = Standing(frozenset({held}), frozenset({"member"}))
        verdict = decide(
            GFMD, "main", "call", "release_contribution", standing, now=NOON, window=Window(), author=author
        )
        assert verdict.yes == (held == role)


def test_what_the_forum_does_outside_an_edition() -> None:
    assert decide_forum_act(GFMD, "open_edition", Standing(frozenset({"chair"})), now=NOON).yes
    refused = decide_forum_act(GFMD, "open_edition", DELEGATE, now=NOON)
    assert isinstance(refused.because, RoleNotAllowed)
    assert isinstance(decide_forum_act(GFMD, "record_disposition", DELEGATE, now=NOON).because, NotInThisProcess)


def test_naive_times_are_refused() -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(NaiveTime):
        Window(naive, None)
    with pytest.raises(NaiveTime):
        decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=naive)


def test_a_place_that_does_not_exist_is_refused() -> None:
    for track, stage in (("side", "call"), ("main", "dancing")):
        verdict = decide(GFMD, track, stage, "issue_call", Standing(frozenset({"chair"})), now=NOON)
        assert isinstance(verdict.because, NotInThisProcess)
        assert window_of(GFMD, track, stage, "issue_call") is None
        assert gates_of(GFMD, track, stage, "issue_call") == ()


# ---- grace, late permits, convenors, the window of a stage, what is planned
DAY = timedelta(days=1)
SECRETARIAT = Standing(frozenset({"secretariat"}))
SMALL = """
name = "small"
version = "1"
title = "Small"
layer = "regional"

[forum_acts]
open_edition = { by = ["chair"] }

[tracks.main]
title = "Main"
initial = "call"
convened_by = ["gfmd", "regional"]
rights = "lead"

[tracks.main.stages.call]
title = "Call"
to = ["drafting"]

[tracks.main.stages.call.acts]
issue_call = { by = ["chair"] }
save_contribution = { by = ["delegate"], window = "call", gates = ["every_input_answered"] }
record_meeting = { by = ["chair"], window = "stage" }

[tracks.main.stages.drafting]
title = "Drafting"
to = ["closed", "call"]

[tracks.main.stages.drafting.acts]
draft_document = { by = ["chair", "delegate"], convenors = ["gfmd"] }

[tracks.main.stages.closed]
title = "Closed"
final = true
needs = ["every_input_answered"]

[tracks.main.stages.closed.acts]
transmit_document = { by = ["secretariat"] }
"""


def save(stage: str, now: datetime, **more):
    return decide(GFMD, "main", stage, "save_contribution", DELEGATE, now=now, **more)


def test_in_the_time_of_grace_an_input_is_taken_and_after_it_the_deadline_is_named() -> None:
    window = Window(NOON - DAY, NOON, NOON + DAY)
    assert save("call", NOON, window=window).yes
    assert save("call", NOON + DAY - MICRO, window=window).yes
    late = save("call", NOON + DAY, window=window).because
    assert isinstance(late, DeadlinePassed)
    assert late.deadline == NOON
    early = save("call", NOON - 2 * DAY, window=window)
    assert isinstance(early.because, WindowNotOpen)
    assert early.possible_from == NOON - DAY


def test_a_grace_that_ends_before_the_deadline_shortens_nothing() -> None:
    window = Window(None, NOON, NOON - DAY)
    assert save("call", NOON - MICRO, window=window).yes
    assert not save("call", NOON, window=window).yes


@pytest.mark.parametrize("stage", ["call", "drafting", "consultation", "closed"])
def test_a_late_permit_holds_at_every_stage_and_ends_at_its_instant(stage: str) -> None:
    window, permit = Window(NOON - DAY, NOON), NOON + 5 * DAY
    assert save(stage, NOON + DAY, window=window, permit=permit).yes
    assert save(stage, permit - MICRO, window=window, permit=permit).yes
    over = save(stage, permit, window=window, permit=permit).because
    assert isinstance(over, DeadlinePassed)
    assert over.deadline == permit
    without = save(stage, NOON + DAY, window=window).because
    assert isinstance(without, DeadlinePassed)
    assert without.deadline == NOON


@pytest.mark.parametrize(
    ("act", "window", "says"),
    [
        ("submit_contribution", "call", "enter an input on your behalf"),
        ("add_comment", "consultation", "circulate another revision"),
        ("break_silence", "silence", "An objection is taken until that instant"),
        ("place_reservation", "silence", "A reservation is taken until that instant"),
        ("record_meeting", "stage", "The stage is over"),
        ("answer_objection", "silence", "The silence is over"),
    ],
)
def test_who_comes_late_is_told_what_can_still_be_done_for_this_kind_of_thing(act: str, window: str, says: str) -> None:
    said = deadline_passed(Rule(act, frozenset({"delegate"}), window=window), NOON, NOON).message
    assert says in said
    assert ("input" in said) == (window == "call")


def test_a_late_permit_opens_nothing_but_what_hangs_on_the_call() -> None:
    window, permit = Window(NOON - DAY, NOON), NOON + 5 * DAY
    for act in ("add_comment", "break_silence", "issue_call", "write_paragraph", "issue_document"):
        for stage in GFMD.tracks["focused_input"].stages:
            for standing in (DELEGATE, SECRETARIAT, Standing(frozenset({"member"}))):
                with_it = decide(GFMD, "focused_input", stage, act, standing, now=NOON, window=window, permit=permit)
                without = decide(GFMD, "focused_input", stage, act, standing, now=NOON, window=window)
                assert (with_it.yes, str(with_it.because)) == (without.yes, str(without.because))


def test_a_late_permit_is_for_those_the_call_is_for() -> None:
    window, permit = Window(NOON - DAY, NOON), NOON + 5 * DAY
    guest = Standing(frozenset({"delegate"}), frozenset({"participant"}))
    for standing in (guest, Standing(frozenset({"chair"})), Standing()):
        verdict = decide(
            GFMD, "main", "drafting", "save_contribution", standing, now=NOON, window=window, permit=permit
        )
        assert isinstance(verdict.because, RoleNotAllowed)


def test_a_late_permit_never_shortens_a_call_and_passes_no_gate() -> None:
    window = Window(NOON - DAY, NOON)
    assert save("call", NOON - MICRO, window=window, permit=NOON - DAY).yes
    small = parse(SMALL)
    assert gates_of(small, "main", "drafting", "save_contribution") == ()
    assert gates_of(small, "main", "drafting", "save_contribution", elsewhere=True) == ("every_input_answered",)
    delegate = Standing(frozenset({"delegate"}))
    asked = {"now": NOON, "window": window, "permit": NOON + DAY}
    shut = decide(small, "main", "drafting", "save_contribution", delegate, **asked)  # type: ignore[arg-type]
    assert isinstance(shut.because, GateClosed)
    gates = answers(("every_input_answered",))
    assert decide(small, "main", "drafting", "save_contribution", delegate, gates=gates, **asked).yes  # type: ignore[arg-type]


@given(places, st.sampled_from(ACTS), standings, instants, windows, instants)
def test_a_permit_takes_nothing_away_and_is_as_if_the_call_closed_later(
    place, act, standing, now, window, permit
) -> None:
    process, track, stage = place
    gates = answers(("every_input_answered", "every_comment_answered"))
    asked = {"now": now, "gates": gates}
    with_it = decide(process, track, stage, act, standing, window=window, permit=permit, **asked)
    without = decide(process, track, stage, act, standing, window=window, **asked)
    if without.yes:
        assert with_it.yes
    if with_it.yes and not without.yes:
        assert now < permit
        first = process.tracks[track].stages_with(act)[0]
        there = stage if process.tracks[track].rule(stage, act) else first
        widened = Window(window.opens_at, permit)
        assert process.tracks[track].rule(there, act).window == "call"
        assert decide(process, track, there, act, standing, window=widened, **asked).yes


def test_a_rule_for_one_convenor_is_closed_to_the_other() -> None:
    small = parse(SMALL)
    for convenors, yes in (({"gfmd"}, True), ({"gfmd", "regional"}, True), ({"regional"}, False), (set(), False)):
        for role in ("chair", "delegate"):
            standing = Standing(frozenset({role}), convenors=frozenset(convenors))
            verdict = decide(small, "main", "drafting", "draft_document", standing, now=NOON)
            assert verdict.yes == yes
            if not yes:
                assert isinstance(verdict.because, RoleNotAllowed)
                assert "chair (gfmd)" in verdict.because.roles
    refused = decide(
        small,
        "main",
        "drafting",
        "draft_document",
        Standing(frozenset({"chair"}), convenors=frozenset({"regional"})),
        now=NOON,
    )
    assert isinstance(refused.because, RoleNotAllowed)
    assert refused.because.yours == ("chair (regional)",)


def test_the_window_of_a_stage_is_asked_about_where_the_act_is_open_and_nowhere_else() -> None:
    small, chair = parse(SMALL), Standing(frozenset({"chair"}))
    assert window_of(small, "main", "call", "record_meeting") == "stage"
    assert window_of(small, "main", "drafting", "record_meeting") is None
    stage = Window(NOON, NOON + DAY)
    told = [
        decide(small, "main", "call", "record_meeting", chair, now=now, window=stage).because
        for now in (NOON - MICRO, NOON, NOON + DAY)
    ]
    assert [type(one) for one in told] == [WindowNotOpen, type(None), DeadlinePassed]
    # The dates at hand are those of the present stage: they are no deadline of an act of another one.
    elsewhere = decide(small, "main", "drafting", "record_meeting", chair, now=NOON + DAY, window=stage)
    assert isinstance(elsewhere.because, NotAtThisStage)
    assert isinstance(decide(small, "main", "call", "record_meeting", chair, now=NOON).because, WrongState)


def test_what_a_stage_needs() -> None:
    small = parse(SMALL)
    assert needs_of(small, "main", "closed") == ("every_input_answered",)
    assert needs_of(small, "main", "call") == ()
    assert needs_of(small, "side", "closed") == needs_of(small, "main", "dancing") == ()


def possible(stage: str, act: str, standing: Standing, opening: dict[str, datetime], window: Window | None = None):
    process = GFMD if act != "transmit_document" else parse(SMALL)
    return decide(process, "main", stage, act, standing, now=NOON, window=window, opening=opening).possible_from


def test_who_comes_too_early_hears_when_the_stage_is_planned_to_open() -> None:
    penholder = Standing(frozenset({"penholder"}))
    opening = {"drafting": NOON + 3 * DAY, "consultation": NOON + 5 * DAY, "closing": NOON - DAY}
    assert possible("call", "write_paragraph", penholder, opening) == NOON + 3 * DAY
    assert possible("call", "write_paragraph", penholder, {"consultation": NOON + 5 * DAY}) == NOON + 5 * DAY
    assert (
        possible("call", "write_paragraph", penholder, {"drafting": NOON}) is None
    )  # its day has come, the track has not
    assert possible("call", "write_paragraph", penholder, {"preparation": NOON + DAY}) is None
    assert possible("call", "write_paragraph", penholder, {}) is None


def test_nobody_is_promised_a_day_on_which_he_may_not_either() -> None:
    assert possible("call", "write_paragraph", DELEGATE, {"drafting": NOON + DAY}) is None
    # The stage lies behind the track: its planned day comes without it.
    assert possible("closed", "write_paragraph", Standing(frozenset({"penholder"})), {"drafting": NOON + DAY}) is None
    # Nor does it where the track may be sent back: nobody has planned that it will.
    early = {"consultation": NOON + DAY, "closing": NOON + 2 * DAY}
    assert possible("closing", "add_comment", DELEGATE, early) is None
    assert possible("drafting", "add_comment", DELEGATE, early) == NOON + DAY
    # The call opens later than its stage.
    call = {"call": NOON + DAY}
    assert possible("preparation", "save_contribution", DELEGATE, call, Window(NOON + 2 * DAY, None)) == NOON + 2 * DAY
    # It is open already, whatever the stage.
    assert possible("preparation", "save_contribution", DELEGATE, call, Window(NOON - DAY, None)) is None
    assert (
        possible("preparation", "save_contribution", DELEGATE, call, Window(None, NOON)) is None
    )  # passed: no promise
    assert possible("call", "transmit_document", SECRETARIAT, {"closed": NOON + DAY}) == NOON + DAY


@given(
    places,
    st.sampled_from(ACTS),
    standings,
    instants,
    st.dictionaries(st.sampled_from(["call", "drafting", "closing", "closed", "consultation", "summary"]), instants),
)
def test_a_promise_lies_ahead_and_is_kept_if_the_stage_opens_then(place, act, standing, now, opening) -> None:
    process, track, stage = place
    gates = answers(("every_input_answered", "every_comment_answered"))
    told = decide(process, track, stage, act, standing, now=now, window=Window(), gates=gates, opening=opening)
    if told.possible_from is None:
        return
    assert told.possible_from > now
    assert isinstance(told.because, NotAtThisStage)
    kept = [name for name, opens in opening.items() if opens == told.possible_from]
    path = process.tracks[track]
    assert any(
        name in path.stages
        and decide(process, track, name, act, standing, now=told.possible_from, window=Window(), gates=gates).yes
        for name in kept
    )


# ---- a silence
def rules_of(process, track, act):
    """The rules for an act at the stages at which a silence can begin."""
    path = process.tracks[track]
    return [rule for stage in path.stages_with("start_silence") if (rule := path.rule(stage, act))]


SILENCES = [
    (process, track.name, act)
    for process in PROCESSES
    for track in process.tracks.values()
    for act in ("break_silence", "place_reservation")
    if rules_of(process, track.name, act)
]


@pytest.mark.parametrize(("process", "track", "act"), SILENCES, ids=lambda part: getattr(part, "name", part))
@given(shift=st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_a_running_silence_is_open_to_its_body_at_every_stage(process, track, act, shift: timedelta) -> None:
    """And to nobody else, and not a moment longer: who moves the track on takes nobody's objection away."""
    began = NOON - timedelta(hours=72)
    window, now = Window(began, NOON), NOON + shift
    allowed = frozenset(role for rule in rules_of(process, track, act) for role in rule.roles)
    nobody = Standing(frozenset(ROLES) - allowed)
    for stage in process.tracks[track].stages:
        for role in allowed:
            standing = Standing(frozenset({role}), frozenset(STATUSES), frozenset(process.mechanisms))
            assert decide(process, track, stage, act, standing, now=now, window=window).yes == (began <= now < NOON)
            assert not decide(process, track, stage, act, standing, now=now, window=None).yes
        assert not decide(process, track, stage, act, nobody, now=now, window=window).yes
