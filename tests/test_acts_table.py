"""Who may do what, when: every role at every act of every stage of every process we ship, against a reviewed table.

`acts_table.txt` is read by people: one line for each act open at a stage, with the roles that may do it, the window
it hangs on, the statuses asked of those who take part, the questions that must be answered, and who releases for
whom. What has no line is refused. A process that changes shows as a difference in that file;
`python -m tests.test_acts_table` writes it anew from what the engine says, and the difference is then for a person to
judge.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from forum.workflow.act_names import ACTS, CLOSING_ACTS
from forum.workflow.engine import GateAnswer, Standing, Verdict, Window, decide, decide_forum_act, window_of
from forum.workflow.load import read_file
from forum.workflow.process import Process
from forum.workflow.vocabulary import AUTHORS, PARTICIPANT_ROLES, ROLES, STATUSES

HERE = Path(__file__).parent
TABLE = HERE / "acts_table.txt"
FILES = sorted((HERE.parent / "workflows").glob("*.toml"))
FORUM = "outside any edition"
GATES = ("every_input_answered", "every_comment_answered", "every_paragraph_sourced", "no_paragraph_contested",
         "no_call_open")  # fmt: skip

OPENS = dt.datetime(2020, 3, 1, 11, tzinfo=dt.UTC)
CLOSES = dt.datetime(2020, 3, 5, 11, tzinfo=dt.UTC)
WINDOW = Window(OPENS, CLOSES)
WITHIN = OPENS + (CLOSES - OPENS) / 2
EARLY = OPENS - dt.timedelta(microseconds=1)
LAST = CLOSES - dt.timedelta(microseconds=1)

Key = tuple[str, str]  # place, act


@dataclass(frozen=True)
class Line:
    """What the table says of one act at one stage; the words of `more` are window, statuses, gates, `for X by`."""

    roles: tuple[str, ...]
    more: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def written(self, key: Key) -> str:
        more = "; ".join(f"{name} {', '.join(words)}" for name, words in self.more.items())
        return f"{key[0]} | {key[1]} | {', '.join(self.roles)}" + (f" | {more}" if more else "")


# ---- asking the engine
@dataclass(frozen=True)
class Asking:
    """One act at one place of a process, as it can be put to the engine."""

    process: Process
    track: str
    stage: str
    act: str

    @property
    def key(self) -> Key:
        place = f"{self.track}/{self.stage}" if self.track else FORUM
        return f"{self.process.name} {place}", self.act

    def verdict(
        self,
        role: str,
        now: dt.datetime = WITHIN,
        *,
        status: str = "member",
        shut: str | None = None,
        document: str | None = None,
        author: str | None = None,
        window: Window | None = WINDOW,
    ) -> Verdict:
        taking_part = (frozenset({status}), frozenset(self.process.mechanisms))
        standing = Standing(frozenset({role}), *(taking_part if role in PARTICIPANT_ROLES else ()))
        if not self.track:
            return decide_forum_act(self.process, self.act, standing, now=now)
        gates = {name: GateAnswer(name, open=name != shut) for name in GATES}
        return decide(
            self.process, self.track, self.stage, self.act, standing,
            now=now, window=window, gates=gates, document=document, author=author,
        )  # fmt: skip

    def says(self, role: str, now: dt.datetime = WITHIN, **more: object) -> str:
        """`allowed`, or the code of the refusal."""
        verdict = self.verdict(role, now, **more)  # type: ignore[arg-type]
        return "allowed" if verdict.because is None else verdict.because.code


def asked(process: Process) -> Iterator[Asking]:
    """Every act at every place of a process, open there or not."""
    for act in ACTS:
        yield Asking(process, "", "", act)
    for track in process.tracks.values():
        for stage in track.stages:
            yield from (Asking(process, track.name, stage, act) for act in ACTS)


BORROWED = "window of another stage"


def observed(a: Asking) -> Line | None:
    """The line the engine gives for one act; None where nobody may do it. Nothing is read from the rules themselves."""
    roles = tuple(role for role in ROLES if a.says(role) == "allowed")
    if not roles:
        return None
    some = roles[0]
    more: dict[str, tuple[str, ...]] = {}
    if a.says(some, EARLY) != "allowed":
        name = BORROWED if a.says(some, EARLY) == "NOT_AT_THIS_STAGE" else "window"
        more[name] = (str(window_of(a.process, a.track, a.stage, a.act)),)
    taking_part = [role for role in roles if role in PARTICIPANT_ROLES]
    statuses = tuple(s for s in STATUSES if any(a.says(role, status=s) == "allowed" for role in taking_part))
    if taking_part and statuses != STATUSES:
        more["statuses"] = statuses
    if gates := tuple(g for g in GATES if a.says(some, shut=g) != "allowed"):
        more["gates"] = gates
    for author in AUTHORS:
        by = tuple(role for role in roles if a.says(role, author=author) == "allowed")
        if by != roles:
            more[f"for {author} by"] = by
    for kind in process_kinds(a):
        if gates := tuple(g for g in GATES if a.says(some, shut=g, document=kind) != "allowed"):
            more[f"of {kind} gates"] = gates
    return Line(roles, more)


def process_kinds(a: Asking) -> tuple[str, ...]:
    """The kinds of document whose own gates may count: those of the track, for acts that close a text."""
    return a.process.tracks[a.track].documents if a.track and a.act in CLOSING_ACTS else ()


# ---- the written table
HEAD = f"""\
# Who may do what at which stage: every process under workflows/, as the engine judges it.
#   process track/stage | act | roles that may do it | what else is asked
# Read in the middle of the act's window, by somebody of an organisation that is a member, with all questions answered.
# An act without a line at a stage is refused to everybody there; a role not named is refused. "window": before it opens
# and from the instant it closes on, the act is refused. "window of another stage": the stage does not open the act, and
# what was announced at another stage is open until its instant. "statuses": of those who take part for an organisation,
# only these. "gates": each must be open; "of KIND gates": when it closes a document of that kind. "for AUTHOR by": who
# acts for that kind of author. Acts "{FORUM}" hang on no stage. Written anew by: python -m tests.test_acts_table
"""


def read_table(text: str) -> dict[Key, Line]:
    """The lines of a table by place and act; refuses a line that stands twice."""
    table: dict[Key, Line] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        place, act, roles, *rest = line.split(" | ")
        assert (place, act) not in table, f"twice: {line}"
        table[place, act] = Line(tuple(roles.split(", ")), dict(map(_words, rest[0].split("; "))) if rest else {})
    return table


def _words(more: str) -> tuple[str, tuple[str, ...]]:
    first, *others = more.split(", ")
    name, word = first.rsplit(" ", 1)
    return name, (word, *others)


def written() -> str:
    """The whole table as the engine would have it now."""
    blocks = []
    for path in FILES:
        lines = [line.written(a.key) for a in asked(read_file(path)) if (line := observed(a))]
        blocks.append("\n".join(lines))
    return HEAD + "\n" + "\n\n".join(blocks) + "\n"


# ---- the tests
PROCESSES = [pytest.param(read_file(path), id=path.stem) for path in FILES]
TOLD = read_table(TABLE.read_text("utf-8")) if TABLE.exists() else {}


def _elsewhere(a: Asking) -> bool:
    return any(place.startswith(f"{a.process.name} {a.track}/") and act == a.act for place, act in TOLD)


def expected(a: Asking, role: str) -> str:
    """What the table makes of a role within the window."""
    line = TOLD.get(a.key)
    if line:
        return "allowed" if role in line.roles else "ROLE_NOT_ALLOWED"
    return "NOT_AT_THIS_STAGE" if a.track and _elsewhere(a) else "NOT_IN_THIS_PROCESS"


def _wrong(rows: list[tuple[Asking, str, str, str]]) -> str:
    return "\n".join(
        [f"{len(rows)} differ from {TABLE.name}:"]
        + [f"{' '.join(a.key)}, {what}: table {want}, engine {got}" for a, what, want, got in rows[:40]]
    )


def _compare(found: Iterator[tuple[Asking, str, str, str]]) -> None:
    rows = list(found)
    assert rows, "nothing was asked"
    wrong = [row for row in rows if row[2] != row[3]]
    assert not wrong, _wrong(wrong)


def _open(process: Process) -> Iterator[tuple[Asking, Line]]:
    for a in asked(process):
        if line := TOLD.get(a.key):
            yield a, line


@pytest.mark.parametrize("process", PROCESSES)
def test_every_role_at_every_act_of_every_stage(process):
    _compare((a, role, expected(a, role), a.says(role)) for a in asked(process) for role in ROLES)


@pytest.mark.parametrize("process", PROCESSES)
def test_nobody_without_a_role_may_do_anything(process):
    said = {decide(a.process, a.track, a.stage, a.act, Standing(), now=WITHIN).yes for a in asked(process) if a.track}
    assert said == {False}


@pytest.mark.parametrize("process", PROCESSES)
def test_before_the_window_and_from_its_last_instant_on(process):
    def found():
        for a, line in _open(process):
            for role in ROLES:
                windowed = role in line.roles and "window" in line.more
                plain = expected(a, role)
                if BORROWED in line.more:
                    yield a, f"{role}, before", "NOT_AT_THIS_STAGE", a.says(role, EARLY)
                    yield a, f"{role}, as it opens", plain, a.says(role, OPENS)
                    yield a, f"{role}, the last microsecond", plain, a.says(role, LAST)
                    yield a, f"{role}, as it closes", "DEADLINE_PASSED", a.says(role, CLOSES)
                    yield a, f"{role}, no dates", "NOT_AT_THIS_STAGE", a.says(role, window=None)
                    continue
                yield a, f"{role}, before", "WINDOW_NOT_OPEN" if windowed else plain, a.says(role, EARLY)
                yield a, f"{role}, as it opens", plain, a.says(role, OPENS)
                yield a, f"{role}, the last microsecond", plain, a.says(role, LAST)
                yield a, f"{role}, as it closes", "DEADLINE_PASSED" if windowed else plain, a.says(role, CLOSES)
                yield a, f"{role}, no dates", "WRONG_STATE" if windowed else plain, a.says(role, window=None)

    _compare(found())


@pytest.mark.parametrize("process", PROCESSES)
def test_a_latecomer_at_a_later_stage_hears_of_the_deadline(process):
    """An act that hangs on a window, at a stage where it is not open: within it the stage, once closed the deadline."""

    def found():
        for a in asked(process):
            if a.track and a.key not in TOLD and _elsewhere(a):
                first = next(
                    TOLD[b.key] for b in asked(process) if (b.track, b.act) == (a.track, a.act) and b.key in TOLD
                )
                late = "DEADLINE_PASSED" if {"window", BORROWED} & set(first.more) else "NOT_AT_THIS_STAGE"
                yield from ((a, f"{role}, late", late, a.says(role, CLOSES)) for role in ROLES)

    _compare(found())


@pytest.mark.parametrize("process", PROCESSES)
def test_any_question_that_is_asked_holds_the_act_back_while_it_is_open(process):
    def found():
        for a, line in _open(process):
            for kind in (None, *process_kinds(a)):
                asked_here = {*line.more.get("gates", ()), *line.more.get(f"of {kind} gates", ())}
                for role in ROLES if a.track else ():
                    for gate in GATES:
                        held = role in line.roles and gate in asked_here
                        want = "GATE_CLOSED" if held else expected(a, role)
                        yield a, f"{role}, {gate} shut, {kind}", want, a.says(role, shut=gate, document=kind)

    _compare(found())


@pytest.mark.parametrize("process", PROCESSES)
def test_a_status_is_asked_of_those_who_take_part_and_of_nobody_else(process):
    def found():
        for a, line in _open(process):
            for role in ROLES:
                for status in (*STATUSES, "none"):
                    out = role in PARTICIPANT_ROLES and status not in line.more.get("statuses", (status,))
                    want = "ROLE_NOT_ALLOWED" if out else expected(a, role)
                    yield a, f"{role} of a {status}", want, a.says(role, status=status)

    _compare(found())


@pytest.mark.parametrize("process", PROCESSES)
def test_each_kind_of_author_is_released_by_its_own_role(process):
    def found():
        for a, line in _open(process):
            for author in AUTHORS:
                by = line.more.get(f"for {author} by", line.roles)
                for role in ROLES if a.track else ():
                    want = "allowed" if role in by else "ROLE_NOT_ALLOWED"
                    yield a, f"{role} for a {author}", want, a.says(role, author=author)

    _compare(found())


def test_the_table_stands_as_it_would_be_written():
    assert TABLE.read_text("utf-8") == written(), "python -m tests.test_acts_table, and judge the difference"


def test_every_process_and_every_gate_used_is_in_the_table():
    assert {place.split()[0] for place, _ in TOLD} == {read_file(path).name for path in FILES}
    assert frozenset().union(*(read_file(path).gates() for path in FILES)) <= set(GATES)


if __name__ == "__main__":
    TABLE.write_text(written(), "utf-8")
