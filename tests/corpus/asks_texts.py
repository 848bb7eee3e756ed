"""Texts: meetings, documents, paragraphs, sources, comments, and what became of each input."""

from datetime import UTC, datetime
from typing import Any

from tests.corpus.corpus_player import Player

SYMBOL = "GFMD/2027/FI/1"
COMMENTS = "2027-02-15T11:00:00Z"
AFTER = datetime(2027, 2, 15, 11, 17, 5, tzinfo=UTC)
NOTHING = "Document:00000000-0000-0000-0000-000000000000"


async def play(p: Player) -> None:
    """The draft, until it is circulated."""
    await _meeting(p)
    await _draft(p)
    await _paragraphs(p)
    await _cite(p)
    await _circulate(p)


async def _meeting(p: Player) -> None:
    speakers = [{"name": "Amina", "gender": "F", "country": "KE"}, {"name": "Bo", "gender": "M"}]
    sessions = [
        {
            "title": "Opening",
            "number": 1,
            "day": 1,
            "time": "10:00 - 11:00",
            "panels": [{"kind": "panel", "title": "Desks", "number": 1, "time": "1030 - 11:00", "speakers": speakers}],
        }
    ]
    given = {"track": p.ids["track:main"], "title": "First meeting", "startsOn": "2027-03-01", "endsOn": "2027-03-02",
             "sessions": sessions,
             "stated": [{"what": "speakers", "text": "three", "value": 3}]}  # fmt: skip
    made = (await p.do("secretariat", "RecordMeeting", "done", **given))["meeting"]
    p.ids["meeting"], p.ids["panel"] = made["id"], made["sessions"][0]["panels"][0]["id"]
    p.ids["speaker"] = made["sessions"][0]["panels"][0]["speakers"][0]["id"]
    for why, by, wrong in (
        ("another role", "penholder", {}), ("it ends before it starts", "secretariat", {"endsOn": "2027-02-01"}),
        ("no title", "secretariat", {"title": ""}),
        ("a figure that is none", "secretariat", {"stated": [{"what": "poems", "text": "three"}]}),
        ("a kind that is none", "secretariat", {"sessions": [{"panels": [{"kind": "dance"}]}]}),
    ):  # fmt: skip
        await p.do(by, "RecordMeeting", why, **{**given, **wrong})


async def _draft(p: Player) -> None:
    given = {
        "track": p.ids["track:focused"],
        "kind": "focused_input",
        "title": "Focused input",
        "symbol": SYMBOL,
        "language": "en",
        "parts": [{"number": "I", "heading": "What works"}],
    }
    p.ids["doc"] = (await p.do("penholder", "DraftDocument", "done", **given))["document"]["id"]
    for why, by, wrong in (
        ("a symbol in use", "penholder", {}), ("a kind of another track", "penholder", {"kind": "synthesis"}),
        ("another role", "focal.kenya", {"symbol": "X"}),
        ("another language", "penholder", {"symbol": "X", "language": "zh"}),
        ("no title", "penholder", {"symbol": "X", "title": " "}),
        ("another stage", "penholder", {"symbol": "X", "track": p.ids["track:main"], "kind": "consolidated_report"}),
        ("a meeting of another edition", "penholder",
            {"symbol": "X", "meeting": "Meeting:00000000-0000-0000-0000-000000000000"}),
    ):  # fmt: skip
        await p.do(by, "DraftDocument", why, **{**given, **wrong})
    await _mended(p, {**given, "symbol": "GFMD/2027/FI/2"})
    await p.do(
        "penholder",
        "CirculateDocument",
        "an empty text",
        document=p.ids["doc"],
        label="Zero draft",
        commentsCloseAt=COMMENTS,
    )
    await p.ask("penholder", "Acts", "a draft", on=p.ids["doc"])


async def _mended(p: Player, given: dict[str, Any]) -> None:
    """A text begun by mistake: it gets another name, and is taken back."""
    other = (await p.do("penholder", "DraftDocument", "done, by mistake", **given))["document"]["id"]
    for why, by, wrong in (
        ("done", "penholder", {}), ("no change", "penholder", {}), ("another role", "focal.kenya", {}),
        ("a symbol in use", "penholder", {"symbol": SYMBOL}), ("no title", "penholder", {"title": " "}),
    ):  # fmt: skip
        await p.do(by, "RenameDocument", why, **{"document": other, "title": "Another", **wrong})
    for why, by, wrong in (
        ("no reason", "penholder", {"reason": " "}), ("another role", "focal.kenya", {}), ("done", "penholder", {}),
        ("again", "penholder", {}),
    ):  # fmt: skip
        await p.do(by, "WithdrawDocument", why, **{"document": other, "reason": "Begun twice.", **wrong})


