"""A community is asked in from a spreadsheet on a page: looked at row by row, then all of it or nobody."""

import io
import re
from collections.abc import AsyncIterator, Sequence
from html import unescape
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from forum import app
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.web import upload
from tests.hostile.mandates import SECRET, hostile
from tests.sheets.books import ANNA, BO, HEAD, book, csv, written
from tests.support.invited import Invited
from tests.support.pages import hidden
from tests.support.sign_ins import HOME, browser, served

LANGUAGES = (*HEAD, "Language")
PEOPLE = (ANNA, BO)


@pytest.fixture
async def i(database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Invited]:
    async with hostile(database.app_url) as h:
        settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
        parts = await app.parts(settings, database.app_url)
        yield Invited(h, parts, served(parts, secret=SECRET, public_url=HOME))
        await parts.close()


def of(i: Invited, forum: str = "gfmd") -> str:
    return str(i.h.forum(forum))


async def looked(line: httpx.AsyncClient, for_: str, content: bytes, **fields: str) -> httpx.Response:
    sent = {"for": for_, "zone": "Europe/Zurich", **fields}
    return await line.post("/people/import", data=sent, files={"file": ("people.xlsx", content)})


def cells(page: httpx.Response) -> list[list[str]]:
    """The rows of the table, without marks."""
    rows = re.findall(r"(?s)<tr><th scope=\"row\">(.*?)</tr>", page.text)
    return [[unescape(re.sub("<[^>]+>", "", cell)) for cell in re.split("</t[hd]><td>", row)] for row in rows]


async def invited(i: Invited) -> list[dict[str, Any]]:
    return await i.h.s.rows(t.invitation)


# ---- all of it
@pytest.mark.parametrize("file", [book(*PEOPLE), csv(*PEOPLE)])
async def test_who_looks_sees_each_row_and_who_confirms_asks_them_all_in(i: Invited, file: bytes) -> None:
    async with await i.as_("secretariat") as line:
        assert 'enctype="multipart/form-data"' in (await line.get("/people/import", params={"for": of(i)})).text
        page = await looked(line, of(i), file)
        assert cells(page) == [
            [
                "2",
                "Anna Auma anna@example.org",
                "delegate",
                "Kenya",
                "March 1, 2027 December 31, 2027",
                "",
                "is asked in",
            ],
            ["3", "Bo Basnet bo@example.org", "national focal point", "Nepal", "March 1, 2027", "", "is asked in"],
        ]
        assert await invited(i) == []  # it was looked at
        form = hidden(page)
        assert "Invite them: <bdi>2</bdi>" in page.text
        done = await line.post("/people/import", data=form)
        assert {row["address"] for row in await invited(i)} == {"anna@example.org", "bo@example.org"}
        links = re.findall(rf"<code>({HOME}/invitation\?link=[^<]+)</code>", done.text)
        assert len(links) == 2
        async with browser(i.site) as stranger:
            assert "An invitation for <bdi>Anna Auma</bdi>" in (await stranger.get(unescape(links[0]))).text
        again = await line.post("/people/import", data=form)  # a slow line: the same links, and nobody twice
        assert re.findall(rf"<code>({HOME}/invitation\?link=[^<]+)</code>", again.text) == links
        assert len(await invited(i)) == 2


async def test_letters_go_out_each_in_the_language_of_its_row(i: Invited) -> None:
    i.parts.runner.mails = True
    rows = [(*ANNA, "Français"), (*BO, "ar"), (*BO[:1], "bo2@example.org", "Delegate", *BO[3:], "")]
    async with await i.as_("secretariat") as line:
        page = await looked(line, of(i), book(*rows, head=LANGUAGES))
        assert [row[5] for row in cells(page)] == ["Français", "العربية", ""]
        done = await line.post("/people/import", data=hidden(page))
        assert (done.status_code, done.headers["location"].partition("&")[0]) == (303, f"/people/import?for={of(i)}")
        assert "Done: <bdi>" in (await line.get(done.headers["location"])).text
    assert {row["address"]: row["language"] for row in await invited(i)} == {
        "anna@example.org": "fr", "bo@example.org": "ar", "bo2@example.org": "en",
    }  # fmt: skip
    assert len([row for row in await i.h.s.rows(t.letter) if row["invitation_id"]]) == 3


