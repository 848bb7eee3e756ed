"""Steps 2 to 4: calls, inputs from every kind of author, the deadline, practices entered on behalf."""

from datetime import UTC, datetime
from uuid import uuid4

from ..import_practices import import_practices
from ..session import Json, Session
from .stage import Story

DEADLINE = datetime(2020, 4, 30, 10, 0, tzinfo=UTC)  # 12:00 Geneva time


async def calls(story: Story) -> None:
    """The chair moves the main track to its call, and issues the call for the focused input."""
    secretariat = story.as_("gfmd-secretariat")
    main = story.ids["track:gfmd/main"]
    await secretariat.do("AdvanceStage", track=main, to="call")
    asked = story.texts["call"]
    issued = await secretariat.do(
        "IssueCall",
        track=story.ids["track:gfmd/focused_input"],
        title=asked["title"],
        text=asked["text"],
        sections=[{**s, "unit": "WORDS"} for s in asked["sections"]],
        languages=["en", "fr", "es"],
        closesAt=DEADLINE.isoformat(),
        zone="Europe/Zurich",
    )
    call = story.ids["call"] = issued["call"]["id"]
    page = await secretariat.ask("WhoHasNotAnswered", id=call, answer=None, first=1, after=None)
    count = page["node"]["addressees"]["exactCount"]
    story.stage.say(
        "2.", f"The Chair issued a call to {count} members and observers, open until 12:00 Geneva time on 30 April."
    )


def sections(texts: Json) -> list[dict[str, str]]:
    """The two sections of an input of the story, as the contract takes them."""
    return [{"code": code, "text": texts[code]} for code in ("experience", "proposal")]


async def hand_in(story: Story, texts: Json, call: str) -> Json:
    """Draft, release and submit one input; gives the submitted contribution."""
    saved = await story.as_(texts["writer"]).do(
        "SaveContribution",
        call=call,
        title=texts["title"],
        language="en",
        visibility=texts["visibility"],
        attribution=texts.get("attribution", "ORGANISATION"),
        collective=texts.get("collective", False),
        sections=sections(texts),
        targets=texts["targets"],
        objectives=texts.get("objectives", []),
        practices=texts.get("practices", []),
    )
    id_, revision = saved["contribution"]["id"], saved["contribution"]["revision"]
    releaser = story.as_(texts["releaser"])
    await releaser.do("ReleaseContribution", contribution=id_, expectedRevision=revision)
    submitted: Json = (await releaser.do("SubmitContribution", contribution=id_))["contribution"]
    return submitted


async def inputs(story: Story) -> None:
    """Step 3: inputs from states, observers and every mechanism; one may not release; one declines; one retries."""
    call = story.ids["call"]
    await story.stage.move_clock(datetime(2020, 4, 28, 9, 0, tzinfo=UTC))
    for texts in story.texts["inputs"]:
        if texts["key"] == "germany":
            await _delegate_may_not_release(story, texts, call)
        story.inputs[texts["key"]] = await hand_in(story, texts, call)
    await _same_again(story, story.as_("ca-focal-point"))
    await story.as_("no-focal-point").do("DeclineCall", call=call)
    numbers = [i["receipt"]["number"] for i in story.inputs.values() if i.get("receipt")]
    story.stage.say(
        "3.", f"{len(numbers)} inputs came in, each with a receipt ({numbers[0]} ...); Norway sends none this time."
    )


async def _delegate_may_not_release(story: Story, texts: Json, call: str) -> None:
    delegate = story.as_(texts["writer"])
    fields = {"title": texts["title"], "language": "en", "sections": sections(texts)}
    saved = (await delegate.do("SaveContribution", call=call, **fields))["contribution"]
    release = delegate.do("ReleaseContribution", contribution=saved["id"], expectedRevision=saved["revision"])
    await story.stage.refused("ROLE_NOT_ALLOWED", release)
    await delegate.do("WithdrawContribution", contribution=saved["id"])


