"""What the deeds on inputs share: reading the parts of an input, naming its author, freezing it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain import lengths, receipts, snapshot, targets
from ...domain.contribution import Contribution, Receipt
from ...domain.document import Snapshot
from ...domain.objectives import parse_objective
from ...domain.practices import read_dates
from ...domain.text import clean, language_tag
from ...errors import (
    LanguageNotAccepted,
    Refusal,
    RoleNotAllowed,
    SectionMissing,
    TextTooLong,
    TextTooShort,
    UnknownCode,
    WordNotAllowed,
)
from ...store import authors, inputs
from ...store.records import add
from ...store.steps import Store
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, random_id
from ..core.act import ActContext, arg


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


@dataclass(frozen=True)
class Author:
    """Whose input it is, and what of that is named."""

    kind: str
    organisation: UUID | None
    mechanism: str | None
    forum: UUID | None

    def columns(self) -> dict[str, Any]:
        return {
            "author_kind": self.kind,
            "organisation_id": self.organisation,
            "mechanism_code": self.mechanism,
            "forum_id": self.forum,
        }


async def author_of(context: ActContext, unit: UnitOfWork, *, collective: bool) -> Author:
    """The author for whom the person acting writes. Refuses (RoleNotAllowed) one who speaks for nobody."""
    mandate = context.doer.mandate
    if collective:
        if mandate.role != "coordinator" or mandate.mechanism is None:
            raise RoleNotAllowed(act="a collective input", roles=("coordinator",), yours=(mandate.role,))
        return Author("mechanism", None, mandate.mechanism, None)
    if mandate.role in ("secretariat", "penholder"):
        return Author("forum", None, None, context.place.forum_id)
    if mandate.organisation is None:
        raise RoleNotAllowed(act="an input", roles=("a role for an organisation",), yours=(mandate.role,))
    row = await unit.row(t.organisation, id=mandate.organisation)
    state = row is not None and row["kind"] == "state"
    return Author("state" if state else "organisation", mandate.organisation, None, None)


async def naming(
    context: ActContext, unit: UnitOfWork, author: Author, attribution: str, mechanism: str | None
) -> dict[str, Any]:
    """What the input shows of its author. Non-attributed: nothing at all, so there is nothing to leak."""
    theirs = sorted(context.doer.mechanisms)
    chosen = author.mechanism or mechanism or (theirs[0] if theirs else None)
    if chosen is not None and chosen not in theirs:
        raise WordNotAllowed(word=chosen, words=tuple(theirs)).at_path("mechanism")
    names = await inputs.labels(unit, author.organisation, chosen, author.forum)
    if attribution == "none":
        return _named(None, None, "A participant")
    if attribution == "mechanism" and author.kind != "mechanism":
        if chosen is None:
            raise WordNotAllowed(word="mechanism", words=("organisation", "none")).at_path("attribution")
        return _named(None, chosen, names["mechanism"])
    if author.kind == "mechanism":
        return _named(None, chosen, names["mechanism"])
    return _named(author.organisation, chosen, names["organisation"] or names["forum"])


def shown_as(author: Author, attribution: str) -> str:
    """What the row says of its attribution: a forum's and a mechanism's own are theirs whatever else was asked for."""
    return attribution if attribution == "none" or author.kind not in ("forum", "mechanism") else author.kind


def _named(organisation: UUID | None, mechanism: str | None, label: str) -> dict[str, Any]:
    return {"named_organisation_id": organisation, "named_mechanism": mechanism, "label": label}


def sections_of(given: Sequence[SectionText], asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sections in the call's order. Refuses (WordNotAllowed) a code the call does not have."""
    codes = {s["code"]: s for s in asked}
    texts: dict[str, str] = {}
    for n, section in enumerate(given):
        if section.code not in codes:
            raise WordNotAllowed(word=section.code, words=tuple(codes)).at_path("sections", str(n), "code")
        texts[section.code] = clean(section.text)
    return [
        {"ordinal": s["ordinal"], "code": s["code"], "heading": s["prompt"], "markdown": texts[s["code"]]}
        for s in asked
        if s["code"] in texts
    ]


def practices_of(given: Sequence[PracticeText]) -> list[dict[str, Any]]:
    """Practices as rows, with what can be read of their dates and codes beside what is written."""
    rows = []
    for n, p in enumerate(given, 1):
        dates, _ = read_dates(clean(p.dates))
        rows.append(
            {
                "id": random_id(),
                "ordinal": n,
                "section_label": None if p.section is None else clean(p.section),
                "name": clean(p.name),
                "url": p.url,
                "dates_as_written": clean(p.dates),
                "start_year": dates.start_year,
                "end_year": dates.end_year,
                "status": dates.state,
                "place": clean(p.place),
                "aim": clean(p.aim),
                "partners": clean(p.partners),
                "sdg_as_written": clean(p.sdg),
            }
        )
    return rows


