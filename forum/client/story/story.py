"""The demonstration's story in fourteen steps, from the chair's call to the papers and the next change of the rules.

Every step goes through the contract. The chapters are `people.py` (who speaks for whom), `inputs.py` (calls and
inputs), `chain.py` (city to region), `text.py` (draft, comments, answers, no objection), `meeting.py` (a meeting and
its summary) and `chair.py` (the Chair changes how the Forum works). What people write stands in `forum/_demo/`.
"""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from ...papers import drawn
from ..session import Json
from . import chain as story_chain
from . import chair as story_chair
from . import inputs as story_inputs
from . import meeting as story_meeting
from . import people as story_people
from . import text as story_text
from .stage import Stage, Story

DATA = Path(__file__).parents[2] / "_demo"
BEGIN = datetime(2020, 3, 2, 8, 0, tzinfo=UTC)
# The dates that the editions are opened with; all others are counted from them.
WANTED = datetime(2020, 4, 10, 8, 0, tzinfo=UTC)
HLPF = datetime(2020, 7, 7, 13, 0, tzinfo=UTC)
SUMMIT = datetime(2021, 1, 18, 5, 0, tzinfo=UTC)
IMRF = datetime(2022, 5, 17, 14, 0, tzinfo=UTC)
QUITO = datetime(2020, 1, 21, 14, 0, tzinfo=UTC)
IDM = datetime(2016, 2, 29, 15, 0, tzinfo=UTC)


async def tell(stage: Stage) -> Story:
    """Play all steps and write the papers. Raises where the service does otherwise than the story says."""
    story = Story(stage, tomllib.loads((DATA / "story.toml").read_text("utf-8")))
    await stage.move_clock(BEGIN)
    await story_people.accept(story)
    await open_editions(story)
    await story_inputs.calls(story)
    await story_chain.city_to_region(story)
    await story_inputs.inputs(story)
    await story_inputs.deadline(story)
    await story_inputs.returned(story)
    await story_inputs.practices(story, (DATA / "practices.csv").read_bytes())
    await story_text.draft(story)
    await story_text.consult(story)
    await story_text.answer_and_put(story)
    await story_chain.to_the_global_text(story)
    await story_meeting.tell(story, (DATA / "meeting.json").read_bytes())
    await write_papers(story)
    await story_chair.tell(story)
    await story_people.admit(story)
    await story_chair.leave_a_call_open(story)
    write_transcript(story)
    return story


async def open_editions(story: Story) -> None:
    """Steps 1 and 2: forums at every layer, their editions, the GFMD's three tracks and its themes."""
    plan: list[tuple[str, str, str, Json]] = [
        ("philippines", "ph-secretariat", "national", _dated("National input 2020", "Asia/Manila", wanted_by=WANTED)),
        ("portugal", "pt-secretariat", "national", _dated("National input 2020", "Europe/Lisbon", wanted_by=WANTED)),
        ("gfmd", "gfmd-secretariat", "gfmd", await _gfmd(story)),
        ("hlpf", "hlpf-secretariat", "hlpf", _dated("HLPF 2020", "America/New_York", hlpf=HLPF)),
        ("imrf", "imrf-secretariat", "imrf", _dated("IMRF 2022", "America/New_York", imrf=IMRF)),
        ("idm", "idm-secretariat", "idm", _dated("IDM 2016", "America/New_York", meeting=IDM)),
    ]
    for slug, persona, process, fields in plan:
        forum = (await story.as_(None).ask("ForumPage", slug=slug, at=None))["forum"]
        story.ids[f"forum:{slug}"] = forum["id"]
        # The story is retold: some of what it tells is over already, and that is meant.
        asked = {"forum": forum["id"], "process": process, "confirm": True, **fields}
        opened = await story.as_(persona).do("OpenEdition", **asked)
        story.ids[f"edition:{slug}"] = opened["edition"]["id"]
        for track in opened["edition"]["tracks"]:
            story.ids[f"track:{slug}/{track['name']}"] = track["id"]
    gfmd = (await story.as_(None).ask("ForumPage", slug="gfmd", at=None))["forum"]
    for body in gfmd["bodies"]["nodes"]:
        story.ids[f"forum:{body['slug']}"] = body["id"]
    troika = gfmd["troika"]
    chairs = " / ".join(", ".join(t["name"] for t in troika[k]) for k in ("previous", "current", "next"))
    await _past(story, gfmd["id"])
    story.stage.say("1.", f"Six forums opened an edition, from a national platform to the IMRF. GFMD troika: {chairs}.")


