"""What was entered wrongly is put right on the record: names, a meeting, an entered input, a text that was closed."""

from typing import Any

from tests.corpus.corpus_player import Player

REASON = "It was entered wrongly."


async def taken_back(p: Player, given: dict[str, Any]) -> None:
    """An input that was entered twice is taken back, by the secretariat alone."""
    made = await p.do("secretariat", "RecordContribution", "done, twice", **{**given, "again": True})
    asked = {"contribution": made["contribution"]["id"], "reason": "It was entered twice."}
    for why, by, wrong in (
        ("nobody", None, {}), ("another role", "focal.nepal", {}), ("no reason", "secretariat", {"reason": " "}),
        ("its author's own", "secretariat", {"contribution": p.ids["input:own"]}),
    ):  # fmt: skip
        await p.do(by, "WithdrawRecordedContribution", why, **{**asked, **wrong})
    await p.do("secretariat", "WithdrawRecordedContribution", "done", **asked)
    await p.do("secretariat", "WithdrawRecordedContribution", "twice", **asked)


async def play(p: Player) -> None:
    """Each correction, by those who may and by those who may not, with what stands in the way."""
    letter = {"contribution": p.ids["input:letter"], "reason": REASON}
    await p.do("secretariat", "WithdrawRecordedContribution", "one that was answered", **letter)
    await _names(p)
    meeting = {"meeting": p.ids["meeting"], "reason": REASON}
    wrong: dict[str, Any]
    await p.do("secretariat", "ReviseMeeting", "done", **meeting, title="First meeting, corrected", status="FINAL")
    for why, by, wrong in (
        ("nothing changes", "secretariat", {"title": "First meeting, corrected"}),
        ("less firm", "secretariat", {"status": "DRAFT"}), ("nobody", None, {"title": "Another"}),
        ("another role", "focal.nepal", {"title": "Another"}), ("what is cited goes", "secretariat", {"sessions": []}),
        ("another revision", "secretariat", {"title": "Another", "expectedRevision": 1}),
    ):  # fmt: skip
        await p.do(by, "ReviseMeeting", why, **{**meeting, **wrong})
    text = {"document": p.ids["doc"], "reason": REASON}
    await p.do("secretariat", "CorrectDocument", "done, an addendum", **text, addition="A list of those present.")
    paragraphs = [{"paragraph": p.ids["para:1"], "reads": "Other words."}]
    await p.do("secretariat", "CorrectDocument", "done, a corrigendum", **text, paragraphs=paragraphs)
    for why, by, wrong in (
        ("nothing", "secretariat", {}), ("as it reads already", "secretariat", {"paragraphs": paragraphs}),
        ("both", "secretariat", {"paragraphs": paragraphs, "addition": "More."}),
        ("another role", "penholder", {"addition": "More."}), ("nobody", None, {"addition": "More."}),
    ):  # fmt: skip
        await p.do(by, "CorrectDocument", why, **{**text, **wrong})


async def _names(p: Player) -> None:
    forum = {"forum": p.ids["forum:gfmd"], "reason": REASON}
    await p.do("secretariat", "RenameForum", "done", **forum, name="Global Forum", acronym="GF")
    for why, by, wrong in (
        ("nothing changes", "secretariat", {"name": "Global Forum"}), ("another role", "penholder", {"name": "X"}),
        ("nobody", None, {"name": "X"}), ("no name", "secretariat", {"name": "\u200b"}),
    ):  # fmt: skip
        await p.do(by, "RenameForum", why, **{**forum, **wrong})
    organisation = {**forum, "organisation": p.ids["org:Groups"]}
    await p.do("secretariat", "RenameOrganisation", "done", **organisation, name="Diaspora Network")
    for why, by, wrong in (
        ("the name of another", "secretariat", {"name": "nepal"}), ("another forum", "secretariat.rcp", {"name": "X"}),
        ("of nothing", "secretariat", {"organisation": "Organisation:00000000-0000-0000-0000-000000000000"}),
    ):  # fmt: skip
        await p.do(by, "RenameOrganisation", why, **{**organisation, **wrong})
