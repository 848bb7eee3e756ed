"""Scalars: how instants, days, addresses, languages and codes are written, each by the document it follows.

What cannot be read is refused before anything runs, with a sentence that says how to write it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, NewType
from urllib.parse import urlsplit
from uuid import UUID

import strawberry
from strawberry.schema.config import StrawberryConfig

from graphql import GraphQLError

from ...domain.objectives import parse_objective
from ...domain.targets import GOALS, TARGETS, parse_code, within
from ...domain.text import language_tag
from ...errors import InvalidValue, NaiveTime, UnknownCode
from ...refusal import Refusal, phrased
from ...times import in_years, midnight

URL = NewType("URL", str)
LanguageTag = NewType("LanguageTag", str)
CountryCode = NewType("CountryCode", str)
TargetCode = NewType("TargetCode", str)
ObjectiveCode = NewType("ObjectiveCode", str)

BAR = "|"  # between the codes that one TargetCode stands for
_LONGEST_URL = 2_000
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?P<zone>[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


def _refusing(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """The reader as GraphQL calls it: a string comes in, a refusal goes out as an error with its stable code."""

    def parse(value: Any) -> Any:
        try:
            if not isinstance(value, str):
                raise InvalidValue(reason="This is written as a string, in quotes.")
            return read(value)
        except Refusal as refusal:
            raise GraphQLError(refusal.message, extensions={"code": refusal.code}) from None

    return parse


def _short(text: str) -> str:
    return text[:60].encode("ascii", "replace").decode()


def instant(text: str) -> datetime:
    """RFC 3339, as the instant with the offset in which it was written: an act that names a zone compares the two.

    Refuses (NaiveTime) a time without a zone, and a year that is not kept here.
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise InvalidValue(
            reason=phrased("{text} is not a time. Write it as in 2027-03-01T12:00:00+01:00 or ...Z.", text=_short(text))
        )
    if match["zone"] is None:
        raise NaiveTime(given=_short(text))
    try:
        when = datetime.fromisoformat(text.upper())
    except (ValueError, OverflowError):
        hint = midnight(text[:10], text[11:19]) or phrased("Compare it again.")
        reason = phrased("{text}: there is no such day or time of day. {hint}", text=_short(text), hint=hint)
        raise InvalidValue(reason=reason) from None
    in_years(when)
    return when


def day(text: str) -> date:
    """RFC 3339's full-date. Refuses all else, and a year that is not kept here."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        when = date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            reason=phrased("{text} is not a day. Write it as in 2027-03-01.", text=_short(text))
        ) from None
    in_years(when)
    return when


def url(text: str) -> str:
    """An address on the web, http or https. Refuses all else, and more than 2,000 characters."""
    try:
        parts = urlsplit(text)
        fine = len(text) <= _LONGEST_URL and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or any(c.isspace() or not c.isprintable() for c in text):
        raise InvalidValue(
            reason=phrased(
                "{text} is not an address. Write it whole, as in https://example.org/page.", text=_short(text)
            )
        )
    return text


def country(text: str) -> str:
    """ISO 3166-1 alpha-2, in capitals. Whether a country bears the code is not checked."""
    if not _COUNTRY.fullmatch(text):
        raise UnknownCode(scheme="ISO 3166-1", given=_short(text), hint="Write two letters, as in NO or CO.")
    return text.upper()


def key(text: str) -> UUID:
    """RFC 9562, in its written form with hyphens."""
    if not _UUID.fullmatch(text):
        raise InvalidValue(
            reason=phrased("{text} is not a UUID. Write 32 hexadecimal digits in five groups.", text=_short(text))
        )
    return UUID(text)


def targets_within(text: str) -> str:
    """The codes that a filter's code stands for, joined: goal 10 is 10, 10.1 ... 10.c; 10.7 is itself."""
    return _targets_of(parse_code(text))


@cache
def _targets_of(code: str) -> str:
    return BAR.join(c for c in (*GOALS, *TARGETS) if within(code, c))


def objective(text: str) -> str:
    """The code of a GCM objective or guiding principle. Refuses (UnknownCode) all else."""
    return parse_objective(text).code


def _scalar(name: str, read: Callable[[str], Any], description: str, specification: str | None = None) -> Any:
    return strawberry.scalar(
        name=name,
        description=description,
        specified_by_url=specification,
        serialize=str,
        parse_value=_refusing(read),
    )


SCALARS: dict[Any, Any] = {
    datetime: _scalar(
        "DateTime",
        instant,
        "An instant, RFC 3339, of the years 1900 to 2200. Answers are in UTC with six digits "
        "(2027-03-01T11:00:00.000000Z). Any offset is taken, but beside a `zone` only that zone's own or UTC; a time "
        "without an offset is refused.",
        "https://scalars.graphql.org/andimarek/date-time",
    ),
    date: _scalar(
        "Date", day, "A day of the years 1900 to 2200, RFC 3339: 2027-03-01.", "https://www.rfc-editor.org/rfc/rfc3339"
    ),
    UUID: _scalar("UUID", key, "A UUID in its written form, RFC 9562.", "https://www.rfc-editor.org/rfc/rfc9562"),
    URL: _scalar("URL", url, "An address on the web, http or https.", "https://url.spec.whatwg.org/"),
    LanguageTag: _scalar(
        "LanguageTag",
        language_tag,
        "A language by its BCP 47 tag: ar, zh, en, fr, ru, es, pt-BR.",
        "https://www.rfc-editor.org/info/bcp47",
    ),
    CountryCode: _scalar(
        "CountryCode",
        country,
        "A country by its ISO 3166-1 alpha-2 code: NO, CO.",
        "https://www.iso.org/iso-3166-country-codes.html",
    ),
    TargetCode: _scalar(
        "TargetCode",
        targets_within,
        "A goal or target of the SDGs to look for, by code (10.7, 10.c) or IRI; a goal (10) takes its targets in.",
        "https://metadata.un.org/sdg/",
    ),
    ObjectiveCode: _scalar(
        "ObjectiveCode",
        objective,
        "An objective or guiding principle of the Global Compact to look for: 7, gcm-7, child-sensitive, or its "
        "local IRI.",
        "https://undocs.org/A/RES/73/195",
    ),
}


def config() -> StrawberryConfig:
    """The configuration every schema with these scalars is made with; misspelt names are not guessed at."""
    return StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True)
