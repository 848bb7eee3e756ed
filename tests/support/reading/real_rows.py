"""Rows for the real tables: every visibility x attribution x state of a contribution, every audience of a document and
of a comment on it, on tracks with enough inputs and with too few, and viewers of every sort to look at them."""

import datetime as dt
import itertools
import json
import random
import uuid
from typing import Any

from forum.domain.viewer import Viewer
from forum.store.tables import schema as t

Row = dict[str, Any]
Rows = dict[str, list[Row]]
START = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
PAST, LONG_PAST, FAR = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2020, 2001, 2091))
VISIBILITIES = ("public", "participants", "secretariat")
ATTRIBUTIONS = ("organisation", "mechanism", "forum", "none")
STATES = ("draft", "released", "submitted", "admitted", "returned", "withdrawn")
AUDIENCES = ("team", "participants", "public")
CODES = ("10", "10.7", "10.c", "8", "8.8")


class Maker:
    """Makes rows table by table; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.rows: Rows = {table.name: [] for table in t.metadata.sorted_tables}

    def new(self) -> uuid.UUID:
        return uuid.UUID(int=self.r.getrandbits(128), version=4)

    def at(self) -> dt.datetime:
        return START + dt.timedelta(minutes=self.r.randint(0, 12), microseconds=self.r.choice((0, 0, 1, 123456)))

    def maybe(self, value: Any, p: float = 0.6) -> Any:
        return value if self.r.random() < p else None

    def pick(self, values: Any) -> Any:
        return self.r.choice(list(values))

    def add(self, table: str, **values: Any) -> Row:
        """A row; what is not given is null, and `id` is new where the table has one."""
        columns = t.metadata.tables[table].columns
        row: Row = {c.name: None for c in columns}
        if "id" in row:
            row["id"] = self.new()
        assert set(values) <= set(row), set(values) - set(row)
        self.rows[table].append({**row, **values})
        return self.rows[table][-1]

    def wrote(self, kind: str, subject: Row, turn: int) -> None:
        """Who wrote it: an organisation, a mechanism, a forum, or nobody that is known."""
        own: Row = {"author_kind": None}
        if turn % 5 < 3:
            own = {"author_kind": "state", "organisation_id": self.rows["organisation"][turn % 5 % 3]["id"]}
        elif turn % 5 == 3:
            code = self.pick(("states", "civil_society"))
            where = f"{code}@{self.rows['forum'][turn % 3]['id']}"
            own = {"author_kind": "mechanism", "mechanism_code": code, "coordination": where}
        elif turn % 2:
            own = {"author_kind": "forum", "forum_id": self.pick(self.rows["forum"][:3])["id"]}
        self.add(
            "authorship", subject_id=subject["id"], subject_kind=kind, **own,
            person_id=self.maybe(self.pick(self.rows["person"])["id"]),
            mandate_id=self.maybe(self.pick(self.rows["mandate"])["id"]), written_at=self.at(),
            submitted_at=self.maybe(self.at()),
        )  # fmt: skip


def made(seed: int = 11) -> Rows:
    """Rows of every table, by table name."""
    m = Maker(seed)
    _bodies(m)
    _cycle(m)
    _meetings(m)
    _contributions(m)
    _texts(m)
    _comments(m)
    _sources(m)
    _answers(m)
    _history(m)
    m.add("clock", id=1, shift=dt.timedelta(0))
    from tests.support.reading.real_clearances import clearances
    from tests.support.reading.real_corrections import corrections
    from tests.support.reading.real_notices import notices
    from tests.support.reading.real_rounds import rounds

    rounds(m)
    notices(m)
    _applications(m)
    clearances(m)
    corrections(m)
    _invitations(m)
    return m.rows


def _bodies(m: Maker) -> None:
    kinds = ("state", "state", "civil_society", "business", "agency")
    for n, kind in enumerate(kinds):
        m.add(
            "organisation",
            name=f"{'bBaé中'[n]} | {n}",
            short_name=m.maybe(f"o{n}"),
            kind=kind,
            country_code="NO" if kind == "state" else None,
            name_keys=[f"o{n}"],
        )
    for n in range(5):
        m.add("person", subject=f"s{n}", name=f"person {n}", came_in=n % 2 == 0)
    layers, forum_kinds = ("gfmd", "regional", "global"), ("forum", "regional_consultation", "forum")
    for n in range(3):
        m.add(
            "forum",
            registrar=False,
            slug=f"forum-{n}",
            name=f"Forum {n}",
            acronym=m.maybe("F"),
            layer=layers[n],
            kind=forum_kinds[n],
            power="none",
            zone="UTC",
        )
    first = m.rows["forum"][0]["id"]
    for n, (kind, code) in enumerate((("steering_group", None), ("mechanism", "states"), ("friends", "civil_society"))):
        m.add(
            "forum",
            registrar=False,
            slug=f"body-{n}",
            name=f"Body {n}",
            layer="gfmd",
            kind=kind,
            power="advises",
            parent_id=first,
            mechanism_code=code,
            zone="UTC",
        )
    for n, (body, starts, ends) in enumerate(
        ((3, LONG_PAST, None), (3, PAST, None), (3, FAR, None), (4, LONG_PAST, PAST), (0, PAST, FAR))
    ):
        m.add(
            "terms_of_reference",
            forum_id=m.rows["forum"][body]["id"],
            text=f"Terms {n}",
            power=("none", "endorses", "assists")[n % 3],
            starts_at=starts,
            ends_at=ends,
            reason=m.maybe("why"),
            decided_on=m.maybe(dt.date(2020, 1, n + 1)),
        )
    for n, code in enumerate(("states", "civil_society")):
        m.add("mechanism", code=code, name=code.title(), forum_id=m.rows["forum"][4 + n]["id"])
    _agreements(m)
    m.add("convenor", forum_id=first, convened_by_id=m.rows["forum"][1]["id"])
    m.add("convenor", forum_id=first, convened_by_id=m.rows["forum"][2]["id"])
    for f, (n, o) in itertools.product(m.rows["forum"][:3], enumerate(m.rows["organisation"][:4])):
        starts = (LONG_PAST, FAR)[n == 3]
        m.add("participation", forum_id=f["id"], organisation_id=o["id"], status=("member", "observer")[n % 2],
            mechanisms=([], ["states"], ["states", "civil_society"], ["youth"])[n], starts_at=starts,
            ends_at=PAST if n == 1 else None, end_reason="why" if n == 1 else None)  # fmt: skip
    for n in range(10):
        office = ("chair", "co_chair", "member")[n % 3] if n < 4 else None
        role = None if office else ("secretariat", "coordinator", "delegate")[n % 3]
        m.add(
            "mandate", organisation_id=m.pick(m.rows["organisation"])["id"],
            person_id=None if office else m.rows["person"][n % 5]["id"], office=office,
            role=role, forum_id=m.pick(m.rows["forum"][:3])["id"],
            mechanism_code="states" if role == "coordinator" else None,
            starts_at=(LONG_PAST, FAR)[n == 5], ends_at=PAST if n in (2, 8) else None, zone="UTC",
            given_by=("operator", "forum", "organisation")[n % 3],
            given_by_forum_id=m.rows["forum"][n % 2]["id"] if n % 3 == 1 else None,
            proposed_at=LONG_PAST if n % 2 else None,
            accepted_at=None if n in (3, 5) else LONG_PAST, declined_at=PAST if n == 3 else None,
            end_reason="why" if n % 2 else None,
        )  # fmt: skip


def _agreements(m: Maker) -> None:
    """In each state, between forums and with a body that another set up, standing and for an edition."""
    pairs = ((0, 1), (1, 0), (1, 2), (2, 3), (4, 1))
    states = ("proposed", "agreed", "declined", "ended", "ended")
    for n, ((asking, named), (turn, state)) in enumerate(itertools.product(pairs, enumerate(states))):
        who = m.rows["person"][n % 5]["id"]
        answered = state in ("agreed", "declined") or turn == 3
        m.add(
            "agreement", asking_id=m.rows["forum"][asking]["id"], named_id=m.rows["forum"][named]["id"],
            purpose=("convene", "receive", "endorse")[n % 3], edition_name=(None, "2020", "2019")[n % 3],
            track_name="main" if n % 3 == 2 else None, state=state, basis=("proposal", "operator", "before")[n % 3],
            proposed_at=m.at(), proposed_by_id=m.maybe(who),
            answered_at=m.at() if answered else None, answered_by_id=who if answered else None,
            ended_at=m.at() if state == "ended" else None, ended_by_id=who if state == "ended" else None,
            reason=m.maybe("why"),
        )  # fmt: skip


def _applications(m: Maker) -> None:
    """Last of all, so that they change none of the numbers that others draw."""
    for n, state in enumerate(("waiting", "admitted", "declined", "withdrawn", "waiting")):
        m.add(
            "application", forum_id=m.rows["forum"][n % 2]["id"], person_id=m.rows["person"][n]["id"],
            name=f"Applicant {n}", short_name=f"A{n}", kind="state" if n == 1 else "civil_society",
            country_code="NO" if n == 1 else None, about=f"what {n} says", name_keys=[f"applicant{n}", f"o{n}"],
            state=state, made_at=START, answered_at=None if state == "waiting" else PAST,
            reason="why" if state == "declined" else None,
            organisation_id=m.rows["organisation"][0]["id"] if state == "admitted" else None,
        )  # fmt: skip


def _invitations(m: Maker) -> None:
    """By offices and by organisations, of every state; some that were open are late, some were blanked. Everybody
    administers an organisation."""
    for person in m.rows["person"]:
        m.add(
            "mandate", organisation_id=m.rows["organisation"][0]["id"], person_id=person["id"], role="administrator",
            starts_at=LONG_PAST, accepted_at=LONG_PAST, given_by="operator", zone="UTC",
        )  # fmt: skip
    for n, state in enumerate(("open", "accepted", "declined", "ended", "expired", "open") * 4):
        by = m.rows["forum"][n % 2]["id"] if n < 12 else None
        blank, waits = state == "expired", state in ("open", "expired")
        mandate = m.rows["mandate"][n % 5]["id"]
        made = m.add(
            "invitation", address=None if blank else f"{n}@example.org", name=None if blank else f"Newcomer {n}",
            organisation_id=m.rows["organisation"][n % 7 // 6]["id"], forum_id=by, given_by_forum_id=by,
            role="delegate", starts_at=START, ends_at=m.maybe(FAR), zone="Europe/Zurich", mechanism_code=None,
            language=("en", "fr", "ar")[n % 3],
            invited_by_id=m.rows["person"][n % 5]["id"], invited_under_id=mandate, invited_at=START,
            open_until=PAST if n % 4 == 1 else FAR, state=state, answered_at=None if waits else PAST,
            reason="why" if state == "ended" else None, mandate_id=mandate if state == "accepted" else None,
            blank_at=FAR,
        )  # fmt: skip
        letter = ("waiting", "sent", "failed", "dropped", None)[n % 5]
        if letter is not None:
            m.add("letter", due_at=START, state=letter, tries=0, invitation_id=made["id"])


def _cycle(m: Maker) -> None:
    process = m.add("process_definition", name="p", version="1", hash="h", text="[process]", published_at=m.at())
    later = m.add(
        "process_definition",
        name="p",
        version="2",
        hash="h2",
        text="[process]",
        published_at=m.at(),
        forum_id=m.rows["forum"][0]["id"],
    )
    m.add("process_definition", name="q", version="2", hash="h3", text="[process]", published_at=later["published_at"])
    for n, f in enumerate(m.rows["forum"][:3]):
        e = m.add("edition", forum_id=f["id"], name="2020", theme=m.maybe("theme"),
            state=("running", "closed", "recorded")[n], zone="UTC", process_id=process["id"] if n < 2 else None,
            opened_at=m.at())  # fmt: skip
        for name in ("main", "side") if n == 1 else ("main",):
            m.add(
                "track",
                edition_id=e["id"],
                name=name,
                title=name.title(),
                definition="main",
                stage="call",
                stage_since=m.at(),
                convened_as_id=m.maybe(m.rows["forum"][1]["id"]),
                subject_id=m.maybe(m.rows["organisation"][0]["id"]),
            )
        for k in range(2 * n):
            m.add(
                "past_document",
                edition_id=e["id"],
                kind="report",
                title=f"Report {k}",
                symbol=m.maybe(f"S/{k}"),
                language="en",
                issued_on=m.maybe(dt.date(2019, 1, 1 + k)),
                url=m.maybe("https://example.org/r"),
                note=m.maybe("n"),
            )
        for code in ("x", "y"):
            m.add(
                "theme",
                edition_id=e["id"],
                code=code,
                title=f"Theme {code}",
                resource_person_id=m.maybe(m.pick(m.rows["person"])["id"]),
            )
    for n, theme in enumerate(m.rows["theme"]):
        if theme["resource_person_id"] and n % 3:  # one of three has laid it down
            edition = next(e for e in m.rows["edition"] if e["id"] == theme["edition_id"])
            m.add("mandate", organisation_id=m.rows["organisation"][0]["id"], role="resource_person", zone="UTC",
                person_id=theme["resource_person_id"], forum_id=edition["forum_id"], starts_at=LONG_PAST,
                accepted_at=LONG_PAST, ends_at=None, given_by="operator")  # fmt: skip
    for track, theme in itertools.product(m.rows["track"], m.rows["theme"]):
        if track["edition_id"] == theme["edition_id"] and m.maybe(True):
            m.add("track_theme", track_id=track["id"], theme_id=theme["id"])
    for n, e in enumerate(m.rows["edition"][:2]):
        e["cloned_from_id"] = m.rows["edition"][2]["id"] if n == 0 else None
        for k in range(1 + n):
            moved = m.add(
                "migration",
                edition_id=e["id"],
                from_process_id=process["id"],
                to_process_id=later["id"],
                reason=f"why {k}",
                acts_before=k,
                added_anchors=[],
                migrated_at=m.at(),
                undone_at=m.maybe(m.at()),
            )
            for track in (one for one in m.rows["track"] if one["edition_id"] == e["id"]):
                m.add(
                    "migrated_track",
                    migration_id=moved["id"],
                    track_id=track["id"],
                    from_definition="main",
                    from_stage="call",
                    from_since=m.at(),
                    from_windows="{}",
                    to_definition="main",
                    to_stage="writing",
                )
    for e in m.rows["edition"]:
        m.add("anchor", edition_id=e["id"], name="summit", at=m.at())
    for n, track in enumerate(m.rows["track"]):
        for k, stage in enumerate(("call", "drafting", "closed")):
            opens, closes = m.maybe(START), m.maybe(START + dt.timedelta(days=1 + k % 2))
            m.add(
                "stage_window",
                track_id=track["id"],
                stage=stage,
                opens_at=opens,
                closes_at=closes,
                zone="UTC",
                extended=k == n % 3,
            )
        place = placed(m, track)
        call = m.add("call", **place, title=f"Call {n}", text="what *is*", state=("open", "closed")[n % 2],
            opens_at=START, closes_at=START + dt.timedelta(days=1 + n // 2), zone="UTC",
            languages=(["en"], ["fr", "en"], [], ["ar"])[n % 4], reminders=n % 2 == 0)  # fmt: skip
        for k in range(2):
            m.add(
                "call_section",
                call_id=call["id"],
                ordinal=k + 1,
                code=f"c{k}",
                prompt="?",
                min_length=0,
                max_length=9,
                unit="words",
                required=k == 0,
            )
        for k, o in enumerate(m.rows["organisation"]):
            m.add(
                "addressee",
                call_id=call["id"],
                organisation_id=o["id"],
                answer=("none_yet", "sent", "no_input_this_time")[k % 3],
                reason=m.maybe("why"),
                answered_at=m.maybe(m.at()),
            )


def placed(m: Maker, track: Row) -> Row:
    """The columns that say where a thing stands."""
    edition = next(e for e in m.rows["edition"] if e["id"] == track["edition_id"])
    return {"track_id": track["id"], "edition_id": edition["id"], "forum_id": edition["forum_id"]}


def _meetings(m: Maker) -> None:
    for n, track in enumerate(m.rows["track"]):
        day = dt.date(2024, 5, 1 + n % 2)
        meeting = m.add(
            "meeting",
            track_id=track["id"],
            edition_id=track["edition_id"],
            series="s",
            ordinal=n,
            label=f"m{n}",
            title="T",
            starts_on=day,
            ends_on=day,
            venue="v",
            city="c",
            status=("draft", "provisional", "final")[n % 3],
            revision=1 + n % 2,
        )
        slot = {"held_on": m.maybe(day), "time_as_written": m.maybe("9:00 - 10:00"), "room": m.maybe("A")}
        session = m.add("session", meeting_id=meeting["id"], ordinal=1, number=m.maybe(1), title="S", **slot)
        for k in range(2):
            panel = m.add(
                "panel",
                session_id=session["id"],
                meeting_id=meeting["id"],
                ordinal=k + 1,
                kind="panel",
                title=f"P{k}",
                held_on=m.maybe(day),
                questions=["a", "b"][:k],
                room=m.maybe("B"),
            )
            honorific = m.maybe("H.E.")
            m.add("speaker", panel_id=panel["id"], ordinal=1, role="moderator", name="N", honorific=honorific)
            m.add("meeting_fault", meeting_id=meeting["id"], kind="k", place=f"p{k}", message="m")
        m.add("figure", meeting_id=meeting["id"], what="speakers", computed=2, stated_value=m.maybe(3))


def _contributions(m: Maker) -> None:
    """All combinations on one track; on the others some, of which exactly three (side) and two (gamma) are handed
    in."""
    main, beta, side, gamma = m.rows["track"]
    every = list(itertools.product(VISIBILITIES, ATTRIBUTIONS, STATES))
    sets = (
        (main, every),
        (beta, m.r.sample(every, 14)),
        (side, [every[n] for n in (2, 30, 51, 70)]),
        (gamma, [every[3], every[44]]),
    )
    for track, combinations in sets:
        for visibility, attribution, state in combinations:
            _contribution(m, track, visibility, attribution, state)


def _versions(m: Maker, c: Row, n: int) -> None:
    """What it said each time it was handed in: mended, or taken back in between, under a name or without; and what was
    kept before versions were numbered."""
    last = n % 4
    for number in range(1, last + 1):
        named = "organisation" if (n + number) % 3 else "none"
        sections = [{"code": "a", "heading": "A", "markdown": f"v{number}"}]
        content = json.dumps({"attribution": named, "sections": sections, "title": "Then"})
        first = 1 if n % 3 else max(1, last - 1) if number > 1 else 1
        hash_ = c["receipt_hash"] if number == last and c["receipt_hash"] else f"h{n}.{number}"
        numbers: dict[str, int | None] = {"number": number, "first_number": first}
        if n % 8 == 7 and number == 1:
            numbers = {"number": None, "first_number": None}
        m.add("snapshot", subject_kind="contribution", subject_id=c["id"], content=content, salt=b"s", hash=hash_,
              **numbers)  # fmt: skip


def _contribution(m: Maker, track: Row, visibility: str, attribution: str, state: str) -> None:
    n = len(m.rows["contribution"])
    received = state in ("submitted", "admitted", "returned") or n % 7 == 0
    c = m.add(
        "contribution", **placed(m, track),
        call_id=m.maybe(next(k["id"] for k in m.rows["call"] if k["track_id"] == track["id"])),
        title=m.pick(("alpha", "Alpha", "beta|1", "été")), language=m.pick(("en", "fr")), state=state,
        visibility=visibility, attribution=attribution,
        named_organisation_id=m.pick(m.rows["organisation"])["id"] if attribution == "organisation" else None,
        named_mechanism=m.pick(("states", "civil_society")) if attribution in ("mechanism",
            "organisation") and n % 2 else "states" if attribution == "mechanism" else None,
        label="label", kind=m.pick(("input", "collective", "practices", "received")), on_behalf=m.r.random() < 0.5,
        late=m.r.random() < 0.5,
        revision=2, released_revision=m.pick((None, 1, 2)), length=n,
        submitted_at=m.at() if received and attribution != "none" and n % 6 else None,
        receipt_number=f"R-{n}" if received else None, receipt_hash=m.maybe("hash"), return_reason=m.maybe("why"),
        mend_until=FAR if state in ("draft", "returned") or (state == "released" and n % 2) else None,
    )  # fmt: skip
    m.wrote("contribution", c, n)
    _versions(m, c, n)
    for k in range(1 + n % 2):
        m.add(
            "contribution_section",
            contribution_id=c["id"],
            ordinal=k + 1,
            code=f"c{k}",
            heading=f"h{n}",
            markdown="*text*",
        )
    practice = (
        m.add(
            "practice",
            contribution_id=c["id"],
            ordinal=1,
            name=f"p{n}",
            dates_as_written="",
            place="x",
            aim="",
            partners="",
            sdg_as_written="",
            status=m.pick((None, "current")),
        )
        if n % 2
        else None
    )
    m.add("tag", contribution_id=c["id"], scheme="sdg", code=m.pick(CODES))
    m.add(
        "tag",
        contribution_id=c["id"],
        practice_id=practice and practice["id"],
        scheme=m.pick(("gcm", "sdg", "theme")) if practice else "gcm",
        code="8.b" if practice else "gcm-7",
    )
    m.add("tag", contribution_id=c["id"], scheme="theme", code=m.pick(("x", "y", "z")))


def _texts(m: Maker) -> None:
    for n, (track, audience) in enumerate(itertools.product(m.rows["track"], AUDIENCES)):
        d = m.add(
            "document", **placed(m, track), meeting_id=m.maybe(m.pick(m.rows["meeting"])["id"]), kind="summary",
            symbol=f"S/{n}", title=f"D{n}", language=m.pick(("en", "ar")),
            state=m.pick(("draft", "circulated", "issued")), audience=audience,
            comment_audience=AUDIENCES[n % len(AUDIENCES)], version_label="v", revision=1,
            comments_open_at=m.maybe(m.at()),
        )  # fmt: skip
        part = m.add("part", document_id=d["id"], ordinal=1, number="1", heading="H")
        asked = m.add("recommendation", document_id=d["id"], ordinal=1, heading="R", addressee=m.maybe("all"))
        version = m.add("revision", document_id=d["id"], number=1, label="l", hash="h", salt=b"s", frozen_at=m.at())
        above = None
        for k in range(2 + n % 2):
            p = m.add(
                "paragraph", document_id=d["id"], part_id=m.maybe(part["id"]), parent_id=above if k else None,
                recommendation_id=m.maybe(asked["id"], 0.3), kind="paragraph",
                ordinal=k + 1, w_id=f"w{k}", e_id=f"e{k}", markdown="words", weight=m.maybe("several"), revision=1,
                withdrawn=k == 2,
            )  # fmt: skip
            above = above or p["id"]
        body = m.pick(m.rows["forum"][:4])
        s = m.add(
            "silence",
            document_id=d["id"],
            revision_id=version["id"],
            body_id=body["id"],
            state=m.pick(("running", "passed", "broken")),
            hours=48,
            round=1,
            starts_at=m.at(),
            ends_at=FAR,
        )
        m.add(
            "objection",
            silence_id=s["id"],
            paragraph_id=m.maybe(above),
            organisation_id=m.pick(m.rows["organisation"])["id"],
            reason="r",
            broken_at=m.at(),
        )
    free = m.r.sample(m.rows["contribution"], len(m.rows["document"]))
    for n, (d, c, version) in enumerate(zip(m.rows["document"], free, m.rows["revision"], strict=True)):
        there = (
            {"kind": "contribution", "to_track_id": c["track_id"], "contribution_id": c["id"]}
            if n % 3
            else {"kind": "outside", "outside_name": "o", "delivered_on": dt.date(2024, 1, 2)}
        )
        m.add("transmission", document_id=d["id"], revision_id=version["id"], **there, hash="h", sent_at=m.at())
    for section in m.r.sample(m.rows["contribution_section"], 30):
        section["origin_paragraph_id"] = m.pick(m.rows["paragraph"])["id"]


def _comments(m: Maker) -> None:
    for n, (d, audience, attribution) in enumerate(
        itertools.product(m.rows["document"], AUDIENCES, ("organisation", "none", "mechanism"))
    ):
        named = attribution == "organisation"
        k = m.add(
            "comment", document_id=d["id"],
            paragraph_id=m.maybe(m.pick(p for p in m.rows["paragraph"] if p["document_id"] == d["id"])["id"]),
            revision_id=m.maybe(next(v["id"] for v in m.rows["revision"] if v["document_id"] == d["id"])),
            markdown=f"comment {n}", proposed_text=m.maybe("better"),
            audience=audience, attribution=attribution,
            named_organisation_id=m.pick(m.rows["organisation"])["id"] if named else None,
            named_mechanism="civil_society" if attribution == "mechanism" else None, label="label",
            written_at=None if attribution == "none" else m.at(),
        )  # fmt: skip
        if n % 3 != 1 or attribution == "none":
            m.wrote("comment", k, n // 2)


def _sources(m: Maker) -> None:
    """Ends of every kind, of every track: the first paragraph of each text carries most."""
    for d in m.rows["document"]:
        paragraphs = [p["id"] for p in m.rows["paragraph"] if p["document_id"] == d["id"]]
        asked = next(a["id"] for a in m.rows["recommendation"] if a["document_id"] == d["id"])
        for n, end in enumerate(
            ("contribution", "from_paragraph") * 2
            + ("section", "contribution", "practice", "panel", "comment", "comment", "from_paragraph")
        ):
            key = _end(m, end)
            text = (
                {"recommendation_id": asked}
                if n % 5 == 4
                else {"paragraph_id": paragraphs[0 if n % 2 else m.r.randrange(len(paragraphs))]}
            )
            speaker = (
                next(s["id"] for s in m.rows["speaker"] if s["panel_id"] == key)
                if end == "panel" and m.maybe(True)
                else None
            )
            m.add(
                "source",
                document_id=d["id"],
                **text,
                relation=m.pick(("carries", "merges", "quotes")),
                **{f"{end}_id": key},
                speaker_id=speaker,
            )


def _end(m: Maker, kind: str) -> uuid.UUID:
    """A thing of that kind, each track as likely as another."""
    track = m.pick(m.rows["track"])["id"]
    if kind == "panel":
        return m.pick(m.rows["panel"])["id"]
    if kind in ("comment", "from_paragraph"):
        within = {d["id"] for d in m.rows["document"] if d["track_id"] == track}
        return m.pick(x for x in m.rows["comment" if kind == "comment" else "paragraph"] if x["document_id"] in within)[
            "id"
        ]
    within = {c["id"] for c in m.rows["contribution"] if c["track_id"] == track}
    if kind == "contribution":
        return m.pick(within and sorted(within))
    table = "contribution_section" if kind == "section" else kind
    return m.pick(x for x in m.rows[table] if x["contribution_id"] in within or table == "practice")["id"]


def _answers(m: Maker) -> None:
    for d in m.rows["document"]:
        paragraph = next(p["id"] for p in m.rows["paragraph"] if p["document_id"] == d["id"])
        comments = [k["id"] for k in m.rows["comment"] if k["document_id"] == d["id"]]
        subjects = [{"contribution_id": c["id"]} for c in m.r.sample(m.rows["contribution"], 4)]
        subjects += [{"comment_id": k} for k in m.r.sample(comments, 3)] + [
            {"recommendation_id": m.pick(m.rows["recommendation"])["id"]}
        ]
        for subject in subjects:
            together = m.maybe(m.new(), 0.3)
            m.add(
                "disposition",
                document_id=d["id"],
                **subject,
                word="taken_up",
                words="It is.",
                reason="why" if together else None,
                noted_together_id=together,
                paragraph_id=m.maybe(paragraph),
                given_at=m.at(),
            )


_OWN_ACTS = {"contribution": "submit_contribution", "comment": "add_comment"}


def _history(m: Maker) -> None:
    """Of nameless things too, with an actor although none is ever written: the guard must hold by itself."""
    subjects = [("contribution", c) for c in m.rows["contribution"][::2]] + [
        ("comment", k) for k in m.rows["comment"][::5]
    ]
    subjects += [("document", d) for d in m.rows["document"][::4]]
    editions = {d["id"]: d["edition_id"] for d in m.rows["document"]}
    accepted = [x for x in m.rows["mandate"] if x["accepted_at"]]
    for n, (kind, subject) in enumerate(subjects):
        edition = subject.get("edition_id") or editions[subject.get("document_id", subject["id"])]
        h = m.add(
            "history", subject_kind=kind, subject_id=subject["id"], edition_id=m.maybe(edition, 0.9),
            act=_OWN_ACTS.get(kind, "act") if n % 3 == 0 else "act",
            actor_id=m.pick(m.rows["person"])["id"], mandate_id=m.maybe(m.pick(accepted)["id"], 0.9), at=m.at(),
            detail="{}", leaf=bytes([n % 256, 255]),
        )  # fmt: skip
        if n % 2:
            m.wrote("history", h, n)
    for n, edition in enumerate(m.rows["edition"] * 2):  # some anchors moved twice, and one that is none
        if n % 3:
            m.add(
                "history", subject_kind="edition", subject_id=edition["id"], edition_id=edition["id"],
                act="move_anchor", at=START + n * dt.timedelta(hours=1), leaf=bytes([n % 256, 254]),
                detail=json.dumps({"anchor": "other" if n % 5 == 0 else "summit"}),
            )  # fmt: skip


def viewers(rows: Rows) -> dict[str, Viewer]:
    """One of each sort, by name."""
    f, o, p = ([x["id"] for x in rows[name]] for name in ("forum", "organisation", "person"))
    signed_in = [s["id"] for s in rows["sign_in"] if s["person_id"] == p[2]]
    return {
        "public": Viewer(),
        "team": Viewer(p[4], forums=(f[0],), teams=(f[0],), offices=(f[0],)),
        "participant": Viewer(p[1], forums=(f[0],)),
        "author": Viewer(p[2], organisations=(o[0],), forums=(f[0], f[3]), sign_in=signed_in[-1]),
        "outsider": Viewer(p[0]),
        "coordinator": Viewer(p[3], coordinates=(f"civil_society@{f[1]}",), forums=(f[1],)),
        "team of another forum": Viewer(
            p[4], organisations=(o[2],), teams=(f[1],), forums=(f[1], f[2]), offices=(f[1],)
        ),
        "author elsewhere": Viewer(p[2], organisations=(o[1], o[3]), forums=(f[2],)),
    }


async def stored(superuser: Any, rows: Rows) -> None:
    """Puts the rows into the migrated tables. The superuser's connection: COPY does not go with row-level security."""
    await superuser.execute("DELETE FROM clock")
    for table in t.metadata.sorted_tables:
        if rows[table.name]:
            names = [c.name for c in table.columns]
            records = [[row[n] for n in names] for row in rows[table.name]]
            await superuser.copy_records_to_table(table.name, columns=names, records=records)
    await superuser.execute("ANALYZE")
