"""Nobody but the author's own side can tell who wrote what stands without a name, nor that a draft is there, and nobody
but the registrar that somebody applied: two worlds that differ in this alone answer equal, byte for byte."""

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from forum.actions.contribution import save_contribution
from forum.jobs.mail.carrier import carry
from forum.reading import visibility
from forum.rendering.formats import FORMATS
from forum.store import inputs, unit
from forum.store.tables import schema as t
from tests.support.mail_box import Box, box, office, reached, read
from tests.support.noninterference import plays
from tests.support.noninterference.asking import (
    Asker,
    asking,
    differences,
    feeds,
    filters,
    ids_of,
    operations,
    paged,
    tried,
    walked,
    wide,
)
from tests.support.noninterference.worlds import copied, drawn, same
from tests.support.scene import DAY, PEOPLE, scene
from tests.support.wide_reads import doing

# One of each kind: the public, participants of three sorts, the team of the forum, a coordinator of the author's
# mechanism, people of other forums, somebody who takes no part.
VIEWERS = (
    None, "rep.quito", "focal.nepal", "secretariat", "penholder", "liaison", "coordinator", "secretariat.rcp",
    "secretariat.hlpf", "rep.stranger",
)  # fmt: skip
FEW = (None, "rep.quito", "secretariat")  # of the worlds that are asked less
SYMBOL = "W/1"
GENERATED = 5


@pytest.fixture
async def base(cluster: Any, administrator: Any, database: Any) -> Any:
    """The scene before anything differs, and a hand that copies it."""
    async with scene(database.app_url) as made:
        pass
    copies = [0]

    @asynccontextmanager
    async def copy() -> AsyncIterator[Any]:
        copies[0] += 1
        name = f"{database.name}_{copies[0]}"
        await administrator.execute(f"CREATE DATABASE {name} TEMPLATE {database.name} STRATEGY file_copy")
        await administrator.execute(f"GRANT CONNECT ON DATABASE {name} TO PUBLIC")
        world = None
        try:
            url = database.app_url.replace(f"/{database.name}?", f"/{name}?")
            world = await copied(made, url, cluster.url(name), name, administrator)
            yield world
        finally:
            if world is not None:
                await world.s.engine.dispose()
            await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return copy


@asynccontextmanager
async def pair(
    copy: Any, one: plays.Play, other: plays.Play, *, anew: bool = False
) -> AsyncIterator[tuple[Asker, Asker]]:
    """The two worlds, played and served."""
    async with copy() as a, copy() as b:
        for world, play in ((a, one), (b, other)):
            with drawn(world.draws):
                await play(world)
        async with asking(a, anew=anew) as first, asking(b) as second:
            yield first, second


async def everything_asked(
    one: Asker, other: Asker, number: int, viewers: Sequence[str | None] = VIEWERS, seed: int = 1
) -> tuple[int, list[str]]:
    """How many operations were compared, and where the answers differ: reads, pages, random walks, as each viewer."""
    ids = await ids_of(one.world)
    fixed = [*operations(ids, [SYMBOL]), *wide(ids)]
    found = []
    for who in viewers:
        found += await differences(one, other, who, fixed)
        found += await paged(one, other, who, ids)
        found += await walked(one, other, who, number, seed, ids)
    return len(fixed) + len(filters(ids)) + number, found


async def acts_tried(one: Asker, other: Asker) -> list[str]:
    """Where the answers to acts differ, done or refused, one after the other as several people; and the tables after
    them."""
    draws, found = one.world.draws, []
    with drawn(draws):
        for number, (who, this) in enumerate(product(("secretariat",), tried(await ids_of(one.world)))):
            told = []
            for asker in (one, other):
                draws.begin(20_000 + number)
                told.append(await asker.post(who, this, number))
            found += [] if told[0] == told[1] else [f"{who}: {this}\n{told[0].decode()}\n{told[1].decode()}"]
    return found


# ---- who wrote it
async def test_who_wrote_it_makes_no_difference_to_anybody_else(base: Any) -> None:
    async with pair(base, plays.by(plays.NETWORK), plays.by(plays.KENYA)) as (one, other):
        assert same(await one.world.tables(), await other.world.tables()) == []
        ids = await ids_of(one.world)
        for who in VIEWERS:
            assert await differences(one, other, who, operations(ids, [SYMBOL])) == []
        asked, found = await everything_asked(one, other, GENERATED, FEW)
        assert found == []
        assert asked > 120
        for who, responses in product((None, "rep.quito", "secretariat"), (False, True)):
            for ending in FORMATS:
                papers = [await world.paper(who, SYMBOL, ending, responses=responses) for world in (one, other)]
                assert papers[0] == papers[1], (who, responses, ending)
        assert (await one.paper("rep.quito", SYMBOL)).startswith(b"%PDF")
        assert await acts_tried(one, other) == []
        assert same(await one.world.tables(), await other.world.tables()) == []
        assert one.lines == other.lines
        # The worlds do differ: the author's own side reads its own.
        assert await differences(one, other, "rep.network", wide({"Contribution": ids["Contribution"]}))


