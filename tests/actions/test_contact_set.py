"""A person says where and how they are written to: their own contact, read by nobody else."""

import pytest

from forum import errors
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import Line, reading


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def mine(database, subject):
    async with reading(database.app_url) as ask:
        return (await Line(ask, subject).ask("my_contact"))["viewer"]["contact"]


async def test_what_is_left_out_stays_and_nobody_else_reads_it(s, database):
    me = s.people["rep.network"]
    await s.do(
        "set_contact", "rep.network", person=me, address="N@Example.org", language="ar", muted=(s.forums["gfmd"],)
    )
    await s.do("set_contact", "rep.network", person=me, zone="Africa/Nairobi", pace="daily")
    contact = await mine(database, "rep.network")
    assert (contact["address"], contact["language"], contact["zone"], contact["pace"]) == (
        "N@example.org", "AR", "Africa/Nairobi", "DAILY",
    )  # fmt: skip
    assert [forum["id"] for forum in contact["muted"]] == [f"Forum:{s.forums['gfmd']}"]
    for other in ("secretariat", "focal.kenya", "coordinator", None):
        assert await mine(database, other) is None
        async with reading(database.app_url) as ask:
            text = "query($id: ID!) { node(id: $id) { id } }"
            assert await ask(other, text, id=contact["id"]) == {"node": None}
    lines = await s.rows(t.history, act="set_contact")
    assert len(lines) == 2
    assert "xample" not in str([line["detail"] for line in lines]), "the record holds no address"


async def test_an_empty_address_takes_it_away_and_a_new_one_is_not_refused_yet(s):
    me = s.people["focal.kenya"]
    await s.do("set_contact", "focal.kenya", person=me, address="k@example.org")
    row = await s.row(t.contact, person_id=me)
    await s.change(t.contact, row["id"], refused_at=s.now)
    await s.do("set_contact", "focal.kenya", person=me, language="fr")
    assert (await s.row(t.contact, person_id=me))["refused_at"] == s.now
    await s.do("set_contact", "focal.kenya", person=me, address="k2@example.org")
    assert (await s.row(t.contact, person_id=me))["refused_at"] is None
    await s.do("set_contact", "focal.kenya", person=me, address="")
    assert (await s.row(t.contact, person_id=me))["address"] is None


@pytest.mark.parametrize(
    ("fields", "refused", "path"),
    [
        ({"address": "a@b@c"}, errors.InvalidValue, ("address",)),
        ({"language": "de"}, errors.WordNotAllowed, ("language",)),
        ({"zone": "Mars/Olympus"}, errors.UnknownCode, ("zone",)),
        ({"pace": "weekly"}, errors.WordNotAllowed, ("pace",)),
    ],
)
async def test_what_does_not_fit_is_refused(s, fields, refused, path):
    with pytest.raises(refused) as caught:
        await s.do("set_contact", "rep.quito", person=s.people["rep.quito"], **fields)
    assert caught.value.path == path


async def test_another_person_and_what_is_no_forum_are_not_there(s):
    for fields in ({"person": s.people["focal.kenya"]}, {"person": s.people["rep.quito"], "muted": (s.call,)}):
        with pytest.raises(errors.NotFound):
            await s.do("set_contact", "rep.quito", **fields)
