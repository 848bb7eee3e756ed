"""Bodies and mandates: set up, extended, given, ended; and who may not."""

from tests.corpus.corpus_player import Player

IDS = """{ forums(first: 50) { nodes { id slug } } organisations(first: 50) { nodes { id name } } }"""


async def begin(p: Player) -> None:
    """Learn the ids of what the operator entered."""
    found = await p.look("secretariat", IDS)
    p.ids |= {f"forum:{one['slug']}": one["id"] for one in found["forums"]["nodes"]}
    p.ids |= {f"org:{one['name'].split()[-1]}": one["id"] for one in found["organisations"]["nodes"]}


async def play(p: Player) -> None:
    """The forums' own affairs."""
    await _establish(p)
    await _extend(p)
    await _mandates(p)
    await _organisations(p)


async def _establish(p: Player) -> None:
    plan = {"parent": p.ids["forum:gfmd"], "slug": "data", "name": "Working Group on Data", "kind": "WORKING_GROUP"}
    made = await p.do(
        "secretariat",
        "EstablishBody",
        "done",
        **{**plan, "termsOfReference": "Count what can be counted."},
        idempotencyKey=p.key(),
    )
    p.ids["forum:data"] = made["forum"]["id"]
    key = p.key()
    template = {
        "parent": p.ids["forum:gfmd"],
        "template": "working_group",
        "bodies": [{"slug": "skills", "name": "Skills"}, {"slug": "returns", "name": "Returns"}],
    }
    await p.do("secretariat", "EstablishBody", "done, two by a template", **template, idempotencyKey=key)
    await p.do("secretariat", "EstablishBody", "done, the same key and input again", **template, idempotencyKey=key)
    await p.do("secretariat", "EstablishBody", "the key of another request", **plan, idempotencyKey=key)
    for why, by, wrong in (
        ("nobody", None, {}), ("a token of somebody unknown", "somebody.unknown", {}),
        ("another role", "penholder", {}),
        ("another forum's secretariat", "secretariat.rcp", {}), ("a slug that is taken", "secretariat", {}),
        ("no name", "secretariat", {"slug": "x", "name": " "}),
        ("one and several", "secretariat", {"bodies": [{"slug": "a", "name": "A"}]}),
        ("no kind", "secretariat", {"slug": "x", "kind": None}),
        ("a convenor that is not there", "secretariat",
            {"slug": "x", "convenors": ["Forum:00000000-0000-0000-0000-000000000000"]}),
        ("a slug that is none", "secretariat", {"slug": "Not A Slug"}),
        ("an unknown template", "secretariat", {"slug": "x", "template": "committee"}),
        ("somebody else's mandate", "secretariat", {"slug": "x",
            "actingAs": "Mandate:00000000-0000-0000-0000-000000000000"}),
        ("an id of another kind", "secretariat", {"parent": p.ids["org:Kenya"]}),
        ("a control character", "secretariat", {"slug": "x", "name": "a\x07b"}),
        ("a key that is none", "secretariat", {"idempotencyKey": "x"}),
        ("an unknown kind", "secretariat", {"kind": "PARTY"}),
    ):  # fmt: skip
        await p.do(by, "EstablishBody", why, **{**plan, **wrong})


async def _extend(p: Player) -> None:
    given = {"parent": p.ids["forum:gfmd"], "body": p.ids["forum:data"], "text": "Count more.",
        "reason": "There is more.",
             "startsAt": "2027-02-01T10:00:00Z", "decidedOn": "2027-01-08"}  # fmt: skip
    await p.do("secretariat", "ExtendBody", "done", **given)
    for why, by, wrong in (
        ("no reason", "secretariat", {"reason": " "}),
        ("another role", "focal.kenya", {}),
        ("a body of another forum", "secretariat", {"body": p.ids["forum:hlpf"]}),
        ("an end before the start", "secretariat", {"endsAt": "2027-01-01T10:00:00Z"}),
        ("a time without a zone", "secretariat", {"startsAt": "2027-02-01T10:00:00"}),
        ("a date that is none", "secretariat", {"decidedOn": "2027-02-30"}),
    ):
        await p.do(by, "ExtendBody", why, **{**given, **wrong})


