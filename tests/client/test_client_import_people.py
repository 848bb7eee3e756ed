"""`forum import people`: a spreadsheet is looked at row by row, its people are asked in by one act or not at all."""

import csv
import datetime as dt
import io
import stat

import httpx
import pytest

from forum.cli import community
from forum.cli.parser import parser
from forum.cli.remote import import_file
from forum.client.import_people import Side, import_people
from forum.client.session import Session, Unreachable
from forum.errors import FileRefused, NotFound
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.hostile.mandates import SECRET, hostile
from tests.sheets.books import ANNA, BO, HEAD, book
from tests.sheets.books import csv as csv_file
from tests.support.tokens import issued

TODAY = dt.date(2027, 3, 1)
OFFICE = Side("gfmd", None, "Europe/Zurich")


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def token_of(h, who="secretariat"):
    return (await issued(h.s.engine, SECRET, who))[who]


async def session(h, who="secretariat"):
    return line(h, await token_of(h, who))


def line(h, token):
    """A session of this person, over the service's own HTTP without a port."""
    made = Session("http://service", None)
    headers = {"Accept": "application/graphql-response+json", "Authorization": f"Bearer {token}"}
    made.http = httpx.AsyncClient(transport=h.http._transport, base_url="http://service", headers=headers)
    return made


@pytest.fixture
async def office(h):
    made = await session(h)
    yield made
    await made.close()


async def addresses(h):
    return sorted(row["address"] for row in await h.s.rows(t.invitation))


async def test_a_plan_says_what_would_come_of_each_row_and_does_nothing(h, office):
    await import_people(office, csv_file(ANNA), OFFICE, TODAY, plan=False)
    before = await addresses(h)
    wrong = ("Carla", "carla@example.org", "delegate", "Atlantis", *BO[4:])
    looked = await import_people(office, book(ANNA, BO, wrong), OFFICE, TODAY, plan=True)
    assert looked.lines == (
        'People of the sheet "People":',
        '  Sheet "People", row 3: Bo Basnet <bo@example.org>, national focal point of Nepal: would be invited',
        f'  Sheet "People", row 2: {await _waits(h)}',
        "  Sheet \"People\", row 4: no organisation here is called 'Atlantis'. Write its name as the service has it.",
        "2 things are to be put right; nobody is invited.",
    )
    assert (looked.refused, looked.links, await addresses(h)) == (True, None, before)
    again = await import_people(office, book(ANNA, BO), Side("gfmd", None, "UTC", True), TODAY, plan=True)
    assert again.lines[1:] == (
        '  Sheet "People", row 2: Anna Auma <anna@example.org>, delegate of Kenya: waits for the answer already',
        '  Sheet "People", row 3: Bo Basnet <bo@example.org>, national focal point of Nepal: would be invited',
        "1 of 2 people would be invited.",
    )


async def _waits(h):
    [row] = await h.s.rows(t.invitation)
    return (
        f"An invitation to this address for the same waits for its answer: Invitation:{row['id']}. End it "
        "(endInvitation) to send another."
    )


async def test_all_are_invited_and_their_links_let_them_in(h, office):
    done = await import_people(office, csv_file(ANNA, BO), OFFICE, TODAY, plan=False)
    assert (done.lines[-1], done.refused) == ("2 of 2 people are invited.", False)
    [head, anna, bo] = csv.reader(io.StringIO((done.links or b"").decode("utf-8-sig")))
    assert head == ["E-mail address", "Name", "Link", "Open until"]
    assert (anna[:2], bo[:2]) == (["anna@example.org", "Anna Auma"], ["bo@example.org", "Bo Basnet"])
    payload = (
        await office.ask("AcceptInvitation", input={"link": anna[2].removeprefix("http://service/invitation?link=")})
    )["acceptInvitation"]
    assert payload["errors"][0]["code"] == "INVITATION_FOR_ANOTHER"  # the inviter's own: the link is good
    # The same file on the same day is the same request; on another day everybody waits already.
    assert await import_people(office, csv_file(ANNA, BO), OFFICE, TODAY, plan=False) == done
    tomorrow = await import_people(office, csv_file(ANNA, BO), OFFICE, TODAY + dt.timedelta(days=1), plan=False)
    assert (tomorrow.refused, len(tomorrow.lines), tomorrow.links) == (True, 3, None)
    assert await addresses(h) == ["anna@example.org", "bo@example.org"]


@pytest.mark.parametrize("wrong", [("Bo", "bo", *BO[2:]), ("Bo", "bo@example.org", "administrator", *BO[3:])])
async def test_one_wrong_row_and_nobody_is_invited(h, office, wrong):
    """Whether it is the file that is wrong, or what the service says to it."""
    done = await import_people(office, csv_file(ANNA, wrong), OFFICE, TODAY, plan=False)
    assert (done.refused, done.links, await addresses(h)) == (True, None, [])
    assert done.lines[0].startswith("  Line 3")
    assert done.lines[-1] == "1 thing is to be put right; nobody is invited."


