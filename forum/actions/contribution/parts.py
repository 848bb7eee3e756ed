"""The parts of an input as they are sent: sections, practices and codes, read into nouns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ...domain import targets
from ...domain.call import Call, CallSection
from ...domain.contribution import ContributionSection, Tag, TagScheme
from ...domain.edition import Theme
from ...domain.names import key, spelled
from ...domain.objectives import parse_objective
from ...domain.practice import Practice, PracticeStatus
from ...domain.practices import read_dates
from ...domain.text import clean, language_tag, maybe_composed
from ...errors import InvalidValue, LanguageNotAccepted, UnknownCode, WordNotAllowed
from ...refusal import Refusal, phrased
from ...store.records import matching
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import arg


@dataclass(frozen=True)
class SectionText:
    """The answer to one section of the call."""

    code: str = arg("The section's code, as the call gives it.")
    text: str = arg("CommonMark without HTML.")


@dataclass(frozen=True)
class PracticeText:
    """A practice, as its sender describes it. What is written stays as written."""

    name: str = arg("Its name.")
    sdg: str = arg('SDG goals and targets as written: "10.7, 8.8".')
    place: str = arg("Country, region or city where it takes place.")
    aim: str = arg("What it is for, CommonMark.")
    dates: str = arg('When, as written: "2018 - 2021", "Current", or empty.', default="")
    partners: str = arg("Key partners, as written.", default="")
    url: str | None = arg("A page about it.", default=None, scalar="URL")
    section: str | None = arg("The part of the annex it stands in.", default=None)


def sections_of(
    contribution: UUID, texts_sent: Sequence[SectionText], asked: Sequence[CallSection]
) -> tuple[ContributionSection, ...]:
    """Sections in the call's order. Refuses (WordNotAllowed) a code the call does not have, (InvalidValue) one that is
    answered twice."""
    codes = {key(section.code): section.code for section in asked}
    texts: dict[str, str] = {}
    for n, section in enumerate(texts_sent):
        code = codes.get(key(section.code))
        if code is None:
            words = tuple(section.code for section in asked)
            raise WordNotAllowed(word=section.code, words=words).at_path("sections", str(n), "code")
        if code in texts:
            reason = phrased(
                "The section {code} is answered twice: one of the two texts would be lost. Send them as one.", code=code
            )
            raise InvalidValue(reason=reason).at_path("sections", str(n), "code")
        texts[code] = maybe_composed(section.text) or ""
    return tuple(
        ContributionSection(
            id=random_id(),
            contribution_id=contribution,
            ordinal=section.ordinal,
            code=section.code,
            heading=section.prompt,
            markdown=texts[section.code],
        )
        for section in asked
        if section.code in texts
    )


def practices_of(contribution: UUID, practices: Sequence[PracticeText]) -> tuple[Practice, ...]:
    """Practices in the order they were sent, with what can be read of their dates beside what is written."""
    return tuple(_practice(contribution, n, practice) for n, practice in enumerate(practices, 1))


def _practice(contribution: UUID, ordinal: int, practice: PracticeText) -> Practice:
    dates, _ = read_dates(clean(practice.dates))
    return Practice(
        id=random_id(),
        contribution_id=contribution,
        ordinal=ordinal,
        section_label=None if practice.section is None else clean(practice.section),
        name=clean(practice.name),
        url=practice.url,
        dates_as_written=clean(practice.dates),
        start_year=dates.start_year,
        end_year=dates.end_year,
        status=None if dates.state is None else PracticeStatus(dates.state),
        place=clean(practice.place),
        aim=maybe_composed(practice.aim) or "",
        partners=clean(practice.partners),
        sdg_as_written=clean(practice.sdg),
    )


def tags_of(
    contribution: UUID, sdg: Sequence[str], objectives: Sequence[str], themes: Sequence[str]
) -> tuple[Tag, ...]:
    """Tags of an input as a whole. Refuses (UnknownCode) a code its scheme does not have, naming the field."""
    tags = [(TagScheme.SDG, code) for code in _codes("targets", sdg, targets.parse_code)]
    tags += [(TagScheme.GCM, c) for c in _codes("objectives", objectives, lambda code: parse_objective(code).code)]
    tags += [(TagScheme.THEME, code) for code in _codes("themes", themes, spelled)]
    return tuple(
        Tag(id=random_id(), contribution_id=contribution, scheme=scheme, code=code)
        for scheme, code in dict.fromkeys(tags)
    )


def practice_tags(practices: Sequence[Practice]) -> tuple[Tag, ...]:
    """The SDG codes read from what each practice says of itself, as its tags."""
    return tuple(
        Tag(
            id=random_id(),
            contribution_id=practice.contribution_id,
            practice_id=practice.id,
            scheme=TagScheme.SDG,
            code=code,
        )
        for practice in practices
        for code in dict.fromkeys(targets.normalise(practice.sdg_as_written).codes)
    )


def _codes(field: str, codes_sent: Sequence[str], read: Callable[[str], str]) -> list[str]:
    codes = []
    for n, code in enumerate(codes_sent):
        try:
            codes.append(read(code))
        except Refusal as refusal:
            raise refusal.at_path(field, str(n)) from None
    return codes


async def need_themes(store: Store, edition: UUID, codes: Sequence[str]) -> None:
    """Refuses (UnknownCode) a theme that is none of the edition's."""
    if codes:
        known = [theme.code for theme in await store.ask(matching(Theme, "code", edition_id=edition))]
        hint = f"Its themes are: {', '.join(known)}." if known else "It has no themes."
        for n, code in enumerate(codes):
            if clean(code) not in known:
                raise UnknownCode(scheme="the edition's themes", given=code[:60], hint=hint).at_path("themes", str(n))


def need_language(language: str, call: Call | None) -> str:
    """The language tag as BCP 47 writes it. Refuses (LanguageNotAccepted) one the call does not take."""
    tag = language_tag(language)
    if call is not None and tag.split("-")[0] not in call.languages:
        raise LanguageNotAccepted(given=tag, languages=tuple(call.languages)).at_path("language")
    return tag
