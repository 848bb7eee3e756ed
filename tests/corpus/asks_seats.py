"""Who takes part in a body: admitted, changed, ended."""

from tests.corpus.corpus_player import Player


async def play(p: Player) -> None:
    """Who takes part: admitted, changed, ended; and who may not say so."""
    body = {"forum": p.ids["forum:data"], "organisation": p.ids["org:Groups"], "status": "OBSERVER"}
    await p.do("rep.network", "AdmitMember", "by the organisation", **body)
    made = await p.do("secretariat", "AdmitMember", "done", **body, startsAt="2029-06-01T10:00:00Z")
    await p.do("secretariat", "AdmitMember", "a second seat", **body)
    seat = {"participation": made["participation"]["id"]}
    changed = {**seat, "status": "MEMBER", "startsAt": "2029-07-01T10:00:00Z", "reason": "It asked to."}
    await p.do("admin.network", "ChangeSeat", "by the organisation", **changed)
    made = await p.do("secretariat", "ChangeSeat", "done", **changed)
    ends = {"participation": made["participation"]["id"], "endsAt": "2029-08-01T10:00:00Z", "reason": "We merged."}
    await p.do("penholder", "EndParticipation", "by another role", **ends)
    await p.do("admin.network", "EndParticipation", "done, by the organisation", **ends)
    await p.do("secretariat", "EndParticipation", "put off", **{**ends, "endsAt": "2029-09-01T10:00:00Z"})
