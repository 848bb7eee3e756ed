"""Contributions with their parts: read whole, replaced whole."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from ..domain.call import Answer, CallSection
from ..domain.contribution import Contribution, ContributionSection, ContributionState, Tag, TagScheme
from ..domain.input_versions import Version
from ..domain.noun import Noun
from ..domain.practice import Practice
from ..domain.same_text import HandedIn
from .carried import Once, once
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

_HANDED_IN = (ContributionState.SUBMITTED, ContributionState.ADMITTED, ContributionState.RETURNED)
_LOOKED_THROUGH = 100
_SECTION = ("code", "heading", "markdown")
_PRACTICE = ("section_label", "name", "url", "dates_as_written", "place", "aim", "partners", "sdg_as_written")


def handed_in(c: sa.FromClause) -> sa.ColumnElement[bool]:
    """An input that came in and has not been taken back: also one that was returned, and is being mended."""
    return sa.or_(c.c.state.in_(_HANDED_IN), being_mended(c))


def being_mended(c: sa.FromClause) -> sa.ColumnElement[bool]:
    """`domain.contribution.being_mended`, as a condition on rows."""
    drafted = c.c.state.in_((ContributionState.DRAFT, ContributionState.RELEASED))
    return sa.and_(drafted, c.c.mend_until.isnot(None))


@need
async def labels(
    unit: UnitOfWork, organisation: UUID | None, mechanism: str | None, forum: UUID | None
) -> dict[str, str]:
    """How an organisation, a mechanism and a forum are called, by these words; empty where there is none."""
    o, m, f = t.organisation, t.mechanism, t.forum
    row: Any = (
        await unit.run(
            sa.select(
                sa.select(o.c.name).where(o.c.id == organisation).scalar_subquery(),
                sa.select(m.c.name).where(m.c.code == mechanism).scalar_subquery(),
                sa.select(f.c.name).where(f.c.id == forum).scalar_subquery(),
            )
        )
    ).only()
    return {"organisation": row[0] or "", "mechanism": row[1] or "", "forum": row[2] or ""}


@need
async def call_sections(unit: UnitOfWork, call_id: UUID | None) -> tuple[CallSection, ...]:
    """What a call asks for, in order; nothing for an input to no call."""
    rows = [] if call_id is None else await unit.rows(t.call_section, "ordinal", call_id=call_id)
    return tuple(noun_of(CallSection, row) for row in rows)


@need
async def sections(unit: UnitOfWork, contribution: UUID) -> tuple[ContributionSection, ...]:
    """A contribution's sections, in order."""
    rows = await unit.rows(t.contribution_section, "ordinal", contribution_id=contribution)
    return tuple(noun_of(ContributionSection, row) for row in rows)


@need
async def practices(unit: UnitOfWork, contribution: UUID) -> tuple[Practice, ...]:
    """A contribution's practices, in order."""
    rows = await unit.rows(t.practice, "ordinal", contribution_id=contribution)
    return tuple(noun_of(Practice, row) for row in rows)


@write
async def replace_sections(unit: UnitOfWork, contribution: UUID, new: Sequence[ContributionSection]) -> None:
    """Sections keep their ids by ordinal, so that what cites one still finds it after a new draft."""
    s = t.contribution_section
    gone = sa.and_(s.c.contribution_id == contribution, s.c.ordinal.not_in([section.ordinal for section in new]))
    await _cite_the_whole(unit, contribution, t.source.c.section_id, sa.select(s.c.id).where(gone))
    await unit.run(sa.delete(s).where(gone))
    await _write_over(unit, s, new, _SECTION)


