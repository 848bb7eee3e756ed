"""A small review on a real database, for tests of what is done: bodies, people, an edition under `gfmd`, an open call.

`await scene(database.app_url)` builds it; `await stage.do("submit_contribution", "focal.kenya", contribution=...)` does
an act through the runner, as that person, and gives the ids that came of it.
"""

import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from forum.actions.contribution.parts import SectionText
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest, Runner
from forum.domain.names import folded
from forum.store.processes import Processes
from forum.store.tables import schema as t
from forum.store.transactions import Engine
from forum.store.unit import begin, fresh, make_engine
from forum.workflow.load import digest

WORKFLOWS = Path(__file__).parents[2] / "workflows"
DAY = dt.timedelta(days=1)

# slug: (layer, kind, power, parent)
FORUMS = {
    "gfmd": ("gfmd", "forum", "none", None),
    "rcp": ("regional", "forum", "none", None),
    "hlpf": ("global", "forum", "none", None),
    "steering": ("gfmd", "steering_group", "endorses", "gfmd"),
    "consultation": ("regional", "regional_consultation", "none", "gfmd"),
}
# slug: (name, kind, country, status in gfmd, mechanism)
ORGANISATIONS = {
    "ecuador": ("Ecuador", "state", "EC", "member", "states"),
    "kenya": ("Kenya", "state", "KE", "member", "states"),
    "nepal": ("Nepal", "state", "NP", "member", "states"),
    "network": ("Network of Diaspora Groups", "civil_society", None, "observer", "civil_society"),
    "quito": ("City of Quito", "local_authority", None, "observer", "mayors"),
    "stranger": ("Institute Elsewhere", "academia", None, None, None),
    "desa": ("Department of Economic and Social Affairs", "agency", None, None, None),
}
# subject: (role, organisation, forum, mechanism)
PEOPLE = {
    "secretariat": ("secretariat", "ecuador", "gfmd", None),
    "penholder": ("penholder", "ecuador", "gfmd", None),
    "liaison": ("liaison", "ecuador", "gfmd", None),
    "focal.kenya": ("national_focal_point", "kenya", None, None),
    "delegate.kenya": ("delegate", "kenya", None, None),
    "focal.nepal": ("national_focal_point", "nepal", None, None),
    "rep.network": ("representative", "network", None, None),
    "rep.quito": ("representative", "quito", None, None),
    "coordinator": ("coordinator", None, "gfmd", "civil_society"),
    "rep.stranger": ("representative", "stranger", None, None),
    "secretariat.rcp": ("secretariat", "nepal", "rcp", None),
    "secretariat.hlpf": ("secretariat", "desa", "hlpf", None),
}
OFFICES = [
    ("ecuador", "gfmd", "chair"),
    ("kenya", "steering", "member"),
    ("nepal", "steering", "member"),
    ("nepal", "rcp", "chair"),
]
# name: (edition, definition, convened as)
TRACKS = {
    "main": ("gfmd", "main", None),
    "focused": ("gfmd", "focused_input", None),
    "regional": ("gfmd", "regional_consultation", "consultation"),
    "hlpf": ("hlpf", "main", None),
}
# Standing: (the forum that asked, the body that agreed, to what).
AGREEMENTS = [("gfmd", "rcp", "convene"), ("gfmd", "hlpf", "receive")]
SECTIONS = [("a", "What works?", 3, 40, True), ("b", "What is missing?", 0, 40, False)]


