"""Step 8: one chain through five bodies, from a city's practice to the global text; and a delivery outside
the service."""

from datetime import UTC, datetime
from typing import Any

from ..session import Json, Session
from .inputs import hand_in
from .stage import Story

CITY_DEADLINE = datetime(2020, 3, 20, 4, 0, tzinfo=UTC)  # 12:00 in Manila
REGION_DEADLINE = datetime(2020, 4, 10, 8, 0, tzinfo=UTC)  # 12:00 in Dubai


async def city_to_region(story: Story) -> None:
    """The city's practice -> the national input -> the report of the regional consultation -> the GFMD's track."""
    await _city(story)
    await _national(story)
    await _regional(story)


async def _call(story: Story, persona: str, track: str, closes: datetime, zone: str, title: str) -> str:
    asked = [{**s, "unit": "WORDS"} for s in story.texts["call"]["sections"]]
    issued = await story.as_(persona).do(
        "IssueCall", track=track, title=title, text=title, sections=asked, closesAt=closes.isoformat(), zone=zone,
        statuses=["PARTICIPANT", "MEMBER"],
    )  # fmt: skip
    return str(issued["call"]["id"])


async def _stage_is(story: Story, forum: str, name: str, track: str, stage: str) -> None:
    async def reached() -> bool:
        head = await story.as_(None).ask("EditionHead", forum=forum, name=name)
        return any(t["name"] == track and t["stage"]["id"] == stage for t in head["edition"]["tracks"])

    await story.stage.until(f"{name} at {stage}", reached)


async def _city(story: Story) -> None:
    track, texts = story.ids["track:philippines/main"], story.texts["chain"]["city"]
    call = await _call(
        story, "ph-secretariat", track, CITY_DEADLINE, "Asia/Manila", "What cities do for those who leave"
    )
    fields = {"writer": "quezon-city", "releaser": "quezon-city", "visibility": "PUBLIC", "targets": ["10.7", "8.8"]}
    story.inputs["city"] = await hand_in(story, {**texts, **fields, "practices": [texts["practice"]]}, call)
    await story.stage.move_clock(CITY_DEADLINE)
    await _stage_is(story, "philippines", "National input 2020", "main", "drafting")


async def write(
    session: Session, document: str, text: str, sources: list[str], relation: str = "CARRIES", **fields: Any
) -> Json:
    """Write a paragraph and cite its sources; gives the paragraph."""
    paragraph: Json = (await session.do("WriteParagraph", document=document, text=text, **fields))["paragraph"]
    for source in sources:
        await session.do("CiteSource", document=document, paragraph=paragraph["id"], source=source, relation=relation)
    return paragraph


async def _national(story: Story) -> None:
    texts, track = story.texts["chain"]["national"], story.ids["track:philippines/main"]
    pen, focal_point = story.as_("ph-penholder"), story.as_("ph-focal-point")
    drafted = await pen.do(
        "DraftDocument", track=track, kind="national_input", title=texts["title"], symbol=texts["symbol"], language="en"
    )
    document = drafted["document"]["id"]
    city = story.inputs["city"]["id"]
    page = (await story.as_("ph-secretariat").ask("ContributionPage", id=city))["node"]
    practice = page["practices"]["nodes"][0]["id"]
    paragraph = await write(pen, document, texts["paragraph"], [practice])
    await write(pen, document, texts["ask"], [city], "REWORDS")
    await pen.do("RecordDisposition", document=document, subject=city, word="taken_up", paragraph=paragraph["id"])
    await story.as_("ph-secretariat").do("AdvanceStage", track=track, to="release")
    await focal_point.do("IssueDocument", document=document)
    region = story.ids["track:gfmd/abu_dhabi_dialogue"]
    sent = await focal_point.do("TransmitDocument", document=document, toTrack=region)
    story.inputs["national"] = {"id": sent["contribution"]["id"]}


async def _regional(story: Story) -> None:
    texts, track = story.texts["chain"]["regional"], story.ids["track:gfmd/abu_dhabi_dialogue"]
    secretariat, pen = story.as_("add-secretariat"), story.as_("add-penholder")
    await _call(
        story, "add-secretariat", track, REGION_DEADLINE, "Asia/Dubai", "Skills and labour migration in the corridor"
    )
    await story.stage.move_clock(REGION_DEADLINE)
    await _stage_is(story, "gfmd", "GFMD 2020", "abu_dhabi_dialogue", "drafting")
    national = story.inputs["national"]["id"]
    await secretariat.do("ReceiveContribution", contribution=national)
    page = (await secretariat.ask("ContributionPage", id=national))["node"]
    drafted = await pen.do(
        "DraftDocument",
        track=track,
        kind="regional_report",
        title=texts["title"],
        symbol=texts["symbol"],
        language="en",
    )
    document = drafted["document"]["id"]
    first = await write(pen, document, texts["paragraph"], [page["sections"][0]["id"]])
    await write(pen, document, texts["second"], [page["sections"][1]["id"]], "REWORDS")
    closes = datetime(2020, 4, 24, 8, 0, tzinfo=UTC).isoformat()
    await pen.do("CirculateDocument", document=document, label="Zero draft", commentsCloseAt=closes)
    await secretariat.do("AdvanceStage", track=track, to="consultation")
    open_ = await story.stage.refused("GATE_CLOSED", secretariat.do("IssueDocument", document=document))
    await pen.do(
        "RecordDisposition", document=document, subject=open_["openIds"][0], word="taken_up", paragraph=first["id"]
    )
    await secretariat.do("IssueDocument", document=document)
    await secretariat.do("AdvanceStage", track=track, to="issued")
    sent = await secretariat.do("TransmitDocument", document=document, toTrack=story.ids["track:gfmd/focused_input"])
    story.inputs["@regional"] = {"id": sent["contribution"]["id"]}
    story.stage.say("8.", "The chain begins: a city's practice went through its country and its region to the GFMD.")


