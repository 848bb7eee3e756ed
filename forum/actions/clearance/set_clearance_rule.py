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
    people have cleared that very version. The rule takes the place of the one before; without people and roles none is
    asked any more. Nobody outside the organisation learns of it. It holds at once, also for what was released."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"rule": "ClearanceRule"}

    organisation: UUID = arg("The organisation.", of="Organisation")
    people: int = arg("How many of its people, each counted once, in whatever role.", default=0)
    roles: tuple[str, ...] = arg(
        "Roles of which somebody has to be among them; each counted once.", default=(), scalar="Role"
    )
    subjects: tuple[str, ...] = arg(
        "For what it is asked.", default=ClearanceSubject.words(), scalar="ClearanceSubject"
    )


async def set_clearance_rule(do: SetClearanceRule, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) more people than a delegation has and roles of forums; (WrongState) to end a rule where
    none stands."""
    roles = tuple(dict.fromkeys(word_of(Role, role, "roles") for role in do.roles))
    subjects = tuple(dict.fromkeys(word_of(ClearanceSubject, subject, "subjects") for subject in do.subjects))
    need_rule(do.people, roles, subjects)
    before = await store.ask(clearances.standing_rule(context.place.id))
    if before is not None:
        await store.write(change(before, end(before, context.actor, context.now)))
    if not do.people and not roles:
        if before is None:
            raise WrongState(
                act="set_clearance_rule",
                state="an organisation that asks for no clearance",
                needs=("people or roles to ask for",),
            )
        return Outcome({"rule": before.id}, (await own_entry(store, context.place.id, before.id),))
    rule = ClearanceRule(
        id=random_id(), organisation_id=context.place.id, subjects=subjects, people=do.people, roles=roles,
        set_at=context.now, set_by_id=context.actor,
    )  # fmt: skip
    await store.write(add(rule))
    return Outcome({"rule": rule.id}, (await own_entry(store, context.place.id, rule.id),))