async def _same_again(story: Story, focal_point: Session) -> None:
    """A retry over a bad connection: the same key with the same body is the same submission."""
    texts = dict(
        next(i for i in story.texts["inputs"] if i["key"] == "canada"), title="Messages tested with their public"
    )
    saved = await focal_point.do(
        "SaveContribution", call=story.ids["call"], title=texts["title"], language="en", sections=sections(texts),
        targets=texts["targets"], visibility="PUBLIC",
    )  # fmt: skip
    id_ = saved["contribution"]["id"]
    await focal_point.do("ReleaseContribution", contribution=id_, expectedRevision=saved["contribution"]["revision"])
    key = str(uuid4())
    first = await focal_point.do("SubmitContribution", contribution=id_, idempotencyKey=key)
    again = await focal_point.do("SubmitContribution", contribution=id_, idempotencyKey=key)
    if first["contribution"]["receipt"] != again["contribution"]["receipt"]:
        raise AssertionError("a retry was another submission")
    story.inputs["canada_again"] = again["contribution"]


async def deadline(story: Story) -> None:
    """Step 4: the clock closes the call by itself; a late submission is told the deadline and the server's time."""
    late = story.texts["late"]
    sweden = story.as_(late["writer"])
    saved = await sweden.do(
        "SaveContribution", call=story.ids["call"], title=late["title"], language="en", sections=sections(late),
        targets=late["targets"], visibility="PUBLIC",
    )  # fmt: skip
    id_ = saved["contribution"]["id"]
    await sweden.do("ReleaseContribution", contribution=id_, expectedRevision=saved["contribution"]["revision"])
    await story.stage.move_clock(DEADLINE)
    facts = await story.stage.refused("DEADLINE_PASSED", sweden.do("SubmitContribution", contribution=id_))

    async def closed() -> bool:
        page = await story.as_(None).ask("CallPage", id=story.ids["call"])
        return bool(page["node"]["state"] == "CLOSED" and page["node"]["track"]["stage"]["id"] == "drafting")

    await story.stage.until("close the call", closed)
    story.stage.say(
        "4.",
        "The call closed by itself. A late input was refused: "
        f"deadline {facts['deadline']}, now {facts['serverTime']}.",
    )


async def returned(story: Story) -> None:
    """Step 4: a timely input is returned after the deadline; its author is told, mends it and is not late for it."""
    texts, secretariat = story.texts["returned"], story.as_("gfmd-secretariat")
    before = story.inputs[texts["key"]]
    asked = next(texts_sent for texts_sent in story.texts["inputs"] if texts_sent["key"] == texts["key"])
    until = texts["until"].isoformat()
    await secretariat.do("ReturnContribution", contribution=before["id"], reason=texts["reason"], mendUntil=until)
    author = story.as_(asked["releaser"])
    notices = (await author.ask("MyNotices", first=5))["viewer"]["notices"]["nodes"]
    words = next(notice["words"] for notice in notices if notice["kind"] == "RETURNED")
    saved = await author.do(
        "SaveContribution",
        contribution=before["id"],
        expectedRevision=before["revision"],
        title=texts["title"],
        language="en",
        sections=sections({**asked, "experience": texts["experience"]}),
    )
    revision = saved["contribution"]["revision"]
    await author.do("ReleaseContribution", contribution=before["id"], expectedRevision=revision)
    handed_in = await author.do("SubmitContribution", contribution=before["id"])
    story.inputs[texts["key"]] = handed_in["contribution"]
    story.stage.say("4.", f"One input was returned and handed in again, in time. Its author read: {words}")


async def practices(story: Story, content: bytes) -> None:
    """Step 3 again: a file of practices taken whole, after the deadline, its sender not recorded."""
    imported = await import_practices(story.as_("gfmd-secretariat"), content, call=story.ids["call"])
    for n, id_ in enumerate(imported.contributions, 1):
        story.inputs[f"practice:{n}"] = {"id": id_}
    doubts = [
        f"line {d.line}, {d.column}: {d.as_written!r} was read as {d.read_as!r}; {d.why}" for d in imported.doubts
    ]
    entered = f"{len(imported.contributions)} practices were entered on behalf after the deadline"
    story.stage.say("3.", f"{entered}, sender not recorded. In doubt:", *doubts)
