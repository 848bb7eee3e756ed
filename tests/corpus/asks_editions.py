"""Editions: opened, entered, cloned, and their dates moved; stages of a small one."""

from typing import Any

from tests.corpus.corpus_player import Player

SUMMIT, HLPF = "2027-12-06T09:00:00Z", "2027-05-17T14:00:00Z"


async def play(p: Player) -> None:
    """Three editions that run, a past one, a second one like the first."""
    await _open(p)
    await _others(p)
    await _anchors(p)
    await _mistaken(p)


async def _open(p: Player) -> None:
    tracks = [
        {"definition": "main", "name": "main"}, {"definition": "focused_input", "name": "focused"},
        {"definition": "regional_consultation", "name": "regional", "convenedAs": p.ids["forum:consultation"],
            "themes": ["skills"]},
    ]  # fmt: skip
    given = {"forum": p.ids["forum:gfmd"], "name": "GFMD 2027", "process": "gfmd", "zone": "Europe/Zurich",
        "theme": "Moving well",
             "anchors": [{"name": "summit", "at": SUMMIT}, {"name": "hlpf", "at": HLPF}], "tracks": tracks,
             "themes": [{"code": "skills", "title": "Skills"}, {"code": "cities", "title": "Cities"}]}  # fmt: skip
    made = (await p.do("secretariat", "OpenEdition", "done", **given))["edition"]
    p.ids["edition:gfmd"] = made["id"]
    p.ids |= {f"track:{track['name']}": track["id"] for track in made["tracks"]}
    for why, by, wrong in (
        ("a name that is taken", "secretariat", {}),
        ("an unpublished process", "secretariat", {"name": "X", "process": "nope"}),
        ("an anchor missing", "secretariat", {"name": "X", "anchors": []}),
        ("an anchor too many", "secretariat", {"name": "X",
            "anchors": [*given["anchors"], {"name": "moon", "at": HLPF}]}),
        ("an unknown zone", "secretariat", {"name": "X", "zone": "Mars/Base"}),
        ("another role", "liaison", {"name": "X"}),
        ("nobody", None, {"name": "X"}), ("an unknown track", "secretariat",
            {"name": "X", "tracks": [{"definition": "side", "name": "side"}]}),
        ("a theme that is none", "secretariat", {"name": "X", "themes": []}),
        ("a blank name", "secretariat", {"name": "  "}),
    ):  # fmt: skip
        await p.do(by, "OpenEdition", why, **{**given, **wrong})
    await p.do("secretariat.hlpf", "OpenEdition", "no process yet", **{**given, "forum": p.ids["forum:hlpf"]})
    await p.do("secretariat.hlpf", "AdoptProcess", "done", forum=p.ids["forum:hlpf"], process="hlpf")
    hlpf = await p.do("secretariat.hlpf", "OpenEdition", "done, HLPF", forum=p.ids["forum:hlpf"], name="HLPF 2027",
        process="hlpf",
                      zone="America/New_York", anchors=[{"name": "hlpf", "at": "2027-07-05T14:00:00Z"}])  # fmt: skip
    p.ids["edition:hlpf"], p.ids["track:hlpf"] = hlpf["edition"]["id"], hlpf["edition"]["tracks"][0]["id"]
    small = await p.do("secretariat.rcp", "OpenEdition", "done, a small one", forum=p.ids["forum:rcp"],
        name="Small 2027", process="small",
                       zone="UTC", anchors=[{"name": "summit", "at": "2027-02-20T09:00:00Z"}])  # fmt: skip
    p.ids["edition:small"] = small["edition"]["id"]
    p.ids |= {f"small:{track['name']}": track["id"] for track in small["edition"]["tracks"]}