def tags_of(sdg: Sequence[str], objectives: Sequence[str], themes: Sequence[str]) -> list[dict[str, Any]]:
    """Tags of an input as a whole. Refuses (UnknownCode) a code its scheme does not have, naming the field."""
    found = [("sdg", code) for code in _codes("targets", sdg, targets.parse_code)]
    found += [("gcm", code) for code in _codes("objectives", objectives, lambda given: parse_objective(given).code)]
    found += [("theme", code) for code in _codes("themes", themes, clean)]
    return [{"scheme": scheme, "code": code, "practice_id": None} for scheme, code in dict.fromkeys(found)]


async def need_themes(unit: UnitOfWork, edition: UUID, given: Sequence[str]) -> None:
    """Refuses (UnknownCode) a theme that is none of the edition's."""
    if given:
        known = [row["code"] for row in await unit.rows(t.theme, "code", edition_id=edition)]
        hint = f"Its themes are: {', '.join(known)}." if known else "It has no themes."
        for n, code in enumerate(given):
            if clean(code) not in known:
                raise UnknownCode(scheme="the edition's themes", given=code[:60], hint=hint).at_path("themes", str(n))


def _codes(field: str, given: Sequence[str], read: Callable[[str], str]) -> list[str]:
    codes = []
    for n, code in enumerate(given):
        try:
            codes.append(read(code))
        except Refusal as refusal:
            raise refusal.at_path(field, str(n)) from None
    return codes


def practice_tags(practices: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The SDG codes read from each practice, as rows of its tags."""
    return [
        {"scheme": "sdg", "code": code, "practice_id": p["id"]}
        for p in practices
        for code in dict.fromkeys(targets.normalise(p["sdg_as_written"]).codes)
    ]


def need_language(language: str, call: Mapping[str, Any] | None) -> str:
    """The language tag as BCP 47 writes it. Refuses (LanguageNotAccepted) one the call does not take."""
    tag = language_tag(language)
    if call is not None and tag.split("-")[0] not in call["languages"]:
        raise LanguageNotAccepted(given=tag, languages=tuple(call["languages"])).at_path("language")
    return tag


def need_lengths(asked: Sequence[Mapping[str, Any]], sections: Sequence[Mapping[str, Any]], language: str) -> int:
    """Whether what was written fits what the call asks for; gives the whole length.

    Refuses SectionMissing, TextTooShort, TextTooLong, each with the path of the section.
    """
    texts = {s["code"]: s["markdown"] for s in sections}
    total = 0
    for section in asked:
        text = texts.get(section["code"], "")
        if not text.strip() and section["required"]:
            raise SectionMissing(section=section["prompt"]).at_path("sections", section["code"])
        limits = (section["min_length"] or None, section["max_length"] or None, section["unit"])
        try:
            total += lengths.check(section["prompt"], text, language, *limits, required=section["required"])
        except (SectionMissing, TextTooLong, TextTooShort) as refusal:
            raise refusal.at_path("sections", section["code"]) from None
    return total


async def freeze(store: Store, contribution: Contribution) -> Receipt:
    """Freeze an input as it stands, under a salted hash with no authorship in it, and draw a receipt number."""
    content = await store.ask(inputs.content(contribution))
    salt = secrets.token_bytes(snapshot.SALT_BYTES)
    sealed = snapshot.seal(content, salt)
    frozen = Snapshot(
        id=random_id(),
        subject_kind="contribution",
        subject_id=contribution.id,
        content=snapshot.canonical(content).decode(),
        salt=salt,
        hash=sealed,
    )
    await store.write(add(frozen))
    return Receipt(receipts.number(secrets.token_bytes(receipts.RANDOM_BYTES)), sealed)


async def hidden(context: ActContext, store: Store) -> dict[str, Any]:
    """Where the history of an input keeps who acted: in `authorship`, seen by the author's own side alone.

    Of every act on a draft, for a text that names its author today may be handed in without a name tomorrow, and of a
    submission that names no organisation.
    """
    row = await store.ask(authors.of(context.place.id))
    names = ("author_kind", "organisation_id", "mechanism_code", "forum_id")
    return {name: None if row is None else row[name] for name in names}
