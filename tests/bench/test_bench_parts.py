"""The parts of the bench that could lie: the generator, the comparison of answers, the data set, the sums."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from forum.errors import Misconfigured
from tests.bench import equal, processes, show
from tests.bench.dataset import tables
from tests.bench.generator import Tally, drive
from tests.bench.operations import Operation
from tests.bench.rounds import Figure
from tests.bench.world import Size, World

READ = Operation("Q0", "a read", "query Q0 { name }", lambda rng, n: {"n": n})
GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{"data":{"name":1}}'


@asynccontextmanager
async def answering(*pieces: bytes) -> AsyncIterator[int]:
    """A server that answers each request with these pieces, one after the other."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65536):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.002)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_answers_in_pieces_are_put_together() -> None:
    async with answering(GOOD[:7], GOOD[7:30], GOOD[30:44], GOOD[44:]) as port:
        tally = await drive(port, [b"x"] * 5, 30, endless=False, lines=1, keep=True)
    assert tally.kept == [b'{"data":{"name":1}}'] * 5
    assert tally.received == 5 * len(GOOD)
    assert not tally.wrong


@pytest.mark.parametrize(
    "answer",
    [
        GOOD.replace(b"200 OK", b"500 Internal"),
        b'HTTP/1.1 200 OK\r\ncontent-length: 27\r\n\r\n{"errors":[{"message":"no"}]',
    ],
)
async def test_an_error_is_no_fast_answer(answer: bytes) -> None:
    async with answering(answer) as port:
        tally = await drive(port, [b"x"] * 3, 30, endless=False, lines=2)
    assert len(tally.wrong) == 3
    with pytest.raises(Misconfigured, match="3 of 3 answers failed"):
        Figure("Q0", "anonymous", "compiled").add(tally, processes.Spent(0, 0, 0))


async def test_a_round_ends_when_its_time_is_over() -> None:
    async with answering(GOOD) as port:
        tally = await drive(port, [b"x"], 0.1, endless=True, lines=3)
    assert len(tally.times) > 3
    assert 0.1 <= tally.elapsed < 5


class Told:
    """A generator that knows the answers."""

    def __init__(self, *answers: bytes) -> None:
        self.answers_of = answers

    def answers(self, port: int, requests: list[bytes]) -> list[bytes]:
        return [self.answers_of[port]] * len(requests)


class Side:
    def __init__(self, port: int) -> None:
        self.port = port


def _check(*answers: bytes) -> dict[str, int]:
    sides = [Side(n) for n in range(len(answers))]
    return equal.check(Told(*answers), sides, [READ], {"anonymous": None})  # type: ignore[arg-type]


def test_equal_answers_pass_whatever_their_spaces() -> None:
    assert _check(b'{"data":{"a":{"b":[{"c":1},{"c":2}]}}}', b'{"data": {"a": {"b": [{"c":1}, {"c":2}]}}}') == {"Q0": 4}


@pytest.mark.parametrize(
    "other", [b'{"data":{"a":{"b":null}}}', b'{"data":{"a":{"b":1,"c":2}}}', b'{"errors":[{"message":"no"}]}']
)
def test_another_answer_is_refused(other: bytes) -> None:
    with pytest.raises(Misconfigured, match="not answered alike"):
        _check(b'{"data":{"a":{"b":1}}}', other)


def test_answers_that_hold_nothing_are_refused() -> None:
    with pytest.raises(Misconfigured, match="finds nothing"):
        _check(b'{"data":{"a":null}}', b'{"data":{"a":null}}')


def _figure(side: str, rate: float, server: float, database: float) -> dict:
    return {
        "operation": "Q1",
        "caller": "anonymous",
        "side": side,
        "rate": rate,
        "server_cpu_ms": server,
        "database_cpu_ms": database,
    }


def test_ratios_say_how_far_the_service_is_ahead() -> None:
    [ratio] = show.ratios([_figure("compiled", 300, 0.5, 1.5), _figure("resolvers", 100, 4.5, 1.5)])
    assert (ratio["rate"], ratio["cpu"], ratio["server_cpu"], ratio["database_cpu"]) == (3.0, 3.0, 9.0, 1.0)


def test_a_figure_is_the_median_of_its_rounds() -> None:
    figure = Figure("Q1", "anonymous", "compiled")
    for elapsed, cpu in ((1.0, 0.5), (2.0, 0.1), (0.5, 0.2)):
        figure.add(Tally([0.001] * 99 + [0.5], elapsed, 100), processes.Spent(cpu, cpu, cpu))
    told = figure.told()
    assert told["rate"] == 100
    assert told["server_cpu_ms"] == 2.0
    assert (told["median_ms"], told["p99_ms"]) == (1.0, 500.0)


def test_the_data_set_is_the_same_each_time_and_hides_something_from_everybody() -> None:
    first, second = ({name: (columns, rows) for name, columns, rows in tables(_world())} for _ in range(2))
    assert first == second
    columns, rows = first["contribution"]
    held = {
        name: {row[columns.index(name)] for row in rows}
        for name in ("state", "visibility", "attribution", "named_mechanism")
    }
    assert held["state"] == {"submitted", "admitted", "returned", "released", "draft", "withdrawn"}
    assert held["visibility"] == {"public", "participants", "secretariat"}
    assert held["attribution"] == {"organisation", "mechanism", "forum", "none"}
    assert len(held["named_mechanism"]) == 5


def _world() -> World:
    world = World(Size.quick(), ("hash", "text"))
    assert isinstance(world.rng, Random)
    return world


def test_processor_time_is_seen() -> None:
    before = processes.cpu(os.getpid())
    sum(n * n for n in range(2_000_000))
    assert processes.cpu(os.getpid()) > before
    assert processes.memory(os.getpid()) > 10**6
    assert processes.cpu(2**22 + 1) == 0.0
