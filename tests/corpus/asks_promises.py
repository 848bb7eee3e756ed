"""Promises: a text that would widen what was promised, and a comment that more would read than was agreed to."""

from tests.corpus.asks_versions import MAPPED
from tests.corpus.corpus_player import Player

TALKING = (
    MAPPED.replace('version = "3"', 'version = "4"')
    .replace('layer = "regional"', 'layer = "regional"\ncomments = "public"')
    .replace(
        "[tracks.main.stages.writing.acts]\n",
        '[tracks.main.stages.writing.acts]\ncirculate_document = { by = ["secretariat"] }\n'
        'add_comment = { by = ["secretariat"], window = "consultation" }\n',
    )
)

NARROWER = TALKING.replace('version = "4"', 'version = "5"').replace(
    'add_comment = { by = ["secretariat"]', 'add_comment = { by = ["penholder"]'
)


async def play(p: Player) -> None:
    """What is refused, and the same done as it should be: openly, in an edition of its own."""
    by, forum = "secretariat.rcp", p.ids["forum:rcp"]
    made = await p.do(by, "PublishProcess", "done, comments for everybody", forum=forum, text=TALKING)
    wider = made["process"]["id"]
    given = {"process": wider, "reason": "Openness."}
    await p.do(by, "MigrateEdition", "what would widen a promise", edition=p.ids["edition:small"], **given)
    anchors = [{"name": "summit", "at": "2027-09-01T09:00:00Z"}]
    like = {"forum": forum, "like": p.ids["edition:small"], "anchors": anchors, "newest": True}
    await p.do(by, "CloneEdition", "a newer version that would widen a promise", name="Small 2028", **like)
    edition = {"forum": forum, "process": "small", "zone": "UTC", "anchors": anchors, "name": "Small, openly"}
    made = await p.do(by, "OpenEdition", "done, under the wider text", **edition)
    [main] = [track["id"] for track in made["edition"]["tracks"] if track["name"] == "main"]
    await p.do(by, "AdvanceStage", "done, to the drafting of the open edition", track=main, to="writing")
    text = {"track": main, "kind": "report", "title": "Report", "symbol": "SMALL/2", "language": "en"}
    document = (await p.do(by, "DraftDocument", "done, of the open edition", **text))["document"]["id"]
    await p.do(by, "WriteParagraph", "done, in the open edition", document=document, text="Desks help.")
    closes = "2027-08-01T09:00:00Z"
    await p.do(by, "CirculateDocument", "done, openly", document=document, label="Rev.1", commentsCloseAt=closes)
    await p.ask(by, "DocumentText", symbol="SMALL/2")
    said = {"document": document, "text": "Add cities."}
    await p.do(by, "AddComment", "more readers than were agreed to", audience="PARTICIPANTS", **said)
    await p.do(by, "AddComment", "done, as everybody may read", audience="PUBLIC", **said)
    narrower = await p.do(by, "PublishProcess", "done, comments for the chair alone", forum=forum, text=NARROWER)
    moving = {"edition": made["edition"]["id"], "process": narrower["process"]["id"], "reason": "Order."}
    await p.do(by, "MigrateEdition", "what would take away a right that is in use", **moving)