async def to_the_global_text(story: Story) -> None:
    """The focused input goes to two receivers and outside; the HLPF's synthesis takes it up; lineage spans them all."""
    secretariat, document = story.as_("gfmd-secretariat"), story.ids["document:focused"]
    await _hlpf_agrees(story, document)
    sent = await secretariat.do("TransmitDocument", document=document, toTrack=story.ids["track:hlpf/main"])
    await secretariat.do("TransmitDocument", document=document, toTrack=story.ids["track:imrf/main"])
    outside = story.texts["outside"]
    await story.stage.move_clock(datetime(2020, 6, 15, 8, 0, tzinfo=UTC))
    await story.as_("gfmd-liaison").do("DeliverDocument", document=document, deliveredOn="2020-06-15", **outside)
    await _synthesis(story, sent["contribution"]["id"])
    await _say_lineage(story)


async def _hlpf_agrees(story: Story, document: str) -> None:
    """Nothing is sent to a body that has not agreed: the GFMD asks the HLPF, and its secretariat says yes."""
    secretariat, track = story.as_("gfmd-secretariat"), story.ids["track:hlpf/main"]
    await story.stage.refused("AGREEMENT_MISSING", secretariat.do("TransmitDocument", document=document, toTrack=track))
    asked = {"forum": story.ids["forum:gfmd"], "named": story.ids["forum:hlpf"], "purpose": "RECEIVE"}
    await secretariat.do("ProposeAgreement", **asked, edition="GFMD 2020")
    receiver = story.as_("hlpf-secretariat")
    [waits] = (await receiver.ask("AskedToAgree"))["viewer"]["askedToAgree"]["nodes"]
    await receiver.do("AcceptAgreement", agreement=waits["id"])
    story.stage.say("8.", "Refused: the HLPF had not agreed to have texts from the GFMD. It was asked, and agreed.")


async def _say_lineage(story: Story) -> None:
    """Lineage up and down, as the public and as the team: where the public may not look, it ends in Withheld."""
    city, text = story.inputs["city"]["id"], story.ids["paragraph:synthesis"]
    up = await _lineage(story, None, city, "UP")
    team = await _lineage(story, "gfmd-secretariat", text, "DOWN")
    public = await _lineage(story, None, story.ids["paragraph:government"], "DOWN")
    for step in ("input to gfmd", "HLPF/2020/SYN/1 para 1"):
        if step not in up:
            raise AssertionError(f"the city's practice did not reach {step}: {up}")
    if "input to philippines" not in team or "withheld" not in public:
        raise AssertionError(f"lineage told too little or too much: {team}; {public}")
    story.stage.say("8.", f"What became of the city's practice: {up}.")
    story.stage.say("8.", f"Where the global paragraph comes from, for the Chair's team: {team}.")
    story.stage.say("8.", f"Where a paragraph on government comes from, for the public: {public}.")


async def _synthesis(story: Story, received: str) -> None:
    texts, track = story.texts["synthesis"], story.ids["track:hlpf/main"]
    secretariat, pen = story.as_("hlpf-secretariat"), story.as_("hlpf-penholder")
    await secretariat.do("ReceiveContribution", contribution=received)
    for stage in ("call", "drafting"):
        await secretariat.do("AdvanceStage", track=track, to=stage)
    page = (await secretariat.ask("ContributionPage", id=received))["node"]
    wanted = {story.ids["paragraph:desk"], story.ids["paragraph:corridor"]}
    origins = [s["id"] for s in page["sections"] if s["origin"] and s["origin"]["id"] in wanted]
    drafted = await pen.do(
        "DraftDocument", track=track, kind="synthesis", title=texts["title"], symbol=texts["symbol"], language="en"
    )
    document = drafted["document"]["id"]
    paragraph = await write(pen, document, texts["paragraph"], origins, "MERGES")
    await pen.do("RecordDisposition", document=document, subject=received, word="taken_up", paragraph=paragraph["id"])
    await secretariat.do("IssueDocument", document=document)
    story.ids["paragraph:synthesis"] = paragraph["id"]


async def _lineage(story: Story, persona: str | None, id_: str, direction: str) -> str:
    steps = (await story.as_(persona).ask("Lineage", id=id_, direction=direction, depth=12))["node"]["lineage"]
    return ", then ".join(_end(step["end"]) for step in steps) or "nothing"


def _end(end: Json) -> str:
    match end["__typename"]:
        case "Contribution":
            return f"input to {end['edition']['forum']['slug']}"
        case "Paragraph":
            return f"{end['document']['symbol']} para {end['number']}"
        case "Withheld":
            return f"withheld ({end['layer']})"
        case other:
            return str(other).lower()
