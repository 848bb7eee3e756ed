"""The explorer: our own copy of GraphiQL, made anew from its packages; its page and policy, and where there is none."""

import html
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from forum.web import explorer_page
from forum.web.explorer_page import EXAMPLES
from tests.support.npm import NODE, needs_npm
from tests.support.pages import Portal, portal
from tests.support.sign_ins import browser, served
from tests.support.sources import ROOT
from tests.test_portals import run

FOLDER = ROOT / "forum/web/explorer"
HOSTILE = "</div><script>alert(1)</script>\"'"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


@needs_npm("whether the explorer is what its packages make")
def test_it_is_made_anew_byte_by_byte(tmp_path: Path) -> None:
    done = run(NODE / ".bin/node", ROOT / "tests/node/explorer.cjs", FOLDER, tmp_path, NODE_PATH=str(NODE))
    assert done.returncode == 0, done.stderr
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert set(made) == {"graphiql.js", "graphiql.css", "LICENCES.txt"}
    for name, content in made.items():
        assert (FOLDER / name).read_bytes() == content, f"{name}: node tests/node/explorer.cjs writes it anew"


def test_each_package_in_it_comes_with_its_licence() -> None:
    text = (FOLDER / "LICENCES.txt").read_text("utf-8")
    heads = re.findall(r"^(\S+) [\d.]+\S* \((.+)\)$", text, re.M)
    assert {"graphiql", "react", "react-dom", "codemirror", "graphql"} <= {name for name, _ in heads}
    assert {licence for _, licence in heads} <= {"MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC"}


def test_nothing_calls_what_its_makers_left_unwritten() -> None:
    """One function of react-compiler-runtime raises that it is still to be written: it is defined and exported."""
    script = (FOLDER / "graphiql.js").read_text("utf-8")
    [name] = re.findall(r"function ([\w$]+)\(\)\{throw new Error\(\"TODO: ", script)
    assert script.count("TODO") == 1
    uses = re.findall(rf".{{0,20}}(?<![\w$]){re.escape(name)}(?![\w$])", script)
    assert [use.rpartition(".")[2].rpartition(" ")[2] for use in uses] == [name, f"$makeReadOnly={name}"]
    assert len(re.findall(r"(?<!implement )\$makeReadOnly", script)) == 1  # the export


def tabs(page: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(html.unescape(re.findall(r'data-tabs="([^"]*)"', page.text)[0]))
    return found


async def test_it_opens_with_an_example_for_each_role_and_asks_for_nothing_elsewhere(on: Portal) -> None:
    async with on.by("focal.kenya") as line:
        page = await line.get("/explore")
        assert [tab["query"].partition("\n")[0] for tab in tabs(page)] == [f"# {about}." for about in EXAMPLES.values()]
        policy = page.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "connect-src 'self'" in policy
        for address in re.findall(r'(?:src|href)="(/explore-[^"]+)"', page.text):
            found = await line.get(address)
            assert (found.status_code, "immutable" in found.headers["cache-control"]) == (200, True)
        assert "http" not in re.sub(r'data-tabs="[^"]*"', "", page.text)
        other = await line.get("/calls")
        assert "script" not in other.headers["content-security-policy"]


async def test_the_query_behind_a_page_comes_first_with_its_variables(on: Portal) -> None:
    async with on.by() as nobody:
        page = await nobody.get("/forums/gfmd")
        behind = html.unescape(re.findall(r'class="behind" href="([^"]+)"', page.text)[0])
        [link] = re.findall(r'class="button" href="(/explore[^"]+)"', (await nobody.get(behind)).text)
        first = tabs(await nobody.get(html.unescape(link)))[0]
        assert "query ForumPage" in first["query"]
        assert json.loads(first["variables"])["slug"] == "gfmd"
        odd = json.dumps({"slug": HOSTILE})
        hostile = await nobody.get("/explore", params={"operation": "forum_page", "variables": odd})
        assert "<script>alert" not in hostile.text
        assert json.loads(tabs(hostile)[0]["variables"]) == {"slug": HOSTILE}
        for wrong in ({"operation": HOSTILE}, {"operation": "calls", "variables": "[]"}):
            assert (await nobody.get("/explore", params=wrong)).status_code == 404


async def test_where_documents_are_only_trusted_there_is_none(on: Portal) -> None:
    async with browser(served(on.parts, documents="only")) as line:
        assert (await line.get("/explore")).status_code == 404
        shown = await line.get("/query", params={"operation": "calls"})
        assert (shown.status_code, "/explore" in shown.text) == (200, False)


def test_the_examples_are_operations_of_ours() -> None:
    assert {f"{name}.graphql" for name in EXAMPLES} <= {path.name for path in (ROOT / "graphql/operations").iterdir()}
    assert set(explorer_page.ADDRESSES) == {"js", "css"}
