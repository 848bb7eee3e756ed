"""Clearance inside a delegation: asked for by its administrator, given, taken back; and nobody else learns of it."""

from tests.corpus.asks_inputs import NOTHING, TEXT, draft
from tests.corpus.corpus_player import Player


async def play(p: Player) -> None:
    """An input that waits for its own side, goes out, and the rule that is ended."""
    rule = {"organisation": p.ids["org:Groups"], "people": 2, "roles": ["ADMINISTRATOR"]}
    await p.do("rep.network", "SetClearanceRule", "by another role", **rule)
    await p.do("secretariat", "SetClearanceRule", "by a forum", **rule)
    await p.do("admin.network", "SetClearanceRule", "a forum's role", **{**rule, "roles": ["SECRETARIAT"]})
    await p.do("admin.network", "SetClearanceRule", "none where none stands", organisation=rule["organisation"])
    await p.do("admin.network", "SetClearanceRule", "done", **rule)
    made = await p.do("rep.network", "SaveContribution", "done, to be cleared", **draft(p, attribution="NONE"))
    input_ = made["contribution"]["id"]
    first = {"contribution": input_, "expectedRevision": 1}
    await p.do("rep.network", "ReleaseContribution", "not cleared", **first)
    for why, by, wrong in (
        ("another side's", "rep.quito", {}), ("by a forum", "secretariat", {}), ("by nobody", None, {}),
        ("of nothing", "rep.network", {"contribution": NOTHING}), ("stale", "rep.network", {"expectedRevision": 7}),
    ):  # fmt: skip
        await p.do(by, "ClearContribution", why, **{**first, **wrong})
    made = await p.do("rep.network", "ClearContribution", "done", **first)
    clearance = made["clearance"]["id"]
    await p.do("rep.network", "ClearContribution", "done, again", **first)
    await p.do("rep.network", "ReleaseContribution", "cleared by one of two", **first)
    await p.do("admin.network", "WithdrawClearance", "another person's", clearance=clearance)
    await p.do("secretariat", "WithdrawClearance", "by one who does not see it", clearance=clearance)
    await p.do("rep.network", "WithdrawClearance", "done", clearance=clearance)
    await p.do("rep.network", "WithdrawClearance", "again", clearance=clearance)
    for by in ("rep.network", "admin.network"):
        await p.do(by, "ClearContribution", f"done, by {by}", **first)
    for by in ("rep.network", "secretariat", None):
        await p.ask(by, "Clearances", f"of an input, by {by}", id=input_)
        await p.ask(by, "Clearances", f"of an organisation, by {by}", id=rule["organisation"])
    await p.do("rep.network", "ReleaseContribution", "done, cleared", **first)
    await p.do("rep.network", "SubmitContribution", "done, cleared", contribution=input_)
    await p.do("admin.network", "ClearContribution", "handed in", **first)
    await p.do("rep.network", "WithdrawContribution", "done, cleared", contribution=input_)
    comment = {"document": "Document:00000000-0000-0000-0000-000000000000", "text": TEXT}
    await p.do("rep.network", "ClearComment", "on a text of nothing", **comment)
    await p.do("admin.network", "SetClearanceRule", "done, none", organisation=rule["organisation"], people=0,
               roles=[])  # fmt: skip


async def comment(p: Player) -> None:
    """A comment is cleared in its words; it is not made, for the text's answers are counted."""
    organisation = p.ids["org:Groups"]
    await p.do("admin.network", "SetClearanceRule", "done, for comments", organisation=organisation, people=1,
               subjects=["COMMENT"])  # fmt: skip
    words = {"document": p.ids["doc"], "text": "Between us: say which cities.", "attribution": "NONE"}
    await p.do("rep.network", "AddComment", "not cleared", **words)
    await p.do("rep.network", "ClearComment", "another word", **{**words, "attribution": "FORUM"})
    await p.do("admin.network", "ClearComment", "done", **words)
    await p.do("rep.network", "AddComment", "other words than were cleared", **{**words, "text": "Which?"})
    for by in ("rep.network", "rep.quito"):
        await p.ask(by, "Clearances", f"of a text, by {by}", id=p.ids["doc"])
    await p.do("admin.network", "SetClearanceRule", "done, none again", organisation=organisation, people=0, roles=[])