async def test_an_administrator_invites_for_their_own_organisation(h):
    own = await session(h, "admin.kenya")
    side = Side(None, "KENYA", "Europe/Zurich")
    done = await import_people(own, csv_file((*ANNA[:3], "", *ANNA[4:])), side, TODAY, plan=False)
    assert done.lines == (
        "  Line 2: Anna Auma <anna@example.org>, delegate: is invited",
        "1 of 1 people are invited.",
    )
    done = await import_people(own, csv_file(BO), side, TODAY, plan=False)
    assert done.lines[0].startswith("  Line 2: You invite as an administrator: for your own organisation alone.")
    await own.close()


async def test_a_side_that_is_not_there_is_refused(h, office):
    for side in (Side("atlantis", None, "UTC"), Side(None, "Atlantis", "UTC")):
        with pytest.raises(NotFound):
            await import_people(office, csv_file(ANNA), side, TODAY, plan=True)
    stranger = await session(h, "rep.quito")
    refused = await import_people(stranger, csv_file(ANNA), OFFICE, TODAY, plan=True)
    assert refused.lines[0].startswith("  The service refuses it: ")
    await stranger.close()


async def test_a_name_that_begins_like_a_formula_is_no_formula_in_the_file_of_links(h, office):
    done = await import_people(office, csv_file(("=1+1 Anna", *ANNA[1:])), OFFICE, TODAY, plan=False)
    assert list(csv.reader(io.StringIO((done.links or b"").decode("utf-8-sig"))))[1][1] == "'=1+1 Anna"


# ---- the command
@pytest.fixture
async def command(h, monkeypatch, tmp_path):
    """Runs the command on a file in a folder of its own."""
    token = await token_of(h)
    monkeypatch.setattr(community, "Session", lambda *_: line(h, token))

    async def run(content, *words):
        file = tmp_path / "people.csv"
        file.write_bytes(content)
        return await import_file(parser().parse_args(["import", "people", str(file), *words]), Settings())

    return run


async def test_the_links_are_written_to_a_file_that_nobody_else_reads(h, command, tmp_path, capsys):
    assert await command(csv_file(ANNA), "--forum", "gfmd", "--plan") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
    assert await command(csv_file(ANNA), "--forum", "gfmd") == 0
    links = tmp_path / "people.csv.links.csv"
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    assert b"anna@example.org" in links.read_bytes()
    assert "Hand each to its person, and delete the file." in capsys.readouterr().out
    kept = links.read_bytes()
    with pytest.raises(FileRefused, match="is there already"):
        await command(csv_file(BO), "--forum", "gfmd")
    assert (links.read_bytes(), await addresses(h)) == (kept, ["anna@example.org"])


async def test_a_refusal_leaves_no_file_and_a_status_that_tells(h, command, tmp_path):
    assert await command(csv_file(ANNA, ("Bo", "bo", *BO[2:])), "--forum", "gfmd") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
    with pytest.raises(FileRefused, match="--forum"):
        await command(csv_file(ANNA))
    with pytest.raises(FileRefused, match="these columns are missing"):
        await command(csv_file(ANNA[:4], head=HEAD[:4]), "--forum", "gfmd")
    assert (await addresses(h), len(list(tmp_path.iterdir()))) == ([], 1)


async def test_an_answer_that_was_lost_comes_again_with_its_links(h, command, tmp_path, monkeypatch):
    """The line breaks once the service has done it: the command run again gives what the first would have given."""
    whole = import_people

    async def cut(*arguments, **named):
        await whole(*arguments, **named)
        raise Unreachable(url="http://service", cause="the line broke")

    monkeypatch.setattr(community, "import_people", cut)
    with pytest.raises(Unreachable):
        await command(csv_file(ANNA), "--forum", "gfmd")
    assert (await addresses(h), len(list(tmp_path.iterdir()))) == (["anna@example.org"], 1)
    monkeypatch.setattr(community, "import_people", whole)
    assert await command(csv_file(ANNA), "--forum", "gfmd") == 0
    assert b"anna@example.org" in (tmp_path / "people.csv.links.csv").read_bytes()
    assert await addresses(h) == ["anna@example.org"]


@pytest.mark.parametrize(("name", "begins"), [("people.csv", b"\xef\xbb\xbfName,E-mail"), ("people.XLSX", b"PK")])
async def test_a_template_is_written(tmp_path, name, begins):
    out = tmp_path / name
    arguments = parser().parse_args(["people", "template", "--out", str(out)])
    assert await community.write_template(arguments, Settings()) == 0
    assert out.read_bytes().startswith(begins)


async def test_a_template_is_shown(capfdbinary):
    assert await community.write_template(parser().parse_args(["people", "template"]), Settings()) == 0
    assert capfdbinary.readouterr().out == "\ufeff{}\r\n".format(",".join((*HEAD, "Language"))).encode()
