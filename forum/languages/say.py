"""A sentence in the reader's language, its instants in their own zone and beside it in the reader's."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from ..domain.contact import Language
from ..domain.saying import Fact, Instant, Saying, saying
from ..times import aware
from ..worded import in_language
from .catalogues import texts

# What a person wrote keeps its own direction among words that run the other way (Unicode, UAX 9: FSI and PDI).
_ISOLATE, _END = "\u2068", "\u2069"
RIGHT_TO_LEFT = frozenset((Language.AR,))
_HERE = "{there}, for you {here}"


@dataclass(frozen=True)
class Reader:
    """How somebody reads: the language, and the zone of their days."""

    language: Language
    zone: str

    def say(self, what: Saying) -> str:
        """A sentence in the reader's language; in English where the catalogue lacks it."""
        text = texts(self.language).get(what.text, what.text)
        return text.format(**{name: self._fact(fact) for name, fact in what.facts.items()})

    def instant(self, instant: Instant) -> str:
        """An instant in its own zone; and where the reader's clock shows another time then, in the reader's."""
        there, here = (self._local(instant.at, zone) for zone in (instant.zone, self.zone))
        if _clock(instant.at, instant.zone) == _clock(instant.at, self.zone):
            return there
        return self.say(saying(_HERE, there=there, here=here))

    def day(self, day: date) -> str:
        """A day of the calendar."""
        return str(format_date(day, "long", Locale(self.language.value)))

    def _fact(self, fact: Fact) -> str:
        if isinstance(fact, Saying):
            return self.say(fact)
        if isinstance(fact, Instant):
            return self.instant(fact)
        if isinstance(fact, tuple):
            return self.say(saying("; ")).join(map(self.say, fact))
        return isolated(self.language, in_language(str(fact) if isinstance(fact, int) else fact, self.language.value))

    def _local(self, at: datetime, zone: str) -> str:
        local, locale = aware(at).astimezone(ZoneInfo(zone)), Locale(self.language.value)
        day, clock = format_date(local, "long", locale), format_time(local, "HH:mm", locale=locale)
        offset = local.isoformat(timespec="minutes")[len("2027-03-01T12:00") :]
        return f"{day} {clock} {isolated(self.language, '(UTC)' if zone == 'UTC' else f'({zone}, UTC{offset})')}"


def day_in(tag: str, day: date) -> str:
    """A day in the words of a language (BCP 47); in English, "14 May 2020", where it is not known."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return str(format_date(day, "d MMMM y" if locale.language == "en" else "long", locale))


def isolated(language: Language, text: str) -> str:
    """A fact among the words of a language: its own direction kept where they run from right to left."""
    # Not around the address of a page: a mail program takes the mark behind it for its last character.
    marked = language in RIGHT_TO_LEFT and not text.startswith(("https://", "http://"))
    return f"{_ISOLATE}{text}{_END}" if marked else text


def _clock(at: datetime, zone: str) -> datetime:
    return aware(at).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
