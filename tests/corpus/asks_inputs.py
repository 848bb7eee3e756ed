"""Inputs: saved, released, handed in, taken back, declined, admitted, returned, entered on behalf."""

from typing import Any

from tests.corpus.asks_corrections import taken_back
from tests.corpus.corpus_player import Player

TEXT = "Desks near markets help people who arrive."
NOTHING = "Contribution:00000000-0000-0000-0000-000000000000"


def draft(p: Player, **more: Any) -> dict[str, Any]:
    """An input that is good unless `more` is not."""
    return {
        "call": p.ids["call"],
        "title": "An input",
        "language": "en",
        "sections": [{"code": "a", "text": TEXT}],
        **more,
    }


async def hand_in(p: Player, by: str, releaser: str, name: str, **more: Any) -> str:
    """Three acts of one input; its id."""
    made = await p.do(by, "SaveContribution", f"done, {name}", **draft(p, **more))
    id_ = p.ids[f"input:{name}"] = made["contribution"]["id"]
    await p.do(releaser, "ReleaseContribution", f"done, {name}", contribution=id_, expectedRevision=1)
    await p.do(by, "SubmitContribution", f"done, {name}", contribution=id_)
    return id_


async def play(p: Player) -> None:
    """From the first draft to what the secretariat makes of it."""
    practice = {
        "name": "A desk",
        "sdg": "10.7",
        "place": "Quito",
        "aim": "To help",
        "url": "https://example.org/d",
        "section": "a",
    }
    await hand_in(
        p,
        "delegate.kenya",
        "focal.kenya",
        "kenya",
        targets=["10.7"],
        objectives=["6"],
        practices=[practice],
        visibility="PUBLIC",
    )
    await hand_in(p, "rep.network", "rep.network", "network", themes=["skills"])
    await hand_in(p, "rep.quito", "rep.quito", "quito", attribution="NONE")
    await hand_in(p, "coordinator", "coordinator", "collective", collective=True, visibility="PUBLIC")
    await _save(p)
    await _release(p)
    await _hand_in(p)
    await _take_in(p)
    await _record(p)


async def _save(p: Player) -> None:
    other = {"section of another call": {"sections": [{"code": "z", "text": TEXT}]}}
    amiss: dict[str, dict[str, Any]] = {
        **other, "a blank title": {"title": " "}, "an unknown target": {"targets": ["10.99"]},
        "an unknown objective": {"objectives": ["24"]},
        "an unknown theme": {"themes": ["sports"]}, "another language": {"language": "es"}, "no call": {"call": None},
        "an id of another kind": {"call": p.ids["track:main"]},
        "a call of nothing": {"call": "Call:00000000-0000-0000-0000-000000000000"},
        "done, HTML": {"sections": [{"code": "a", "text": "<script>x</script>"}]},
        "a section twice": {"sections": [{"code": "a", "text": TEXT}] * 2},
        "an address that is none": {"practices": [{"name": "n", "sdg": "1", "place": "p", "aim": "a", "url": "nope"}]},
        "done, a goal that is none": {"practices": [{"name": "n", "sdg": "SDG ten", "place": "p", "aim": "a"}]},
        "a call that is not open yet": {"call": p.ids["call:later"]},
        "an unknown visibility": {"visibility": "FRIENDS"},
        "a mechanism of others": {"mechanism": "mayors"},
        "collective, by one who is no coordinator": {"collective": True},
    }  # fmt: skip
    for why, wrong in amiss.items():
        await p.do("rep.network", "SaveContribution", why, **draft(p, **wrong))
    for why, by in {
        "nobody": None,
        "one who takes no part": "rep.stranger",
        "a role that does not contribute": "penholder",
        "two mandates": "many.hats",
        "nothing in force any more": "rep.former",
    }.items():
        await p.do(by, "SaveContribution", why, **draft(p))
    mandates = await p.look("rep.network", "{ viewer { mandates { id } } }")
    await p.do(
        "many.hats",
        "SaveContribution",
        "a mandate of somebody else",
        **draft(p, actingAs=mandates["viewer"]["mandates"][0]["id"]),
    )
    made = await p.do("rep.network", "SaveContribution", "done, a draft", **draft(p))
    p.ids["input:draft"] = made["contribution"]["id"]
    change = {
        k: v
        for k, v in draft(p, title="Second", contribution=p.ids["input:draft"], expectedRevision=1).items()
        if k != "call"
    }
    await p.do("rep.network", "SaveContribution", "done, changed", **change)
    await p.do("rep.network", "SaveContribution", "a stale revision", **{**change, "title": "Third"})
    await p.do("focal.kenya", "SaveContribution", "a draft of others", **change)


async def _release(p: Player) -> None:
    made = await p.do("delegate.kenya", "SaveContribution", "done, for the focal point", **draft(p))
    own = p.ids["input:own"] = made["contribution"]["id"]
    await p.do("delegate.kenya", "ReleaseContribution", "another role", contribution=own, expectedRevision=1)
    await p.do("focal.kenya", "ReleaseContribution", "a stale revision", contribution=own, expectedRevision=3)
    await p.do(
        "focal.kenya",
        "ReleaseContribution",
        "what is released already",
        contribution=p.ids["input:kenya"],
        expectedRevision=1,
    )
    await p.do("secretariat", "ReleaseContribution", "what is not to be seen", contribution=own, expectedRevision=1)
    await p.do("focal.kenya", "ReleaseContribution", "of nothing", contribution=NOTHING, expectedRevision=1)
    revision = 1
    for why, text in {
        "too long": [("a", "word " * 41)],
        "too short": [("a", "two words")],
        "a section missing": [("b", TEXT)],
        "nothing": [],
    }.items():
        sections = [{"code": code, "text": said} for code, said in text]
        given = {
            k: v
            for k, v in draft(p, contribution=own, expectedRevision=revision, sections=sections).items()
            if k != "call"
        }
        await p.do("delegate.kenya", "SaveContribution", f"done, {why}", **given)
        revision += 1
        await p.do("focal.kenya", "ReleaseContribution", why, contribution=own, expectedRevision=revision)


