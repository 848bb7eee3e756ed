"""Which exceptions mean a lost database, and what errors may say."""

from uuid import UUID

import asyncpg
import orjson
import pytest

from forum.api.problem import LONGEST_MESSAGE, MOST_ERRORS, Problem, database_lost, of_errors, of_refusal
from forum.errors import GateClosed, KeyReused, NaiveTime, NotSignedIn
from forum.store.unit import make_engine
from graphql import GraphQLError


def raised_from(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


LOST = [
    asyncpg.ConnectionDoesNotExistError("x"),
    asyncpg.ConnectionFailureError("x"),
    asyncpg.AdminShutdownError("x"),
    asyncpg.CrashShutdownError("x"),
    asyncpg.CannotConnectNowError("x"),
    asyncpg.TooManyConnectionsError("x"),
    asyncpg.ReadOnlySQLTransactionError("x"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InterfaceError("pool is closing"),
    asyncpg.InternalClientError(
        "cannot switch to state 12; another operation (2) is in progress"
    ),  # killed in mid-answer
    ConnectionRefusedError("x"),
    ConnectionResetError("x"),
    FileNotFoundError("no socket"),
    TimeoutError(),
    raised_from(RuntimeError("x"), ConnectionRefusedError("x")),
    ExceptionGroup("x", [ValueError("x"), ConnectionRefusedError("x")]),
]
OURS = [
    ValueError("x"),
    asyncpg.UniqueViolationError("x"),
    asyncpg.DeadlockDetectedError("x"),
    asyncpg.UndefinedTableError("x"),
    asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
    asyncpg.InternalClientError("already connected"),
    asyncpg.DataError("x"),
]


@pytest.mark.parametrize("error", LOST, ids=repr)
def test_a_lost_database_is_known(error: Exception) -> None:
    assert database_lost(error)


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_what_the_database_refuses_is_not_a_loss(error: Exception) -> None:
    assert not database_lost(error)


async def test_a_real_failure_to_connect_to_write() -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/none", 1)
    with pytest.raises(Exception) as failed:
        async with engine.connect():
            pass
    await engine.dispose()
    assert database_lost(failed.value)


def test_a_circle_of_causes_ends() -> None:
    one, two = ValueError("1"), ValueError("2")
    one.__cause__, two.__cause__ = two, one
    assert not database_lost(one)


def test_refusals_keep_code_facts_and_say_them_in_json() -> None:
    problem = of_refusal(
        GateClosed(gate="every_input_answered", sentence="Two are open.", open_count=2, open_ids=("a", "b"))
    )
    error = orjson.loads(problem.body("r-1"))["errors"][0]
    assert error["message"] == "Two are open."
    assert error["extensions"] == {
        "gate": "every_input_answered",
        "sentence": "Two are open.",
        "openCount": 2,
        "openIds": ["a", "b"],
        "code": "GATE_CLOSED",
        "requestId": "r-1",
    }
    key = UUID(int=1)
    assert orjson.loads(of_refusal(KeyReused(key=key)).body(""))["errors"][0]["extensions"]["key"] == str(key)
    assert of_refusal(NotSignedIn()).status == 401


def test_errors_are_few_and_short() -> None:
    errors = orjson.loads(of_errors("X", [GraphQLError("é" * 9_000)] * 50).body(""))["errors"]
    assert len(errors) == MOST_ERRORS
    assert {len(error["message"]) for error in errors} == {LONGEST_MESSAGE}


def test_no_fact_can_take_the_place_of_the_code() -> None:
    problem = Problem("REAL", "x", facts={"code": "FORGED", "requestId": "forged"})
    assert orjson.loads(problem.body("r-1"))["errors"][0]["extensions"] == {"code": "REAL", "requestId": "r-1"}


def test_a_scalars_own_code_is_kept() -> None:
    said = GraphQLError("no zone", extensions={"code": "NAIVE_TIME", "given": "x"})
    wrapped_once = GraphQLError("Variable $at: no zone", original_error=said)
    refused = GraphQLError("no zone", original_error=NaiveTime(given="x"))
    found = [
        e["extensions"]
        for e in orjson.loads(of_errors("BAD_VARIABLES", [said, wrapped_once, refused]).body("r"))["errors"]
    ]
    assert found == [{"code": "NAIVE_TIME", "given": "x", "requestId": "r"}] * 3
