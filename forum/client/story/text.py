"""Steps 5 to 7: a zero draft with sources, comments and their answers, every input answered, silence by the clock."""

from datetime import UTC, datetime, timedelta

from ..session import Json
from .chain import write
from .stage import Story

COMMENTS_UNTIL = datetime(2020, 5, 22, 10, 0, tzinfo=UTC)


async def draft(story: Story) -> None:
    """Step 5: the penholder writes the zero draft; each paragraph and recommendation names its sources."""
    texts, track = story.texts["focused"], story.ids["track:gfmd/focused_input"]
    pen, secretariat = story.as_("gfmd-penholder"), story.as_("gfmd-secretariat")
    regional = story.inputs["@regional"]["id"]
    await secretariat.do("ReceiveContribution", contribution=regional)
    received = (await secretariat.ask("ContributionPage", id=regional))["node"]["sections"]
    drafted = await pen.do(
        "DraftDocument", track=track, kind="focused_input", title=texts["title"], symbol=texts["symbol"], language="en",
        versionLabel="Zero draft", parts=texts["parts"],
    )  # fmt: skip
    document = story.ids["document:focused"] = drafted["document"]["id"]

    def source(key: str) -> str:
        name, _, section = key.partition(":")
        return str(received[int(section) - 1]["id"] if section else story.inputs[name]["id"])

    await write(pen, document, texts["preamble"], [], kind="PREAMBLE", part=1)
    for p in texts["paragraphs"]:
        sources = [source(key) for key in p["sources"]]
        paragraph = await write(
            pen, document, p["text"], sources, p["relation"], part=p["part"], weight=p.get("weight")
        )
        story.ids[f"paragraph:{p['key']}"] = paragraph["id"]
    for r in texts["recommendations"]:
        await _recommend(story, document, r, [source(key) for key in r["sources"]])
    closes = COMMENTS_UNTIL.isoformat()
    await pen.do("CirculateDocument", document=document, label="Zero draft", initials="KN", commentsCloseAt=closes)
    await secretariat.do("AdvanceStage", track=track, to="consultation")
    story.stage.say(
        "5.",
        f"The zero draft has {len(texts['paragraphs'])} sourced paragraphs "
        f"and {len(texts['recommendations'])} recommendations.",
    )


async def _recommend(story: Story, document: str, texts: Json, sources: list[str]) -> None:
    pen = story.as_("gfmd-penholder")
    fields = {"heading": texts["heading"], "addressee": texts["addressee"]}
    recommendation = (await pen.do("AddRecommendation", document=document, **fields))["recommendation"]
    await write(pen, document, texts["text"], sources, part=4, recommendation=recommendation["id"])
    for source in sources:
        await pen.do("CiteSource", document=document, recommendation=recommendation["id"], source=source)


async def consult(story: Story) -> None:
    """Step 5: comments on paragraphs get their answers, a revision follows."""
    texts, document = story.texts["focused"], story.ids["document:focused"]
    pen = story.as_("gfmd-penholder")
    answers = []
    for c in texts["comments"]:
        paragraph = story.ids[f"paragraph:{c['paragraph']}"]
        comment = await story.as_(c["persona"]).do(
            "AddComment", document=document, paragraph=paragraph, text=c["text"], proposedText=c.get("proposed_text"),
            attribution=c.get("attribution", "ORGANISATION"),
        )  # fmt: skip
        answers.append((comment["comment"]["id"], c, paragraph))
    for key, text in texts["revised"].items():
        node = story.ids[f"paragraph:{key}"]
        page = await pen.ask("DocumentText", symbol=texts["symbol"], first=50, after=None)
        now = next(p for p in page["document"]["paragraphs"]["nodes"] if p["id"] == node)
        await pen.do("ReviseParagraph", paragraph=node, expectedRevision=now["revision"], text=text)
    for id_, c, paragraph in answers:
        fields = {"word": c["word"], "reason": c["reason"], "paragraph": paragraph}
        await pen.do("RecordDisposition", document=document, subject=id_, **fields)
    closes = (COMMENTS_UNTIL + timedelta(days=7)).isoformat()
    await pen.do("CirculateDocument", document=document, label="Rev.1", initials="KN", commentsCloseAt=closes)
    story.stage.say(
        "5.", f"{len(answers)} comments came, one without attribution; each was answered, and Rev.1 circulated."
    )


async def answer_and_put(story: Story) -> None:
    """Steps 6 and 7: nothing goes to the Steering Group before every input is answered; then silence ends by itself."""
    secretariat, document = story.as_("gfmd-secretariat"), story.ids["document:focused"]
    track, body = story.ids["track:gfmd/focused_input"], story.ids["forum:gfmd-steering-group"]
    await story.stage.move_clock(COMMENTS_UNTIL + timedelta(days=8))
    await secretariat.do("AdvanceStage", track=track, to="no_objection")
    put = secretariat.do("StartSilence", document=document, body=body, label="Rev.2")
    open_ = await story.stage.refused("GATE_CLOSED", put)
    await _answer_all(story, document)
    started = await secretariat.do("StartSilence", document=document, body=body, label="Rev.2")
    ends = datetime.fromisoformat(started["silence"]["endsAt"])
    story.stage.say(
        "6.", f"The service said which {open_['openCount']} inputs were open; all are answered now, practices together."
    )
    await story.stage.move_clock(ends)

    async def passed() -> Json | None:
        page: Json = (await secretariat.ask("Silences", symbol=story.texts["focused"]["symbol"]))["document"]
        return page if page["silences"]["nodes"][0]["state"] == "PASSED" else None

    page = await story.stage.until("close the silence", passed)
    if page["closedAt"] != started["silence"]["endsAt"]:
        raise AssertionError("the endorsement was not recorded at the instant")
    story.stage.say("7.", f"Nobody objected in {started['silence']['hours']} hours. {page['closingWords']}.")


async def _answer_all(story: Story, document: str) -> None:
    pen, texts = story.as_("gfmd-penholder"), story.texts["focused"]
    reached: dict[str, str] = {}
    for p in texts["paragraphs"]:
        for key in p["sources"]:
            reached.setdefault(key.partition(":")[0], p["key"])
    reached["canada_again"] = "narratives"
    for key, paragraph in reached.items():
        fields = {"word": "taken_up", "paragraph": story.ids[f"paragraph:{paragraph}"]}
        await pen.do("RecordDisposition", document=document, subject=story.inputs[key]["id"], **fields)
    practices = [i["id"] for key, i in story.inputs.items() if key.startswith("practice:")]
    await pen.do("RecordJointDisposition", document=document, subjects=practices, **texts["together"])
