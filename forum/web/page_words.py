"""What a page says, in the reader's language: texts from the catalogues, with their facts escaped and set apart."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

from babel import Locale
from babel.dates import format_timedelta
from markupsafe import Markup, escape
from starlette.requests import Request

from ..api.http.body import languages
from ..domain.contact import Language, first_of_six
from ..domain.saying import Instant
from ..languages.catalogues import HINTS, page_texts, texts
from ..languages.say import Reader
from .page_terms import TERMS

CHOSEN = "language"  # the cookie, and the field of an address, that say in which language pages are
OWN_NAMES = {
    Language.AR: "العربية", Language.ZH: "中文", Language.EN: "English",
    Language.FR: "Français", Language.RU: "Русский", Language.ES: "Español",
}  # fmt: skip

# What stands before a quotation and behind it.
_CURLY, _ANGLED = ("\u201c", "\u201d"), ("\u00ab", "\u00bb")
_QUOTES = {
    Language.AR: _ANGLED, Language.EN: _CURLY, Language.ES: _ANGLED,
    Language.FR: ("\u00ab\u00a0", "\u00a0\u00bb"), Language.RU: _ANGLED, Language.ZH: _CURLY,
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """One reader's words. `zone`: in which they live; times are said in it beside the zone of the thing."""

    language: Language = Language.EN
    zone: str = "UTC"

    def for_readers_of(self, tag: str) -> "Words":
        """The same in the language of a tag (BCP 47); in English where that is none of the six."""
        return replace(self, language=first_of_six((tag,)) or Language.EN)

    def say(self, text: str, /, **facts: object) -> Markup:
        """A text of the catalogues. Each fact is escaped, and keeps its own direction (HTML, `bdi`)."""
        return Markup(self._text(text).format(**{name: _apart(fact) for name, fact in facts.items()}))

    def plain(self, text: str, /, **facts: object) -> str:
        """The same without any markup, for titles and attributes."""
        return self._text(text).format(**facts)

    def term(self, kind: str, value: str | None) -> str:
        """The word of the field for a value of an enumeration of the contract; of a value that has none, the value
        with its underscores as spaces: a process may name kinds of its own."""
        named = TERMS.get(kind, {}).get(value or "")
        return self._text(named) if named else re.sub(r"[_-]+", " ", value or "")

    def label(self, name: str) -> str:
        """The label of a field of the contract in forms; empty where no form has it."""
        label = TERMS["Field"].get(name)
        return self._text(label) if label else ""

    def hint(self, text: str) -> str | None:
        """What a form says of an act or of a field of it (`text`, in English); None where nobody translated it."""
        return text if self.language == Language.EN else texts(self.language, HINTS).get(text)

    def quoted(self, text: str) -> str:
        """Words in the quotation marks of the language; nothing around nothing."""
        before, behind = _QUOTES[self.language]
        return f"{before}{text}{behind}" if text else ""

    def when(self, at: str | datetime, zone: str = "UTC") -> Markup:
        """An instant in its own zone and, where it differs, in the reader's."""
        text = self.instant(at, zone)
        return Markup(f'<time datetime="{_instant(at).astimezone(UTC).isoformat()}">{escape(text)}</time>')

    def instant(self, at: str | datetime, zone: str = "UTC") -> str:
        """The same without any markup."""
        return Reader(self.language, self.zone).instant(Instant(_instant(at), zone))

    def day(self, day: date | str) -> Markup:
        """A day of the calendar."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return Markup('<time datetime="{}">{}</time>').format(
            day.isoformat(), Reader(self.language, self.zone).day(day)
        )

    def left(self, until: str | datetime, now: str | datetime) -> str:
        """How long it is from now to an instant, or how long ago it was: the largest unit that is not 0."""
        span = _instant(until) - _instant(now)
        return format_timedelta(span, locale=Locale(self.language.value), add_direction=True, threshold=1.2)

    def _text(self, text: str) -> str:
        return page_texts(self.language).get(text, text)


def _apart(fact: object) -> Markup:
    return fact if isinstance(fact, Markup) else Markup(f"<bdi>{escape(fact)}</bdi>")


def _instant(at: str | datetime) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def chosen(request: Request) -> Language | None:
    """The language that the address asks for (`?language=fr`), as far as there is one."""
    asked = dict(parse_qsl(request.url.query, max_num_fields=64)).get(CHOSEN, "") if CHOSEN in request.url.query else ""
    return Language(asked) if asked in list(Language) else None


def wanted(request: Request, kept: str | None = None) -> Language:
    """In which language somebody reads: as the address asks, as they chose before, as they are written to (`kept`), as
    their browser prefers (RFC 9110, 12.5.4); English where none of these is one of the six."""
    if asked := chosen(request):
        return asked
    preferred = languages(request.headers.get("accept-language", ""))
    return first_of_six((request.cookies.get(CHOSEN, ""), kept or "", *preferred)) or Language.EN
