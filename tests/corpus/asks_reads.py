"""What the portal's pages ask for, by the public, by a participant and by the team."""

from tests.corpus.asks_sending import DECLARATION
from tests.corpus.asks_texts import SYMBOL
from tests.corpus.corpus_player import Player


async def play(p: Player) -> None:
    """Every page that the chapters before have not opened."""
    for by in (None, "rep.network", "secretariat"):
        await p.ask(by, "ContributionList", filter={"edition": p.ids["edition:gfmd"]}, first=20, unordered=True)
        await p.ask(by, "EditionPage", forum="gfmd", name="GFMD 2027", first=20, unordered=True)
        await p.ask(by, "ContributionPage", "a public one", id=p.ids["input:kenya"], unordered=True)
        await p.ask(by, "ContributionPage", "one without attribution", id=p.ids["input:quito"], unordered=True)
        await p.ask(by, "InputVersions", id=p.ids["input:kenya"])
        await p.ask(by, "DocumentText", symbol=SYMBOL, first=20, unordered=True)
        await p.ask(by, "Lineage", "up", id=p.ids["input:kenya"], direction="UP", depth=12, unordered=True)
        await p.ask(by, "Lineage", "down", id=p.ids["para:hlpf"], direction="DOWN", depth=12, unordered=True)
        await p.ask(by, "Home", unordered=True)
        await p.ask(by, "OpenCalls", first=20, unordered=True)
    await _bodies(p)
    await _papers(p)
    await _acts(p)


async def _bodies(p: Player) -> None:
    await p.ask(None, "Forums", first=20, unordered=True)
    await p.ask(None, "Forums", "some kinds", filter={"kinds": ["WORKING_GROUP"]}, first=20, unordered=True)
    await p.ask(None, "ForumPage", slug="gfmd", unordered=True)
    await p.ask("secretariat", "ForumPage", "at another time", slug="gfmd", at="2027-06-15T10:00:00Z", unordered=True)
    await p.ask(None, "ForumPage", "of nothing", slug="nothing")
    await p.ask(None, "Organisations", first=20, unordered=True)
    await p.ask(None, "BodyMembers", id=p.ids["forum:steering"], at="2027-02-15T10:00:00Z", unordered=True)
    await p.ask(None, "EditionHead", forum="gfmd", name="GFMD 2027", unordered=True)
    await p.ask(None, "EditionHead", "a past one", forum="gfmd", name="GFMD 2020", unordered=True)
    await p.ask(None, "ForumCalendar", slug="gfmd", unordered=True)
    await p.ask("focal.kenya", "EditionDates", id=p.ids["edition:gfmd"], first=20, unordered=True)
    await p.ask(None, "MeetingPage", id=p.ids["meeting"])
    await p.ask("secretariat", "MeetingPage", id=p.ids["meeting"])
    await p.ask(None, "ContributionBrief", id=p.ids["input:kenya"])
    await p.ask(None, "ContributionBrief", "what is not to be seen", id=p.ids["input:network"])


async def _papers(p: Player) -> None:
    await p.ask("secretariat", "AnnexPaper", id=p.ids["track:focused"], unordered=True)
    await p.ask("secretariat", "DocumentPaper", symbol=SYMBOL, unordered=True)
    await p.ask("secretariat", "Renditions", symbol=SYMBOL)
    await p.ask(None, "Renditions", "of nothing", symbol="X/1")
    await p.ask(None, "DocumentPaper", "a declaration", symbol=DECLARATION, unordered=True)
    await p.ask(None, "DocumentPaper", "of nothing", symbol="X/1")
    await p.ask("secretariat", "ResponsePaper", symbol=SYMBOL, unordered=True)
    await p.ask("focal.kenya", "ResponsePaper", symbol="GFMD/2027/RD/1", unordered=True)
    await p.ask("rep.network", "DocumentHistory", "one who is not of the team", symbol=SYMBOL, first=5, unordered=True)


async def _acts(p: Player) -> None:
    for name in (
        "edition:gfmd",
        "forum:gfmd",
        "track:main",
        "para:1",
        "declaration",
        "silence:2",
        "input:kenya",
        "edition:past",
    ):
        await p.ask("secretariat", "Acts", f"{name}, the secretariat", on=p.ids[name])
    for name in ("forum:gfmd", "track:main", "declaration", "input:network", "input:draft"):
        await p.ask("rep.network", "Acts", f"{name}, a representative", on=p.ids[name])
    await p.ask("note.taker", "Acts", "a track, a note-taker", on=p.ids["track:main"])
    await p.ask("coordinator", "Acts", "the later call, a coordinator", on=p.ids["call:later"])
    await p.ask("secretariat", "Acts", "of nothing", on="Document:00000000-0000-0000-0000-000000000000")
