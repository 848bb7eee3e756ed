"""Steps 11 to 14: the Chair changes how the Forum works, and the service runs it.

A definition is published, an edition opened like the last one, more time given and a late permit; a date moves, the
edition migrates there and back, a silence is broken and begun again.
"""

import re
from datetime import UTC, datetime, timedelta

from ...files import shipped
from ...papers import drawn
from ..session import Json
from .chain import write
from .inputs import hand_in
from .stage import Story

NOW = datetime(2020, 6, 22, 8, 0, tzinfo=UTC)
SUMMIT = datetime(2021, 11, 15, 8, 0, tzinfo=UTC)
SPECIAL = datetime(2020, 9, 22, 13, 0, tzinfo=UTC)  # a special session of the HLPF, made up
LATER = SPECIAL + timedelta(days=7)
NAME = "GFMD 2021"


async def tell(story: Story) -> None:
    """The four steps, one after the other."""
    await story.stage.move_clock(NOW)
    await publish(story)
    await like_last_year(story)
    await more_time(story)
    await move(story)
    await rounds(story)


def definition(plan: Json) -> str:
    """The shipped definition as the Chair's staff change it: fewer weeks, a longer silence, another version."""
    text = (shipped() / "gfmd.toml").read_text("utf-8")
    weeks = plan["weeks"]
    text = re.sub(r"(\d+) weeks before hlpf", lambda match: f"{weeks.get(match[1], match[1])} weeks before hlpf", text)
    for change in plan["changes"]:
        if change["old"] not in text:
            raise AssertionError(f"the shipped definition no longer says {change['old']!r}")
        text = text.replace(change["old"], change["new"])
    return re.sub(r'(?m)^version = ".*"$', f'version = "{plan["version"]}"', text, count=1)


async def publish(story: Story) -> None:
    """Step 11: a slip is found before anything is published; then the sound text stands, and says what changed."""
    texts, forum = story.texts["chair"], story.ids["forum:gfmd"]
    secretariat = story.as_("gfmd-secretariat")
    sound = definition(texts)
    slip = sound.replace(texts["slip"]["old"], texts["slip"]["new"])
    refusal = await story.stage.refused("PROCESS_UNSOUND", secretariat.do("PublishProcess", forum=forum, text=slip))
    process = (await secretariat.do("PublishProcess", forum=forum, text=sound))["process"]
    versions = (await secretariat.ask("ProcessVersions", name="gfmd"))["processes"]["nodes"]
    comparison = await secretariat.ask("ProcessChanges", hash=process["hash"], since=versions[1]["id"])
    story.ids["process:gfmd"] = process["id"]
    sentences = [change["sentence"] for change in comparison["process"]["changes"]]
    first = refusal["findings"][0]
    story.stage.say("11.", f"A slip was found before it was published: {first['message']} {first['remedy']}")
    story.stage.say("11.", f"The Chair published gfmd {process['version']}. What changed:", *sentences)


async def like_last_year(story: Story) -> None:
    """Step 12: an edition like the last one, beside it; its call is last year's, with the deadline of the plan."""
    secretariat = story.as_("gfmd-secretariat")
    anchors = [{"name": "summit", "at": SUMMIT.isoformat()}, {"name": "hlpf", "at": SPECIAL.isoformat()}]
    cloned = await secretariat.do(
        "CloneEdition",
        forum=story.ids["forum:gfmd"],
        like=story.ids["edition:gfmd"],
        name=NAME,
        newest=True,
        withThemes=True,
        anchors=anchors,
    )
    story.ids["edition:next"] = cloned["edition"]["id"]
    for track in cloned["edition"]["tracks"]:
        story.ids[f"track:next/{track['name']}"] = track["id"]
    call = await secretariat.do(
        "IssueCall",
        track=story.ids["track:next/focused_input"],
        title=story.texts["chair"]["call"],
        zone="Europe/Zurich",
        like=story.ids["call"],
    )
    story.ids["call:next"] = call["call"]["id"]
    story.ids["deadline:next"] = call["call"]["closesAt"]
    story.stage.say(
        "12.",
        f"{NAME} runs beside GFMD 2020. Its call takes after the last one; "
        f"by the plan it closes at {call['call']['closesAt']}.",
    )


