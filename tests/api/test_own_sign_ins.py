"""Where one is signed in stands in the contract: each reads and ends their own, and what is ended counts no more."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from forum import app
from forum.client.session import document
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.scene import Scene, scene
from tests.support.sign_ins import browser, served, signed_in
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
LOOK = "query($id: ID!) { node(id: $id) { id } acts(on: $id) { act yes } }"


@dataclass
class Doors:
    """Two servers on one database."""

    s: Scene
    parts: tuple[app.Parts, ...]
    sites: tuple[Starlette, ...]

    async def ask(self, secret: str | None, query: str, door: int = 0, /, token: str = "", **variables: Any) -> Any:
        """The data of an answer to a cookie or a token; the code of a refusal of the whole request."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with browser(self.sites[door], secret, **headers) as line:
            answer = await line.post("/graphql", json={"query": query, "variables": variables})
        body = answer.json()
        return body["data"] if answer.status_code == 200 else body["errors"][0]["extensions"]["code"]

    async def listed(self, secret: str | None, door: int = 0, /, token: str = "") -> Any:
        answer = await self.ask(secret, document("MySignIns"), door, token=token)
        return answer if isinstance(answer, str) else answer["viewer"]["signIns"]

    async def end(self, secret: str | None, which: UUID, /, token: str = "", *, others: bool = False) -> Any:
        sent = {"signIn": f"SignIn:{which}", "others": others}
        return (await self.ask(secret, document("EndSignIn"), token=token, input=sent))["endSignIn"]

    async def token(self, subject: str) -> str:
        return (await issued(self.s.engine, SECRET, subject))[subject]


@pytest.fixture
async def doors(database: Any) -> AsyncIterator[Doors]:
    settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
    async with scene(database.app_url) as s:
        parts = [await app.parts(settings, database.app_url) for _ in range(2)]
        yield Doors(s, tuple(parts), tuple(served(each, secret=SECRET) for each in parts))
        for each in parts:
            await each.close()


def code(payload: Any) -> str:
    return str(payload["errors"][0]["code"])


async def test_one_sees_where_one_is_signed_in_and_which_is_the_one_at_hand(doors: Doors) -> None:
    here, here_id = await signed_in(doors.parts[0], "focal.kenya")
    there, there_id = await signed_in(doors.parts[0], "focal.kenya", longest=7200, idle=900)
    await signed_in(doors.parts[0], "focal.nepal")
    for secret, this in ((here, here_id), (there, there_id)):
        listed = {known["id"]: known for known in await doors.listed(secret, 1)}
        assert {id_: known["isThis"] for id_, known in listed.items()} == {
            f"SignIn:{id_}": id_ == this for id_ in (here_id, there_id)
        }
    known = listed[f"SignIn:{there_id}"]
    assert (known["client"], known["issuer"], known["idleSeconds"]) == ("Firefox, Linux", "a test", 900)
    row = await doors.s.row(t.sign_in, id=there_id)
    for field in ("beganAt", "lastUsedAt", "endsAt"):
        column = {"beganAt": "began_at", "lastUsedAt": "last_used_at", "endsAt": "ends_at"}[field]
        assert known[field].startswith(row[column].strftime("%Y-%m-%dT%H:%M:%S"))
    # By a token one reads and ends the same; none of them is the one that asks.
    by_token = await doors.listed(None, token=await doors.token("focal.kenya"))
    assert {known["id"] for known in by_token} == set(listed)
    assert not any(known["isThis"] for known in by_token)
    assert await doors.listed(None) == []


async def test_neither_the_secret_nor_its_hash_is_in_the_contract(doors: Doors) -> None:
    secret, id_ = await signed_in(doors.parts[0], "focal.kenya")
    row = await doors.s.row(t.sign_in, id=id_)
    text = '{ __type(name: "SignIn") { fields { name } } }'
    fields = {field["name"] for field in (await doors.ask(None, text))["__type"]["fields"]}
    assert fields == {
        "id", "client", "issuer", "beganAt", "lastUsedAt", "endsAt", "idleSeconds", "endedAt", "isThis",
    }  # fmt: skip
    everything = await doors.ask(secret, "{ viewer { signIns { " + " ".join(fields) + " } } }")
    assert row["secret_hash"].hex() not in str(everything)
    assert secret not in str(everything)


