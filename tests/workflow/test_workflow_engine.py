"""The engine: never yes to what is not listed, exact at the instant, shut while a gate is shut, the same reason each time."""

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
from forum.workflow.acts import ACTS
from forum.workflow.engine import (
    GateAnswer,
    Standing,
    Window,
    decide,
    decide_forum_act,
    gates_of,
    releaser,
    window_of,
)
from forum.workflow.load import read_file
from forum.workflow.words import PARTICIPANT_ROLES, ROLES, STATUSES

PROCESSES = [read_file(path) for path in sorted(shipped().glob("*.toml"))]
GFMD = next(process for process in PROCESSES if process.name == "gfmd")
NOON = datetime(2020, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))
MICRO = timedelta(microseconds=1)
DELEGATE = Standing(frozenset({"delegate"}), frozenset({"member"}))

places = st.sampled_from(
    [(process, track.name, stage) for process in PROCESSES for track in process.tracks.values() for stage in track.stages]
)
standings = st.builds(
    Standing,
    st.frozensets(st.sampled_from(ROLES), max_size=4),
    st.frozensets(st.sampled_from(STATUSES)),
    st.frozensets(st.sampled_from(["states", "business"])),
)
instants = st.timedeltas(timedelta(days=-400), timedelta(days=400)).map(lambda shift: NOON + shift)
windows = st.none() | st.builds(Window, st.none() | instants, st.none() | instants)


def answers(names: tuple[str, ...], shut: frozenset[str] = frozenset()) -> dict[str, GateAnswer]:
    return {n: GateAnswer(n, n not in shut, f"2 things hang on {n}", 2, ("a", "b")) for n in names}


@given(places, st.sampled_from(ACTS) | st.text(max_size=20), standings, instants, windows, st.data())
def test_yes_means_that_every_rule_says_yes(place, act, standing, now, window, data) -> None:  # type: ignore[no-untyped-def]
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
        and (window.opens_at is None or window.opens_at <= now)
        and (window.closes_at is None or now < window.closes_at)
    )
    assert verdict.yes == (bool(held) and fits and inside and not shut)


@given(places, st.sampled_from(ACTS), instants, windows)
def test_nobody_may_do_anything(place, act, now, window) -> None:  # type: ignore[no-untyped-def]
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


def test_a_latecomer_hears_the_deadline_also_when_the_stage_has_moved_on() -> None:
    assert window_of(GFMD, "main", "drafting", "submit_contribution") == "call"
    window = Window(None, NOON)
    late = decide(GFMD, "main", "drafting", "submit_contribution", DELEGATE, now=NOON, window=window)
    assert isinstance(late.because, DeadlinePassed)
    before = decide(GFMD, "main", "drafting", "submit_contribution", DELEGATE, now=NOON - MICRO, window=window)
    assert isinstance(before.because, NotAtThisStage)
    assert before.because.stages == ("Call for inputs",)


def test_a_window_without_dates_is_shut_and_one_without_ends_is_open() -> None:
    missing = decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=NOON)
    assert isinstance(missing.because, WrongState)
    assert decide(GFMD, "main", "call", "submit_contribution", DELEGATE, now=NOON, window=Window()).yes


def test_the_order_of_reasons() -> None:
    nobody, window = Standing(frozenset({"liaison"})), Window(None, NOON)
    unknown = decide(GFMD, "main", "call", "break_silence", nobody, now=NOON, window=window)
    assert isinstance(unknown.because, NotInThisProcess)
    stage = decide(GFMD, "main", "preparation", "comment", nobody, now=NOON - MICRO, window=window)
    assert isinstance(stage.because, NotAtThisStage)
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
    assert decide(GFMD, "main", "closing", "issue_document", chair, now=NOON, document="summary_of_conclusions").yes


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
    assert isinstance(decide_forum_act(GFMD, "dispose", DELEGATE, now=NOON).because, NotInThisProcess)


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
