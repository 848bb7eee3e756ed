"""Organisations come to the service: they apply, are admitted or declined."""

from typing import Any

from tests.corpus.corpus_player import Player


async def play(p: Player) -> None:
    """Who asks, who answers, and who may not."""
    forum = {"forum": p.ids["forum:gfmd"]}
    asked = {**forum, "name": "Nurses Abroad", "kind": "CIVIL_SOCIETY", "about": "We nurse.", "yourName": "Amina N."}
    await p.do(None, "ApplyForAdmission", "nobody", **asked)
    elsewhere = {**asked, "forum": p.ids["forum:hlpf"]}
    await p.do("newcomer", "ApplyForAdmission", "a forum that admits nobody", **elsewhere)
    await p.do("newcomer", "ApplyForAdmission", "one that is here", **{**asked, "name": "network of DIASPORA groups"})
    made = await p.do("newcomer", "ApplyForAdmission", "done", **asked)
    await p.do("newcomer", "ApplyForAdmission", "a second one", **{**asked, "name": "Nurses Everywhere"})
    application = {"application": made["application"]["id"]}
    await p.do("penholder", "DeclineApplication", "by another role", **application, reason="No.")
    await p.do("secretariat", "DeclineApplication", "without a reason", **application)
    await p.do("secretariat", "DeclineApplication", "done", **application, reason="Ask again in spring.")
    made = await p.do("newcomer", "ApplyForAdmission", "done, again", **asked, shortName="NDG")
    application = {"application": made["application"]["id"]}
    await p.do("secretariat.rcp", "AdmitOrganisation", "by another forum", **forum, **application)
    await p.do("secretariat", "AdmitOrganisation", "done, with a seat", **forum, **application, status="OBSERVER")
    direct = {**forum, "name": "Nurses at Home", "kind": "CIVIL_SOCIETY", "subject": "nurse", "shortName": "n.d.g."}
    await p.do("secretariat", "AdmitOrganisation", "a twin", **direct)
    await p.do("secretariat", "AdmitOrganisation", "done, another, with a proposal", **direct, another=True)
    given: dict[str, Any] = {"slug": "gfmd", "state": None, "first": 10, "after": None}
    for by in ("secretariat", "newcomer", None):
        await p.ask(by, "Applications", **given)
    await p.ask("newcomer", "MyApplications", first=10, after=None)
