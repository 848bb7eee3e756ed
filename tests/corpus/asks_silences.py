"""A text before the Steering Group: a round that is broken, its answers, and a second one that passes."""

from datetime import UTC, datetime

from tests.corpus.asks_texts import SYMBOL
from tests.corpus.corpus_player import Player

BROKEN = datetime(2027, 2, 18, 12, 17, 5, tzinfo=UTC)
PASSED = datetime(2027, 2, 23, 12, 17, 5, tzinfo=UTC)


async def play(p: Player) -> None:
    """Both rounds."""
    doc, body = p.ids["doc"], p.ids["forum:steering"]
    put = {"document": doc, "body": body, "label": "Rev.1"}
    await p.do("secretariat", "StartNoObjection", "another stage", **put)
    await p.do("secretariat", "AdvanceStage", "done, before the body", track=p.ids["track:focused"], to="no_objection")
    await p.do("secretariat", "StartNoObjection", "inputs without an answer", **put)
    await p.ask("secretariat", "Acts", "a text with open inputs", on=doc)
    rest = [p.ids[f"input:{name}"] for name in ("quito", "letter", "late")] + [p.ids["comment:none"]]
    await p.do("penholder", "NoteTogether", "done, the rest", document=doc, subjects=rest, reason="For next year.")
    for why, by, wrong in (
        ("another body", "secretariat", {"body": p.ids["forum:data"]}),
        ("a body of another forum", "secretariat", {"body": p.ids["forum:hlpf"]}),
        ("no hours", "secretariat", {"hours": 0}), ("another role", "focal.kenya", {}),
    ):  # fmt: skip
        await p.do(by, "StartNoObjection", why, **{**put, **wrong})
    p.ids["silence"] = (await p.do("secretariat", "StartNoObjection", "done", **put))["silence"]["id"]
    await p.do("secretariat", "StartNoObjection", "twice", **put)
    await p.do(
        "penholder", "ReviseParagraph", "a frozen text", paragraph=p.ids["para:1"], expectedRevision=2, text="Not now."
    )
    await p.do("secretariat", "IssueDocument", "another stage", document=doc)
    await _break(p)
    await _answer(p)
    await _second(p, put)


async def _break(p: Player) -> None:
    silence, one = p.ids["silence"], p.ids["para:1"]
    given = {"silence": silence, "paragraph": one, "reason": "Which desks?", "proposedText": "Desks help."}
    for why, by, wrong in (
        ("no reason", "focal.kenya", {"reason": " "}),
        ("another role", "secretariat", {}),
        ("no member of the body", "rep.network", {}),
        ("a silence of nothing", "focal.kenya", {"silence": "Silence:00000000-0000-0000-0000-000000000000"}),
    ):
        await p.do(by, "BreakSilence", why, **{**given, **wrong})
    await p.do(
        "focal.nepal",
        "PlaceReservation",
        "done",
        silence=silence,
        paragraph=p.ids["para:2"],
        words="Nepal reserves its position.",
    )
    made = await p.do("focal.kenya", "BreakSilence", "done", **given)
    p.ids["objection"] = made["objection"]["id"]
    await p.do(
        "focal.kenya",
        "PlaceReservation",
        "where an objection stands",
        silence=silence,
        paragraph=one,
        words="Kenya too.",
    )
    await p.do("rep.network", "PlaceReservation", "no member of the body", silence=silence, words="Nor we.")
    await p.do("focal.nepal", "PlaceReservation", "taken back where none is", silence=silence)
    await p.ask("focal.nepal", "Acts", "a silence, a member", on=silence)
    await p.ask("focal.nepal", "SilenceRound", id=silence, changes=False)
    await p.ask("rep.network", "SilenceRound", "one who may not see objections", id=silence, changes=False)


async def _answer(p: Player) -> None:
    given = {
        "silence": p.ids["silence"],
        "objection": p.ids["objection"],
        "kind": "TAKEN_UP",
        "text": "Desks are named now.",
    }
    extend = {"silence": p.ids["silence"], "closesAt": "2027-02-18T12:00:00Z", "reason": "A holiday."}
    await p.do("secretariat", "ExtendWindow", "done, a silence", **extend)
    await p.clock(BROKEN)
    await p.do("focal.kenya", "BreakSilence", "past the end", silence=p.ids["silence"], reason="Still.")
    await p.do("focal.nepal", "PlaceReservation", "past the end", silence=p.ids["silence"], words="Still.")
    await p.do(
        "secretariat", "ExtendWindow", "a silence that has ended", **{**extend, "closesAt": "2027-02-20T12:00:00Z"}
    )
    await p.do(
        "secretariat",
        "StartNoObjection",
        "objections without an answer",
        document=p.ids["doc"],
        body=p.ids["forum:steering"],
    )
    for why, by, wrong in (
        ("no text", "penholder", {"text": ""}),
        ("another role", "focal.nepal", {}),
        ("an objection of nothing", "penholder", {"objection": "Objection:00000000-0000-0000-0000-000000000000"}),
    ):
        await p.do(by, "AnswerObjection", why, **{**given, **wrong})
    await p.do("penholder", "AnswerObjection", "done", **given)
    await p.do("secretariat", "AdvanceStage", "done, back to drafting", track=p.ids["track:focused"], to="drafting")
    await p.do(
        "penholder",
        "ReviseParagraph",
        "done, after the objection",
        paragraph=p.ids["para:1"],
        expectedRevision=2,
        text="Desks near ten markets help people.",
    )
    for stage in ("consultation", "no_objection"):
        await p.do("secretariat", "AdvanceStage", f"done, again to {stage}", track=p.ids["track:focused"], to=stage)


async def _second(p: Player, put: dict[str, str]) -> None:
    again = await p.do("secretariat", "StartNoObjection", "done, a second round", **{**put, "label": "Rev.2"})
    silence = p.ids["silence:2"] = again["silence"]["id"]
    await p.do(
        "focal.nepal",
        "PlaceReservation",
        "done, in the second round",
        silence=silence,
        paragraph=p.ids["para:2"],
        words="Nepal reserves its position.",
    )
    await p.clock(PASSED)
    for by in ("secretariat", "focal.kenya", None):
        await p.ask(by, "Silences", symbol=SYMBOL, unordered=True)
    await p.ask("secretariat", "SilenceRecord", symbol=SYMBOL)
    await p.ask("secretariat", "SilenceRound", "the second", id=silence, changes=True)
    await p.ask("focal.nepal", "MyNotices", unordered=True, first=50)
    await p.ask("secretariat", "MyNotices", unordered=True, first=50)
    await p.ask(None, "MyNotices", unordered=True, first=5)
