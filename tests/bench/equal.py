"""Before anything is timed: both sides answer the same. A fast answer that is another answer is no comparison."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from forum.errors import Misconfigured
from tests.bench.generator import Generator
from tests.bench.operations import Operation, Writer, asked
from tests.bench.servers import Server

SAMPLE = 48


def check(
    generator: Generator,
    sides: Sequence[Server],
    operations: Sequence[Operation],
    callers: Mapping[str, list[str] | None],
) -> dict[str, int]:
    """How many values the answers hold, by operation: an average of those compared. Refuses (Misconfigured) the first
    difference, naming the operation and its variables, and answers that hold nothing."""
    writer, values = Writer(), dict[str, int]()
    for operation in operations:
        held = []
        for caller, speakers in callers.items():
            requests = asked(operation, speakers, SAMPLE)
            answers = [generator.answers(side.port, [writer.request(one) for one in requests]) for side in sides]
            for one, *bodies in zip(requests, *answers, strict=True):
                told = [orjson.loads(body) for body in bodies]
                if any("data" not in answer or answer != told[0] for answer in told):
                    said = "\n".join(body[:400].decode(errors="replace") for body in bodies)
                    reason = (
                        f"{operation.name} ({caller}) is not answered alike: {one.variables} by {one.subject}\n{said}"
                    )
                    raise Misconfigured(reason=reason)
                held.append(_values(told[0]["data"]))
        values[operation.name] = round(sum(held) / len(held))
        if not max(held) > 1:
            raise Misconfigured(reason=f"{operation.name} finds nothing: the data set does not fit it.")
    return values


def _values(answer: Any) -> int:
    """Fields of an answer, objects and lists included: what an executor would resolve."""
    if isinstance(answer, dict):
        return len(answer) + sum(_values(inner) for inner in answer.values())
    if isinstance(answer, list):
        return sum(_values(inner) for inner in answer)
    return 0