async def _mandates(p: Player) -> None:
    given = {"forum": p.ids["forum:gfmd"], "organisation": p.ids["org:Kenya"], "startsAt": "2027-01-12T10:00:00Z"}
    person = {"role": "NOTE_TAKER", "subject": "note.taker", "name": "Person Note Taker"}
    made = await p.do("secretariat", "GrantMandate", "done", **given, **person)
    p.ids["mandate"] = made["mandate"]["id"]
    await p.do(
        "secretariat", "GrantMandate", "done, an office", **given, office="CO_CHAIR", endsAt="2028-01-12T10:00:00Z"
    )
    for why, by, wrong in (
        ("an office and a role", "secretariat", {"office": "CHAIR"}), ("another role", "rep.network", {}),
        ("an unknown organisation", "secretariat",
            {"organisation": "Organisation:00000000-0000-0000-0000-000000000000"}),
        ("an end before the start", "secretariat", {"endsAt": "2026-01-12T10:00:00Z"}),
        ("an unknown zone", "secretariat", {"zone": "Mars/Base"}),
        ("a role without a person", "secretariat", {"subject": None}),
        ("an unknown mechanism", "secretariat", {"mechanism": "trees"}),
    ):  # fmt: skip
        await p.do(by, "GrantMandate", why, **{**given, **person, **wrong})
    ending = {"reason": "A new post."}
    await p.do("secretariat", "EndMandate", "done", mandate=p.ids["mandate"], endsAt="2027-06-01T10:00:00Z", **ending)
    await p.do(
        "secretariat",
        "EndMandate",
        "before it began",
        mandate=p.ids["mandate"],
        endsAt="2026-06-01T10:00:00Z",
        **ending,
    )
    await p.do(
        "penholder", "EndMandate", "another role", mandate=p.ids["mandate"], endsAt="2027-05-01T10:00:00Z", **ending
    )
    await p.do(
        "secretariat",
        "EndMandate",
        "of nothing",
        mandate="Mandate:00000000-0000-0000-0000-000000000000",
        endsAt="2027-05-01T10:00:00Z",
        **ending,
    )


async def _organisations(p: Player) -> None:
    """What a forum proposes, an organisation accepts or declines; what it says itself."""
    organisation = p.ids["org:Groups"]
    since = {"startsAt": "2027-01-12T10:00:00Z"}
    proposed = {"forum": p.ids["forum:gfmd"], "organisation": organisation, **since, "role": "DELEGATE"}
    for n, act in enumerate(("AcceptMandate", "DeclineMandate")):
        made = await p.do("secretariat", "GrantMandate", "done, a proposal", **proposed, subject=f"delegate.{n}")
        mandate = made["mandate"]["id"]
        await p.do("secretariat", act, "by whoever proposed it", mandate=mandate)
        await p.do("admin.network", act, "done", mandate=mandate)
        await p.do("admin.network", act, "again", mandate=mandate)
    await p.do("secretariat", "GrantMandate", "one that stands", **proposed, subject="delegate.0")
    named = {"organisation": organisation, **since, "role": "REPRESENTATIVE", "subject": "rep.2"}
    await p.do("secretariat", "NameRepresentative", "by a forum", **named)
    await p.do("admin.network", "NameRepresentative", "done", **named)
    mine = (await p.look("admin.network", "{ viewer { mandates { id } } }"))["viewer"]["mandates"][0]["id"]
    ends = {"mandate": mine, "endsAt": "2027-06-01T10:00:00Z", "reason": "A new post."}
    await p.do("admin.network", "EndMandate", "the last administrator", **ends)
