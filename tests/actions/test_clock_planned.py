"""A stage that the track reaches after its planned end: left at once where that end is the only way on."""

from forum.jobs.sweep import sweep
from tests.support.actions.running_edition import TEXT, Running, running

_BY_HAND = 'to = ["consultation"]\nclock = { at = "stage_closes"'
_AS_PLANNED = TEXT.replace(_BY_HAND, _BY_HAND.partition("\n")[2])
_IN_A_CIRCLE = _AS_PLANNED.replace(
    'clock = { at = "consultation_closes", to = "closing" }', 'clock = { at = "stage_closes", to = "drafting" }'
).replace('opens = "60 days before summit"\nsets', 'closes = "58 days before summit"\nsets').replace(
    'to = ["drafting", "closing"]\n', ""
)  # fmt: skip


async def _late(e: Running) -> None:
    """Into drafting by hand, five days after it was planned to end."""
    await e.to(e.before(55))
    for stage in ("call", "drafting"):
        await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to=stage)


async def test_where_its_planned_end_is_the_only_way_on_it_is_left_at_once(database):
    assert _AS_PLANNED != TEXT
    async with running(database.app_url, _AS_PLANNED) as e:
        await _late(e)
        _, since = await e.stage()
        assert await sweep(e.s.runner) == 1
        assert await e.stage() == ("consultation", since)
        assert await e.moves() == [("drafting", "consultation", since)]
        assert await sweep(e.s.runner) == 0


async def test_where_the_office_may_move_it_on_it_stays_until_the_office_does(database):
    async with running(database.app_url) as e:
        await _late(e)
        assert await sweep(e.s.runner) == 0
        assert (await e.stage())[0] == "drafting"
        await e.s.do("advance_stage", "secretariat", track=e.tracks["main"], to="consultation")


async def test_stages_that_lead_to_one_another_are_gone_through_once(database):
    """No sound definition has such a circle; dates moved by hand can make one."""
    async with running(database.app_url, _IN_A_CIRCLE) as e:
        await _late(e)
        await sweep(e.s.runner)
        assert [move[:2] for move in await e.moves()] == [("drafting", "consultation"), ("consultation", "drafting")]
