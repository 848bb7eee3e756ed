"""How a definition is run: some random acts, with what must hold asked after each, then the check's way to the end."""

import datetime as dt
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from forum.actions.core.catalogue import CATALOGUE
from forum.refusal import Refusal
from forum.workflow.act_names import WHILE_SILENT
from forum.workflow.check.endings import DUTIES, asks_for_answers
from forum.workflow.check.links import waited_for
from forum.workflow.check.rights import RIGHTS
from forum.workflow.effects import HELD
from forum.workflow.track_steps import Step

from .play import Change, Disagreement, Play
from .seen import Seen
from .targets import TARGETS, Place
from .world import Hand

MOST_STEPS = (
    60  # to an end: the longest way of a small definition, each thing done for each of its few inputs and texts
)
INSTANTS = ("call_closes", "consultation_closes", "silence_closes", "stage_closes", "call_opens", "stage_opens",
            "permit_ends")  # fmt: skip


@dataclass
class Stroll:
    """One run. `objectors`: by silence, those who could object when it began. `looks`: by track, the last look at it,
    with what had been done and waited for by then."""

    play: Play
    objectors: dict[uuid.UUID, list[Hand]] = field(default_factory=dict)
    looks: dict[uuid.UUID, tuple[Seen, Counter[str], int]] = field(default_factory=dict)

    async def run(self, moves: int) -> None:
        """Random moves, then to the end of every track, those that wait for others last."""
        for _ in range(moves):
            if await self.play.over():
                return
            track = self.play.chance.choice(self.play.tracks)
            await self._move(track)
            await self._holds(track)
        order = {name: n for n, name in enumerate(_in_order(self.play))}
        places = [(order[(await self.play.seen(track)).definition], track) for track in self.play.tracks]
        for _, track in sorted(places, key=lambda place: place[0]):
            await self._end(track)

    # ---- at random
    async def _move(self, track: uuid.UUID) -> None:
        """Something at random: often a step of the way, so that a run comes far; else any act, or time passes."""
        dice = self.play.chance.random()
        if dice < 0.4:
            await self._onward(track)
        elif dice < 0.5:
            await self._wait(track)
        else:
            await self._act(track)

    async def _act(self, track: uuid.UUID) -> None:
        play = self.play
        place = await play.place(track)
        rules = place.path.rules(place.stage.id)
        # What comes by a late permit after the end of a track is an exception of the office's, and nobody answers it.
        asked = () if place.stage.final else RIGHTS["call"] + RIGHTS["consultation"]
        along = (act for act in asked if place.path.rules_while_open(place.stage.id, act))
        known = dict.fromkeys((*rules, *along, *sorted(WHILE_SILENT)))
        here = [act for act in known if act in TARGETS or act == "submit_contribution"]
        anywhere = sorted({act for stage in place.path.stages for act in place.path.rules(stage)} & set(TARGETS))
        wanted = here if play.chance.random() < 0.9 else anywhere
        for act in play.chance.sample(wanted, len(wanted)):
            rule = play.rule(place, act)
            fits = [] if rule is None else play.hands(rule)
            hand = fits[0] if fits and play.chance.random() < 0.9 else play.chance.choice(play.world.hands)
            if act == "submit_contribution":
                await play.hand_in(place, hand)
                return
            if found := await TARGETS[act](place):
                with suppress(Refusal):
                    await play.do(act, hand.subject, play.chance.choice(found))
                return

    async def _wait(self, track: uuid.UUID) -> None:
        """To some instant ahead, or somewhere between; not past the end of the edition."""
        play, now = self.play, await self.play.now()
        ahead = [at for some in (await play.instants(track)).values() for at in some]
        wanted = play.chance.choice([*ahead, now + dt.timedelta(days=play.chance.choice((0.2, 3, 20)))])
        if play.ends_at is None or wanted < play.ends_at:
            await play.to(wanted)

    # ---- what must hold
    def _changed(self, track: uuid.UUID, here: Seen) -> None:
        """Note what the acts since the last look made of this track, where they alone did it."""
        play = self.play
        before, counted, waited = self.looks.get(track, (here, play.counted, play.waited))
        acts = frozenset(play.counted - counted)
        if acts and acts <= set(CATALOGUE) and play.waited == waited:
            states = (before.stage, before.things), (here.stage, here.things)
            play.changes.add(Change(here.definition, acts, *states))
        self.looks[track] = here, play.counted.copy(), play.waited

    async def _holds(self, track: uuid.UUID) -> None:
        here = await self.play.seen(track)
        self._changed(track, here)
        space, _ = self.play.known[here.definition]
        if not space.possible(here.stage, here.things):
            raise Disagreement(f"the check knows no such state: {here.stage}, {sorted(here.things)}")
        if not space.can_end(here.stage, here.things):
            raise Disagreement(f"no way to an end from {here.stage}, {sorted(here.things)}")
        await self._ended_well(track, here)
        await self._voices(track)

    async def _ended_well(self, track: uuid.UUID, here: Seen) -> None:
        path = self.play.process.tracks[here.definition]
        if not path.stages[here.stage].final:
            return
        left = set(DUTIES) & here.things
        if not asks_for_answers(self.play.process, path):
            left -= {"input"}
        if left and not ("input" in left and len(left) == 1):
            raise Disagreement(f"{here.stage} ends the track and leaves {sorted(left)}")

    async def _voices(self, track: uuid.UUID) -> None:
        """Whoever could object when a silence began can object as long as it runs."""
        if "silence" not in (await self.play.seen(track)).things:
            return
        place = await self.play.place(track)
        for fields in await TARGETS["break_silence"](place):
            id_: uuid.UUID = fields["silence"]
            new = id_ not in self.objectors
            asked = self._might(place) if new else self.objectors[id_]
            able = [hand for hand in asked[:4] if await self._could(hand, fields)]
            if new:
                self.objectors[id_] = able
                if not able:
                    raise Disagreement("a silence began that nobody can break")
            elif len(able) < len(asked[:4]):
                raise Disagreement("somebody who could break a running silence no longer can")

    def _might(self, place: Place) -> list[Hand]:
        rules = place.path.rules_while_silent(place.stage.id, "break_silence")
        return list(dict.fromkeys(hand for rule in rules for hand in self.play.hands(rule)))

    async def _could(self, hand: Hand, fields: dict[str, object]) -> bool:
        play = self.play
        told, counted = list(play.told), play.counted.copy()
        try:
            async with play.points.kept_apart():
                await play.do("break_silence", hand.subject, fields)
        except Refusal as refusal:
            told.append(f"{hand.subject} cannot object: {type(refusal).__name__}")
            return False
        finally:
            play.told[:], play.counted = told, counted
            play.forget()
        return True

    # ---- to the end
    async def _end(self, track: uuid.UUID) -> None:
        """The check's own way, played until the track has ended."""
        self.play.told.append("-- to the end")
        for _ in range(MOST_STEPS):
            await self._holds(track)
            if not await self._onward(track):
                return
        raise Disagreement("the way to the end has no end")

    async def _onward(self, track: uuid.UUID) -> bool:
        """One step of the way, in the service; False at an end. Raises `Disagreement` where none can be made."""
        play = self.play
        here = await play.seen(track)
        if await play.over() or play.process.tracks[here.definition].stages[here.stage].final:
            return False
        if await self._waits(here.definition):
            return False
        steps = play.known[here.definition][1].onward(here.stage, here.things)
        for step in play.chance.sample(steps, len(steps)):
            if await self._step(track, here, step):
                return True
            if await play.over():
                return False
        said = ", ".join(sorted({f"{step.act or 'the clock'} -> {step.to}" for step in steps}))
        raise Disagreement(f"at {here.stage} with {sorted(here.things)} no step of the way can be made: {said}")

    async def _waits(self, name: str) -> bool:
        """Whether a track waits for the end of another, or for a text that another makes."""
        waited, known = waited_for(self.play.process, self.play.process.tracks[name]), self.play.process.tracks
        places = [await self.play.seen(track) for track in self.play.tracks]
        return any(here.definition in waited and not known[here.definition].stages[here.stage].final for here in places)

    async def _step(self, track: uuid.UUID, here: Seen, step: Step) -> bool:
        play = self.play
        if not step.act:
            return await self._by_clock(track, here, step)
        place = await play.place(track)
        if step.act == "submit_contribution":
            rule = play.rule(place, "save_contribution")
            return rule is not None and any([await play.hand_in(place, hand) for hand in play.hands(rule)[:2]])
        for fields in (await TARGETS[step.act](place))[:8]:
            if step.to is not None and fields.get("to") != step.to:
                continue
            if await play.by_somebody(place, step.act, fields):
                return True
        return False

    async def _by_clock(self, track: uuid.UUID, here: Seen, step: Step) -> bool:
        """Wait for the instant of this step; whether anything came of it."""
        play = self.play
        ahead = await play.instants(track)
        wanted = [f"{window}_closes" for window in ("call", "consultation", "silence") if window in step.closes]
        wanted += ["permit_ends"] if "permit" in step.closes else []
        if not wanted and step.to is not None:
            clocks = play.process.tracks[here.definition].stages[here.stage].clocks
            wanted = [clock.at for clock in clocks if clock.to == step.to]
        found = [at for kind in wanted for at in ahead.get(kind, ())]
        # What was held back is made as soon as the clock looks again.
        late = not found and ("stage_closes" in wanted or bool(step.needs & HELD))
        if not found and not late:
            return False
        await play.to(await play.now() if late else min(found))
        return not late or (await play.seen(track)).stage != here.stage


def _in_order(play: Play) -> list[str]:
    """The tracks, those that wait for another after it."""
    return sorted(play.process.tracks, key=lambda name: _depth(play, name))


def _depth(play: Play, name: str) -> int:
    waited = waited_for(play.process, play.process.tracks[name])
    return max((1 + _depth(play, other) for other in waited), default=0)
