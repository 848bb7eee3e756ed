"""People are invited: by an organisation's administrator and by a forum's office; they answer by a link."""

from datetime import UTC, datetime
from typing import Any

from tests.corpus.corpus_player import Player

FROM, ENDS = "2027-01-11T09:00:00+01:00", "2027-02-24T10:00:00Z"
AFTERWARDS = datetime(2027, 2, 25, 12, 17, 5, tzinfo=UTC)
TOO_LATE = datetime(2027, 3, 20, 12, 17, 5, tzinfo=UTC)


async def play(p: Player) -> None:
    """Who may invite, what a link meets, and who reads of it."""
    organisation, forum = p.ids["org:Groups"], p.ids["forum:gfmd"]
    own = {"organisation": organisation, "role": "DELEGATE", "startsAt": FROM, "name": "Amina N."}
    asked = {**own, "address": "amina@example.org"}
    await p.do(None, "InvitePerson", "nobody", **asked)
    await p.do("penholder", "InvitePerson", "by another", **asked)
    await p.do("admin.network", "InvitePerson", "two addresses", **{**asked, "address": "a@example.org, b@example.org"})
    await p.do("admin.network", "InvitePerson", "a forum's role", **{**asked, "role": "PENHOLDER"})
    made = await p.do("admin.network", "InvitePerson", "done", **asked)
    await p.do("admin.network", "InvitePerson", "a second time", **asked)
    for by, link in ((None, made["link"]), ("admin.network", made["link"]), (None, made["link"][::-1])):
        await p.ask(by, "OfferedInvitation", link=link)
    await p.do("admin.network", "AcceptInvitation", "the inviter's own", link=made["link"])
    await p.do(None, "AcceptInvitation", "forged", link=made["link"][::-1])
    await p.do(None, "AcceptInvitation", "done", link=made["link"])
    await p.do(None, "DeclineInvitation", "answered", link=made["link"])
    await p.ask(None, "OfferedInvitation", "answered", link=made["link"])
    await _ended(p, own)
    declined = await p.do("admin.network", "InvitePerson", "done, to be declined", **own, address="g@example.org")
    await p.do(None, "DeclineInvitation", "done", link=declined["link"])
    waits = {**own, "forum": forum, "role": "REPRESENTATIVE", "address": "bo@example.org", "subject": "newcomer"}
    made = await p.do("secretariat", "InvitePerson", "done, to what the organisation accepts", **waits)
    await p.do(None, "AcceptInvitation", "for another", link=made["link"])
    await p.do("newcomer", "AcceptInvitation", "done, signed in", link=made["link"])
    made = await p.do("secretariat", "InvitePerson", "done, for a day", **{**own, "forum": forum, "role": "LIAISON",
        "address": "d@example.org", "endsAt": "2027-03-23T09:00:00+01:00"})  # fmt: skip
    theirs = {**own, "address": "l@example.org", "issuer": "https://login.example"}
    await p.do("admin.network", "InvitePerson", "an issuer without a subject", **theirs)
    await p.do("admin.network", "InvitePerson", "no issuer", **{**theirs, "subject": "s-1", "issuer": "login.example"})
    made = await p.do("admin.network", "InvitePerson", "done, an account alone", **theirs, subject="newcomer")
    await p.do("newcomer", "AcceptInvitation", "for the account of another", link=made["link"])
    await _many(p, organisation, own)
    await _no_longer(p, organisation, own)
    for by in ("secretariat", "penholder", None):
        await p.ask(by, "ForumInvitations", slug="gfmd", state=None, first=10, after=None)
    for by in ("admin.network", "secretariat"):
        await p.ask(by, "OrganisationInvitations", id=organisation, state="ACCEPTED", first=10, after=None)


async def _no_longer(p: Player, organisation: str, own: dict[str, Any]) -> None:
    """An administrator invites and is one no longer."""
    named = {**own, "role": "ADMINISTRATOR", "subject": "newcomer"}
    second = (await p.do("admin.network", "NameRepresentative", "done, an administrator", **named))["mandate"]["id"]
    made = await p.do("newcomer", "InvitePerson", "done, by another", **own, address="e@example.org")
    soon = await p.do("admin.network", "InvitePerson", "done, and left alone", **own, address="f@example.org")
    ends = {"mandate": second, "endsAt": ENDS, "reason": "A new post."}
    await p.do("admin.network", "EndMandate", "done, who invited", **ends)
    await p.clock(AFTERWARDS)
    await p.do(None, "AcceptInvitation", "who invited may not any more", link=made["link"])
    await p.clock(TOO_LATE)
    await p.do(None, "AcceptInvitation", "too late", link=soon["link"])


async def _many(p: Player, organisation: str, own: dict[str, Any]) -> None:
    """Many at once: looked at first, refused as a whole, and done; sent again, the links are shown again."""
    person = {"role": "DELEGATE", "startsAt": FROM, "name": "Hana H."}
    many = {"organisation": organisation, "people": [{**person, "address": f"{name}@example.org"} for name in "hij"]}
    wrong = {**many, "people": [*many["people"], {**person, "address": "h@example.org"}, {**person, "address": "k"}]}
    await p.do(None, "InvitePeople", "nobody", **many)
    await p.do("penholder", "InvitePeople", "by another", **many)
    await p.do("admin.network", "InvitePeople", "nobody to invite for", people=many["people"])
    await p.do("admin.network", "InvitePeople", "done, looked at", **wrong, dryRun=True)
    await p.do("admin.network", "InvitePeople", "refused as a whole", **wrong)
    await p.do("admin.network", "InvitePeople", "done", **many)
    await p.do("admin.network", "InvitePeople", "done, without who waits", **many, leaveOut=True)
    await p.do("secretariat", "InvitePeople", "done, looked at by an office", forum=p.ids["forum:gfmd"],
        people=[{**person, "address": "l@example.org", "organisation": organisation}, {**person, "address": "m@n.org"}],
        dryRun=True)  # fmt: skip


async def _ended(p: Player, own: dict[str, Any]) -> None:
    made = await p.do("admin.network", "InvitePerson", "done, to be ended", **own, address="c@example.org")
    invitation = {"invitation": made["invitation"]["id"]}
    await p.do("penholder", "EndInvitation", "of another", **invitation)
    await p.do("admin.network", "EndInvitation", "done", **invitation, reason="The wrong person.")
    await p.do("admin.network", "EndInvitation", "ended already", **invitation)
    await p.do(None, "AcceptInvitation", "ended", link=made["link"])
