"""Many definitions, one after the other: which are sound, and what became of those that were run."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

from forum.store.transactions import Engine
from forum.workflow.load import parse

from .generator import definition
from .play import Disagreement
from .runs import findings, run, stand
from .toml_text import written

# A finding of the walk through the states comes with no run that shows it: what it says cannot be ruled out.
NOT_RULED_OUT = frozenset(
    ("locked_for_ever", "unreachable_stage", "end_leaves_input", "end_leaves_silence", "end_leaves_objection")
)


@dataclass
class Tally:
    """How many definitions were sound or not, could not be opened on the dates drawn, were run; and each act done."""

    definitions: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The figures as a table."""
        lines = [f"{n:6} {what}" for counts in (self.definitions, self.acts) for what, n in counts.most_common()]
        return "\n".join([*lines, *self.disagreements])


def sound(first: int, tally: Tally) -> Iterator[tuple[int, str]]:
    """The sound definitions among those from this number on, with their texts."""
    for number in count(first):
        text = written(definition(number))
        found = {finding.code for finding in findings(parse(text))}
        sort = "cannot be ruled out" if found and found <= NOT_RULED_OUT else "unsound" if found else "sound"
        tally.definitions[sort] += 1
        if not found:
            yield number, text


async def run_many(engine: Engine, most: int, first: int = 0) -> Tally:
    """Run so many sound definitions, from this number on; what was wrong stands in the tally, with its number."""
    tally = Tally()
    async with stand(engine) as here:
        for number, text in islice(sound(first, tally), most):
            try:
                play = await run(here, text, number)
            except Disagreement as error:
                told = "\n".join(error.__notes__)
                tally.disagreements.append(f"definition {number}: {error}\n{told}")
                continue
            tally.definitions["run" if play else "not opened on these dates"] += 1
            tally.acts += play.counted if play else Counter()
    return tally
