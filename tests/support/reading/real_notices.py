"""What people were told, and what stands behind it, for the real tables; and the rules about it, in plain Python."""

import datetime as dt
from typing import Any

from tests.support.reading.real_rows import FAR, START, Maker, Row

HOUR = dt.timedelta(hours=1)


def notices(m: Maker) -> None:
    """Extensions of every kind on every edition, permits, rounds of reminders, and notices for everybody but one."""
    for n, d in enumerate(m.rows["document"]):
        _extended(m, "consultation", document_id=d["id"], edition_id=d["edition_id"], hours=n % 3)
        s = [s for s in m.rows["silence"] if s["document_id"] == d["id"]][-1]
        _extended(m, "silence", silence_id=s["id"], edition_id=d["edition_id"], hours=n % 2)
    for w in m.rows["stage_window"]:
        edition = next(k["edition_id"] for k in m.rows["track"] if k["id"] == w["track_id"])
        _extended(m, "stage", stage_window_id=w["id"], edition_id=edition, hours=1)
    for n, call in enumerate(m.rows["call"]):
        call["late_until"] = m.maybe(call["closes_at"] + HOUR)
        _extended(m, "call", call_id=call["id"], edition_id=call["edition_id"], hours=n)
        for k in range(3):
            state = ("waiting", "sent", "dropped")[k]
            m.add(
                "reminder",
                call_id=call["id"],
                due_at=FAR - k * HOUR,
                state=state,
                sent_to=k if state == "sent" else None,
            )
        for k, o in enumerate(m.rows["organisation"]):
            if (n + k) % 2:
                m.add(
                    "late_permit",
                    call_id=call["id"],
                    organisation_id=o["id"],
                    until=FAR,
                    reason=f"r{k}",
                    given_at=START + k % 2 * HOUR,
                )
    for n, person in enumerate(m.rows["person"][:4]):
        for k in range(n + 1):
            m.add(
                "token",
                subject=person["subject"],
                purpose=f"p{k}",
                issued_by=("operator", "demonstration")[k % 2],
                issued_at=START + k // 2 * HOUR,
                expires_at=FAR,
                revoked_at=m.maybe(START + HOUR),
            )
            m.add("sign_in", person_id=person["id"], secret_hash=m.new().bytes * 2, issuer=f"https://p{k % 2}.example",
                  client=f"b{k}", began_at=START, last_used_at=START + k // 2 * HOUR, ended_at=m.maybe(START, 0.3),
                  ends_at=FAR if k % 3 else START + HOUR, idle_seconds=2_000_000_000 if k % 4 else 60)  # fmt: skip
    for person in m.rows["person"][:5]:
        muted = [m.pick(m.rows["forum"])["id"] for _ in range(len(m.rows["contact"]) % 3)]
        m.add("contact", person_id=person["id"], address=m.maybe("a@example.org"), language="fr", zone="UTC",
              pace="daily", muted=sorted(set(muted)), refused_at=m.maybe(START))  # fmt: skip
        m.add("calendar_address", person_id=person["id"], hash=person["id"].bytes * 2, since=START)
    kinds = ("reminder", "extension", "permit", "anchor_moved", "silence_started")
    for n, person in enumerate(m.rows["person"][:4]):
        for k in range(2 * n + 1):
            call, d = m.pick(m.rows["call"]), m.pick(m.rows["document"])
            about = ({"call_id": call["id"]}, {"document_id": d["id"]}, {})[k % 3]
            edition = m.maybe(call["edition_id"])
            sent = START + k // 2 * HOUR
            m.add(
                "notice",
                person_id=person["id"],
                edition_id=edition,
                kind=kinds[k % 5],
                words=f"w{k}",
                cause_id=m.new(),
                posted=True,
                sent_at=sent,
                **about,
            )
    _to_sides(m)


def _to_sides(m: Maker) -> None:
    """Notices for the sides that wrote inputs and comments, with a text and without."""
    documents = m.rows["document"]
    for n, (column, subject) in enumerate(
        [("contribution_id", c) for c in m.rows["contribution"][::3]]
        + [("comment_id", k) for k in m.rows["comment"][::4]]
    ):
        m.add(
            "notice", edition_id=documents[0]["edition_id"], kind="answered", words=f"side {n}", cause_id=m.new(),
            posted=True,
            sent_at=START + n % 3 * HOUR, document_id=documents[n % len(documents)]["id"] if n % 2 else None,
            **{column: subject["id"]},
        )  # fmt: skip


def _extended(m: Maker, of: str, *, hours: int, **what: Any) -> None:
    m.add(
        "extension",
        of=of,
        was=START,
        closes_at=START + HOUR,
        reason=f"{of} {hours}",
        made_at=START + hours * HOUR,
        **what,
    )


# ---- the rules
def token(k: Row, me: Any, people: list[Row]) -> bool:
    return any(p["id"] == me.person and p["subject"] == k["subject"] for p in people)


def stands(s: Row, me: Any, now: dt.datetime) -> bool:
    """A sign-in of one's own that nobody ended, that is not too old and was used lately."""
    lasts = min(s["ends_at"], s["last_used_at"] + dt.timedelta(seconds=s["idle_seconds"]))
    return me.person is not None and s["person_id"] == me.person and s["ended_at"] is None and lasts > now


def contact(c: Row, me: Any) -> bool:
    return c["person_id"] == me.person


def notice(n: Row, me: Any, wrote: bool, reads: bool) -> bool:
    """`wrote`: its side wrote the text that the notice is about; `reads`: it reads the document that is named."""
    mine = me.person is not None and n["person_id"] == me.person
    return mine or (n["person_id"] is None and wrote and (n["document_id"] is None or reads))


def reminder(call: Row, me: Any) -> bool:
    return call["forum_id"] in me.teams