async def _hand_in(p: Player) -> None:
    await p.do("delegate.kenya", "SubmitContribution", "what is not released", contribution=p.ids["input:own"])
    await p.do("rep.network", "SubmitContribution", "twice", contribution=p.ids["input:network"])
    await p.do("focal.nepal", "SubmitContribution", "of others", contribution=p.ids["input:network"])
    await p.do("rep.network", "SubmitContribution", "no id", contribution="nothing")
    await p.do("delegate.kenya", "WithdrawContribution", "done", contribution=p.ids["input:own"])
    await p.do("delegate.kenya", "WithdrawContribution", "twice", contribution=p.ids["input:own"])
    await p.do("rep.quito", "WithdrawContribution", "of others", contribution=p.ids["input:kenya"])
    await p.do("focal.nepal", "DeclineCall", "done", call=p.ids["call"], reason="Not this time.")
    await p.do("rep.stranger", "DeclineCall", "one who takes no part", call=p.ids["call"])
    await p.do("secretariat", "DeclineCall", "another role", call=p.ids["call"])
    await p.do("rep.network", "DeclineCall", "a call that is not open yet", call=p.ids["call:later"])
    await p.do(
        "rep.network", "ReleaseContribution", "done, the draft", contribution=p.ids["input:draft"], expectedRevision=2
    )


async def _take_in(p: Player) -> None:
    await p.do("secretariat", "AdmitContribution", "done", contribution=p.ids["input:kenya"])
    await p.do("secretariat", "AdmitContribution", "twice", contribution=p.ids["input:kenya"])
    await p.do("rep.network", "AdmitContribution", "another role", contribution=p.ids["input:network"])
    await p.do("secretariat", "AdmitContribution", "of nothing", contribution=NOTHING)
    quito = p.ids["input:quito"]
    await p.do("secretariat", "ReturnContribution", "no reason", contribution=quito, reason=" ")
    past = {"contribution": quito, "reason": "Which desk?", "mendUntil": "2020-01-01T00:00:00Z"}
    await p.do("secretariat", "ReturnContribution", "until an instant that is past", **past)
    await p.do("secretariat", "WithdrawReturn", "of what was not returned", contribution=quito)
    await p.do("secretariat", "ReturnContribution", "done, to be taken back", contribution=quito, reason="Which desk?")
    await p.do("rep.quito", "WithdrawReturn", "another role", contribution=quito)
    await p.do("secretariat", "WithdrawReturn", "done", contribution=quito)
    await p.do("secretariat", "WithdrawReturn", "twice", contribution=quito)
    await p.do("secretariat", "ReturnContribution", "done", contribution=quito, reason="Which desk?")
    await p.ask("rep.quito", "MyNotices", "what its author was told", first=20)
    await p.do("secretariat", "ReturnContribution", "twice", contribution=quito, reason="Which desk?")
    await p.do("penholder", "ReturnContribution", "another role", contribution=p.ids["input:network"], reason="Why?")
    await p.do("rep.quito", "ReleaseContribution", "done, after its return", contribution=quito, expectedRevision=1)
    await p.do("rep.quito", "SubmitContribution", "done, after its return", contribution=quito)
    twin = await p.do("rep.quito", "SaveContribution", "done, the same words once more", **draft(p, attribution="NONE"))
    twin_id, revision = twin["contribution"]["id"], twin["contribution"]["revision"]
    await p.do("rep.quito", "ReleaseContribution", "done, the twin", contribution=twin_id, expectedRevision=revision)
    await p.do("rep.quito", "SubmitContribution", "the same words twice", contribution=twin_id)
    await p.do("rep.quito", "WithdrawContribution", "done, the twin", contribution=twin_id)
    await p.do("secretariat", "Receive", "what was not sent here", contribution=p.ids["input:network"])
    await p.do("rep.network", "Receive", "another role", contribution=p.ids["input:network"])
    await p.ask("rep.network", "Acts", "an input of mine", on=p.ids["input:network"])
    await p.ask("secretariat", "Acts", "an input, the secretariat", on=p.ids["input:network"])


async def _record(p: Player) -> None:
    given = {**draft(p, title="By letter"), "receivedFrom": p.ids["org:Nepal"]}
    made = await p.do("secretariat", "RecordContribution", "done", **given)
    p.ids["input:letter"] = made["contribution"]["id"]
    for why, by, wrong in (
        ("another role", "penholder", {}), ("an unknown target", "secretariat", {"targets": ["0.0"]}),
        ("an unknown sender", "secretariat", {"receivedFrom": "Organisation:00000000-0000-0000-0000-000000000000"}),
        ("nobody", None, {}),
    ):  # fmt: skip
        await p.do(by, "RecordContribution", why, **{**given, **wrong})
    await taken_back(p, given)
