"""Whether the thing is in a state in which the act can be done: the last question before an act, and of `acts`."""

from ...domain import states
from ...domain.document import Document, need_editable
from ...domain.edition import Edition
from ...domain.migration import undo
from ...errors import Refusal, WrongState
from ...refusal import phrased
from ...store import versions
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow.closings import pending
from ...workflow.effects import ENDED_BY
from ...workflow.process import Process
from ...workflow.verdict import Verdict

# How texts end, after "it must be".
ENDS = {
    "issued": "one that is issued",
    "endorsed": "one that a body endorses",
    "adopted": "one that a body adopts",
    "no_objection": "one that is put to a body",
}


def unless_unfit(verdict: Verdict, act: str, located: Located, process: Process | None) -> Verdict:
    """The verdict; where it is yes, the refusal for the state of the thing instead, if there is one."""
    if not verdict.yes:
        return verdict
    try:
        states.need_fit(act, located.target, located.document, located.now)
        if located.document is not None and process is not None:
            need_closing(act, process, located.document)
    except Refusal as refusal:
        return Verdict(False, refusal)
    return verdict


async def unless_not_migrated(unit: UnitOfWork, verdict: Verdict, act: str, located: Located) -> Verdict:
    """The verdict on taking a migration back; where there is none to take back, its refusal. That stands on the record
    and not in the edition's own state."""
    edition = located.target
    if act != "undo_migration" or not verdict.yes or not isinstance(edition, Edition):
        return verdict
    try:
        undo(edition, await unit.ask(versions.last(edition.id)), located.now)
    except Refusal as refusal:
        return Verdict(False, refusal)
    return verdict


def need_closing(act: str, process: Process, document: Document) -> None:
    """Refuses (WrongState) an act by which a text of this kind does not end, for the first time or the second. What the
    process does not say of its kind, the act says."""
    if act not in ENDED_BY:
        return
    kind, closing = process.documents.get(document.kind), pending(process, document.kind, document.closing)
    if closing is None:
        need_editable(act, document)
    if kind is not None and closing is not None:
        names = ENDED_BY[act]
        if closing.name not in names:
            state = phrased("a text that ends otherwise: {kind}", kind=kind.title)
            raise WrongState(act=act, state=state, needs=tuple(ENDS[name] for name in names))