@dataclass
class Scene:
    """Ids by name, and hands to act with. Times are the one clock's."""

    engine: Engine
    runner: Runner
    now: dt.datetime
    forums: dict[str, uuid.UUID] = field(default_factory=dict)
    organisations: dict[str, uuid.UUID] = field(default_factory=dict)
    people: dict[str, uuid.UUID] = field(default_factory=dict)
    mandates: dict[str, uuid.UUID] = field(default_factory=dict)
    editions: dict[str, uuid.UUID] = field(default_factory=dict)
    tracks: dict[str, uuid.UUID] = field(default_factory=dict)
    call: uuid.UUID = field(default_factory=fresh)

    async def do(
        self,
        act: str,
        subject: str | None,
        /,
        *,
        key: uuid.UUID | None = None,
        acting_as: uuid.UUID | None = None,
        **fields: Any,
    ) -> dict[str, uuid.UUID]:
        """Do an act as the person of this subject; the ids of its payload. An act that creates gets a fresh key."""
        known = CATALOGUE[act]
        key = key or (uuid.uuid4() if known.command.creates else None)
        asked = ActRequest(known, known.command(**fields), subject, acting_as, key)
        answer = await self.runner.perform(asked, _ids)
        return {name: uuid.UUID(value) for name, value in json.loads(answer).items()}

    async def by_clock(self, act: str, **fields: Any) -> bool:
        """Let the service do an act at its instant; whether anything came of it."""
        return await self.runner.by_clock(CATALOGUE[act], CATALOGUE[act].command(**fields))

    async def input(self, by: str = "rep.network", releaser: str | None = None, /, **more: Any) -> uuid.UUID:
        """An input handed in to the call, at its stage; `more` are fields of `save_contribution`."""
        given = {
            "title": "An input",
            "language": "en",
            "sections": (SectionText(code="a", text="Desks near markets help."),),
        }
        ids = await self.do("save_contribution", by, call=self.call, **{**given, **more})
        await self.do("release_contribution", releaser or by, **ids, expected_revision=1)
        return (await self.do("submit_contribution", by, **ids, again=True))["contribution"]

    async def document(self, track: str, kind: str, **more: Any) -> uuid.UUID:
        """A document begun by the secretariat."""
        given = {"title": "A text", "symbol": f"SYM/{uuid.uuid4().hex[:8]}", "language": "en"}
        ids = await self.do("draft_document", "secretariat", track=self.tracks[track], kind=kind, **{**given, **more})
        return ids["document"]

    async def write(self, document: uuid.UUID, text: str, **more: Any) -> uuid.UUID:
        """A paragraph, by the penholder."""
        return (await self.do("write_paragraph", "penholder", document=document, text=text, **more))["paragraph"]

    async def circulate(self, document: uuid.UUID, label: str = "Rev.1") -> uuid.UUID:
        closes = self.now + 11 * DAY
        ids = await self.do("circulate_document", "penholder", document=document, label=label, comments_close_at=closes)
        return ids["revision"]

    async def rows(self, table: sa.Table, **match: Any) -> list[dict[str, Any]]:
        async with begin(self.engine) as unit:
            return await unit.all(sa.select(table).where(*[table.c[k] == v for k, v in match.items()]))

    async def row(self, table: sa.Table, **match: Any) -> dict[str, Any]:
        [row] = await self.rows(table, **match)
        return row

    async def change(self, table: sa.Table, id_: Any, **values: Any) -> None:
        async with begin(self.engine) as unit:
            await unit.run(sa.update(table).where(table.c.id == id_).values(**values))
            await unit.connection.commit()

    async def add(self, table: sa.Table, *rows: Mapping[str, Any]) -> None:
        async with begin(self.engine) as unit:
            await unit.add(table, *rows)
            await unit.connection.commit()

    async def stage(self, track: str, stage: str) -> None:
        """Put a track at a stage, past the acts that lead there."""
        await self.change(t.track, self.tracks[track], stage=stage)

    async def stage_of(self, track: uuid.UUID, stage: str, since: dt.datetime | None = None) -> None:
        """Put a track, by its id, at a stage it is taken to stand at since this instant."""
        row = await self.row(t.track, id=track)
        await self.change(t.track, track, stage=stage, stage_since=since or row["stage_since"])

    async def no_call_open(self) -> None:
        """The call is over, as if its time had passed: no text is closed before that."""
        await self.change(t.call, self.call, state="closed")

    async def shift(self, by: dt.timedelta) -> None:
        """Move the one clock to this distance from real time."""
        await self.change(t.clock, 1, shift=by)


def ahead(s: Scene, days: int) -> dt.datetime:
    """The morning of a day to come: a time that the clocks of no zone skip or show twice."""
    return (s.now + days * DAY).replace(hour=8, minute=0, second=0, microsecond=0)


async def _ids(_: Any, outcome: Any, __: Any) -> bytes:
    return json.dumps({name: str(value) for name, value in outcome.ids.items()}).encode()


@asynccontextmanager
async def scene(url: str) -> AsyncIterator[Scene]:
    """The scene on a fresh database, built as the application's role."""
    engine = make_engine(url, 8)
    made = Scene(engine, Runner(engine, Processes()), dt.datetime.now(dt.UTC))
    try:
        async with begin(engine) as unit:
            for table, rows in _rows(made).items():
                await unit.add(getattr(t, table), *rows)
            await unit.connection.commit()
        yield made
    finally:
        await engine.dispose()


