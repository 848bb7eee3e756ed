"""A person ends a sign-in of their own, or all the others."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.sign_in import SignIn
from ...errors import WrongState
from ...store import sign_ins
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class EndSignIn(Command):
    """End a sign-in of your own with a browser, at once: one you do not know again, or a machine you have left. Also
    the one you ask with. With `others`, that one stays and all your others end. `viewer { signIns }` lists them."""

    on = ("sign_in", "sign_in")
    gives = {"sign_in": "SignIn"}

    sign_in: UUID = arg("The sign-in.", of="SignIn")
    others: bool = arg("True to keep this one and end all your others.", default=False)


async def end_sign_in(do: EndSignIn, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) one that has ended already. That there are no others is no mistake."""
    known = context.target(SignIn)
    stands = await store.ask(sign_ins.standing(known.person_id))
    if known.id not in stands:
        raise WrongState(act="end_sign_in", state="a sign-in that has ended", needs=("a sign-in that stands",))
    ending = stands - {known.id} if do.others else {known.id}
    await store.write(sign_ins.end_now(*ending))
    return Outcome({"sign_in": known.id}, tuple(Entry("sign_in", ended) for ended in sorted(ending)))
