"""A stranger checks the hash of a text by the recipe that the documents give, word for word."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from forum.client.session import document as operation
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import Line, reading

RECIPE = (Path(__file__).parents[2] / "docs" / "checking_a_hash.md").read_text("utf-8")


def code(language):
    (block,) = re.findall(rf"```{language}\n(.*?)```", RECIPE, re.S)
    return block


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def line(database):
    async with reading(database.app_url) as ask:
        yield lambda subject: Line(ask, subject)


async def issued(s):
    """A report that was circulated, changed and issued; its symbol."""
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report", title="Déjà vu")
    p = await s.write(d, "A first draft, “as it were”: \u00e9 \U0001d11e.", weight="several speakers")
    await s.circulate(d)
    await s.do("revise_paragraph", "penholder", paragraph=p, expected_revision=1, text="The text that was issued.")
    await s.stage("main", "closing")
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=d)
    return (await s.row(t.document, id=d))["symbol"]


def checked(answer, tmp_path):
    (tmp_path / "answer.json").write_text(json.dumps({"data": answer}), "utf-8")
    (tmp_path / "check.py").write_text(code("python"), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "check.py", "answer.json"], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return ran.stdout


def test_the_recipe_asks_for_what_the_operation_asks_for():
    assert operation("RevisionCheck").split("\n", 1)[1].strip() == code("graphql").strip()


async def test_the_hash_of_what_a_reader_holds_is_checked_without_the_service(s, line, tmp_path):
    symbol = await issued(s)
    asked = await line("rep.network").ask("RevisionCheck", symbol=symbol, after=None)
    told = checked(asked, tmp_path)
    assert "1 Rev.1 is what was hashed" in told
    assert "2 Final is what was hashed" in told
    assert "The text that was issued." in told
    last = asked["document"]["revisions"]["nodes"][-1]
    last["snapshot"] = last["snapshot"].replace("issued", "ISSUED")
    assert "2 Final IS ANOTHER TEXT" in checked(asked, tmp_path)


async def test_to_the_public_a_draft_was_never_in_the_text(s, line):
    symbol = await issued(s)
    first, last = (await line(None).ask("RevisionCheck", symbol=symbol, after=None))["document"]["revisions"]["nodes"]
    assert (first["snapshot"], first["salt"]) == (None, None)
    assert "A first draft" not in last["snapshot"]
    assert "The text that was issued." in last["snapshot"]


async def test_the_label_of_an_issued_text_is_no_draft_s(s, line):
    symbol = await issued(s)
    assert (await s.row(t.document, symbol=symbol))["version_label"] == "Final"
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report", language="fr")
    await s.write(d, "Un texte.")
    await s.circulate(d, "Projet 1")
    await s.stage("main", "closing")
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=d)
    row = await s.row(t.document, id=d)
    assert (row["version_label"], row["revision"]) == ("Version finale", 1)
    await s.stage("main", "drafting")
    named = await s.document("main", "consolidated_report")
    await s.write(named, "A text.")
    await s.circulate(named)
    await s.stage("main", "closing")
    await s.no_call_open()
    await s.do("issue_document", "secretariat", document=named, label="As issued")
    assert (await s.row(t.document, id=named))["version_label"] == "As issued"
