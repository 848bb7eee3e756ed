"""Definitions: published, compared, rehearsed, drawn; a small edition that moves to another version and back."""

from typing import Any

from tests.corpus.corpus_player import HERE, Player

SMALL = (HERE / "processes" / "small.toml").read_text("utf-8")
LATER = SMALL.replace('version = "1"', 'version = "2"').replace('closes = "10 days before', 'closes = "8 days before')
OTHER = (
    LATER.replace('version = "2"', 'version = "3"')
    .replace("stages.drafting", "stages.writing")
    .replace('"drafting"', '"writing"')
)
MAPPED = OTHER + '\n[[moves]]\nfrom = "1"\nstages.main = { drafting = "writing" }\n'
UNSOUND = SMALL.replace('version = "1"', 'version = "9"').replace('to = ["closed"]', 'to = ["nowhere"]')


async def play(p: Player) -> None:
    """The life of a definition."""
    await _stages(p)
    await _publish(p)
    await _adopt(p)
    await _migrate(p)
    await _read(p)


async def _stages(p: Player) -> None:
    main = p.ids["small:main"]
    await p.do(
        "secretariat.rcp", "AdvanceStage", "a track that waits for another", track=p.ids["small:dialogue"], to="over"
    )
    await _mistaken_call(p, main)
    await p.do("secretariat.rcp", "AdvanceStage", "done", track=main, to="drafting")
    await p.do("secretariat.rcp", "AdvanceStage", "a stage that does not follow", track=main, to="call")
    await p.do("secretariat.rcp", "AdvanceStage", "a stage that is none", track=main, to="dancing")
    await p.do("focal.nepal", "AdvanceStage", "another role", track=main, to="closed")
    await p.do(None, "AdvanceStage", "nobody", track=main, to="closed")
    await p.do(
        "secretariat.rcp",
        "Comment",
        "a text of nothing",
        document="Document:00000000-0000-0000-0000-000000000000",
        text="x",
    )
    drafted = await p.do(
        "secretariat.rcp",
        "DraftDocument",
        "done, a small report",
        track=main,
        kind="report",
        title="Report",
        symbol="SMALL/1",
        language="en",
    )
    p.ids["doc:small"] = drafted["document"]["id"]
    await p.do("secretariat.rcp", "Comment", "an act the process does not know", document=p.ids["doc:small"], text="x")


async def _mistaken_call(p: Player, track: str) -> None:
    """A call that was issued by mistake is taken back, and one of a process that does not know that is not."""
    made = await p.do("secretariat.rcp", "IssueCall", "done, by mistake", track=track, title="By mistake",
        text="Send them.", closesAt="2027-01-29T11:00:00Z", zone="UTC",
                      sections=[{"code": "a", "prompt": "What works?"}])  # fmt: skip
    asked = {"call": made["call"]["id"], "reason": "The question was that of last year."}
    for why, by, wrong in (
        ("another role", "focal.nepal", {}), ("nobody", None, {}), ("no reason", "secretariat.rcp", {"reason": " "}),
    ):  # fmt: skip
        await p.do(by, "WithdrawCall", why, **{**asked, **wrong})
    await p.do("secretariat.rcp", "WithdrawCall", "done", **asked)
    await p.do("secretariat.rcp", "WithdrawCall", "twice", **asked)


async def _publish(p: Player) -> None:
    forum = p.ids["forum:rcp"]
    for name, text in (("2", LATER), ("3", MAPPED)):
        if name == "3":
            await p.do(
                "secretariat.rcp", "PublishProcess", "editions stand at a stage that is lost", forum=forum, text=OTHER
            )
        made = await p.do("secretariat.rcp", "PublishProcess", f"done, version {name}", forum=forum, text=text)
        p.ids[f"process:{name}"] = made["process"]["id"]
        p.ids[f"hash:{name}"] = made["process"]["hash"]
    for why, by, at, text in (
        ("a version with another text", "secretariat.rcp", forum, LATER + "# more\n"),
        ("unsound", "secretariat.rcp", forum, UNSOUND),
        ("no TOML", "secretariat.rcp", forum, "name = "), ("nothing", "secretariat.rcp", forum, ""),
        ("a key that is none", "secretariat.rcp", forum,
            SMALL.replace("title = \"A small review\"", "titel = \"A small review\"")),
        ("a name that is another's", "secretariat", p.ids["forum:gfmd"],
            LATER.replace('version = "2"', 'version = "7"')),
        ("another role", "focal.nepal", forum, LATER), ("nobody", None, forum, LATER),
    ):  # fmt: skip
        await p.do(by, "PublishProcess", why, forum=at, text=text)


