"""A definition is run on the real engine and store: what is done in it, what is the case, and what lies ahead.

What must never be is a `Disagreement`; refusals are the service's good right while acts are random.
"""

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa

from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest, Runner
from forum.errors import NotAtThisStage
from forum.jobs.scheduled import perform
from forum.refusal import Refusal
from forum.store import due
from forum.store.clock import moment
from forum.store.tables import schema as t
from forum.store.unit import UnitOfWork
from forum.workflow.act_names import ACTS_OF_PARTICIPANTS
from forum.workflow.capacity import wrong_role
from forum.workflow.check.space import Space
from forum.workflow.check.ways import Ways
from forum.workflow.process import Process, Rule
from forum.workflow.verdict import Standing

from .savepoints import Savepoints
from .seen import Seen, seen
from .targets import Fields, Place
from .world import REVIEWED, Hand, World

SECOND = dt.timedelta(seconds=1)


class Disagreement(AssertionError):
    """The service did what the check said cannot be, or not what it said can."""


class Change(NamedTuple):
    """What these acts made of a track while no time passed: its stage and what is open there, before and after."""

    track: str
    acts: frozenset[str]
    before: tuple[str, frozenset[str]]
    after: tuple[str, frozenset[str]]


@dataclass
class Play:
    """A running edition of a definition. `told` is what happened, in order; `counted`, how often each act was done;
    `changes`, what acts alone made of a track; `waited`, how often time was let pass."""

    points: Savepoints
    runner: Runner
    world: World
    process: Process
    known: Mapping[str, tuple[Space, Ways]]
    chance: Random
    edition: uuid.UUID
    ends_at: dt.datetime | None
    tracks: Sequence[uuid.UUID]
    told: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    changes: set[Change] = field(default_factory=set)
    waited: int = 0
    _seen: dict[uuid.UUID, Seen] = field(default_factory=dict)

    @property
    def unit(self) -> UnitOfWork:
        return UnitOfWork(self.points.connection)

    # ---- time
    async def now(self) -> dt.datetime:
        return await self.unit.ask(moment())

    async def to(self, instant: dt.datetime) -> None:
        """Move the one clock to just past an instant, and let the clock do all that is due."""
        await self.unit.run(sa.update(t.clock).values(shift=instant + SECOND - dt.datetime.now(dt.UTC)))
        self._seen.clear()
        self.waited += 1
        self.told.append(f"it is {instant:%Y-%m-%d %H:%M}")
        for _ in range(30):
            if not await self._swept():
                return
        raise Disagreement("the clock does not come to rest")

    async def _swept(self) -> int:
        done = 0
        for act in await self.unit.ask(due.due_now(self.runner.processes)):
            await self.points.forget()
            if await perform(self.runner, act.act, act.about):
                self.told.append(f"the clock: {act.act}")
                self.counted[act.act] += 1
                done += 1
        return done

    async def instants(self, track: uuid.UUID) -> dict[str, list[dt.datetime]]:
        """What lies ahead on a track, by kind."""
        rows = await self.unit.run(sa.text(_AHEAD), {"track": track, "now": await self.now()})
        ahead: dict[str, list[dt.datetime]] = {}
        for row in sorted(rows, key=lambda row: row["at"]):
            ahead.setdefault(row["kind"], []).append(row["at"])
        return ahead

    # ---- what is the case
    async def seen(self, track: uuid.UUID) -> Seen:
        """Where a track stands; read anew only where something was done since."""
        if track not in self._seen:
            self._seen[track] = await seen(self.unit, self.process, track)
        return self._seen[track]

    def forget(self) -> None:
        """What was done has been taken back."""
        self._seen.clear()

    async def over(self) -> bool:
        """Whether the edition has ended: nothing is done in it any more."""
        return self.ends_at is not None and await self.now() >= self.ends_at

    async def place(self, track: uuid.UUID) -> Place:
        here = await self.seen(track)
        path = self.process.tracks[here.definition]
        stage = path.stages[here.stage]
        return Place(self.unit, self.world, self.process, path, stage, track, here.now, self.ends_at, self.chance)

    # ---- acts
    async def do(self, act: str, subject: str, fields: Fields) -> dict[str, uuid.UUID]:
        """Do an act, or be refused; anything else is the service's fault."""
        known = CATALOGUE[act]
        key = uuid.uuid4() if known.command.creates else None
        asked = ActRequest(known, known.command(**fields), subject, None, key)
        try:
            answer = await self.runner.perform(asked, _ids)
        except Refusal as refusal:
            self.told.append(f"{subject} may not {act}: {type(refusal).__name__} {refusal}")
            raise
        except Exception as error:
            raise Disagreement(f"{act} by {subject} gave {error!r}") from error
        self._seen.clear()
        self.told.append(f"{subject}: {act} {_spoken(fields)}")
        self.counted[act] += 1
        return {name: uuid.UUID(value) for name, value in json.loads(answer).items()}

    def hands(self, rule: Rule, author: str | None = None) -> list[Hand]:
        """Those whom a rule is for, in random order; of the forum's own acts those of its house."""
        fits = [hand for hand in self.world.hands if wrong_role(rule, _standing(hand, rule.act), author) is None]
        mine = [hand for hand in fits if hand.house or rule.act in ACTS_OF_PARTICIPANTS]
        return self.chance.sample(mine, len(mine))

    def rule(self, place: Place, act: str) -> Rule | None:
        """The rule of the stage, else that of another at which the act is open: of a silence, of a late permit."""
        path = place.path
        return path.rule(place.stage.id, act) or next((path.rule(stage, act) for stage in path.stages_with(act)), None)

    async def by_somebody(self, place: Place, act: str, fields: Fields, most: int = 3) -> bool:
        """Whether one of those who may has done it. Where only time is in the way, it is waited for."""
        rule = self.rule(place, act)
        for hand in [] if rule is None else self.hands(rule)[:most]:
            try:
                await self.do(act, hand.subject, fields)
            except Refusal as refusal:
                opens = getattr(refusal, "opens_at", None)
                if isinstance(opens, dt.datetime):
                    await self.to(opens)
                    return True
            else:
                return True
        return False

    async def hand_in(self, place: Place, writer: Hand) -> bool:
        """An input is written, released and handed in, as far as each may be; whether it was."""
        calls = await place.all(_CALLS, now=place.now)
        rule = self.rule(place, "release_contribution")
        if not calls or rule is None:
            return False
        call, is_open = self.chance.choice(calls).values()
        try:
            given = {"call": call, "title": "An input", "language": "en", "collective": writer.kind == "mechanism"}
            ids = await self.do("save_contribution", writer.subject, given)
            for hand in self.hands(rule, writer.kind):
                if _same_side(hand, writer):
                    await self.do("release_contribution", hand.subject, {**ids, "expected_revision": 1})
                    break
            await self.do("submit_contribution", writer.subject, ids)
        except NotAtThisStage as refusal:
            if is_open:
                raise Disagreement("a call is open, and the stage turns away who answers it") from refusal
            return False
        except Refusal:
            return False
        return True


