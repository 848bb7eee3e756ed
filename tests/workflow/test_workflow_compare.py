"""Two versions of a definition in words: every change of the model is told, equal models tell nothing."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.files import shipped
from forum.spoken_words import DOES, PEOPLE
from forum.workflow.act_names import IN_PROCESSES
from forum.workflow.compare.compare import GROUPS, Change, changes
from forum.workflow.load import parse
from forum.workflow.process import Process
from forum.workflow.vocabulary import ROLES
from forum.workflow.when import When, when

TEXT = (Path(__file__).parent / "rich.toml").read_text("utf-8")
RICH = parse(TEXT)
# The name of a thing is the key under which it stands: it does not change by itself.
NAMES = {
    "Rule.act",
    "Stage.id",
    "Track.name",
    "Anchor.name",
    "Body.name",
    "Meeting.name",
    "Closing.id",
    "Document.kind",
}
PATH = tuple[Any, ...]


def told(*swaps: tuple[str, str], base: str = TEXT) -> list[str]:
    """The sentences for a text in which these places are written otherwise."""
    text = base
    for old, new in swaps:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [change.sentence for change in changes(parse(base), parse(text))]


# ---- the sentences
@pytest.mark.parametrize(
    ("swap", "sentence"),
    [
        (
            ('closes = "4 weeks before summit at 12:00"', 'closes = "33 days before summit at 12:00"'),
            "Main track, Consultation is 5 days shorter: it closes 5 days earlier (33 days before summit at 12:00; "
            "it was 4 weeks before summit at 12:00).",
        ),
        (
            ('submit_contribution = { by = ["delegate"]', 'submit_contribution = { by = ["national_focal_point"]'),
            "Main track, at Call: Delegates may no longer hand in an input; national focal points may.",
        ),
        (
            ('add_comment = { by = ["delegate", "penholder"] }',
                'add_comment = { by = ["delegate", "penholder", "observer"] }'),
            "Main track, at Consultation: Observers may now comment as well.",
        ),
        (
            ('[tracks.main.stages.closed]\n',
                '[tracks.main.stages.check]\ntitle = "Validation"\nto = ["closed"]\n\n[tracks.main.stages.closed]\n'),
            "Main track: a new stage Validation stands before Closed.",
        ),
        (("hours = 72", "hours = 96"), "Closing quiet: the silence is 1 day longer, 96 hours."),
        (('languages = ["en", "fr"]', 'languages = ["en"]'),
         "Document Report: the languages it comes in, the authoritative one first is now en; it was en and fr."),
        (('layout = ["head", {', 'layout = ["cover", "contents", {'),
         'Document Report: its paper now consists of cover, contents and conclusions (headed "Messages" in en and '
         '"Messages" in fr; sources in a line below); it consisted of head and conclusions (headed "Messages" in en '
         'and '
         '"Messages" in fr; sources in a line below).'),
        (('layout = ["head", {', 'layout = [{ block = "head" }, {'),
         "Only remarks, spacing or the order of things in the file changed."),
        (('to = ["global"]', 'to = ["global", "hlpf"]'), "Report may now go to hlpf."),
        (('noted"', 'taken note of"'), 'Word on screen answer: it now reads "taken note of"; it was noted.'),
        (("version = \"1\"", "version = \"2\""), 'The process: its version is now "2"; it was "1".'),
        (("# Every key", "# Each key"), "Only remarks, spacing or the order of things in the file changed."),
    ],
    ids=lambda value: value[1][:20] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_change_is_said_in_a_plain_sentence(swap: tuple[str, str], sentence: str) -> None:
    assert told(swap) == [sentence]


def test_a_new_stage_stands_between_its_neighbours() -> None:
    new = '[tracks.main.stages.closed]\ntitle = "Closed"'
    stage = '[tracks.main.stages.check]\ntitle = "Validation"\nto = ["closed"]\n\n'
    said = told((new, stage + new), ('to = ["closed"]\nopens', 'to = ["closed", "check"]\nopens'))
    assert "Main track: a new stage Validation stands between Consultation and Closed." in said


def test_the_same_change_at_every_place_is_said_once() -> None:
    """`advance_stage` holds on the whole track."""
    said = told(('advance_stage = { by = ["secretariat"] }', 'advance_stage = { by = ["chair"] }'))
    assert said == ["The secretariat may no longer move the track on; the chair may."]


def test_a_stage_that_goes_on_under_another_name_is_compared_with_itself() -> None:
    renamed = (
        TEXT.replace("stages.call", "stages.asking")
        .replace('initial = "call"', 'initial = "asking"')
        .replace('from = "0"', 'from = "1"')
    )
    renamed = renamed.replace('stages.main = { asking = "call" }', 'stages.main = { call = "asking" }')
    said = [change.sentence for change in changes(RICH, parse(renamed))]
    assert "Main track, Call: the stage call is now asking." in said
    assert not [one for one in said if "new stage" in one or "no stage" in one]


def test_a_rule_for_the_whole_track_written_at_its_stages_comes_to_the_same_and_is_told_so() -> None:
    text = TEXT.replace('[tracks.main.always]\nadvance_stage = { by = ["secretariat"] }\n', "")
    for stage in ("call", "consultation", "closed"):
        rule = f'[tracks.main.stages.{stage}.acts]\nadvance_stage = {{ by = ["secretariat"] }}\n'
        head = f"[tracks.main.stages.{stage}.acts]\n"
        text = (
            text.replace(head, rule)
            if head in text
            else text.replace("[tracks.regional]\n", f"{rule}\n[tracks.regional]\n")
        )
    said = [change.sentence for change in changes(RICH, parse(text))]
    assert said
    assert all(one.endswith("in another way.") for one in said), said


def test_the_order_is_that_of_the_groups_and_stands_still() -> None:
    text = (
        TEXT.replace("hours = 72", "hours = 96")
        .replace("holders = 2", "holders = 1")
        .replace('lasts = "2 days"', 'lasts = "3 days"')
    )
    found = changes(RICH, parse(text))
    assert [GROUPS.index(change.group) for change in found] == sorted(GROUPS.index(change.group) for change in found)
    assert [change.group for change in found] == ["people", "dates", "closings"]
    assert found == changes(RICH, parse(text))


@pytest.mark.parametrize("path", sorted(shipped().glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_definition_differs_from_itself_in_nothing_and_from_others_in_sentences(path: Path) -> None:
    process = parse(path.read_text("utf-8"))
    assert changes(process, process) == ()
    for change in changes(RICH, process):
        _plain(change)


def test_every_act_and_role_has_its_words() -> None:
    assert set(DOES) >= set(IN_PROCESSES)
    assert set(PEOPLE) >= set(ROLES)


# ---- every field of the model
def steps(value: Any, path: PATH = ()) -> Iterator[PATH]:
    """The path to every field, table and list of a definition."""
    if dataclasses.is_dataclass(value) and not isinstance(value, When):
        for f in dataclasses.fields(value):
            if f.compare and f.name != "text" and f"{type(value).__name__}.{f.name}" not in NAMES:
                yield from steps(getattr(value, f.name), (*path, f.name))
        return
    yield path
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from steps(inner, (*path, name))
    if isinstance(value, tuple):
        for n, inner in enumerate(value):
            if dataclasses.is_dataclass(inner):
                yield from steps(inner, (*path, n))


def at(value: Any, path: PATH) -> Any:
    for step in path:
        value = getattr(value, step) if dataclasses.is_dataclass(value) else value[step]
    return value


def put(value: Any, path: PATH, new: Any) -> Any:
    """The same definition with another value at the end of a path."""
    if not path:
        return new
    step, *rest = path
    inner = put(at(value, (step,)), tuple(rest), new)
    if dataclasses.is_dataclass(value):
        return dataclasses.replace(value, **{step: inner})  # type: ignore[type-var]
    if isinstance(value, Mapping):
        return MappingProxyType({**value, step: inner})
    return (*value[:step], inner, *value[step + 1 :])


PATHS = list(steps(RICH))
STAGE = RICH.tracks["main"].stages["consultation"]
words = st.text("abcdefgh_ \"'", min_size=1, max_size=8)
dates = st.builds(
    lambda n, unit, side: when(f"{n} {unit} {side} summit"),
    st.integers(1, 90),
    st.sampled_from(["day", "week", "hour"]),
    st.sampled_from(["before", "after"]),
)


RULES, STAGES, CLOCKS = RICH.tracks["main"].stages["call"].acts, RICH.tracks["main"].stages, STAGE.clocks
EMPTY: dict[str, Any] = {  # what may stand where nothing does
    "acts": RULES, "always": RULES, "stages": STAGES, "clocks": CLOCKS, "release": MappingProxyType({"state": "chair"}),
    "repeat": RICH.tracks["regional"].repeat, "grace": dt.timedelta(days=1), "window": "stage",
    "heading": MappingProxyType({"en": "Messages"}),
}  # fmt: skip


def others(value: Any, name: str) -> st.SearchStrategy[Any]:
    """Values of the same kind. `name`: the field, which says the kind where nothing stands there."""
    if value is None or (value in ((), {}) and name in EMPTY):
        return st.just(EMPTY[name]) if name in EMPTY else dates
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return st.integers(1, 200)
    if isinstance(value, dt.timedelta):
        return st.integers(1, 10_000).map(lambda n: dt.timedelta(minutes=n))
    if isinstance(value, When):
        return dates
    if isinstance(value, frozenset):
        return st.frozensets(words, max_size=3)
    if isinstance(value, Mapping):
        return _tables(value)
    if isinstance(value, tuple):
        return st.lists(st.sampled_from(value) if value and not isinstance(value[0], str) else words, max_size=4).map(
            tuple
        )
    return words


def _tables(value: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if not value:
        return st.dictionaries(words, words, max_size=2).map(MappingProxyType)
    keys, values = st.sampled_from([*value, "added", "another"]), st.sampled_from(list(value.values()))
    return st.dictionaries(keys, values, max_size=4).map(
        lambda made: MappingProxyType({k: _named(k, v) for k, v in made.items()})
    )


def _named(key: str, value: Any) -> Any:
    """A thing under the name it is to stand under."""
    if not dataclasses.is_dataclass(value):
        return value
    own = [f.name for f in dataclasses.fields(value) if f"{type(value).__name__}.{f.name}" in NAMES]
    return dataclasses.replace(value, **{own[0]: key}) if own else value  # type: ignore[type-var]


@dataclasses.dataclass
class Edited:
    """A definition edited at some places; shown by its edits, for it is long."""

    edits: list[tuple[PATH, Any]]
    process: Process = dataclasses.field(repr=False)


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    made = Edited([], RICH)
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3)):
        new = draw(others(at(RICH, path), str(path[-1])))
        try:
            made.process = put(made.process, path, new)
        except (KeyError, IndexError, AttributeError):
            continue  # an earlier edit took the place away
        made.edits.append((path, new))
    return made


def test_the_walk_reaches_every_field_of_every_part_of_the_model() -> None:
    reached: set[str] = set()
    for path in PATHS:
        for depth in range(1, len(path) + 1):
            holder = at(RICH, path[: depth - 1])
            if dataclasses.is_dataclass(holder):
                reached.add(f"{type(holder).__name__}.{path[depth - 1]}")
    classes = {place.split(".")[0] for place in reached}
    assert classes >= {"Process", "Track", "Stage", "Rule", "Clock", "Repeat", "Anchor", "Chair", "Body", "Meeting",
        "Minimums",
                       "Reminders", "Closing", "Document", "Transmission", "Moves"}  # fmt: skip
    from forum.workflow import definition_parts, process

    for name in classes:
        cls = getattr(process, name, None) or getattr(definition_parts, name)
        every = {f"{name}.{f.name}" for f in dataclasses.fields(cls) if f.compare and f.name != "text"} - NAMES
        assert every <= reached, every - reached


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(str(step) for step in path))
def test_every_field_by_itself_is_told(path: PATH) -> None:
    value = at(RICH, path)
    new = _another(value, str(path[-1]))
    found, back = changes(RICH, put(RICH, path, new)), changes(put(RICH, path, new), RICH)
    assert found
    assert back
    assert found != back
    for change in (*found, *back):
        _plain(change)


def _another(value: Any, name: str) -> Any:
    if value is None or (value in ((), {}) and name in EMPTY):
        return EMPTY.get(name, when("3 days before summit"))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dt.timedelta):
        return value * 2
    if isinstance(value, When):
        return when("3 days before summit")
    if isinstance(value, frozenset):
        return frozenset({"other"})
    if isinstance(value, Mapping):
        return MappingProxyType({"added": _named("added", next(iter(value.values())))})
    if isinstance(value, tuple):
        return () if value else ("other",)
    return "other"


@settings(max_examples=300, deadline=None)
@given(edited())
def test_any_edit_is_told_and_no_edit_is_not(made: Edited) -> None:
    found = changes(RICH, made.process)
    assert bool(found) == (made.process != RICH)
    assert len(found) == len(set(found))
    for change in found:
        _plain(change)


def _plain(change: Change) -> None:
    assert change.group in GROUPS
    assert change.sentence.endswith(".")
    assert change.sentence[:1].isupper() or not change.sentence[:1].isalpha()
    assert "None" not in change.sentence