async def _adopt(p: Player) -> None:
    """What a forum works by: taken up by its office, by a template's name or a text's hash."""
    forum, steering = p.ids["forum:rcp"], p.ids["forum:steering"]
    for why, by, at, process in (
        ("what nobody published", "secretariat.rcp", forum, "unheard_of"),
        ("done, again what it works by", "secretariat.rcp", forum, p.ids["hash:3"]),
        ("another forum's office", "secretariat", forum, "gfmd"),
        ("a body that follows the forum above it", "secretariat.rcp", steering, "gfmd"),
        ("nobody", None, forum, "gfmd"),
    ):
        await p.do(by, "AdoptProcess", why, forum=at, process=process)
    await p.ask(None, "ForumPage", "a forum with its process", slug="rcp", at=None)


async def _migrate(p: Player) -> None:
    given = {"edition": p.ids["edition:small"], "process": p.ids["process:2"], "reason": "A longer draft."}
    await p.do("secretariat.rcp", "UndoMigration", "nothing to take back", edition=p.ids["edition:small"])
    await p.do("secretariat.rcp", "MigrateEdition", "done", **given)
    await p.do("secretariat.rcp", "UndoMigration", "done", edition=p.ids["edition:small"])
    await p.do(
        "secretariat.rcp",
        "MigrateEdition",
        "done, to a stage of another name",
        **{**given, "process": p.ids["process:3"]},
    )
    for why, by, wrong in (
        ("the version it has", "secretariat.rcp", {"process": p.ids["process:3"]}),
        ("no reason", "secretariat.rcp", {"reason": " "}),
        ("an unknown version", "secretariat.rcp", {"process": "Process:00000000-0000-0000-0000-000000000000"}),
        ("another role", "penholder", {}),
        ("a stage that is lost", "secretariat.rcp", {}),
    ):
        await p.do(by, "MigrateEdition", why, **{**given, **wrong})
    await p.do("secretariat.rcp", "AdvanceStage", "done, after the migration", track=p.ids["small:main"], to="closed")
    await p.do("secretariat.rcp", "UndoMigration", "an act in the way", edition=p.ids["edition:small"])
    await p.do("secretariat", "UndoMigration", "another forum's", edition=p.ids["edition:small"])


async def _read(p: Player) -> None:
    await p.ask(None, "EditionMigrations", id=p.ids["edition:small"])
    await p.ask("secretariat.rcp", "EditionMigrations", id=p.ids["edition:small"])
    await p.ask(None, "ProcessVersions", name="small")
    await p.ask(None, "ProcessChanges", hash=p.ids["hash:3"], since=p.ids["process:2"])
    rehearse: dict[str, Any] = {
        "text": SMALL,
        "starts": "2027-01-04",
        "readAs": "secretariat",
        "anchors": [],
        "on": "2027-02-01",
        "format": None,
    }
    await p.ask(None, "Rehearse", **rehearse)
    await p.ask(None, "Rehearse", "as nobody known", **{**rehearse, "readAs": "poet"})
    await p.ask(None, "Rehearse", "no TOML", **{**rehearse, "text": "name ="})
    await p.ask(None, "Rehearse", "unsound", **{**rehearse, "text": UNSOUND})
    await p.ask(None, "Draw", text=SMALL, format="MERMAID", track="main", width=800)
    await p.ask(None, "Draw", "a track that is none", text=SMALL, format="MERMAID", track="side", width=800)
    await p.ask(None, "Draw", "too narrow", text=SMALL, format="SVG", track="main", width=1)