async def test_an_administrator_asks_in_their_own_people(i: Invited) -> None:
    kenya = i.h.organisation("kenya")
    own = (*ANNA[:3], "", *ANNA[4:])
    async with await i.as_("admin.kenya") as line:
        page = await looked(line, kenya, csv(own), byHand="yes")
        assert (await line.post("/people/import", data=hidden(page))).status_code == 200
        offered = (await line.get(f"/organisations/{kenya.partition(':')[2]}")).text
        assert f"/people/import?for={kenya.replace(':', '%3A')}" in offered
    [row] = await invited(i)
    assert (row["forum_id"], row["role"]) == (None, "delegate")


async def test_who_was_asked_in_already_is_named_or_passed_over(i: Invited) -> None:
    async with await i.as_("secretariat") as line:
        assert (await line.post("/people/import", data=hidden(await looked(line, of(i), csv(ANNA))))).status_code == 200
        page = await looked(line, of(i), csv(*PEOPLE))
        assert "was asked in already" in cells(page)[0][6]
        assert "Invite them" not in page.text
        page = await looked(line, of(i), csv(*PEOPLE), leaveOut="yes")
        assert "Invite them: <bdi>1</bdi>" in page.text
        assert (await line.post("/people/import", data=hidden(page))).status_code == 200
    assert len(await invited(i)) == 2


async def test_the_empty_form_is_read_back_once_it_is_filled_in(i: Invited) -> None:
    async with await i.as_("secretariat") as line:
        page = await line.get("/people/import", params={"for": of(i)})
        for ending in ("xlsx", "csv"):
            assert f'<a download href="/people/template.{ending}">' in page.text
            form = await line.get(f"/people/template.{ending}")
            assert form.headers["content-disposition"] == f'attachment; filename="people.{ending}"'
            assert "nobody stands below" in (await looked(line, of(i), form.content)).text
        filled = load_workbook(io.BytesIO((await line.get("/people/template.xlsx")).content))
        sheet = filled.active
        assert sheet is not None
        for column, cell in enumerate((*ANNA, "French"), 1):
            sheet.cell(2, column).value = cell
        assert "Invite them: <bdi>1</bdi>" in (await looked(line, of(i), written(filled))).text
        assert (await line.get("/people/template.exe")).status_code == 404


# ---- nobody
@pytest.mark.parametrize(
    ("rows", "head", "says"),
    [
        ([(*ANNA[:2], "delegat", *ANNA[3:]), BO], HEAD, ["column C (Role)", "'delegat' is no role", "Did you mean"]),
        ([(*ANNA[:3], "Kenia", *ANNA[4:]), BO], HEAD, ["no organisation here is called 'Kenia'", "spelt 'kenya'"]),
        ([(ANNA[0], "a@example.org\nb@example.org", *ANNA[2:])], HEAD, ["a line break or a tab stands in the cell"]),
        ([ANNA, (BO[0], ANNA[1], *BO[2:])], HEAD, ["is the address of Anna Auma in row 2"]),
        ([(*ANNA, "German")], LANGUAGES, ["column H (Language)", "'German' is none of the languages"]),
        ([("=1+1", *ANNA[1:])], HEAD, ["A formula stands here"]),
    ],
)
async def test_what_cannot_be_taken_is_named_and_nobody_is_asked_in(
    i: Invited, rows: Sequence[Sequence[str]], head: Sequence[str], says: Sequence[str]
) -> None:
    async with await i.as_("secretariat") as line:
        page = await looked(line, of(i), book(*rows, head=head))
        text = unescape(page.text)
        assert page.status_code == 200
        assert [words for words in says if words not in text] == []
        assert "Invite them" not in text
    assert await invited(i) == []