async def _others(p: Player) -> None:
    past = {"forum": p.ids["forum:gfmd"], "name": "GFMD 2020", "theme": "The future of mobility",
        "anchors": [{"name": "summit", "at": "2021-01-18T08:00:00Z"}],
            "documents": [{"kind": "report", "title": "Report", "symbol": "R/2020", "issuedOn": "2021-02-01",
                "url": "https://example.org/r"}]}  # fmt: skip
    made = await p.do("secretariat", "RecordEdition", "done", **past)
    p.ids["edition:past"] = made["edition"]["id"]
    wrong: dict[str, Any]
    for why, by, wrong in (
        ("a name that is taken", "secretariat", {}), ("another role", "coordinator", {"name": "X"}),
        ("an address that is none", "secretariat", {"name": "X",
            "documents": [{"kind": "k", "title": "t", "url": "javascript:alert(1)"}]}),
        ("a document without a title", "secretariat", {"name": "X", "documents": [{"kind": "k", "title": " "}]}),
    ):  # fmt: skip
        await p.do(by, "RecordEdition", why, **{**past, **wrong})
    clone = {"forum": p.ids["forum:gfmd"], "like": p.ids["edition:gfmd"], "name": "GFMD 2028", "withThemes": True,
             "anchors": [{"name": "summit", "at": "2028-12-04T09:00:00Z"},
                 {"name": "hlpf", "at": "2028-05-15T14:00:00Z"}]}  # fmt: skip
    made = await p.do("secretariat", "CloneEdition", "done", **clone)
    p.ids["edition:clone"] = made["edition"]["id"]
    for why, by, wrong in (
        ("an edition of another forum", "secretariat", {"name": "X", "like": p.ids["edition:hlpf"]}),
        ("one that was not run here", "secretariat", {"name": "X", "like": p.ids["edition:past"]}),
        ("dates that are missing", "secretariat", {"name": "X", "anchors": []}),
        ("another role", "focal.nepal", {"name": "X"}),
    ):
        await p.do(by, "CloneEdition", why, **{**clone, **wrong})


async def _anchors(p: Player) -> None:
    given = {
        "edition": p.ids["edition:clone"],
        "anchor": "summit",
        "to": "2028-12-11T09:00:00Z",
        "reason": "The hall is taken",
    }
    await p.ask("secretariat", "IfAnchorMoved", edition=p.ids["edition:clone"], anchor="summit", at=given["to"])
    await p.ask(
        "rep.network",
        "IfAnchorMoved",
        "one who is not of the team",
        edition=p.ids["edition:clone"],
        anchor="summit",
        at=given["to"],
    )
    await p.do("secretariat", "MoveAnchor", "done", **given)
    for why, by, wrong in (
        ("where it stands already", "secretariat", {}), ("no reason", "secretariat", {"reason": ""}),
        ("another role", "penholder", {}),
        ("an unknown anchor", "secretariat", {"anchor": "moon"}),
        ("into the past", "secretariat", {"to": "2026-12-11T09:00:00Z"}),
        ("so near that windows are over", "secretariat", {"to": "2027-02-11T09:00:00Z"}),
        ("of a past edition", "secretariat", {"edition": p.ids["edition:past"]}),
    ):  # fmt: skip
        await p.do(by, "MoveAnchor", why, **{**given, **wrong})


async def _mistaken(p: Player) -> None:
    """An edition whose dates were typed wrong: asked about, opened all the same, and taken back."""
    given = {"forum": p.ids["forum:gfmd"], "name": "GFMD 2029", "process": "gfmd", "zone": "Europe/Zurich",
        "anchors": [{"name": "summit", "at": "2019-12-03T08:00:00Z"},
            {"name": "hlpf", "at": "2019-07-05T14:00:00Z"}]}  # fmt: skip
    await p.do("secretariat", "OpenEdition", "dates that are over", **given)
    made = await p.do("secretariat", "OpenEdition", "done, dates that are over and are meant", **given, confirm=True)
    withdrawn = {"edition": made["edition"]["id"], "reason": "2019 was typed for 2029."}
    for why, by, wrong in (
        ("another role", "penholder", {}), ("nobody", None, {}), ("no reason", "secretariat", {"reason": " "}),
    ):  # fmt: skip
        await p.do(by, "WithdrawEdition", why, **{**withdrawn, **wrong})
    await p.do("secretariat", "WithdrawEdition", "done", **withdrawn)
    await p.do("secretariat", "WithdrawEdition", "twice", **withdrawn)