async def test_what_is_ended_counts_no_more_at_any_door(doors: Doors) -> None:
    here, here_id = await signed_in(doors.parts[0], "focal.kenya")
    lost, lost_id = await signed_in(doors.parts[0], "focal.kenya")
    assert await doors.listed(lost, 1) != "SIGN_IN_ENDED"
    ended = await doors.end(here, lost_id)
    assert (ended["signIn"]["id"], ended["errors"]) == (f"SignIn:{lost_id}", [])
    assert [await doors.listed(lost, door) for door in (0, 1)] == ["SIGN_IN_ENDED", "SIGN_IN_ENDED"]
    assert [known["id"] for known in await doors.listed(here)] == [f"SignIn:{here_id}"]
    assert code(await doors.end(here, lost_id)) == "WRONG_STATE"
    [line] = await doors.s.rows(t.history, subject_id=lost_id)
    assert (line["act"], line["subject_kind"]) == ("end_sign_in", "sign_in")
    # The one at hand as well: the act is answered, and nothing after it.
    assert (await doors.end(here, here_id))["errors"] == []
    assert await doors.listed(here) == "SIGN_IN_ENDED"


async def test_all_the_others_end_and_the_one_that_is_named_stays(doors: Doors) -> None:
    all_ = [await signed_in(doors.parts[0], "focal.kenya") for _ in range(4)]
    theirs, _ = await signed_in(doors.parts[0], "focal.nepal")
    kept, kept_id = all_[2]
    assert (await doors.end(kept, kept_id, others=True))["errors"] == []
    answers = [await doors.listed(secret, 1) for secret, _ in all_]
    assert [answer == "SIGN_IN_ENDED" for answer in answers] == [True, True, False, True]
    assert len(await doors.listed(theirs)) == 1
    assert (await doors.end(kept, kept_id, others=True))["errors"] == []  # there are no others
    # One that has ended is not kept, and so nothing ends for its sake.
    again, again_id = await signed_in(doors.parts[0], "focal.kenya")
    assert code(await doors.end(kept, all_[0][1], others=True)) == "WRONG_STATE"
    assert len(await doors.listed(again)) == 2
    # Also by a token, whose person is signed in nowhere with it.
    await doors.end(None, again_id, token=await doors.token("focal.kenya"), others=True)
    assert [len(await doors.listed(again)), await doors.listed(kept)] == [1, "SIGN_IN_ENDED"]


async def test_what_its_own_limits_ended_is_neither_listed_nor_kept(doors: Doors) -> None:
    here, _ = await signed_in(doors.parts[0], "focal.kenya")
    ago = sa.func.clock_timestamp() - sa.func.make_interval(0, 0, 0, 0, 0, 0, 700)
    _, idle = await signed_in(doors.parts[0], "focal.kenya", idle=600)
    await doors.s.change(t.sign_in, idle, last_used_at=ago)
    _, old = await signed_in(doors.parts[0], "focal.kenya", longest=3600)
    await doors.s.change(t.sign_in, old, began_at=ago, ends_at=ago + sa.func.make_interval(0, 0, 0, 0, 0, 0, 60))
    assert len(await doors.listed(here)) == 1
    for over in (idle, old):
        assert code(await doors.end(here, over)) == "WRONG_STATE"
        assert (await doors.s.row(t.sign_in, id=over))["ended_at"] is None


async def test_anothers_sign_in_is_not_there_whatever_one_holds(doors: Doors) -> None:
    theirs, id_ = await signed_in(doors.parts[0], "focal.kenya")
    for who in ("secretariat", "focal.nepal"):
        secret, _ = await signed_in(doors.parts[0], who)
        for others in (False, True):
            hidden, nothing = (
                await doors.end(secret, id_, others=others),
                await doors.end(secret, uuid4(), others=others),
            )
            assert hidden == nothing  # to the letter: nobody learns that there is one
            assert (code(hidden), hidden["errors"][0]["path"]) == ("NOT_FOUND", ["signIn"])
        assert await doors.ask(secret, LOOK, id=f"SignIn:{id_}") == {"node": None, "acts": []}
    own = await doors.ask(theirs, LOOK, id=f"SignIn:{id_}")
    assert own["node"] == {"id": f"SignIn:{id_}"}
    assert {"act": "END_SIGN_IN", "yes": True} in own["acts"]
    assert code(await doors.end(None, id_)) in ("NOT_SIGNED_IN", "NOT_FOUND")
    assert await doors.listed(theirs) != "SIGN_IN_ENDED"


@pytest.mark.parametrize("wrong", ["", "SignIn:", "SignIn:x", "Token:" + "0" * 8, "SignIn:" + "é" * 36, "x" * 5000])
async def test_an_id_that_is_none_is_refused_with_a_sentence(doors: Doors, wrong: str) -> None:
    secret, _ = await signed_in(doors.parts[0], "focal.kenya")
    payload = (await doors.ask(secret, document("EndSignIn"), input={"signIn": wrong}))["endSignIn"]
    assert code(payload) == "INVALID_VALUE"
    assert payload["errors"][0]["path"] == ["signIn"]