@write
async def replace_practices(unit: UnitOfWork, contribution: UUID, new: Sequence[Practice]) -> None:
    """Practices keep their ids by ordinal, as sections do: what was returned may be cited already. Their tags go, for
    these are read from them anew."""
    tag, p = t.tag, t.practice
    await unit.run(sa.delete(tag).where(tag.c.contribution_id == contribution, tag.c.practice_id.isnot(None)))
    gone = sa.and_(p.c.contribution_id == contribution, p.c.ordinal.not_in([practice.ordinal for practice in new]))
    await _cite_the_whole(unit, contribution, t.source.c.practice_id, sa.select(p.c.id).where(gone))
    await unit.run(sa.delete(p).where(gone))
    names = [c.name for c in p.c if c.name not in ("id", "contribution_id", "ordinal")]
    await _write_over(unit, p, new, names)


async def _cite_the_whole(unit: UnitOfWork, contribution: UUID, end: sa.Column[Any], gone: sa.Select[Any]) -> None:
    """What cites a part that its author takes out cites the input as a whole: the passage still comes from it."""
    whole = {end.name: None, "contribution_id": contribution}
    await unit.run(sa.update(t.source).where(end.in_(gone)).values(**whole))


async def _write_over(unit: UnitOfWork, table: sa.Table, new: Sequence[Noun], names: Sequence[str]) -> None:
    if new:
        statement = insert(table).values([columns_of(part) for part in new])
        changed = {name: statement.excluded[name] for name in names}
        await unit.run(statement.on_conflict_do_update(index_elements=["contribution_id", "ordinal"], set_=changed))


@write
async def replace_tags(unit: UnitOfWork, contribution: UUID, scheme: TagScheme, new: Sequence[Tag]) -> None:
    """Replace the tags of one scheme that the contribution has as a whole; those of its practices stay."""
    tag = t.tag
    whole = sa.and_(tag.c.contribution_id == contribution, tag.c.practice_id.is_(None), tag.c.scheme == scheme)
    await unit.run(sa.delete(tag).where(whole))
    await unit.add(tag, *map(columns_of, new))


@need
async def content(unit: UnitOfWork, contribution: Contribution) -> dict[str, Any]:
    """All that an input says, as plain data in a fixed order, and under which promise it is handed in; who wrote it is
    not in it."""
    row = (await unit.run(_parts(), {"contribution": contribution.id})).only()
    practices, sections, tags = (orjson.loads(row[name] or "[]") for name in ("practices", "sections", "tags"))
    return {
        "attribution": str(contribution.attribution),
        "language": contribution.language,
        "practices": [dict(zip(_PRACTICE, values, strict=True)) for values in practices],
        "sections": [dict(zip(_SECTION, values, strict=True)) for values in sections],
        "tags": sorted({":".join(values) for values in tags}),
        "title": contribution.title,
        "visibility": str(contribution.visibility),
    }


@once
def _parts() -> sa.Select[Any]:
    """An input's practices, sections and tags in one row, each as JSON: a list of the values of each row, in order."""

    def listed(table: sa.Table, names: Sequence[str], order: str) -> sa.ScalarSelect[Any]:
        values = sa.func.json_build_array(*(table.c[name] for name in names))
        every = sa.cast(sa.func.json_agg(aggregate_order_by(values, table.c[order])), sa.Text)
        return sa.select(every).where(table.c.contribution_id == sa.bindparam("contribution")).scalar_subquery()

    return sa.select(
        listed(t.practice, _PRACTICE, "ordinal").label("practices"),
        listed(t.contribution_section, _SECTION, "ordinal").label("sections"),
        listed(t.tag, ("scheme", "code"), "code").label("tags"),
    )


@need
async def last_version(unit: UnitOfWork, contribution: UUID) -> Version | None:
    """The version that an input was handed in as last; None where it never was."""
    row = await unit.first(_last_number(), {"contribution": contribution})
    return None if row is None else Version(**row)


@once
def _last_number() -> sa.Select[Any]:
    s = t.snapshot
    mine = sa.and_(s.c.subject_id == sa.bindparam("contribution"), s.c.number.isnot(None))
    return sa.select(s.c.number, s.c.first_number).where(mine).order_by(s.c.number.desc()).limit(1)


