"""Notices: told once for each cause, to the people concerned at that instant and to nobody else."""

import asyncio
import datetime as dt
import uuid

import pytest

from forum.domain.mandates import Place
from forum.domain.saying import saying
from forum.store import notices
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.scene import DAY, scene


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def asked(s, question, *given, **named):
    """Who it is, by subject."""
    async with begin(s.engine) as unit:
        found = await unit.ask(question(*given, **named))
    return {subject for subject, id_ in s.people.items() if id_ in found}


def place(s, track="main", forums=("gfmd",)):
    return Place(frozenset(s.forums[f] for f in forums), s.editions["gfmd"], s.tracks[track])


async def test_the_team_is_that_of_the_place(s):
    assert await asked(s, notices.team, place(s), s.now) == {"secretariat", "penholder", "liaison"}
    both = place(s, "regional", ("consultation", "gfmd", "rcp"))
    assert await asked(s, notices.team, both, s.now) == {"secretariat", "penholder", "liaison", "secretariat.rcp"}


async def test_who_speaks_for_an_organisation_by_role(s):
    kenya, network = s.organisations["kenya"], s.organisations["network"]
    assert await asked(s, notices.speaking_for, [kenya], place(s), s.now) == {"focal.kenya", "delegate.kenya"}
    roles = ("national_focal_point", "representative")
    assert await asked(s, notices.speaking_for, [kenya, network], place(s), s.now, roles) == {
        "focal.kenya",
        "rep.network",
    }
    assert await asked(s, notices.speaking_for, [s.organisations["ecuador"]], place(s), s.now) == set()


async def test_members_are_those_who_speak_for_an_office_holder(s):
    assert await asked(s, notices.members, s.forums["steering"], place(s), s.now) == {
        "focal.kenya",
        "delegate.kenya",
        "focal.nepal",
    }


async def test_who_takes_part_holds_a_seat_an_office_or_a_role_there(s):
    everybody = set(s.people) - {"rep.stranger", "secretariat.rcp", "secretariat.hlpf"}
    assert await asked(s, notices.taking_part, place(s), s.now) == everybody
    assert await asked(s, notices.concerned, s.editions["gfmd"], s.now) == everybody | {"secretariat.rcp"}
    assert await asked(s, notices.concerned, s.editions["hlpf"], s.now) == {"secretariat.hlpf"}


async def test_a_mandate_that_ended_or_reaches_elsewhere_does_not_count(s):
    await s.change(t.mandate, s.mandates["delegate.kenya"], ends_at=s.now)
    await s.change(t.mandate, s.mandates["focal.kenya"], track_id=s.tracks["focused"])
    await s.change(t.mandate, s.mandates["penholder"], starts_at=s.now + DAY)
    kenya = s.organisations["kenya"]
    assert await asked(s, notices.speaking_for, [kenya], place(s), s.now) == set()
    assert await asked(s, notices.speaking_for, [kenya], place(s), s.now - DAY) == {"delegate.kenya"}
    assert await asked(s, notices.speaking_for, [kenya], place(s, "focused"), s.now) == {"focal.kenya"}
    assert await asked(s, notices.team, place(s), s.now) == {"secretariat", "liaison"}


async def told(s, people, cause, **more):
    async with begin(s.engine) as unit:
        given = {"kind": "extension", "words": saying("The deadline moved."), "cause": cause, "at": s.now, **more}
        count = await unit.write(notices.tell(people, **given))
        await unit.connection.commit()
    return count


async def test_the_same_cause_is_told_once(s):
    cause, people = uuid.uuid4(), [s.people["focal.kenya"], s.people["rep.network"], s.people["focal.kenya"]]
    assert await told(s, people, cause, call=s.call, edition=s.editions["gfmd"]) == 2
    assert await told(s, [*people, s.people["rep.quito"]], cause) == 1
    assert await told(s, people, uuid.uuid4()) == 2
    assert await told(s, [], cause) == 0
    rows = await s.rows(t.notice, person_id=s.people["focal.kenya"])
    assert {(r["cause_id"] == cause, r["words"], r["sent_at"]) for r in rows} == {
        (b, "The deadline moved.", s.now) for b in (True, False)
    }
    [first] = [r for r in rows if r["cause_id"] == cause]
    assert (first["call_id"], first["edition_id"], first["document_id"]) == (s.call, s.editions["gfmd"], None)


async def test_several_that_tell_the_same_at_once_tell_it_once(s):
    people = [fresh() for _ in range(300)]
    await s.add(t.person, *[{"id": p, "subject": str(p), "name": "P"} for p in people])
    cause = uuid.uuid4()
    counts = await asyncio.gather(
        *[told(s, people[::step], cause, at=s.now + dt.timedelta(seconds=1)) for step in (1, -1, 1, -1)]
    )
    assert sum(counts) == 300
    assert len(await s.rows(t.notice, cause_id=cause)) == 300
