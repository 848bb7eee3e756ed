"""Functions that fill fields: values are read as the parameters are annotated, and what does not fit is refused
early."""

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from forum.errors import Misconfigured
from forum.reading.functions import function, reader

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
KEY = UUID("11111111-2222-4333-8444-555555555555")


class Colour(enum.Enum):
    RED = "red"


@dataclass(frozen=True)
class Term:
    holder: UUID
    ends: datetime | None
    colours: tuple[Colour, ...] = ()


@pytest.mark.parametrize(
    ("hint", "given", "expected"),
    [
        (UUID, str(KEY), KEY),
        (UUID | None, None, None),
        (datetime, "2027-03-01T12:00:00.000000Z", NOON),
        (datetime, NOON, NOON),
        (date | None, "2027-03-01", date(2027, 3, 1)),
        (Colour, "red", Colour.RED),
        (list[UUID], [str(KEY)], [KEY]),
        (tuple[str, ...], ["a"], ("a",)),
        (dict[str, datetime], {"a": "2027-03-01T12:00:00Z"}, {"a": NOON}),
        (tuple[str, datetime | None], ["a", None], ("a", None)),
        (Term, {"holder": str(KEY), "ends": None, "colours": ["red"]}, Term(KEY, None, (Colour.RED,))),
        (Term, [str(KEY), "2027-03-01T12:00:00Z", []], Term(KEY, NOON, ())),
        (list[Term] | None, [{"holder": str(KEY), "ends": None}], [Term(KEY, None)]),
    ],
)
def test_values_are_read_as_they_are_annotated(hint: Any, given: Any, expected: Any) -> None:
    read = reader(hint)
    assert read is not None
    assert read(given) == expected


@pytest.mark.parametrize("hint", [str, int, bool, Any, list[str], dict[str, int], str | None])
def test_what_json_has_itself_is_handed_on(hint: Any) -> None:
    assert reader(hint) is None


async def test_a_function_is_called_once_for_each_place() -> None:
    def worded(title: str, at: datetime, least: int, context: list[str]) -> str:
        context.append(title)
        return f"{title} {at.day} {least}"

    seen: list[str] = []
    needed = [{"title": title, "at": "2027-03-01T12:00:00Z"} for title in ("a", "b")]
    made = await function(worded, ("title", "at"), ("least",)).values(needed, {"least": 3}, seen)
    assert (list(made), seen) == (["a 1 3", "b 1 3"], ["a", "b"])


async def test_a_function_of_rows_answers_all_places_at_once() -> None:
    async def counted(rows: list[Term], more: int) -> list[int]:
        return [len(rows) + more + len(row.colours) for row in rows]

    needed = [{"holder": str(KEY), "ends": None, "colours": ["red"] * n} for n in (0, 2)]
    made = await function(counted, ("holder", "ends", "colours"), ("more",)).values(needed, {"more": 10}, None)
    assert list(made) == [12, 14]


@pytest.mark.parametrize(("needs", "args"), [((), ()), (("title", "other"), ()), (("title",), ("more",))])
def test_parameters_that_do_not_fit_the_field_are_refused(needs: tuple[str, ...], args: tuple[str, ...]) -> None:
    def titled(title: str) -> str:
        return title

    with pytest.raises(Misconfigured, match="titled takes title"):
        function(titled, needs, args)