async def write(p: Player, why: str, text: str, **more: Any) -> str:
    made = await p.do("penholder", "WriteParagraph", why, document=p.ids["doc"], text=text, **more)
    return made["paragraph"]["id"]


async def _paragraphs(p: Player) -> None:
    doc = p.ids["doc"]
    for n, text in enumerate(("Desks near markets help.", "Skills are recognised *early*.", "Cities count."), 1):
        p.ids[f"para:{n}"] = await write(p, f"done, {n}", text, part=1)
    made = await p.do(
        "penholder", "AddRecommendation", "done", document=doc, heading="Open more desks", addressee="States"
    )
    p.ids["rec"] = made["recommendation"]["id"]
    await write(p, "done, of a recommendation", "Open one in each town.", recommendation=p.ids["rec"])
    for why, by, wrong in (
        ("a blank text", "penholder", {"text": " "}), ("another role", "rep.network", {}),
        ("a part that is none", "penholder", {"part": 9}),
        ("a text of nothing", "penholder", {"document": NOTHING}), ("done, HTML", "penholder", {"text": "<b>x</b>"}),
    ):  # fmt: skip
        await p.do(by, "WriteParagraph", why, **{"document": doc, "text": "More.", "part": 1, **wrong})
    await p.do("penholder", "WithdrawDocument", "something is written in it", document=doc, reason="By mistake.")
    await p.do("penholder", "AddRecommendation", "no heading", document=doc, heading="")
    await p.do("liaison", "AddRecommendation", "another role", document=doc, heading="X")
    one = p.ids["para:1"]
    await p.do(
        "penholder",
        "ReviseParagraph",
        "done",
        paragraph=one,
        expectedRevision=1,
        text="Desks near markets help people.",
    )
    await p.do(
        "penholder", "ReviseParagraph", "a stale revision", paragraph=one, expectedRevision=1, text="Other words."
    )
    await p.do("penholder", "ReviseParagraph", "blank", paragraph=one, expectedRevision=2, text="")
    await p.do("rep.quito", "ReviseParagraph", "what is not to be seen", paragraph=one, expectedRevision=2, text="x")
    gone = await write(p, "done, to be withdrawn", "Not for long.", part=1)
    await p.do("penholder", "WithdrawParagraph", "no reason", paragraph=gone, expectedRevision=1, reason="")
    await p.do(
        "penholder", "WithdrawParagraph", "a stale revision", paragraph=gone, expectedRevision=5, reason="Said twice."
    )
    await p.do("penholder", "WithdrawParagraph", "done", paragraph=gone, expectedRevision=1, reason="Said twice.")
    await p.do("penholder", "WithdrawParagraph", "twice", paragraph=gone, expectedRevision=2, reason="Said twice.")


async def _cite(p: Player) -> None:
    doc, one = p.ids["doc"], p.ids["para:1"]
    given = {"document": doc, "paragraph": one, "source": p.ids["input:kenya"]}
    await p.do("penholder", "CiteSource", "done", **given)
    await p.do(
        "penholder",
        "CiteSource",
        "done, a panel and a speaker",
        document=doc,
        paragraph=p.ids["para:2"],
        source=p.ids["panel"],
        speaker=p.ids["speaker"],
    )
    await p.do(
        "penholder",
        "CiteSource",
        "done, one without attribution",
        document=doc,
        paragraph=p.ids["para:3"],
        source=p.ids["input:quito"],
        relation="REWORDS",
    )
    for why, by, wrong in (
        ("itself", "penholder", {"source": one}), ("no passage", "penholder", {"paragraph": None}),
        ("another role", "focal.kenya", {}),
        ("a draft", "penholder", {"source": p.ids["input:own"]}),
        ("an id of another kind", "penholder", {"source": p.ids["track:main"]}),
        ("a speaker without a panel", "penholder", {"speaker": p.ids["speaker"]}),
        ("an unknown relation", "penholder", {"relation": "LOVES"}),
    ):  # fmt: skip
        await p.do(by, "CiteSource", why, **{**given, **wrong})