async def test_who_wrote_it_makes_no_difference_to_anybody_elses_mail(base: Any) -> None:
    async with pair(base, plays.by(plays.NETWORK), plays.by(plays.KENYA)) as (one, other), box() as mails:
        mails.answers["penholder@example.org"] = "550 no such user"
        letters = []
        for asker in (one, other):
            await reached(asker.world.s.engine, asker.world.s.people)
            mails.taken.clear()
            url = asker.world.s.engine.url
            async with office(url, mails.relay) as post:
                assert await carry(post)
            letters.append(read_by(mails))
        sides = {f"{who}@example.org" for who in ("rep.network", "focal.kenya", "delegate.kenya")}
        assert {to: letters[0][to] for to in letters[0].keys() - sides} == {
            to: letters[1][to] for to in letters[1].keys() - sides
        }
        assert letters[0].keys() - sides
        assert one.lines == other.lines
        assert letters[0]["rep.network@example.org"] != letters[1]["rep.network@example.org"], "its own side reads it"


async def test_who_wrote_it_makes_no_difference_to_anybodys_calendar(base: Any) -> None:
    """Not even to that of its own side, for an address may leak: also where the input was returned to be mended."""
    async with pair(base, plays.by(plays.NETWORK), plays.by(plays.KENYA)) as (one, other):
        for asker in (one, other):
            s = asker.world.s
            unnamed = (await s.rows(t.contribution, attribution="none"))[0]
            await s.change(t.track, unnamed["track_id"], stage="drafting")
            await s.do("return_contribution", "secretariat", contribution=unnamed["id"], reason="Which?",
                       mend_until=one.world.s.now + 5 * DAY)  # fmt: skip
        assert await feeds(one, other, PEOPLE) == []


def read_by(mails: Box) -> dict[str, list[str]]:
    """What each mailbox holds, but for the names of the letters, which are random."""
    held: dict[str, list[str]] = {}
    for address, mail in mails.taken:
        held.setdefault(address, []).append(f"{mail['Subject']}\n{mail['Date']}\n{read(mail)}{read(mail, 'html')}")
    return {address: sorted(letters) for address, letters in held.items()}


async def test_who_wrote_one_of_two_makes_no_difference_either(base: Any) -> None:
    async with pair(base, plays.alone_by(plays.NETWORK), plays.alone_by(plays.KENYA)) as (one, other):
        assert same(await one.world.tables(), await other.world.tables()) == []
        assert (await everything_asked(one, other, 3, FEW))[1] == []


# ---- that a draft is there, or was taken back
async def test_nobody_else_can_tell_that_drafts_and_withdrawn_inputs_are_there(base: Any) -> None:
    async with pair(base, plays.beside_drafts(True), plays.beside_drafts(False)) as (one, other):
        assert len((await ids_of(one.world))["Contribution"]) == len((await ids_of(other.world))["Contribution"]) + 3
        assert (await everything_asked(one, other, 3, FEW))[1] == []


# ---- that somebody asked to be admitted
async def test_nobody_else_can_tell_that_an_organisation_applied(base: Any) -> None:
    """The applicant and the office that answers know of it; not the rest of its team, nor who applies by that name."""
    others = (None, "rep.quito", "penholder", "secretariat.rcp")
    async with pair(base, plays.beside_an_application(True), plays.beside_an_application(False)) as (one, other):
        ids = await ids_of(one.world)
        assert len(ids["Application"]) == 2
        for who in others:
            assert await differences(one, other, who, [*operations(ids, []), *wide(ids)]) == []
        asks = {"forum": f"Forum:{one.world.s.forums['gfmd']}", "name": "NURSES-ABROAD", "kind": "CIVIL_SOCIETY"}
        asks |= {"about": "We nurse.", "yourName": "Bo", "idempotencyKey": str(uuid.UUID(int=1, version=4))}
        told = []
        with drawn(one.world.draws):
            for asker in (one, other):
                one.world.draws.begin(20_000)
                told.append(await asker.post("rep.quito", (doing("applyForAdmission"), {"input": asks}), 0))
        assert told[0] == told[1]
        assert b'"errors":[]' in told[0]
        assert await differences(one, other, "secretariat", wide({"Application": ids["Application"]}))


