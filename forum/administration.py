"""What an operator does at the machine: enter bodies, publish and adopt processes, give and end mandates, end
agreements where nobody else can, issue and revoke tokens. On the record."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from . import entering
from .actions.agreement import agreeing
from .actions.core.act import Entry, Outcome
from .actions.mandate import giving
from .actions.process import adopting
from .actions.process import versions as _versions
from .api.http.identity import issue
from .app import Parts
from .domain import set_up as bodies_file
from .domain.agreement import Agreement
from .domain.agreement import end as end_of_agreement
from .domain.authority import By, at_once, may_propose
from .domain.body import Forum, Organisation
from .domain.mandate import GivenBy, Mandate, Role, end
from .domain.names import spelled
from .domain.saying import saying
from .domain.text import clean, filled
from .domain.token import Token
from .errors import NotFound
from .store import agreements as agreed
from .store import mandates, processes, tokens
from .store.clock import moment
from .store.records import add, by_id, change, first
from .store.unit import UnitOfWork, begin, fresh
from .workflow.load import digest
from .workflow.process import Process


async def publish(parts: Parts, process: Process, forum: str | None = None) -> UUID:
    """Publish one definition on the record: as a template of the service, or for a forum, by its short name. Refuses as
    `publish_process` does."""

    async def work(unit: Any, now: Any) -> Outcome:
        owner = None if forum is None else await _forum(unit, forum)
        id_, new = await _versions.publish(unit, parts.runner.processes, process, owner, now)
        detail = {"name": process.name, "version": process.version, "hash": digest(process.text)}
        return Outcome({"process": id_}, (Entry("process", id_, detail),) if new else ())

    return (await parts.runner.by_operator("publish_process", work)).ids["process"]


async def adopt(parts: Parts, named: str, forum: str, *, only_first: bool = False) -> UUID | None:
    """Let a forum, by its short name, take up a template by its name or any text by its hash, on the record. Refuses as
    `adopt_process` does. `only_first`: where it works by a process already, nothing is done."""

    async def work(unit: Any, now: Any) -> Outcome:
        owner = await _forum(unit, forum)
        before = await unit.ask(processes.current(owner))
        if before is not None and only_first:
            return Outcome({})
        source = await adopting.find_version(unit, named)
        id_, _ = await adopting.adopt(unit, parts.runner.processes, source, owner, now)
        known = before is not None and before.id == id_
        return Outcome({"process": id_}, () if known else (adopting.entry(id_, source),))

    return (await parts.runner.by_operator("adopt_process", work)).ids.get("process")


async def _forum(unit: UnitOfWork, slug: str) -> UUID:
    body = await unit.ask(first(Forum, slug=slug))
    if body is None:
        raise NotFound(what=f"forum {slug}")
    return body.id


async def published(parts: Parts, wanted: str) -> Process:
    """A published definition by its hash, or the newest of a name. Refuses (NotFound) what was never published."""
    async with begin(parts.runner.engine) as unit:
        if copies := await unit.ask(processes.of_hash(wanted)):
            return await parts.runner.processes.by_id(unit, copies[0].id)
        return (await parts.runner.processes.named(unit, wanted))[1]


class _OnlyPlanned(Exception):
    """Ends a transaction of which nothing is to stay."""


async def enter_bodies(parts: Parts, content: bytes, *, file: str = "The file", plan: bool = False) -> entering.Entered:
    """Enter an operator's file of bodies, on the record. Forums of which it says so adopt their process, unless they
    work by one already. `plan`: says what would come of it, and leaves everything as it is."""
    bodies = bodies_file.read(bodies_file.decoded(content, file), file)
    entered = entering.Entered(0)

    async def work(unit: Any, now: Any) -> Outcome:
        nonlocal entered
        entered = await entering.enter(unit, bodies, now, file)
        for row in bodies.forums:
            if "process" in row and await unit.ask(processes.current(await _forum(unit, row["slug"]))) is None:
                await adopting.find_version(unit, row["process"])  # where it is not there, nothing is entered
        if plan:
            raise _OnlyPlanned
        return Outcome({}, (Entry("service", UUID(int=0), {"entered": entered.rows}), *entered.entries))

    try:
        await parts.runner.by_operator("set_up_bodies", work)
    except _OnlyPlanned:
        return entered
    for row in bodies.forums:
        if "process" in row:
            await adopt(parts, row["process"], row["slug"], only_first=True)
    return entered


async def entrust(parts: Parts, forum: str, *, registrar: bool) -> None:
    """Entrust a forum's office, by the forum's short name, with admitting organisations, or no longer; on the record.
    Refuses (NotFound) an unknown forum."""

    async def work(unit: UnitOfWork, _: datetime) -> Outcome:
        before = await unit.ask(first(Forum, slug=forum))
        if before is None:
            raise NotFound(what=f"forum {forum}")
        await unit.write(change(before, replace(before, registrar=registrar)))
        return Outcome({}, (Entry("forum", before.id, {"registrar": registrar}),))

    await parts.runner.by_operator("entrust_registrar", work)


# ---- people
@dataclass(frozen=True)
class RoleGiven:
    """A role the operator gives a person: organisation by name, forum by short name."""

    subject: str
    role: Role
    name: str | None = None
    organisation: str | None = None
    forum: str | None = None
    mechanism: str | None = None


async def people(parts: Parts, *, waiting: bool) -> tuple[tuple[Mandate, dict[str, Any]], ...]:
    """Mandates of people that have not ended, with the names a person reads; or those that wait to be accepted."""
    async with begin(parts.runner.engine) as unit:
        return await unit.ask(mandates.of_people(waiting=waiting, now=await unit.ask(moment())))


async def give_role(parts: Parts, role: RoleGiven) -> Mandate:
    """Give a person a role from now on. One that speaks for an organisation is a proposal to it, but for its
    administrator's. Refuses an unknown organisation or forum, and what stands already."""
    entered: list[Mandate] = []

    async def work(unit: UnitOfWork, now: datetime) -> Outcome:
        mandate = await _mandate(unit, role, now)
        entered.append(await _enter(unit, mandate, role.subject, role.name, now))
        return Outcome({}, (Entry("mandate", entered[0].id, {"role": role.role, "by": "operator"}),))

    await parts.runner.by_operator("grant_mandate", work)
    return entered[0]