async def _circulate(p: Player) -> None:
    doc = p.ids["doc"]
    await p.do(
        "penholder",
        "CirculateDocument",
        "a closing that is past",
        document=doc,
        label="Zero draft",
        commentsCloseAt="2027-01-01T11:00:00Z",
    )
    await p.do("penholder", "CirculateDocument", "no label", document=doc, label=" ", commentsCloseAt=COMMENTS)
    await p.do(
        "focal.kenya", "CirculateDocument", "another role", document=doc, label="Zero draft", commentsCloseAt=COMMENTS
    )
    await p.do("focal.kenya", "Comment", "what is not circulated", document=doc, text="Good.")
    await p.do(
        "penholder",
        "CirculateDocument",
        "done",
        document=doc,
        label="Zero draft",
        initials="KN",
        commentsCloseAt=COMMENTS,
    )
    await p.do(
        "secretariat", "AdvanceStage", "done, to the consultation", track=p.ids["track:focused"], to="consultation"
    )


async def consult(p: Player) -> None:
    """Comments and answers, and the end of the consultation."""
    doc, one = p.ids["doc"], p.ids["para:1"]
    made = await p.do(
        "focal.kenya",
        "Comment",
        "done",
        document=doc,
        paragraph=one,
        text="Say which desks.",
        proposedText="Desks near ten markets help.",
    )
    p.ids["comment"] = made["comment"]["id"]
    made = await p.do(
        "rep.network", "Comment", "done, without attribution", document=doc, text="Well said.", attribution="NONE"
    )
    p.ids["comment:none"] = made["comment"]["id"]
    for why, by, wrong in (
        ("blank", "rep.network", {"text": " "}), ("nobody", None, {}), ("one who takes no part", "rep.stranger", {}),
        ("a paragraph of nothing", "rep.network", {"paragraph": "Paragraph:00000000-0000-0000-0000-000000000000"}),
        ("collective, by one who is no coordinator", "rep.network", {"collective": True}),
        ("two mandates", "many.hats", {}),
    ):  # fmt: skip
        await p.do(by, "Comment", why, **{"document": doc, "text": "And more.", **wrong})
    await _answers(p)
    extend = {"document": doc, "closesAt": "2027-02-16T11:00:00Z", "reason": "One day more."}
    await p.do("focal.nepal", "ExtendWindow", "another role, a consultation", **extend)
    await p.ask("focal.kenya", "Acts", "a circulated text", on=doc)
    await p.ask("penholder", "Acts", "a circulated text, the penholder", on=doc)
    await p.ask("rep.network", "DocumentText", symbol=SYMBOL, first=20, unordered=True)
    await p.clock(AFTER)
    await p.do("focal.kenya", "Comment", "past the deadline", document=doc, text="Too late.")
    await p.do("secretariat", "ExtendWindow", "a consultation that has closed", **extend)


async def _answers(p: Player) -> None:
    doc, one = p.ids["doc"], p.ids["para:1"]
    given = {
        "document": doc,
        "subject": p.ids["comment"],
        "word": "taken_up",
        "paragraph": one,
        "reason": "It is clearer.",
    }
    await p.do("penholder", "Dispose", "done", **given)
    await p.do(
        "penholder",
        "Dispose",
        "done, an input",
        **{**given, "subject": p.ids["input:kenya"], "paragraph": p.ids["para:2"]},
    )
    wrong: dict[str, Any]
    for why, by, wrong in (
        ("a word that is none", "penholder", {"word": "loved"}),
        ("done, without a paragraph: the one it had stays", "penholder", {"paragraph": None}),
        ("a subject of another kind", "penholder", {"subject": doc}), ("another role", "focal.kenya", {}),
        ("nobody", None, {}),
        ("a subject of nothing", "penholder", {"subject": "Comment:00000000-0000-0000-0000-000000000000"}),
        ("a draft", "penholder", {"subject": p.ids["input:own"]}),
    ):  # fmt: skip
        await p.do(by, "Dispose", why, **{**given, **wrong})
    await p.do(
        "penholder",
        "WithdrawParagraph",
        "answers point to it",
        paragraph=p.ids["para:2"],
        expectedRevision=1,
        reason="Said elsewhere.",
    )
    together = {
        "document": doc,
        "subjects": [p.ids["input:network"], p.ids["input:collective"]],
        "reason": "They say the same.",
    }
    for why, by, wrong in (
        ("no reason", "penholder", {"reason": ""}), ("nothing", "penholder", {"subjects": []}),
        ("a word that names a paragraph", "penholder", {"word": "taken_up"}),
        ("another role", "liaison", {}), ("one that is none", "penholder", {"subjects": ["x"]}),
    ):  # fmt: skip
        await p.do(by, "NoteTogether", why, **{**together, **wrong})
    await p.do("penholder", "NoteTogether", "done", **together)