def _frozen(*whose: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Inputs beside one, to the same call and of its title, with what they were when they were handed in; not more than
    may be looked through while others wait. Made once: it is asked wherever something is handed in."""
    c, s = t.contribution, t.snapshot
    same = sa.and_(s.c.subject_id == c.c.id, s.c.hash == c.c.receipt_hash)
    beside = sa.and_(c.c.call_id == sa.bindparam("call"), c.c.id != sa.bindparam("contribution"), handed_in(c))
    titled = sa.or_(c.c.title == sa.bindparam("title"), being_mended(c))  # what is mended may have another by now
    joined = sa.select(c.c.id, c.c.receipt_number, s.c.content).select_from(c.join(s, same))
    return joined.where(beside, titled, *whose).limit(_LOOKED_THROUGH)


@once
def _by_author() -> sa.Select[Any]:
    c, a, mine = t.contribution, t.authorship, t.authorship.alias("mine")
    same = [a.c[name].is_not_distinct_from(mine.c[name]) for name in ("organisation_id", "coordination", "forum_id")]
    return _frozen(
        sa.exists().where(a.c.subject_id == c.c.id, mine.c.subject_id == sa.bindparam("contribution"), *same)
    )


@once
def _by_sender() -> sa.Select[Any]:
    c = t.contribution
    sender = sa.bindparam("organisation", type_=sa.Uuid)
    return _frozen(c.c.on_behalf, c.c.named_organisation_id.is_not_distinct_from(sender))


async def _handed_in(
    unit: UnitOfWork, query: Once, contribution: Contribution, **more: UUID | None
) -> tuple[HandedIn, ...]:
    about = {"call": contribution.call_id, "contribution": contribution.id, "title": contribution.title, **more}
    return tuple(HandedIn(row.id, row.receipt_number, row.content) for row in await unit.run(query, about))


@need
async def of_the_same_author(unit: UnitOfWork, contribution: Contribution) -> tuple[HandedIn, ...]:
    """What the author of an input has handed in to the same call beside it. Asked by the author's own side: to all
    others row-level security shows no author, so nothing is found."""
    return await _handed_in(unit, _by_author(), contribution)


@need
async def entered_for(unit: UnitOfWork, contribution: Contribution) -> tuple[HandedIn, ...]:
    """What the secretariat has entered beside it in answer to the same call, for the same sender, or for none that is
    recorded."""
    return await _handed_in(unit, _by_sender(), contribution, organisation=contribution.named_organisation_id)


@write
async def answer_of(
    unit: UnitOfWork, /, call: UUID | None, organisation: UUID | None, answer: Answer, **more: Any
) -> bool:
    """Mark what an addressee answered; False where the organisation is not addressed, or not named."""
    if call is None or organisation is None:
        return False
    new = {"answer": answer, **more}
    row = {"of_call": call, "of_organisation": organisation}
    return (await unit.run(_answering(tuple(new)), {**new, **row})).rowcount > 0


@once
def _answering(names: tuple[str, ...]) -> sa.Update:
    a = t.addressee
    mine = sa.and_(a.c.call_id == sa.bindparam("of_call"), a.c.organisation_id == sa.bindparam("of_organisation"))
    return sa.update(a).where(mine).values({name: sa.bindparam(name) for name in names})


@write
async def unanswer(unit: UnitOfWork, /, taken_back: Contribution) -> bool:
    """An addressee whose input was taken back has none any more, unless another one of its stands; whether it has
    none. One that answered "no input this time" has answered: that stays."""
    a, c = t.addressee, t.contribution
    named = c.c.named_organisation_id == taken_back.named_organisation_id
    others = sa.exists().where(c.c.call_id == taken_back.call_id, named, c.c.id != taken_back.id, handed_in(c))
    mine = sa.and_(a.c.call_id == taken_back.call_id, a.c.organisation_id == taken_back.named_organisation_id)
    sent = sa.and_(mine, a.c.answer == Answer.SENT)
    changed = sa.update(a).where(sent, ~others).values(answer=Answer.NONE_YET, answered_at=None)
    return (await unit.run(changed)).rowcount > 0