async def _notice(story: Story, persona: str, kind: str, times: int = 1) -> str:
    """What a person was told of the next edition's call."""
    call = story.ids["call:next"]

    async def notice() -> str | None:
        notices = (await story.as_(persona).ask("MyNotices", first=20))["viewer"]["notices"]["nodes"]
        words = [n["words"] for n in notices if n["kind"] == kind and n["call"] and n["call"]["id"] == call]
        return words[-1] if len(words) >= times else None

    return await story.stage.until(f"a notice of {kind.lower()}", notice)


async def more_time(story: Story) -> None:
    """Step 12: a reminder, more time with a reason, the deadline to the second, and one late permit by name."""
    texts, call = story.texts["chair"], story.ids["call:next"]
    secretariat, deadline = story.as_("gfmd-secretariat"), datetime.fromisoformat(story.ids["deadline:next"])
    await story.stage.move_clock(deadline - timedelta(days=14))
    reminder = await _notice(story, "de-focal-point", "REMINDER")
    longer = deadline + timedelta(days=3)
    await secretariat.do("ExtendWindow", call=call, closesAt=longer.isoformat(), reason=texts["more_time"])
    await _notice(story, "de-focal-point", "EXTENSION")
    story.later["canada"] = await hand_in(story, texts["input"], call)
    await story.stage.move_clock(longer - timedelta(days=1))
    await _notice(story, "de-focal-point", "REMINDER", times=2)
    await story.stage.move_clock(longer)

    async def closed() -> bool:
        page = await story.as_(None).ask("CallPage", id=call)
        return bool(page["node"]["state"] == "CLOSED")

    await story.stage.until("close the call of the next edition", closed)
    sweden = await _organisation(story, "Sweden")
    until = (longer + timedelta(days=2)).isoformat()
    await secretariat.do("PermitLateContribution", call=call, organisation=sweden, until=until, reason=texts["permit"])
    story.later["sweden"] = await hand_in(story, texts["late"], call)
    story.stage.say("12.", f"Germany's focal point read: {reminder}")
    story.stage.say(
        "12.",
        "Three more days were given with a reason; then the call closed, and Sweden alone handed in late, by permit.",
    )


async def _organisation(story: Story, name: str) -> str:
    page = await story.as_("gfmd-secretariat").ask("Organisations", first=100, after=None)
    return next(str(o["id"]) for o in page["organisations"]["nodes"] if o["name"] == name)


async def move(story: Story) -> None:
    """Step 13: the session is postponed, first looked at and then done; and the edition moves to a version with another
    stage, back, and there again."""
    texts, edition = story.texts["chair"], story.ids["edition:next"]
    secretariat = story.as_("gfmd-secretariat")
    page = await secretariat.ask("IfAnchorMoved", edition=edition, anchor="hlpf", at=LATER.isoformat())
    foreseen = page["node"]["ifAnchorMoved"]
    await secretariat.do("MoveAnchor", edition=edition, anchor="hlpf", to=LATER.isoformat(), reason=texts["postponed"])
    text = (
        definition({**texts, **texts["second"], "changes": [*texts["changes"], *texts["second"]["changes"]]})
        + texts["second"]["moves"]
    )
    process = (await secretariat.do("PublishProcess", forum=story.ids["forum:gfmd"], text=text))["process"]
    fields = {"edition": edition, "process": process["id"], "reason": texts["second"]["reason"]}
    await secretariat.do("MigrateEdition", **fields)
    await secretariat.do("UndoMigration", edition=edition)
    await secretariat.do("MigrateEdition", **fields)
    later = f"{len(foreseen['moved'])} dates moved with it, {len(foreseen['leftAlone'])} stayed"
    story.stage.say("13.", f"The session was postponed by a week: {later}, as foreseen. Everybody concerned was told.")
    story.stage.say(
        "13.",
        f"The running edition moved to gfmd {process['version']}, was taken back, and moved again. Nothing was lost.",
    )