def _same_side(hand: Hand, writer: Hand) -> bool:
    return hand.subject.partition(".")[2] == writer.subject.partition(".")[2]


def _standing(hand: Hand, act: str) -> Standing:
    """`member` is somebody only before the body that is asked."""
    silent = act in ("break_silence", "place_reservation", "answer_objection")
    roles = hand.roles | {"member"} if silent and hand.member else hand.roles
    reviewed = hand.subject.partition(".")[2] == REVIEWED
    return Standing(roles, hand.statuses, hand.mechanisms, subject=reviewed)


def _spoken(fields: Fields) -> str:
    short = {name: str(value)[-4:] if isinstance(value, uuid.UUID) else value for name, value in fields.items()}
    return " ".join(f"{name}={value}" for name, value in short.items() if name in ("to", "kind", "document", "silence",
                    "subject", "paragraph", "closes_at", "call"))  # fmt: skip


async def _ids(_: Any, outcome: Any, __: Any) -> bytes:
    return json.dumps({name: str(value) for name, value in outcome.ids.items()}).encode()


_CALLS = """
SELECT id, state = 'open' AND opens_at <= :now AND coalesce(late_until, closes_at) > :now AS is_open
FROM call WHERE track_id = :track ORDER BY id
"""
_AHEAD = """
SELECT * FROM (
  SELECT 'call_opens' AS kind, opens_at AS at FROM call WHERE track_id = :track
  UNION ALL SELECT 'call_closes', coalesce(late_until, closes_at) FROM call WHERE track_id = :track AND state = 'open'
  UNION ALL SELECT 'consultation_closes', comments_close_at FROM document
    WHERE track_id = :track AND state = 'circulated'
  UNION ALL SELECT 'silence_closes', s.ends_at FROM silence s JOIN document d ON d.id = s.document_id
    WHERE d.track_id = :track AND s.state = 'running'
  UNION ALL SELECT 'permit_ends', p.until FROM late_permit p JOIN call k ON k.id = p.call_id WHERE k.track_id = :track
  UNION ALL SELECT 'stage_closes', w.closes_at FROM stage_window w JOIN track r ON r.id = w.track_id
    WHERE r.id = :track AND w.stage = r.stage
  UNION ALL SELECT 'stage_opens', w.opens_at FROM stage_window w JOIN track r ON r.id = w.track_id
    WHERE r.id = :track AND w.stage = r.stage
) x WHERE at > :now
"""