def _rows(s: Scene) -> Mapping[str, list[dict[str, Any]]]:
    """Every row by its table, in an order that references allow."""
    start = s.now - 30 * DAY
    s.forums = {slug: fresh() for slug in FORUMS}
    s.organisations = {slug: fresh() for slug in ORGANISATIONS}
    s.people = {subject: fresh() for subject in PEOPLE}
    s.mandates = {subject: fresh() for subject in PEOPLE}
    s.tracks = {name: fresh() for name in TRACKS}
    processes = {name: fresh() for name in ("gfmd", "hlpf")}
    s.editions = {name: fresh() for name in processes}
    texts = {name: (WORKFLOWS / f"{name}.toml").read_text("utf-8") for name in processes}
    return {
        "organisation": [
            {"id": s.organisations[slug], "name": name, "kind": kind, "country_code": code, "name_keys": [folded(name)]}
            for slug, (name, kind, code, _, _) in ORGANISATIONS.items()
        ],
        "person": [{"id": id_, "subject": subject, "name": f"Person {n}"} for n,
            (subject, id_) in enumerate(s.people.items())],
        "forum": [
            {"id": s.forums[slug], "slug": slug, "name": slug.title(), "layer": layer, "kind": kind, "power": power,
             "parent_id": None if parent is None else s.forums[parent]}
            for slug, (layer, kind, power, parent) in FORUMS.items()
        ],
        "convenor": [{"id": fresh(), "forum_id": s.forums["consultation"],
            "convened_by_id": s.forums[f]} for f in ("gfmd", "rcp")],
        "agreement": [
            {"id": fresh(), "asking_id": s.forums[asking], "named_id": s.forums[named], "purpose": purpose,
             "state": "agreed", "basis": "operator", "proposed_at": start, "answered_at": start}
            for asking, named, purpose in AGREEMENTS
        ],
        "mechanism": [{"id": fresh(), "code": c, "name": c.replace("_", " ").title()} for c in ("states",
            "civil_society", "mayors")],
        "participation": [
            {"id": fresh(), "forum_id": s.forums["gfmd"], "organisation_id": s.organisations[slug], "status": status,
             "mechanisms": [mechanism], "starts_at": start}
            for slug, (_, _, _, status, mechanism) in ORGANISATIONS.items()
            if status
        ],
        "process_definition": [
            {"id": processes[name], "name": name, "version": "1", "hash": digest(text), "text": text,
                "published_at": start, "forum_id": s.forums[name], "adopted_at": start}
            for name, text in texts.items()
        ],
        "edition": [
            {"id": s.editions[name], "forum_id": s.forums[name], "name": f"{name} 2020", "zone": "Europe/Zurich",
             "process_id": process, "opened_at": start}
            for name, process in processes.items()
        ],
        "anchor": [
            {"id": fresh(), "edition_id": s.editions[edition], "name": name, "at": at}
            for edition, name, at in (("gfmd", "summit", ahead(s, 300)), ("gfmd", "hlpf", ahead(s, 120)),
                ("hlpf", "hlpf", ahead(s, 120)))
        ],
        "track": [
            {"id": s.tracks[name], "edition_id": s.editions[edition], "name": name, "title": name.title(),
                "definition": definition,
             "stage": "call", "convened_as_id": None if body is None else s.forums[body], "stage_since": start}
            for name, (edition, definition, body) in TRACKS.items()
        ],
        "mandate": [*_roles(s, start), *_offices(s, start)],
        "call": [
            {"id": s.call, "track_id": s.tracks["main"], "edition_id": s.editions["gfmd"], "forum_id": s.forums["gfmd"],
             "title": "Inputs to the Chair", "text": "Send them.", "opens_at": s.now - DAY,
             "closes_at": s.now + 2 * DAY,
             "zone": "Europe/Zurich", "languages": ["en", "fr"]}
        ],
        "call_section": [
            {"id": fresh(), "call_id": s.call, "ordinal": n, "code": code, "prompt": prompt, "min_length": low,
                "max_length": high,
             "unit": "words", "required": required}
            for n, (code, prompt, low, high, required) in enumerate(SECTIONS, 1)
        ],
        "addressee": [
            {"id": fresh(), "call_id": s.call, "organisation_id": s.organisations[slug]}
            for slug, (_, _, _, status, _) in ORGANISATIONS.items()
            if status
        ],
    }  # fmt: skip


def _roles(s: Scene, start: dt.datetime) -> list[dict[str, Any]]:
    empty = {"office": None, "edition_id": None, "track_id": None, "ends_at": None}
    return [
        {"id": s.mandates[subject], "person_id": s.people[subject], "role": role, "mechanism_code": mechanism,
            "starts_at": start, "accepted_at": start,
         "organisation_id": None if organisation is None else s.organisations[organisation],
         "forum_id": None if forum is None else s.forums[forum], **empty}
        for subject, (role, organisation, forum, mechanism) in PEOPLE.items()
    ]  # fmt: skip


def _offices(s: Scene, start: dt.datetime) -> list[dict[str, Any]]:
    empty = {
        "person_id": None,
        "role": None,
        "mechanism_code": None,
        "edition_id": None,
        "track_id": None,
        "ends_at": None,
    }
    return [
        {"id": fresh(), "organisation_id": s.organisations[organisation], "forum_id": s.forums[forum], "office": office,
         "starts_at": start, "accepted_at": start, **empty}
        for organisation, forum, office in OFFICES
    ]  # fmt: skip