async def end_role(parts: Parts, id_: UUID, reason: str, *, leave_alone: bool) -> None:
    """End a mandate now. Refuses (NotFound) one that is none, (LeavesDutyAlone) the last that a running duty needs."""

    async def work(unit: UnitOfWork, now: datetime) -> Outcome:
        before = await unit.ask(by_id(Mandate, id_))
        if before is None:
            raise NotFound(what="mandate")
        return Outcome({}, (await _end(unit, before, reason, now, leave_alone=leave_alone),))

    await parts.runner.by_operator("end_mandate", work)


async def move_duties(parts: Parts, from_: str, to: str, reason: str) -> list[Mandate]:
    """End what one person holds and give the same to another, now. What speaks for an organisation waits there for its
    word again. Refuses (NotFound) a person who holds nothing."""
    moved: list[Mandate] = []

    async def work(unit: UnitOfWork, now: datetime) -> Outcome:
        held = [m for m, row in await unit.ask(mandates.of_people(waiting=False, now=now)) if row["subject"] == from_]
        if not held:
            raise NotFound(what=f"mandate in force of {from_}")
        lines = []
        for mandate in held:
            new = replace(mandate, id=fresh(), starts_at=now, given_by=GivenBy.OPERATOR, given_by_forum_id=None)
            moved.append(await _enter(unit, new, to, None, now))
            lines.append(await _end(unit, mandate, reason, now, leave_alone=True))
            lines.append(Entry("mandate", new.id, {"moved_from": str(mandate.id)}))
        return Outcome({}, tuple(lines))

    await parts.runner.by_operator("move_duties", work)
    return moved


async def issue_token(parts: Parts, secret: str, wanted: Token) -> str:
    """Put a token on the list, and give the signed string, which is kept nowhere."""
    lifetime = round((wanted.expires_at - wanted.issued_at).total_seconds())
    signed = issue(secret, wanted.subject, now=wanted.issued_at.timestamp(), lifetime=lifetime, token=wanted.id)

    async def work(unit: UnitOfWork, _: datetime) -> Outcome:
        await unit.write(add(wanted))
        return Outcome({}, (Entry("token", wanted.id),))

    await parts.runner.by_operator("issue_token", work)
    return signed