async def rounds(story: Story) -> None:
    """Step 14: a member objects and is answered; the text is put again, and another member places a reservation."""
    texts, track = story.texts["chair"]["text"], story.ids["track:next/focused_input"]
    pen, secretariat = story.as_("gfmd-penholder"), story.as_("gfmd-secretariat")
    fields = {"kind": "focused_input", "title": texts["title"], "symbol": texts["symbol"], "language": "en"}
    document = (await pen.do("DraftDocument", track=track, parts=texts["parts"], **fields))["document"]["id"]
    paragraphs = []
    for words, key in zip(texts["paragraphs"], ("canada", "sweden"), strict=True):
        id_ = (await write(pen, document, words, [story.later[key]["id"]], part=1))["id"]
        subject = story.later[key]["id"]
        await pen.do("RecordDisposition", document=document, subject=subject, word="taken_up", paragraph=id_)
        paragraphs.append(id_)
    closes = datetime.fromisoformat(story.ids["deadline:next"]) + timedelta(days=30)
    await pen.do("CirculateDocument", document=document, label="Zero draft", commentsCloseAt=closes.isoformat())
    for stage in ("consultation", texts["stage"]):
        await secretariat.do("AdvanceStage", track=track, to=stage)
    first = await _put(story, document, "Rev.1")
    contested = {"paragraph": paragraphs[0], "reason": texts["objection"], "proposedText": texts["proposed"]}
    objection = (await story.as_("ch-delegate").do("BreakSilence", silence=first["id"], **contested))["objection"]["id"]
    await _over(story, texts["symbol"], first, "BROKEN")
    await pen.do(
        "AnswerObjection", silence=first["id"], objection=objection, kind="TAKEN_UP_IN_PART", text=texts["answer"]
    )
    await secretariat.do("AdvanceStage", track=track, to="consultation")
    page = (await pen.ask("DocumentText", symbol=texts["symbol"], first=20, after=None))["document"]
    revision = next(p["revision"] for p in page["paragraphs"]["nodes"] if p["id"] == paragraphs[0])
    await pen.do("ReviseParagraph", paragraph=paragraphs[0], expectedRevision=revision, text=texts["revised"])
    await secretariat.do("AdvanceStage", track=track, to=texts["stage"])
    second = await _put(story, document, "Rev.2")
    await story.as_("bd-delegate").do(
        "PlaceReservation", silence=second["id"], paragraph=paragraphs[1], words=texts["reservation"]
    )
    page = await _over(story, texts["symbol"], second, "PASSED")
    story.ids["symbol:next"], story.ids["ended:next"] = texts["symbol"], second["endsAt"]
    record = await drawn.of(secretariat, texts["symbol"], record=True)
    (story.stage.out / "no-objection-record.pdf").write_bytes(record)
    _tell_ended(story, second, page)
    sentence = "The record with both rounds, the change and one reservation: no-objection-record.pdf"
    story.stage.say("14.", f"{sentence} ({len(record) // 1024} KiB).")


async def leave_a_call_open(story: Story) -> None:
    """At last a call of the next edition that nobody has answered yet: whoever tries the service hands in to it."""
    secretariat, track = story.as_("gfmd-secretariat"), story.ids["track:next/main"]
    await secretariat.do("AdvanceStage", track=track, to="call")
    issued = await secretariat.do(
        "IssueCall",
        track=track,
        title=story.texts["chair"]["open_call"],
        zone="Europe/Zurich",
        like=story.ids["call"],
        opensAt=story.ids["ended:next"],  # at once, and not when the plan would have it open
    )
    call = issued["call"]
    story.ids["call:open"] = call["id"]
    story.stage.say(
        "", f'The call "{call["title"]}" is open until {call["closesAt"]}, and waits for inputs: {call["id"]}.'
    )


def _tell_ended(story: Story, second: Json, page: Json) -> None:
    ended = f"round 2 ended in {second['hours']} hours. {page['closingWords']}."
    story.stage.say("14.", f"Round 1 was broken and answered; {ended}")


async def _put(story: Story, document: str, label: str) -> Json:
    body = story.ids["forum:gfmd-steering-group"]
    payload = await story.as_("gfmd-secretariat").do("StartSilence", document=document, body=body, label=label)
    silence: Json = payload["silence"]
    return silence


async def _over(story: Story, symbol: str, silence: Json, state: str) -> Json:
    """The clock reaches the silence's end, and the worker has recorded it."""
    await story.stage.move_clock(datetime.fromisoformat(silence["endsAt"]))

    async def ended() -> Json | None:
        page: Json = (await story.as_("gfmd-secretariat").ask("Silences", symbol=symbol))["document"]
        stands = {s["id"]: s["state"] for s in page["silences"]["nodes"]}
        return page if stands[silence["id"]] == state else None

    return await story.stage.until(f"the end of round {silence['round']}", ended)