# ---- that somebody was asked in
async def test_nobody_else_can_tell_that_an_organisation_invited_anybody(base: Any) -> None:
    """Its administrators know of it: not who speaks for it, nor a forum's office, nor who asks the same person in."""
    others = (None, "delegate.kenya", "focal.kenya", "rep.quito", "secretariat", "secretariat.rcp")
    async with pair(base, plays.beside_an_invitation(True), plays.beside_an_invitation(False)) as (one, other):
        ids = await ids_of(one.world)
        assert len(ids["Invitation"]) == 2
        for who in others:
            assert await differences(one, other, who, [*operations(ids, []), *wide(ids)]) == []
        s = one.world.s
        asks = {"organisation": f"Organisation:{s.organisations['kenya']}", "forum": f"Forum:{s.forums['gfmd']}"}
        asks |= {"zone": "UTC", "idempotencyKey": str(uuid.UUID(int=2, version=4))}
        bo = {"role": "DELEGATE", "address": "bo@example.org", "name": "Bo B.", "startsAt": s.now.isoformat()}
        among = {"people": [bo, {**bo, "address": "amina@example.org"}]}
        asked = [("invitePeople", {**asks, **among, "dryRun": True}), ("invitePeople", {**asks, **among})]
        for n, (field, input_) in enumerate([("invitePerson", {**asks, **bo, "role": "PENHOLDER"}), *asked]):
            told = []
            with drawn(one.world.draws):
                for asker in (one, other):
                    one.world.draws.begin(21_000 + 1_000 * n)
                    told.append(await asker.post("secretariat", (doing(field), {"input": input_}), n))
            assert told[0] == told[1]
            assert b'"errors":[]' in told[0]
        assert await differences(one, other, "admin.kenya", wide({"Invitation": ids["Invitation"]}))


# ---- that an organisation clears things among its own people, and who did
async def test_nobody_outside_can_tell_that_anything_is_cleared_inside(base: Any) -> None:
    async with pair(base, plays.cleared_inside(True), plays.cleared_inside(False)) as (one, other):
        ids = await ids_of(one.world)
        assert len(ids["ClearanceRule"]) == 1
        assert len(ids["Clearance"]) == 3
        for who in VIEWERS:
            assert await differences(one, other, who, operations(ids, [SYMBOL])) == []
        assert (await everything_asked(one, other, 3, FEW))[1] == []
        for who in FEW:
            assert await one.paper(who, SYMBOL) == await other.paper(who, SYMBOL)
        assert await acts_tried(one, other) == []
        assert one.lines == other.lines
        # The worlds do differ: the own side reads what it cleared.
        assert await differences(one, other, "delegate.kenya", wide({"Contribution": ids["Contribution"]}))


# ---- the test finds what it looks for: each mutant tells, and is found
TITLES = "query($filter: ContributionFilter) { contributions(filter: $filter, first: 100) { nodes { title } } }"


async def test_an_order_by_author_is_found(base: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inputs are listed by id: in this mutant an id begins with what its author is."""
    sorts = list[str]()

    def telling() -> uuid.UUID:
        return uuid.UUID(sorts.pop(0) + unit.random_id().hex[2:])

    def by(writer: plays.Writer, sort: str) -> plays.Play:
        async def played(w: Any) -> None:
            sorts[:] = ["80", sort]
            await plays.alone_by(writer)(w)

        return played

    monkeypatch.setattr(save_contribution, "random_id", telling)
    async with pair(base, by(plays.NETWORK, "00"), by(plays.KENYA, "ff")) as (one, other):
        edition = {"filter": {"edition": f"Edition:{one.world.s.editions['gfmd']}"}}
        assert await differences(one, other, "secretariat", [(TITLES, edition)])


async def test_a_count_that_tells_is_found(base: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this mutant whoever handed something in without a name stands among those who have answered."""
    marked, author = inputs.answer_of, list[Any]()

    def answered(call: Any, organisation: Any, answer: Any, **more: Any) -> Any:
        return marked(call, organisation or author[0], answer, **more)

    def by(writer: plays.Writer, slug: str) -> plays.Play:
        async def played(w: Any) -> None:
            author[:] = [w.s.organisations[slug]]
            await plays.alone_by(writer)(w)

        return played

    monkeypatch.setattr(inputs, "answer_of", answered)
    async with pair(base, by(plays.NETWORK, "network"), by(plays.KENYA, "kenya")) as (one, other):
        assert same(await one.world.tables(), await other.world.tables())
        ids = await ids_of(one.world)
        assert await differences(one, other, "secretariat", wide({"Call": ids["Call"], "Addressee": ids["Addressee"]}))


async def test_a_threshold_that_counts_drafts_and_withdrawn_inputs_is_found(
    base: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this mutant all that stands in a track counts, handed in or not."""

    def all_stand(x: Any, column: str) -> Any:
        c = t.contribution.alias()
        count = sa.select(sa.func.count()).select_from(c).where(c.c.track_id == x.c[column])
        return count.correlate(x).scalar_subquery() >= visibility.SMALL

    monkeypatch.setattr(visibility, "_stands_in", all_stand)
    async with pair(base, plays.beside_drafts(True), plays.beside_drafts(False), anew=True) as (one, other):
        ids = await ids_of(one.world)
        assert await differences(one, other, "rep.quito", wide({"Paragraph": ids["Paragraph"]}))
