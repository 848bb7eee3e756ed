"""The pages for people: links that lead somewhere, commands that exist, keys and findings that are all named, and a map
of the rooms that leaves no file out."""

import argparse
import re
from datetime import date
from pathlib import Path

import pytest

from forum.cli.parser import parser
from forum.domain.gates import GATES
from forum.errors import FileRefused
from forum.times import instant
from forum.workflow import load
from forum.workflow.act_names import ACTS, IN_PROCESSES
from forum.workflow.calendar.personas import persona
from forum.workflow.calendar.rehearsal import rehearse
from forum.workflow.check.check import check
from forum.workflow.compare.compare import changes
from forum.workflow.vocabulary import CLOSINGS, LAYERS, ROLES, STATUSES, WINDOWS
from tests.support import key_tables, rooms
from tests.support.sources import ROOT, modules

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^(```+)[^\n]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*$", re.MULTILINE)

pages = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())


def _prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def _commands(page: Path, word: str) -> set[str]:
    """What follows a command's name where a page shows code: `forum serve`, a line `make demo` of a block."""
    text = page.read_text("utf-8")
    shown = [
        *SPAN.findall(FENCE.sub("", text)),
        *(line for _, block in FENCE.findall(text) for line in block.splitlines()),
    ]
    # At the beginning, after a prompt or after variables; never in the middle of an output's sentence.
    said = re.compile(rf"^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/)?{word} (?:-\S+ )*([a-z][a-z-]*)\b")
    return {found[1] for line in shown if (found := said.match(line))}


def _known_commands() -> set[str]:
    made = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return set(made.choices)


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def _anchors(page: Path) -> set[str]:
    """The names a heading can be reached by, as the usual readers of Markdown make them."""
    plain = (re.sub(r"[^\w\- ]", "", h.lower()) for h in HEADING.findall(_prose(page)))
    return {h.replace(" ", "-") for h in plain}


# ---- every page
@pages
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(SPAN.sub("", _prose(page))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
            lost.append(link)
    assert not lost


@pages
def test_every_command_a_page_names_exists(page: Path) -> None:
    assert _commands(page, "forum") - _known_commands() == set()
    assert _commands(page, "make") - _targets() == set()


def test_the_checks_above_see_links_and_commands() -> None:
    """A pattern that found nothing would always pass."""
    readme = ROOT / "README.md"
    assert {"docs/rooms.md", "docs/first_query.md"} <= set(LINK.findall(_prose(readme)))
    anchored = LINK.findall(_prose(ROOT / "docs" / "glossary.md"))
    assert [link for link in anchored if "#" in link]
    assert {"serve", "worker", "migrate", "workflow", "token"} <= _commands(readme, "forum")
    assert {"demo", "test"} <= _commands(readme, "make")


# ---- rooms.md
def test_the_map_of_the_rooms_is_printed_from_the_code() -> None:
    """When this fails: `python -m tests.support.rooms` prints it anew."""
    text = rooms.PAGE.read_text("utf-8")
    assert len(re.findall(r"^\| `\w+\.py` \|", text, re.MULTILINE)) > 300
    assert rooms.renewed(text) == text


def test_no_arrow_of_the_picture_goes_against_the_grain() -> None:
    """The picture's own proof: no room reaches itself over others. The order of the layers is import-linter's."""
    reached = rooms.arrows()

    def beyond(room: str, seen: frozenset[str]) -> set[str]:
        nearer = reached.get(room, set()) - seen
        return nearer.union(*(beyond(other, seen | nearer) for other in nearer))

    assert len(reached) > 12
    assert [room for room in reached if room in beyond(room, frozenset())] == []


# ---- processes.md
def test_the_reference_of_processes_has_every_word_and_every_finding() -> None:
    text = (ROOT / "docs" / "processes.md").read_text("utf-8")
    named = set(SPAN.findall(text))
    words = {*IN_PROCESSES, *GATES, *ROLES, *CLOSINGS, *LAYERS, *STATUSES, *WINDOWS}
    assert words - named == set()
    checks = [m.text for m in modules() if m.path.startswith("forum/workflow/check/")]
    given = re.compile(r'Finding\(\s*"(\w+)"|yield "(\w+)"|_at\(track, \w+, "(\w+)"')
    codes = {code for one in checks for found in given.findall(one) for code in found if code}
    assert len(codes) > 20
    assert codes - named == set()


def test_the_reference_of_processes_has_every_key_as_the_model_says_it() -> None:
    """When this fails: `python -m tests.support.key_tables` writes the tables anew."""
    text = key_tables.PAGE.read_text("utf-8")
    assert {found[2] for found in key_tables.BLOCK.finditer(text)} == set(key_tables.TYPES)
    assert key_tables.renewed(text) == text


def test_the_tables_of_keys_say_every_key_of_the_loader() -> None:
    said = {
        name: set(re.findall(r"^\| `(\w+)` \|", key_tables.table(cls), re.MULTILINE))
        for name, cls in key_tables.TYPES.items()
    }
    assert {"groups", "anchors", "tracks", "moves"} <= said["Process"]
    assert {"by", "release", "window", "convenors"} <= said["Rule"]
    assert sum(len(keys) for keys in said.values()) > 90


# ---- the worked change of processes.md
_WORKED = (
    ('version = "2020.3"', 'version = "2021.1"'),
    ('state = "national_focal_point"', 'state = "delegate"'),
    ('closes = "5 weeks before hlpf at 12:00"', 'closes = "7 weeks before hlpf at 12:00"'),
    (
        'meeting = "hlpf"\ngates = ["every_input_answered", "every_comment_answered", "no_call_open"]',
        'meeting = "hlpf"\n'
        'gates = ["every_input_answered", "every_comment_answered", "no_call_open", "every_paragraph_sourced"]',
    ),
)
_MENDED = (
    ('closes = "7 weeks before hlpf at 12:00"', 'closes = "6 weeks before hlpf at 12:00"'),
    ('opens = "5 weeks before hlpf at 12:00"', 'opens = "6 weeks before hlpf at 12:00"'),
)
_SILENT = (('break_silence = { by = ["member"], window = "silence" }\n', ""),)
_MISTYPED = (('state = "national_focal_point"', 'state = "delegat"'),)
_UNREAD = (
    ("hours = 72", 'hours = "72"'),
    ("hours = 72", "houres = 72"),
    ('closes = "5 weeks before hlpf', 'closes = "5 weks before hlpf'),
)


def _edited(*edits: tuple[str, str]) -> str:
    text = (ROOT / "workflows" / "gfmd.toml").read_text("utf-8")
    for was, now in edits:
        assert was in text, was
        text = text.replace(was, now, 1)
    return text


def _page() -> str:
    """The page without its line breaks: the terminal breaks where it must."""
    return " ".join(key_tables.PAGE.read_text("utf-8").split())


def _found(*edits: tuple[str, str]) -> list[str]:
    return [one.spoken("gfmd.toml") for one in check(load.parse(_edited(*edits), "gfmd.toml"), ACTS, GATES)]


def test_the_worked_change_gives_what_the_page_shows() -> None:
    page = _page()
    assert _found(*_WORKED, *_MENDED) == []
    for edits in (_WORKED, _SILENT, _MISTYPED):
        found = _found(*edits)
        assert found
        assert [line for line in found if line not in page] == []
    for fault in _UNREAD:
        with pytest.raises(FileRefused) as refused:
            load.parse(_edited(fault), "gfmd.toml")
        assert f"forum: {refused.value}".strip() in page


def test_the_worked_change_reads_in_words_as_the_page_shows() -> None:
    page = _page()
    old, new = load.parse(_edited()), load.parse(_edited(*_WORKED, *_MENDED))
    assert [one.sentence for one in changes(old, new) if one.sentence not in page] == []
    given = {
        "hlpf": instant("2021-07-06 10:00", "Europe/Zurich"),
        "summit": instant("2022-01-17 09:00", "Europe/Zurich"),
    }
    said = rehearse(new, date(2021, 3, 1), persona("delegate"), given, date(2021, 5, 10))
    assert [line for one in said.stands for line in one.says if line not in page] == []