async def _past(story: Story, forum: str) -> None:
    """Enter the edition before this one, with what it sent to the HLPF: nobody begins with an empty folder."""
    sent = {
        "kind": "focused_input",
        "title": "Input of the GFMD to the High-level Political Forum 2019",
        "language": "en",
    }
    opened = {"name": "summit", "at": QUITO.isoformat()}
    await story.as_("gfmd-secretariat").do(
        "RecordEdition", forum=forum, name="GFMD 2019", anchors=[opened], documents=[sent]
    )


def _dated(name: str, zone: str, **anchors: datetime) -> Json:
    """An edition's name and zone, and the dates that its process counts from."""
    dates = [{"name": anchor, "at": at.isoformat()} for anchor, at in anchors.items()]
    return {"name": name, "zone": zone, "anchors": dates}


async def _gfmd(story: Story) -> Json:
    consultation = (await story.as_(None).ask("ForumPage", slug="gfmd-add-consultation", at=None))["forum"]
    themes = [
        ("technology", "Leveraging new technologies to empower migrants"),
        ("skills", "Enhancing skills to facilitate employment"),
        ("labour", "Governance of labour migration as employment is transformed"),
        ("gaps", "Addressing gaps in the protection of migrants"),
        ("irregular", "Approaches to addressing irregular migration"),
        ("partnerships", "Fostering partnerships to realize migration-related goals"),
    ]
    return {
        **_dated("GFMD 2020", "Europe/Zurich", summit=SUMMIT, hlpf=HLPF),
        "theme": "The future of human mobility: innovative partnerships for sustainable development",
        "themes": [{"code": code, "title": title} for code, title in themes],
        "tracks": [
            {"definition": "main", "name": "main"},
            {"definition": "focused_input", "name": "focused_input"},
            {
                "definition": "regional_consultation",
                "name": "abu_dhabi_dialogue",
                "title": "Regional consultation with the Abu Dhabi Dialogue",
                "convenedAs": consultation["id"],
                "themes": ["technology", "skills", "labour"],
            },
        ],
    }


async def write_papers(story: Story) -> None:
    """Step 10: the papers, from what their readers may see."""
    out = story.stage.out
    out.mkdir(parents=True, exist_ok=True)
    symbols = {k: story.texts[k]["symbol"] for k in ("focused", "summary")}
    files = {
        "focused-input.pdf": await drawn.of(story.as_(None), symbols["focused"]),
        "summary-of-conclusions.pdf": await drawn.of(story.as_(None), symbols["summary"]),
        "responses.pdf": await drawn.of(story.as_("gfmd-secretariat"), symbols["focused"], responses=True),
    }
    for name, content in files.items():
        (out / name).write_bytes(content)
    sizes = ", ".join(f"{name} ({len(content) // 1024} KiB)" for name, content in files.items())
    story.stage.say("10.", f"Written to {out}/: {sizes}.")


def write_transcript(story: Story) -> None:
    """Every operation that the story sent, in order."""
    (story.stage.out / "transcript.md").write_text(story.stage.transcript(), "utf-8")
    story.stage.say(
        "", f"All {len(story.stage.sent)} operations, with their answers, stand in {story.stage.out}/transcript.md."
    )
