"""What the tests of deadlines share: a process with reminders, planned windows, what people were told."""

from pathlib import Path

from forum.store.tables import schema as t
from forum.store.unit import fresh
from forum.workflow.load import digest
from tests.support.scene import Scene

WORKFLOWS = Path(__file__).parents[2] / "workflows"
REMINDERS = '\n[reminders]\ndays = [14, 3, 1]\nthrough = ["national_focal_point", "representative", "coordinator"]\n'


async def runs_under(s: Scene, text: str, process: str = "gfmd") -> None:
    """Pin the process's edition to another text."""
    row = await s.row(t.process_definition, name=process)
    await s.change(t.process_definition, row["id"], text=text, hash=digest(text))


async def with_reminders(s: Scene) -> None:
    """The process of the scene, with reminders 14, 3 and 1 days before a deadline."""
    text = (WORKFLOWS / "gfmd.toml").read_text("utf-8")
    await runs_under(s, text if "[reminders]" in text else text + REMINDERS)


async def window(s: Scene, track: str, stage: str, opens_at, closes_at, **more):
    """A planned window of a stage."""
    row = {"id": fresh(), "track_id": s.tracks[track], "stage": stage, "opens_at": opens_at, "closes_at": closes_at}
    await s.add(t.stage_window, {"zone": "Europe/Zurich", "extended": False, **row, **more})
    return row["id"]


async def told(s: Scene, cause=None, **match) -> set[str]:
    """Who was told, by subject."""
    rows = await s.rows(t.notice, **match, **({} if cause is None else {"cause_id": cause}))
    names = {id_: subject for subject, id_ in s.people.items()}
    found = [names[row["person_id"]] for row in rows]
    assert len(found) == len(set(found)) or cause is None
    return set(found)
