"""What bodies agree to for each other: proposed, accepted, declined, ended; and who may not."""

from typing import Any

from tests.corpus.corpus_player import Player

NOTHING = "00000000-0000-0000-0000-000000000000"


async def play(p: Player) -> None:
    """The regional process agrees to convene, the HLPF to receive; before that nothing is done in their name."""
    gfmd, rcp, hlpf = (p.ids[f"forum:{slug}"] for slug in ("gfmd", "rcp", "hlpf"))
    body = {"parent": gfmd, "slug": "joint", "name": "Joint", "kind": "TASK_FORCE", "convenors": [hlpf]}
    await p.do("secretariat", "EstablishBody", "a convenor that has not agreed", **body)
    asked = {"forum": gfmd, "named": rcp, "purpose": "CONVENE"}
    made = await p.do("secretariat", "ProposeAgreement", "done", **asked)
    agreement = made["agreement"]["id"]
    wrong: dict[str, Any]
    for why, by, wrong in (
        ("one that waits", "secretariat", {}), ("another forum's secretariat", "secretariat.hlpf", {}),
        ("another role", "penholder", {}), ("a body of its own", "secretariat", {"named": p.ids["forum:steering"]}),
        ("a forum of nothing", "secretariat", {"named": f"Forum:{NOTHING}"}),
        ("a track of no edition", "secretariat", {"track": "main"}),
    ):  # fmt: skip
        await p.do(by, "ProposeAgreement", why, **{**asked, **wrong})
    await p.ask("secretariat.rcp", "AskedToAgree")
    await p.ask("secretariat.hlpf", "AskedToAgree", "by one who was not asked")
    for act in ("AcceptAgreement", "DeclineAgreement"):
        await p.do("secretariat", act, "by whoever proposed it", agreement=agreement)
        await p.do("secretariat.hlpf", act, "by one who does not see it", agreement=agreement)
        await p.do("secretariat.rcp", act, "of nothing", agreement=f"Agreement:{NOTHING}")
    await p.do("secretariat.rcp", "AcceptAgreement", "done", agreement=agreement)
    await p.do("secretariat.rcp", "AcceptAgreement", "again", agreement=agreement)
    received = {"forum": gfmd, "named": hlpf, "purpose": "RECEIVE"}
    first = (await p.do("secretariat", "ProposeAgreement", "done, for one edition", **received, edition="2026"))[
        "agreement"
    ]["id"]
    await p.do("secretariat.hlpf", "DeclineAgreement", "done", agreement=first, reason="Not for that year.")
    second = (await p.do("secretariat", "ProposeAgreement", "done, to receive", **received))["agreement"]["id"]
    await p.do("secretariat.hlpf", "AcceptAgreement", "done, to receive", agreement=second)
    third = (await p.do("secretariat.hlpf", "ProposeAgreement", "done, the other way", **{**received, "forum": hlpf,
        "named": gfmd}))["agreement"]["id"]  # fmt: skip
    await p.do("penholder", "EndAgreement", "another role", agreement=second, reason="Ours.")
    await p.do("secretariat", "EndAgreement", "no reason", agreement=second, reason=" ")
    await p.do("secretariat.hlpf", "EndAgreement", "done, taken back", agreement=third, reason="Asked too early.")
    await p.do("secretariat.hlpf", "EndAgreement", "again", agreement=third, reason="Asked too early.")
    for reader in (None, "penholder", "secretariat.hlpf"):
        await p.ask(reader, "ForumAgreements", f"by {reader or 'anybody'}", slug="gfmd", first=20)
