"""Calls: issued, extended, their reminders, their deadline, and who may still come late."""

from datetime import UTC, datetime

from tests.corpus.corpus_player import Player

CLOSES = "2027-02-01T11:00:00Z"
AFTER = datetime(2027, 2, 1, 11, 17, 5, tzinfo=UTC)
SECTIONS = [
    {"code": "a", "prompt": "What works?", "minLength": 3, "maxLength": 40, "unit": "WORDS"},
    {"code": "b", "prompt": "What is missing?", "maxLength": 40, "unit": "WORDS", "required": False},
]


async def play(p: Player) -> None:
    """Before the deadline."""
    track = p.ids["track:focused"]
    given = {"track": track, "title": "Inputs to the Chair", "text": "Send them.",
             "closesAt": "2027-01-29T11:00:00Z", "zone": "Europe/Zurich",
             "languages": ["en", "fr"], "sections": SECTIONS}  # fmt: skip
    p.ids["call"] = (await p.do("secretariat", "IssueCall", "done", **given))["call"]["id"]
    later = {
        **given,
        "track": p.ids["track:regional"],
        "opensAt": "2027-03-01T11:00:00Z",
        "closesAt": "2027-04-01T11:00:00Z",
        "title": "Later",
    }
    p.ids["call:later"] = (await p.do("secretariat", "IssueCall", "done, one that opens later", **later))["call"]["id"]
    for why, by, wrong in (
        ("a deadline that is past", "secretariat", {"closesAt": "2027-01-01T11:00:00Z"}),
        ("too short", "secretariat", {"closesAt": "2027-01-12T11:00:00Z"}),
        ("no sections", "secretariat", {"sections": []}),
        ("a code twice", "secretariat", {"sections": [SECTIONS[0], SECTIONS[0]]}),
        ("an unknown zone", "secretariat", {"zone": "Mars/Base"}), ("another role", "penholder", {}),
        ("nobody", None, {}),
        ("no text", "secretariat", {"text": None}),
        ("limits that contradict", "secretariat", {"sections": [{"code": "a", "prompt": "?", "minLength": 9,
            "maxLength": 3}]}),
        ("a time without a zone", "secretariat", {"closesAt": "2027-02-01T11:00:00"}),
        ("no track", "secretariat", {"track": "Track:7"}),
        ("a language that is none", "secretariat", {"languages": ["en-"]}),
        ("like a call of another forum", "secretariat", {"like": "Call:00000000-0000-0000-0000-000000000000"}),
        ("nobody who is asked", "secretariat", {"statuses": [], "title": "Nobody"}),
        ("the same call again", "secretariat", {"title": "inputs to the  Chair"}),
        ("no title", "secretariat", {"title": " "}),
        ("a language that is none", "secretariat", {"languages": ["english"]}),
    ):  # fmt: skip
        await p.do(by, "IssueCall", why, **{**given, **wrong})
    withdrawn = {"edition": p.ids["edition:gfmd"], "reason": "It was opened by mistake."}
    await p.do("secretariat", "WithdrawEdition", "one in which something was done", **withdrawn)
    await _extend(p)
    await _reminders(p)
    await p.ask("secretariat", "Acts", "a call, the secretariat", on=p.ids["call"])
    await p.ask("focal.kenya", "Acts", "a call, a focal point", on=p.ids["call"])
    await p.ask(None, "Acts", "a call, nobody", on=p.ids["call"])
    await p.ask("rep.stranger", "Acts", "a call, one who takes no part", on=p.ids["call"])
    await p.ask("rep.network", "Acts", "a call that opens later", on=p.ids["call:later"])


