"""An organisation says who clears what goes out in its name."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.clearance import ClearanceRule, ClearanceSubject, end, need_rule
from ...domain.enumeration import word_of
from ...domain.mandate import Role
from ...errors import WrongState
from ...store import clearances
from ...store.records import add, change
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Outcome, arg
from .clearing import own_entry


@dataclass(frozen=True)
class SetClearanceRule(Command):
    """Say, as the administrator of an organisation, that its inputs or comments go out only once several of its own
    people have cleared that very version. The rule takes the place of the one before, and what is left out stays as it
    was; with 0 people and no roles none is asked any more. Nobody outside the organisation learns of it. It holds at
    once, also for what was released."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"rule": "ClearanceRule"}

    organisation: UUID = arg("The organisation.", of="Organisation")
    people: int | None = arg("How many of its people, each counted once, in whatever role; at first 0.", default=None)
    roles: tuple[str, ...] | None = arg(
        "Roles of which somebody has to be among them, each counted once; at first none.", default=None, scalar="Role"
    )
    subjects: tuple[str, ...] | None = arg(
        "For what it is asked; at first for all.", default=None, scalar="ClearanceSubject"
    )


async def set_clearance_rule(do: SetClearanceRule, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) more people than a delegation has and roles of forums; (WrongState) to end a rule where
    none stands."""
    before = await store.ask(clearances.standing_rule(context.place.id))
    people, roles, subjects = _asked(do, before)
    need_rule(people, roles, subjects)
    if before is not None:
        await store.write(change(before, end(before, context.actor, context.now)))
    if not people and not roles:
        if before is None:
            raise WrongState(
                act="set_clearance_rule",
                state="an organisation that asks for no clearance",
                needs=("people or roles to ask for",),
            )
        return Outcome({"rule": before.id}, (await own_entry(store, context.place.id, before.id),))
    rule = ClearanceRule(
        id=random_id(), organisation_id=context.place.id, subjects=subjects, people=people, roles=roles,
        set_at=context.now, set_by_id=context.actor,
    )  # fmt: skip
    await store.write(add(rule))
    return Outcome({"rule": rule.id}, (await own_entry(store, context.place.id, rule.id),))


def _asked(do: SetClearanceRule, before: ClearanceRule | None) -> tuple[int, tuple[Role, ...], tuple[str, ...]]:
    """What is asked for from now on: as given, else as the rule before has it, else for all subjects and of nobody."""
    stood = (0, (), ClearanceSubject.words()) if before is None else (before.people, before.roles, before.subjects)
    people = stood[0] if do.people is None else do.people
    roles, subjects = (stood[1] if do.roles is None else do.roles), (stood[2] if do.subjects is None else do.subjects)
    return (
        people,
        tuple(dict.fromkeys(word_of(Role, role, "roles") for role in roles)),
        tuple(dict.fromkeys(word_of(ClearanceSubject, subject, "subjects") for subject in subjects)),
    )
