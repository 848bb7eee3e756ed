"""Step 9: a meeting is entered from its file and its faults reported; a summary of conclusions drafted and issued."""

from ...domain.agenda import Meeting
from ..import_meeting import import_meeting
from ..session import Json
from .chain import write
from .stage import Story


async def tell(story: Story, content: bytes) -> None:
    """Record the meeting, draft its summary, issue it."""
    track, secretariat = story.ids["track:idm/meeting"], story.as_("idm-secretariat")
    meeting, recorded = await import_meeting(secretariat, content, track=track)
    figures = {f["what"]: f for f in recorded["figures"]}
    women = figures["women"]
    faults = [f"{f['place']}: {f['message']}" for f in recorded["faults"]]
    story.stage.say("9.", "A meeting was recorded from its file. The faults of its agenda were reported:", *faults)
    count = f"{women['computed']} by the rule, {women['statedValue']} as stated"
    story.stage.say("9.", f"Women among the speakers: {count}.")
    for stage in ("meeting", "summary"):
        await secretariat.do("AdvanceStage", track=track, to=stage)
    await _summary(story, meeting, recorded)


async def _summary(story: Story, meeting: Meeting, recorded: Json) -> None:
    texts, pen = story.texts["summary"], story.as_("idm-penholder")
    panels, speakers = _panels_and_speakers(meeting, recorded)
    headings = list(dict.fromkeys(c.heading.rstrip(":") for c in meeting.conclusions))
    drafted = await pen.do(
        "DraftDocument",
        track=story.ids["track:idm/meeting"],
        kind="summary_of_conclusions",
        title=texts["title"],
        symbol=texts["symbol"],
        language="en",
        meeting=recorded["id"],
        parts=[{"number": "", "heading": h} for h in headings],
    )
    document = drafted["document"]["id"]
    for text in meeting.preamble:
        await write(pen, document, text, [], kind="PREAMBLE")
    for c in meeting.conclusions:
        part = headings.index(c.heading.rstrip(":")) + 1
        sources = [panels[n] for n in texts["panels"][str(c.number)]]
        sentence = await write(pen, document, c.text, sources, kind="CONCLUSION", part=part)
        for bullet in c.bullets:
            point = await write(pen, document, bullet, [], kind="BULLET", parent=sentence["id"])
            for speaker, panel in _named(bullet, speakers):
                fields = {"paragraph": point["id"], "source": panel, "speaker": speaker}
                await pen.do("CiteSource", document=document, **fields)
    for text in meeting.closing:
        await write(pen, document, text, [], kind="CLOSING")
    secretariat = story.as_("idm-secretariat")
    issued = (await secretariat.do("IssueDocument", document=document, label="Final"))["document"]
    await secretariat.do("AdvanceStage", track=story.ids["track:idm/meeting"], to="issued")
    story.stage.say(
        "9.", f"A summary with {len(meeting.conclusions)} conclusions, each with its panel. {issued['closingWords']}."
    )
    await _put_right(story, recorded, document)


async def _put_right(story: Story, recorded: Json, document: str) -> None:
    """What was entered wrongly is put right on the record: the meeting is revised, the issued text corrected."""
    texts, secretariat = story.texts["corrections"], story.as_("idm-secretariat")
    revised = await secretariat.do("ReviseMeeting", meeting=recorded["id"], status="FINAL", **texts["meeting"])
    meeting, places = revised["meeting"], revised["correction"]["changes"]
    words = "; ".join(f"{place['what']}: {place['was']} -> {place['reads']}" for place in places)
    story.stage.say("9.", f"The record of the meeting was put right (revision {meeting['revision']}): {words}.")
    asked = await secretariat.ask("DocumentText", symbol=story.texts["summary"]["symbol"], first=50, after=None)
    paragraphs = asked["document"]["paragraphs"]["nodes"]
    wrong = next(p for p in paragraphs if texts["was"] in p["text"]["markdown"])
    reads = wrong["text"]["markdown"].replace(texts["was"], texts["reads"])
    corrected = await secretariat.do(
        "CorrectDocument",
        document=document,
        paragraphs=[{"paragraph": wrong["id"], "reads": reads}],
        reason=texts["reason"],
    )
    corr = corrected["correction"]
    story.stage.say("9.", f"{corr['symbol']} was issued beside the text, which stays as it was: {corr['reason']}")


def _panels_and_speakers(meeting: Meeting, recorded: Json) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Panels by session.panel, and speakers by name -> (speaker, panel), as the service knows them."""
    panels: dict[str, str] = {}
    speakers: dict[str, tuple[str, str]] = {}
    for session, entered in zip(meeting.sessions, recorded["sessions"], strict=True):
        for item, panel in zip(session.items, entered["panels"], strict=True):
            if item.kind == "panel" and session.number is not None:
                panels[f"{session.number}.{item.number}"] = panel["id"]
            for person in panel["speakers"]:
                speakers.setdefault(person["name"], (person["id"], panel["id"]))
    return panels, speakers


def _named(text: str, speakers: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [place for name, place in speakers.items() if name in text]
