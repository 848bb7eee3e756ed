"""A person's own dates, read as that person: what their organisations are asked for, what they may break or mend, and
what goes on in the forums that they are in.

What is left out, since an address may leak: titles of texts that are not public, titles of inputs, and inputs without
attribution altogether, for a date alone would say whose they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...domain.contact import Language
from ...rendering.feeds.entries import Entry
from .reading import Ask, EditionDates, ForumDates, Row, forum_dates
from .scribe import Scribe
from .set_at import SetAt

_PAGE, _MOST_PAGES = 100, 40


@dataclass(frozen=True)
class OwnDates:
    """`inside`: ids of the forums that the person is in; `organisations`: for which they speak. `forums`: all whose
    texts may lie before a body of theirs, which are those above it as well."""

    language: Language
    zone: str
    inside: frozenset[str]
    organisations: frozenset[str]
    forums: tuple[ForumDates, ...]
    returned: tuple[Row, ...]


async def own_dates(ask_in: Callable[[Language], Ask]) -> OwnDates | None:
    """The dates of whoever asks, in their language; None of somebody who holds nothing here any more. Raises
    Problem."""
    viewer = (await ask_in(Language.EN)("my_calendar"))["viewer"]
    if not viewer["mandates"]:
        return None
    slugs = {slug for forum in viewer["forums"] for slug in _upwards(forum)}
    contact = viewer["contact"]
    language = Language(contact["language"].lower()) if contact else Language.EN
    ask = ask_in(language)
    found = [await forum_dates(ask, slug) for slug in sorted(slugs)]
    return OwnDates(
        language, contact["zone"] if contact else "UTC",
        frozenset(forum["id"] for forum in viewer["forums"]), frozenset(each["id"] for each in viewer["organisations"]),
        tuple(forum for forum in found if forum is not None), await _returned(ask),
    )  # fmt: skip


def own_entries(own: OwnDates) -> Iterator[Entry]:
    """Every entry of a person's calendar."""
    for dates in own.forums:
        scribe = Scribe(own.language, dates.forum["acronym"] or dates.forum["name"])
        for edition in dates.editions:
            yield from _silences(own, scribe, edition)
            if dates.forum["id"] in own.inside:
                yield from _inside(own, scribe, edition)
    for notice in own.returned:
        forum = notice["contribution"]["forum"]
        yield Scribe(own.language, forum["acronym"] or forum["name"]).mend(notice)


def _silences(own: OwnDates, scribe: Scribe, edition: EditionDates) -> Iterator[Entry]:
    set_at = SetAt(edition)
    for document in edition.documents:
        for silence in document["silences"]["nodes"]:
            if silence["body"] and silence["body"]["id"] in own.inside:
                yield scribe.silence(silence, document, edition.head["zone"], set_at)


def _inside(own: OwnDates, scribe: Scribe, edition: EditionDates) -> Iterator[Entry]:
    """A call concerns whoever sees a line of its addressees: those who were asked, and the team."""
    set_at, zone = SetAt(edition), edition.head["zone"]
    for call in edition.calls:
        if call["addressees"]["nodes"]:
            yield scribe.call(call, set_at)
        for permit in call["latePermits"]:
            if permit["organisation"] and permit["organisation"]["id"] in own.organisations:
                yield scribe.permit(permit, call, set_at)
    for document in edition.documents:
        yield from scribe.text(document, zone, set_at)
    for meeting in edition.meetings:
        yield scribe.meeting(meeting, zone, set_at)
    yield from scribe.planned(edition, set_at)


async def _returned(ask: Ask) -> tuple[Row, ...]:
    """Of each input of the person's side that waits to be mended and stands under a name, the notice that said so
    last."""
    found: dict[str, Row] = {}
    after = None
    for _ in range(_MOST_PAGES):
        page = (await ask("my_returns", first=_PAGE, after=after))["viewer"]["notices"]
        for notice in page["nodes"]:
            returned = notice["contribution"]
            if notice["kind"] == "RETURNED" and returned and _may_be_told(returned):
                found.setdefault(returned["id"], notice)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return tuple(found.values())


def _may_be_told(returned: Row) -> bool:
    return bool(returned["mendUntil"]) and returned["attribution"]["kind"] != "NONE"


def _upwards(forum: Row | None) -> Iterator[str]:
    while forum:
        yield forum["slug"]
        forum = forum.get("parent")