async def list_tokens(parts: Parts, subject: str | None, *, ended: bool) -> tuple[Token, ...]:
    """The tokens of one subject, or of all; `ended`: also those that do not stand any more."""
    async with begin(parts.runner.engine) as unit:
        return await unit.ask(tokens.listed(subject, ended=ended))


async def revoke_tokens(parts: Parts, *, token: UUID | None, subject: str | None) -> tuple[UUID, ...]:
    """Revoke one token, or all of a subject. Refuses (NotFound) where none stands."""
    revoked: list[UUID] = []

    async def work(unit: UnitOfWork, _: datetime) -> Outcome:
        standing = () if subject is None else await unit.ask(tokens.listed(subject, ended=False))
        revoked.extend(await unit.write(tokens.revoke(*(held.id for held in standing), *([token] if token else []))))
        if not revoked:
            raise NotFound(what="token that stands")
        return Outcome({}, tuple(Entry("token", id_) for id_ in revoked))

    await parts.runner.by_operator("revoke_token", work)
    return tuple(revoked)


async def _mandate(unit: UnitOfWork, role: RoleGiven, now: datetime) -> Mandate:
    organisation = await unit.ask(first(Organisation, name=spelled(role.organisation))) if role.organisation else None
    forum = await unit.ask(first(Forum, slug=role.forum)) if role.forum else None
    if (role.organisation and organisation is None) or (role.forum and forum is None):
        raise NotFound(what="organisation" if organisation is None and role.organisation else "forum")
    return Mandate(
        id=fresh(), role=role.role, mechanism_code=role.mechanism, starts_at=now,
        organisation_id=None if organisation is None else organisation.id, forum_id=None if forum is None else forum.id,
    )  # fmt: skip


async def _enter(unit: UnitOfWork, mandate: Mandate, subject: str, name: str | None, now: datetime) -> Mandate:
    """Write it down as the operator's word, in force or as a proposal, and tell those whom it concerns."""
    operator = frozenset((By.OPERATOR,))
    now_ = at_once(mandate.what, operator, own=True)
    assert now_ or may_propose(mandate.what, operator)
    mandate = replace(mandate, proposed_at=now, accepted_at=now if now_ else None)
    return await giving.enter(unit, mandate, giving.Who(subject, name), now, None)


async def _end(unit: UnitOfWork, before: Mandate, reason: str, now: datetime, *, leave_alone: bool) -> Entry:
    after = end(before, now, reason, now)
    if not leave_alone:
        await giving.need_looked_after(unit, before, now)
    await unit.write(change(before, after))
    named = await giving.described(unit, before)
    words = saying("It has ended: {mandate}: {reason}", mandate=named, reason=clean(reason))
    await giving.tell_of(unit, after, "ended by the operator", words, now, None)
    return Entry("mandate", before.id, {"ends_at": now.isoformat(), "reason": reason})


# ---- agreements between bodies
async def agreements(parts: Parts) -> tuple[tuple[Agreement, dict[str, Any]], ...]:
    """What bodies agreed to for each other, or are asked, each with the short names of the two."""
    async with begin(parts.runner.engine) as unit:
        return await unit.ask(agreed.open_ones())


async def end_agreement(parts: Parts, id_: UUID, reason: str) -> None:
    """End an agreement now, and tell both sides. Refuses (NotFound) one that is none, (WrongState) one that is over."""

    async def work(unit: UnitOfWork, now: datetime) -> Outcome:
        before = await unit.ask(by_id(Agreement, id_))
        if before is None:
            raise NotFound(what="agreement")
        after = end_of_agreement(before, None, filled(reason, "reason").strip(), now)
        await unit.write(change(before, after))
        await agreeing.tell(unit, after, "ended", after.reason, now, None)
        return Outcome({}, (Entry("agreement", id_, {"reason": after.reason}),))

    await parts.runner.by_operator("end_agreement", work)
