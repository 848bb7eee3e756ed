"""Where a text goes when it has ended: to another forum, to a body outside, and what is made of it there."""

from typing import Any

from tests.corpus.asks_texts import SYMBOL
from tests.corpus.corpus_player import Player

DECLARATION = "HLPF/2027/MD/1"


async def play(p: Player) -> None:
    """The focused input is sent; the response document is issued."""
    doc, track = p.ids["doc"], p.ids["track:hlpf"]
    made = await p.do("secretariat", "Transmit", "done", document=doc, toTrack=track)
    p.ids["received"] = made["contribution"]["id"]
    wrong: dict[str, Any]
    for why, by, wrong in (
        ("where the process does not send it", "secretariat", {"toTrack": p.ids["track:main"]}),
        ("another role", "penholder", {}),
        ("a track of nothing", "secretariat", {"toTrack": "Track:00000000-0000-0000-0000-000000000000"}),
        ("twice", "secretariat", {}),
    ):  # fmt: skip
        await p.do(by, "Transmit", why, **{"document": doc, "toTrack": track, **wrong})
    outside = {
        "document": doc,
        "name": "Commission on Population",
        "symbol": "E/CN.9/1",
        "person": "Its secretary",
        "deliveredOn": "2027-02-20",
    }
    made = await p.do("liaison", "DeliverOutside", "done", **outside)
    p.ids["delivery"] = made["transmission"]["id"]
    await p.do(
        "liaison",
        "DeliverOutside",
        "done, what became of it",
        document=doc,
        transmission=p.ids["delivery"],
        outcome="Taken note of.",
    )
    for why, by, wrong in (
        ("no name", "liaison", {"name": None}), ("another role", "penholder", {}),
        ("a date that lies ahead", "liaison", {"deliveredOn": "2028-02-20"}),
        ("a delivery of nothing", "liaison", {"transmission": "Transmission:00000000-0000-0000-0000-000000000000"}),
    ):  # fmt: skip
        await p.do(by, "DeliverOutside", why, **{**outside, **wrong})
    await p.do("secretariat.hlpf", "Receive", "done", contribution=p.ids["received"])
    await p.do("secretariat.hlpf", "Receive", "twice", contribution=p.ids["received"])
    await p.do(
        "secretariat.hlpf", "Receive", "of nothing", contribution="Contribution:00000000-0000-0000-0000-000000000000"
    )
    answer = await p.do(
        "penholder",
        "DraftDocument",
        "done, the responses",
        track=p.ids["track:focused"],
        kind="response_document",
        title="What became of your input",
        symbol="GFMD/2027/RD/1",
        language="en",
    )
    p.ids["responses"] = answer["document"]["id"]
    await p.do("secretariat", "IssueDocument", "inputs without an answer", document=p.ids["responses"])
    inputs = [p.ids[f"input:{name}"] for name in ("kenya", "network", "quito", "collective", "letter", "late")]
    await p.do(
        "penholder",
        "NoteTogether",
        "done, in the responses",
        document=p.ids["responses"],
        subjects=inputs,
        reason="As told before.",
    )
    await p.do("penholder", "IssueDocument", "another role", document=p.ids["responses"])
    await p.do("secretariat", "IssueDocument", "done", document=p.ids["responses"])
    await p.do("secretariat", "IssueDocument", "twice", document=p.ids["responses"])
    await p.do("secretariat", "IssueDocument", "one that has ended otherwise", document=doc)
    await p.do("secretariat", "Transmit", "a kind that goes nowhere", document=p.ids["responses"], toTrack=track)
    await p.ask("secretariat", "Acts", "a text that has ended", on=doc)
    await p.ask("secretariat", "Acts", "a track", on=p.ids["track:focused"])


async def adopt(p: Player) -> None:
    """A declaration is adopted by hand, at the last stage."""
    track, by = p.ids["track:hlpf"], "secretariat.hlpf"
    for stage in ("call", "drafting"):
        await p.do(by, "AdvanceStage", f"done, HLPF to {stage}", track=track, to=stage)
    drafted = await p.do(
        "penholder.hlpf",
        "DraftDocument",
        "done, a declaration",
        track=track,
        kind="declaration",
        title="Declaration",
        symbol=DECLARATION,
        language="en",
    )
    doc = p.ids["declaration"] = drafted["document"]["id"]
    made = await p.do(
        "penholder.hlpf", "WriteParagraph", "done, of the declaration", document=doc, text="We welcome desks."
    )
    paragraph = p.ids["para:hlpf"] = made["paragraph"]["id"]
    received = (await p.ask(by, "ContributionPage", "a text that was sent", id=p.ids["received"], unordered=True))[
        "node"
    ]
    await p.do(
        "penholder.hlpf",
        "CiteSource",
        "done, a section that was sent",
        document=doc,
        paragraph=paragraph,
        source=received["sections"][0]["id"],
    )
    await p.do(
        "penholder.hlpf",
        "Dispose",
        "done, what was sent",
        document=doc,
        subject=p.ids["received"],
        word="taken_up",
        paragraph=paragraph,
    )
    await p.do(
        "penholder.hlpf",
        "CirculateDocument",
        "done, the declaration",
        document=doc,
        label="Draft",
        commentsCloseAt="2027-03-15T15:00:00Z",
    )
    await p.do(by, "Endorse", "another stage", document=doc)
    await p.do(by, "AdvanceStage", "done, HLPF to consultation", track=track, to="consultation")
    made = await p.do("focal.kenya", "Comment", "done, on the declaration", document=doc, text="Welcome.")
    await p.do(by, "AdvanceStage", "done, HLPF to adoption", track=track, to="adoption")
    await p.do(by, "Endorse", "comments without an answer", document=doc)
    await p.do(
        "penholder.hlpf", "Dispose", "done, the comment", document=doc, subject=made["comment"]["id"], word="noted"
    )
    await p.do("penholder.hlpf", "Endorse", "another role", document=doc)
    await p.do(by, "Endorse", "a body of nothing", document=doc, body="Forum:00000000-0000-0000-0000-000000000000")
    await p.do(by, "Endorse", "done", document=doc, label="Final")
    await p.do(by, "Endorse", "twice", document=doc)
    await p.do(by, "DeliverOutside", "another stage", document=doc, name="X", deliveredOn="2027-02-20")
    await p.ask(None, "Silences", "of a text without any", symbol=DECLARATION)
    await p.ask("secretariat", "DocumentHistory", symbol=SYMBOL, first=100, unordered=True)