async def _extend(p: Player) -> None:
    given = {"call": p.ids["call"], "closesAt": CLOSES, "reason": "A holiday lies in between."}
    await p.do("secretariat", "ExtendWindow", "done", **given)
    for why, by, wrong in (
        ("an instant that is not later", "secretariat", {}), ("no reason", "secretariat", {"reason": ""}),
        ("another role", "focal.kenya", {}),
        ("two windows", "secretariat", {"track": p.ids["track:main"]}), ("none", "secretariat", {"call": None}),
        ("after the end of the edition", "secretariat", {"closesAt": "2031-01-01T00:00:00Z"}),
    ):  # fmt: skip
        await p.do(by, "ExtendWindow", why, **{**given, **wrong})
    stage = {
        "track": p.ids["track:regional"],
        "stage": "call",
        "closesAt": "2027-03-03T11:00:00Z",
        "reason": "More is to come.",
        "andFollowing": True,
    }
    await p.do("secretariat", "ExtendWindow", "done, a stage and what follows", **stage)
    await p.do("secretariat", "ExtendWindow", "a stage that is none", **{**stage, "stage": "dancing"})


async def _reminders(p: Player) -> None:
    await p.do("secretariat", "SwitchReminders", "done", call=p.ids["call"], remind=False)
    await p.do("secretariat", "SwitchReminders", "done, on again", call=p.ids["call"], remind=True)
    await p.do("rep.network", "SwitchReminders", "another role", call=p.ids["call"], remind=False)
    await p.do(
        "secretariat",
        "SwitchReminders",
        "a call of nothing",
        call="Call:00000000-0000-0000-0000-000000000000",
        remind=False,
    )
    await p.do(
        "secretariat",
        "PermitLate",
        "before the deadline",
        call=p.ids["call"],
        organisation=p.ids["org:Kenya"],
        until="2027-01-20T11:00:00Z",
        reason="Ill.",
    )


async def closed(p: Player) -> None:
    """The clock has closed the call: what goes no more, and who has a permit."""
    await p.clock(AFTER)
    call = p.ids["call"]
    text = {"title": "Late", "language": "en", "sections": [{"code": "a", "text": "Desks near markets help."}]}
    await p.do("rep.network", "SaveContribution", "past the deadline", call=call, **text)
    await p.do("focal.nepal", "DeclineCall", "past the deadline", call=call)
    await p.do("rep.network", "WithdrawContribution", "past the deadline", contribution=p.ids["input:network"])
    await p.do("rep.network", "SubmitContribution", "past the deadline", contribution=p.ids["input:draft"])
    await p.do(
        "secretariat",
        "ExtendWindow",
        "a call that has closed",
        call=call,
        closesAt="2027-02-05T11:00:00Z",
        reason="Again.",
    )
    permit = {"call": call, "organisation": p.ids["org:Nepal"], "until": "2027-02-10T11:00:00Z", "reason": "A flood."}
    await p.do("secretariat", "PermitLate", "done", **permit)
    for why, by, wrong in (
        ("one who takes no part", "secretariat", {"organisation": p.ids["org:Elsewhere"]}),
        ("another role", "penholder", {}),
        ("an instant that is past", "secretariat", {"until": "2027-01-10T11:00:00Z"}),
        ("no reason", "secretariat", {"reason": " "}),
    ):  # fmt: skip
        await p.do(by, "PermitLate", why, **{**permit, **wrong})
    late = await p.do("focal.nepal", "SaveContribution", "done, by a permit", call=call, **text)
    p.ids["input:late"] = late["contribution"]["id"]
    await p.do(
        "focal.nepal", "ReleaseContribution", "done, by a permit", contribution=p.ids["input:late"], expectedRevision=1
    )
    await p.do("focal.nepal", "SubmitContribution", "done, by a permit", contribution=p.ids["input:late"])
    await p.ask("secretariat", "WhoHasNotAnswered", id=call, answer=None, first=10, unordered=True)
    await p.ask("focal.kenya", "WhoHasNotAnswered", "one who is asked", id=call, answer=None, first=10, unordered=True)
    await p.ask("focal.nepal", "Acts", "a call that has closed, by a permit", on=call)
    await p.ask("focal.kenya", "Acts", "a call that has closed", on=call)
    await p.ask(None, "CallPage", id=call)