async def test_what_cannot_be_taken_is_named_in_the_language_of_the_page(i: Invited) -> None:
    rows = ([(*ANNA[:2], "delegat", *ANNA[3:]), BO], [(ANNA[0], "anna", *ANNA[2:])], [("=1+1", *ANNA[1:])])
    async with await i.as_("secretariat") as line:
        line.cookies.set("language", "fr")
        role, address, formula = [unescape((await looked(line, of(i), book(*each, head=HEAD))).text) for each in rows]
        refused = unescape((await looked(line, of(i), csv())).text)
    assert (
        "ligne 2, colonne C (Role) : 'delegat' n\u2019est pas un r\u00f4le. Vouliez-vous dire \u00ab delegate" in role
    )
    assert "colonne B (E-mail address) : " in address
    assert "Il y a ici une formule. Copiez la colonne" in formula
    assert "Ligne 1 : personne ne figure sous les noms des colonnes." in refused
    assert all("<li><bdi>" in page and "stands" not in page for page in (role, address, formula))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "No row names the columns"),
        (b"PK\x03\x04 no workbook", "no workbook"),
        (b"\xff\xfe\x00", "UTF-8"),
        (csv(), "nobody stands below"),
        (csv(*[ANNA] * 501), "501 people"),
        (b"Name\n" + b"x" * 6_000_000, "at most 5,000,000 bytes"),
    ],
)
async def test_a_file_that_cannot_be_read_is_a_page_with_a_sentence(i: Invited, content: bytes, says: str) -> None:
    async with await i.as_("secretariat") as line:
        page = await looked(line, of(i), content)
        assert (page.status_code, says in unescape(page.text)) == (413 if len(content) > 5_000_000 else 400, True)
        assert "<h1>" in page.text


async def test_a_form_that_is_none_is_a_page_with_a_sentence(i: Invited) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    whole = b'--b\r\nContent-Disposition: form-data; name="for"\r\n\r\n' + of(i).encode() + b"\r\n--b--\r\n"
    one_file = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n'
    odd = {
        "no boundary": ({"Content-Type": "multipart/form-data"}, whole),
        "nothing": (kind, b""),
        "cut off": (kind, whole[:30]),
        "no form": (kind, b"\x00" * 100),
        "many fields": (kind, b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' * 40 + b"--b--\r\n"),
        "two files": (kind, one_file * 2 + b"--b--\r\n"),
        "a long field": (kind, b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"1" * 9000 + b"\r\n--b--"),
        "no name": (kind, b"--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n"),
        "a bell": (kind, b'--b\r\nContent-Disposition: form-data; name="for"\r\n\r\n\x07\r\n--b--\r\n'),
        "an odd charset": ({"Content-Type": "multipart/form-data; boundary=b; charset=none"}, b"--b--\r\n"),
    }
    async with await i.as_("secretariat") as line:
        for name, (headers, content) in odd.items():
            page = await line.post("/people/import", content=content, headers=headers)
            assert (page.status_code in (400, 404), "<h1>" in page.text) == (True, True), (name, page.status_code)
        form = hidden(await looked(line, of(i), csv(ANNA)))
        for people in ("", "e30=", "W10=", "WzFd", "x", "é", "W3t9XQ=="):
            page = await line.post("/people/import", data={**form, "people": people})
            assert (page.status_code, "<h1>" in page.text) == (400, True), people
    assert await invited(i) == []


async def test_who_may_not_invite_is_told_so_and_nobody_else_comes_to_the_page(i: Invited) -> None:
    async with await i.as_("rep.quito") as line:
        page = await line.get("/people/import", params={"for": of(i)})
        assert (page.status_code, 'class="why"' in page.text) == (200, True)
        page = await looked(line, of(i), csv(ANNA))
        assert (page.status_code, 'role="alert"' in page.text) == (400, True)
        for odd in ("", "x", "Forum:x", "Forum:00000000-0000-0000-0000-000000000000", "Call:1"):
            assert (await line.get("/people/import", params={"for": odd})).status_code in (400, 404), odd
    async with browser(i.site) as stranger:
        assert (await stranger.get("/people/import", params={"for": of(i)})).status_code == 401
        assert (await looked(stranger, of(i), csv(ANNA))).status_code == 401
    async with await i.as_("secretariat") as line:
        line.headers.update({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
        assert (await looked(line, of(i), csv(ANNA))).status_code == 403
    assert await invited(i) == []
    assert upload.MULTIPART == "multipart/form-data"
