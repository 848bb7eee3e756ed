"""Every refusal the service can give, one class a reason: a sentence, a stable code, and the facts that help.

A refusal says what to do next. It knows no HTTP and no GraphQL: `forum/api/schema/refusals.py` turns each class into a
GraphQL type of the same name, so a class added here joins the contract by itself. What they have in common is in
`refusal.py`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .body_errors import AdmitsNobody as AdmitsNobody
from .body_errors import AgreementMissing as AgreementMissing
from .body_errors import AgreementStands as AgreementStands
from .body_errors import ApplicationWaits as ApplicationWaits
from .body_errors import ClearanceMissing as ClearanceMissing
from .body_errors import OrganisationStands as OrganisationStands
from .body_errors import PossibleTwin as PossibleTwin
from .body_errors import SeatStands as SeatStands
from .invitation_errors import InvitationAnswered as InvitationAnswered
from .invitation_errors import InvitationEnded as InvitationEnded
from .invitation_errors import InvitationForAnother as InvitationForAnother
from .invitation_errors import InvitationTooLate as InvitationTooLate
from .invitation_errors import InvitationWaits as InvitationWaits
from .invitation_errors import InviterMayNoLonger as InviterMayNoLonger
from .invitation_errors import LinkNotGood as LinkNotGood
from .process_errors import ActInTheWay as ActInTheWay
from .process_errors import DateForeseen as DateForeseen
from .process_errors import DatesPast as DatesPast
from .process_errors import DatesUnsound as DatesUnsound
from .process_errors import ProcessFinding as ProcessFinding
from .process_errors import ProcessMissing as ProcessMissing
from .process_errors import ProcessNameTaken as ProcessNameTaken
from .process_errors import ProcessNotAdopted as ProcessNotAdopted
from .process_errors import ProcessUnsound as ProcessUnsound
from .process_errors import PromiseWidened as PromiseWidened
from .process_errors import RightNarrowed as RightNarrowed
from .process_errors import StageInUse as StageInUse
from .process_errors import StageUse as StageUse
from .process_errors import VersionTaken as VersionTaken
from .record_errors import ActedOnSince as ActedOnSince
from .record_errors import CallStands as CallStands
from .refusal import Refusal as Refusal
from .spoken_words import thing


# ---- who is asking
class NotSignedIn(Refusal):
    says = "Sign in first: this act needs a person."


class ChooseMandate(Refusal):
    says = "You hold several mandates: say with actingAs under which one you act ({options})."
    options: tuple[str, ...]


class NothingInForce(Refusal):
    says = "No mandate of yours is in force now. {how}"
    mandates: tuple[str, ...]
    how: str


class MandateNotYours(Refusal):
    says = "The mandate named in actingAs is not yours, or it is not in force now."


class NotFound(Refusal):
    # A thing you may not see answers as a thing that does not exist.
    says = "There is no {what} here that you may see. {meant}"
    what: str
    meant: str | None = None

    def __post_init__(self) -> None:
        self.what = thing(self.what)
        super().__post_init__()


class AuthorityNotYours(Refusal):
    says = "To {act} takes the word of {who}; it is not yours to do. {how}"
    act: str
    who: tuple[str, ...]
    how: str


class MandateStands(Refusal):
    says = "This stands already, or waits to be accepted: Mandate:{mandate}. End that one first, or leave it as it is."
    mandate: UUID


class LeavesDutyAlone(Refusal):
    says = (
        "This is the last of its kind, and {duty} would be left to nobody. Name a successor first, or send it again "
        "with leaveAlone: true."
    )
    duty: str


# ---- what the process says
class RoleNotAllowed(Refusal):
    says = "At this stage the process lets these {act}: {roles}. You act as: {yours}."
    act: str
    roles: tuple[str, ...]
    yours: tuple[str, ...]


class NotAtThisStage(Refusal):
    says = "Nobody can {act} at the stage {stage}. The process opens that at: {stages}."
    act: str
    stage: str
    stages: tuple[str, ...]


class TrackNotEnded(Refusal):
    says = "Nothing is done here before {track} has ended; it stands at {stage}."
    track: str
    stage: str


class NotInThisProcess(Refusal):
    says = "The process {process} lets nobody {act} on this track."
    act: str
    process: str


class GateClosed(Refusal):
    says = "{sentence}"
    gate: str
    sentence: str
    open_count: int
    open_ids: tuple[str, ...] = ()


class WindowNotOpen(Refusal):
    says = "This opens at {opens_at}; the server's time is {server_time}."
    opens_at: datetime
    server_time: datetime


class DeadlinePassed(Refusal):
    says = "The deadline was {deadline}; the server's time is {server_time}. {remedy}"
    deadline: datetime
    server_time: datetime
    remedy: str


class WindowClosed(Refusal):
    says = (
        "This closed at {closed_at}; the server's time is {server_time}. What has closed is not opened again. {remedy}"
    )
    closed_at: datetime
    server_time: datetime
    remedy: str


class WrongState(Refusal):
    says = "This is {state}. To {act}, it must be {needs}."
    act: str
    state: str
    needs: tuple[str, ...]


# ---- writing at the same time, and again
class StaleRevision(Refusal):
    says = (
        "Somebody saved revision {current} while you edited {expected}. Compare with the current text, then save again."
    )
    expected: int
    current: int
    current_text: str


class KeyReused(Refusal):
    says = "This idempotencyKey was used for another request. Use a new key for a new request."
    key: UUID


class SameTextHandedIn(Refusal):
    # Met by whoever has handed in the other one, or entered it, and may read its receipt: nobody else gets as far.
    says = (
        "The same words answer this call already (receipt {receipt}), so nothing more is needed. To hand them in once "
        "more all the same, send this again with again: true."
    )
    contribution: UUID
    receipt: str


# ---- what was typed
class InvalidValue(Refusal):
    says = "{reason}"
    reason: str


class TextTooLong(Refusal):
    says = "{section} may have at most {limit} {unit}; this has {actual}."
    section: str
    limit: int
    actual: int
    unit: str


class TextTooShort(Refusal):
    says = "{section} needs at least {limit} {unit}; this has {actual}."
    section: str
    limit: int
    actual: int
    unit: str


class SectionMissing(Refusal):
    says = "The call asks for {section}: it is empty."
    section: str


class UnknownCode(Refusal):
    says = "{given} is not a code of {scheme}. {hint}"
    scheme: str
    given: str
    hint: str


class LanguageNotAccepted(Refusal):
    says = "The call takes inputs in {languages}, not in {given}."
    given: str
    languages: tuple[str, ...]


class NaiveTime(Refusal):
    says = "{given} has no zone. Write it with an offset, as in 2027-03-01T12:00:00+01:00, or with Z at its end."
    given: str


class FileRefused(Refusal):
    says = "{reason}"
    reason: str
    line: int | None = None


# ---- texts, silence and where they go
class TransmissionNotAllowed(Refusal):
    says = "The process {process} does not send a {document} to {receiver}. It allows: {allowed}."
    process: str
    document: str
    receiver: str
    allowed: tuple[str, ...]


class WordNotAllowed(Refusal):
    says = "The word {word} is not used for this. What is used here: {words}."
    word: str
    words: tuple[str, ...]


class ObjectionsOpen(Refusal):
    says = (
        "Objections of round {round} still without an answer: {open_count}. "
        "Answer each, then put the text to the body again."
    )
    round: int
    open_count: int
    open_ids: tuple[str, ...] = ()


class ObjectionStands(Refusal):
    says = "Your organisation objected to this in round {round}. A reservation is for those who let the text pass."
    round: int
    open_ids: tuple[str, ...] = ()


class ParagraphAnswersFor(Refusal):
    says = (
        "Answers that say they are reflected in this paragraph: {open_count}. "
        "Name in carryTo the paragraph that takes its place, or answer anew."
    )
    open_count: int
    open_ids: tuple[str, ...] = ()


# ---- what was promised
class AudienceWider(Refusal):
    says = (
        "Comments on this text are for {audience}; you agreed to {agreed}. Nothing was written. Read "
        "commentAudience of the document again, and send the comment with that audience if you still wish to."
    )
    audience: str
    agreed: str


# ---- what can be printed
class NotPrintable(Refusal):
    says = "{codepoint} is a control character or half of one: it cannot be printed. Remove it from: {excerpt}"
    codepoint: str
    excerpt: str


# ---- the service itself (never a caller's fault)
class Misconfigured(Refusal):
    says = "{reason}"
    reason: str
