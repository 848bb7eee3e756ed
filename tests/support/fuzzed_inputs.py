"""Generated inputs of mutations, from the contract's own text: mostly of the right shape, with odd values in them, so
that they come as far as the rules; now and then of a wrong shape."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    Undefined,
    get_named_type,
)
from tests.support.wide_reads import SCHEMA

TEXTS = (
    "", " ", "A title", "a", "b", "en", "10.7", "SDG 10", "6", "main", "Europe/Zurich", "words", "x" * 5000,
    "é\u0301\u200f", "<script>",
    "\u202eabc", "'; DROP TABLE call; --", "{0} {given} %s", "\x07", "\ufffe", "\U0010ffff", "🛂", "NaN",
    "null", "none", "mechanism",
)  # fmt: skip
KNOWN: Mapping[str, st.SearchStrategy[Any]] = {
    "String": st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40),
    "Int": st.sampled_from([0, 1, 2, 40, -1, 2**31 - 1, -(2**31)]),
    "Boolean": st.booleans(),
    "UUID": st.uuids().map(str),
    "DateTime": st.sampled_from(
        [
            "2027-03-01T12:00:00Z",
            "2027-03-01T12:00:00+05:45",
            "2027-03-01T12:00:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
        ]
    ),
    "Date": st.sampled_from(["2027-03-01", "2020-02-29", "2021-02-29", "0001-01-01", "9999-12-31"]),
    "LanguageTag": st.sampled_from(["en", "fr", "zh-Hans", "x", "en-"]),
    "URL": st.sampled_from(["https://example.org/a", "javascript:alert(1)", "https://", "http://[::1"]),
    "CountryCode": st.sampled_from(["NO", "no", "ZZZ"]),
}
# What a field of this name takes, where a text of any kind would seldom do.
PLAUSIBLE: Mapping[str, Sequence[str]] = {
    "code": ("a", "b"), "language": ("en",), "languages": ("en",), "zone": ("Europe/Zurich",),
    "targets": ("10.7", "SDG 8"), "objectives": ("6", "23"), "kind": ("panel", "break", "focused_input"),
    "startsOn": ("2027-03-01",), "endsOn": ("2027-03-02", "2027-03-01"), "closesAt": ("2027-03-01T12:00:00Z",),
    "opensAt": ("2026-03-01T12:00:00Z",), "text": ("Desks near markets help people.",),
    "title": ("A title",), "what": ("speakers", "women"), "url": ("https://example.org/a",),
}  # fmt: skip
# What may be left out for another field's sake, and is refused where both are: without these few would come further.
GIVEN = frozenset(("text", "sections", "closesAt"))
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, 7, -1, 1.5, 10**30, True, "", "x", [], [[]], {}, {"a": 1}, "\ud800", "\x00"]
)


def inputs_of(mutation: str, ids: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    """Inputs of one mutation; `ids` are things that are there, by type."""
    type_ = SCHEMA.mutation_type
    assert type_ is not None
    return _of(type_.fields[mutation].args["input"].type, ids)


def _of(type_: Any, ids: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    good = _good(inner, ids)
    # Shapes go wrong once in a while only: most inputs must come further than that. In the middle: ends are
    # drawn often.
    wrong = st.integers(0, 149).flatmap(lambda n: JUNK if n == 77 else good)
    return wrong if isinstance(type_, GraphQLNonNull) else wrong | st.none()


def _good(inner: Any, ids: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    if isinstance(inner, GraphQLList):
        return st.lists(_of(inner.of_type, ids), max_size=3)
    if isinstance(inner, GraphQLInputObjectType):
        must = {
            n: f
            for n, f in inner.fields.items()
            if n in GIVEN or (isinstance(f.type, GraphQLNonNull) and f.default_value is Undefined)
        }
        required = {n: _named(n, f, ids) for n, f in must.items()}
        optional = {n: _named(n, f, ids) for n, f in inner.fields.items() if n not in must}
        return st.fixed_dictionaries(required, optional=optional)
    if isinstance(inner, GraphQLEnumType):
        return st.sampled_from(list(inner.values))
    assert isinstance(inner, GraphQLScalarType)
    return KNOWN.get(inner.name, KNOWN["String"])


def _named(name: str, field: Any, ids: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Any]:
    """A field's values; where it takes the id of something that is there, that id most of the time."""
    if name in ("addressees", "receivedFrom", "like"):
        return st.just([]) if name == "addressees" else st.none()
    there = ids.get(name[0].upper() + name[1:])
    if there:
        good: st.SearchStrategy[Any] = st.sampled_from([*there])
        odd: st.SearchStrategy[Any] = st.sampled_from(["x", f"{name.title()}:{uuid.UUID(int=0)}"])
    elif name == "actingAs":
        return st.none()
    elif name in PLAUSIBLE and "Enum" not in type(get_named_type(field.type)).__name__:
        one = st.sampled_from(PLAUSIBLE[name])
        many = "[" in str(field.type)
        good, odd = st.lists(one, max_size=2, unique=True) if many else one, _of(field.type, ids)
    else:
        return _of(field.type, ids)
    return st.integers(0, 14).flatmap(lambda n: odd if n == 7 else good)
