"""A contribution, which people call an input: from a draft to what the secretariat took in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from ..errors import WrongState
from .call import Call
from .enumeration import Words
from .noun import Noun, need_state


class ContributionState(Words):
    """How far a contribution has got."""

    DRAFT = "draft", "Being written; only its own side sees it."
    RELEASED = "released", "Released by whoever may release it; not yet handed in."
    SUBMITTED = "submitted", "Handed in, with a receipt."
    ADMITTED = "admitted", "Taken in by the secretariat."
    RETURNED = "returned", "Returned for clarification; what was handed in stands and waits for its answer."
    WITHDRAWN = "withdrawn", "Taken back before the deadline."


class ContributionKind(Words):
    """What sort of contribution it is."""

    INPUT = "input", "An answer to a call."
    COLLECTIVE = "collective", "What a mechanism decided together."
    PRACTICES = "practices", "A list of practices."
    RECEIVED = "received", "A text that another forum made and sent here."


class Visibility(Words):
    """Who may read a contribution that was handed in."""

    PUBLIC = "public", "Everybody."
    PARTICIPANTS = "participants", "Those who take part in the forum."
    SECRETARIAT = "secretariat", "The secretariat and the penholders."


class AttributionKind(Words):
    """Under whose name a contribution or comment stands."""

    ORGANISATION = "organisation", "An organisation's: a state, a city, a network."
    MECHANISM = "mechanism", "A mechanism's: what it decided together."
    FORUM = "forum", "A forum's: a text received from another body."
    NONE = "none", "Nobody's: not attributed, and nothing in any answer tells who wrote it."


class TagScheme(Words):
    """Whose code a tag is."""

    SDG = "sdg", "A goal or target of the SDGs."
    GCM = "gcm", "An objective or guiding principle of the Global Compact."
    THEME = "theme", "A theme of the edition."


class AuthorKind(Words):
    """What sort of author."""

    STATE = "state", "A state."
    ORGANISATION = "organisation", "Another organisation."
    MECHANISM = "mechanism", "A mechanism together."
    FORUM = "forum", "A forum."


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution(Noun):
    """An input. Not attributed: nothing in it tells who wrote it, nor when (who did stands in `Authorship`)."""

    id: UUID
    track_id: UUID
    edition_id: UUID
    forum_id: UUID
    call_id: UUID | None = None
    title: str
    language: str
    state: ContributionState
    visibility: Visibility
    attribution: AttributionKind
    named_organisation_id: UUID | None = None
    named_mechanism: str | None = None
    label: str  # the exact words a reader sees for the author
    kind: ContributionKind
    on_behalf: bool = False
    late: bool = False
    revision: int = 1
    released_revision: int | None = None
    length: int = 0
    submitted_at: datetime | None = None
    receipt_number: str | None = None
    receipt_hash: str | None = None
    return_reason: str | None = None
    mend_until: datetime | None = None  # returned: until then its author may mend it; null once it is handed in again


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionSection(Noun):
    """The answer to one section of the call; of a received text, one of its numbered paragraphs."""

    id: UUID
    contribution_id: UUID
    ordinal: int
    code: str
    heading: str
    markdown: str
    origin_paragraph_id: UUID | None = None  # what a received text's section was at its origin


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag(Noun):
    """A code of a contribution as a whole, or of one of its practices."""

    id: UUID
    contribution_id: UUID
    practice_id: UUID | None = None
    scheme: TagScheme
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Authorship(Noun):
    """Under row-level security: only the author's own side sees a row (migrations 0001, 0004)."""

    subject_id: UUID
    subject_kind: str
    author_kind: AuthorKind | None = None
    organisation_id: UUID | None = None
    mechanism_code: str | None = None
    forum_id: UUID | None = None
    coordination: str | None = None
    person_id: UUID | None = None
    mandate_id: UUID | None = None
    released_by_id: UUID | None = None
    written_at: datetime
    submitted_at: datetime | None = None


State = ContributionState


@dataclass(frozen=True)
class Receipt:
    """What stands for a contribution as it was handed in: a number for people, and the hash of its frozen content."""

    number: str
    hash: str


# ---- rules
# In which states an input may be what an act makes of it. A text that another forum sent stays as it was sent: its
# own side changes nothing in it, and nobody here could mend it.
STATES: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {
        "save_contribution": (State.DRAFT, State.RELEASED, State.RETURNED, State.WITHDRAWN),
        "release_contribution": (State.DRAFT, State.RETURNED, State.WITHDRAWN),
        "submit_contribution": (State.RELEASED,),
        "withdraw_contribution": (State.DRAFT, State.RELEASED, State.SUBMITTED, State.RETURNED),
        "admit_contribution": (State.SUBMITTED,),
        "receive_contribution": (State.SUBMITTED,),
        "return_contribution": (State.SUBMITTED, State.ADMITTED),
        "withdraw_return": (State.RETURNED,),
        "withdraw_recorded_contribution": (State.ADMITTED, State.RETURNED),
    }
)
# What the author's side does with what was returned, until the instant that the return names.
MENDING = frozenset(("save_contribution", "release_contribution", "submit_contribution"))


def need_fit(act: str, contribution: Contribution) -> None:
    """Refuses (WrongState) an input with which the act cannot be done: in another state than it needs, received where
    the author's side is asked, not received where a forum's text is, or returned where nobody could mend it."""
    received = contribution.kind == ContributionKind.RECEIVED
    if act == "receive_contribution" and not received:
        raise WrongState(act=act, state="no transmitted text", needs=("a text that another forum sent",))
    if act == "save_contribution" and received:
        raise WrongState(act=act, state="a text that another forum sent", needs=("an input of your own side",))
    if act == "return_contribution" and received:
        needs = ("an input whose author can mend it here; write to the forum that sent this one",)
        raise WrongState(act=act, state="a text that another forum sent", needs=needs)
    if act == "return_contribution" and contribution.on_behalf and contribution.named_organisation_id is None:
        needs = ("an input whose author can mend it; enter what you learnt as another input",)
        raise WrongState(act=act, state="entered for a sender who is not recorded", needs=needs)
    if act == "withdraw_recorded_contribution" and not (contribution.on_behalf and contribution.revision == 1):
        needs = ("an input that was entered on behalf of its author, and that the author has not changed since",)
        raise WrongState(act=act, state="its author's own", needs=needs)
    need_state(act, contribution.state, *STATES[act])


def being_mended(contribution: Contribution) -> bool:
    """Whether it was handed in, returned, and is its author's draft again: it still waits for its answer."""
    return contribution.mend_until is not None and contribution.state in (State.DRAFT, State.RELEASED)


# ---- transitions: the contribution as it is afterwards, or a refusal
def revise(contribution: Contribution, **content: Any) -> Contribution:
    """A draft again, one revision on, with another title, language, visibility, attribution, naming or kind.

    A released text that is changed must be released again: what the focal point saw is not what stands there now.
    Refuses (WrongState) one that is with the secretariat, and a text that another forum sent: it stays, with its
    readers, as it was sent.
    """
    need_fit("save_contribution", contribution)
    return replace(
        contribution,
        state=State.DRAFT,
        revision=contribution.revision + 1,
        released_revision=None,
        submitted_at=None,
        **content,
    )


def release(contribution: Contribution, length: int) -> Contribution:
    """Released in its present revision, so many words long. Refuses (WrongState) one that is with the secretariat or
    released already; what was taken back is released again as it stands."""
    need_fit("release_contribution", contribution)
    state = State.RELEASED
    return replace(contribution, state=state, released_revision=contribution.revision, length=length)


def submit(contribution: Contribution, call: Call | None, now: datetime, receipt: Receipt) -> Contribution:
    """Handed in, and marked late from the very instant of the call's deadline on - but for what came in time and was
    mended as long as its return allowed.

    When it came is kept only where it is attributed: an instant could tell who sent it. Refuses (WrongState) one that
    is not released.
    """
    need_fit("submit_contribution", contribution)
    mended = contribution.mend_until is not None and now < contribution.mend_until
    late = call is not None and now >= call.closes_at
    return replace(
        contribution,
        state=State.SUBMITTED,
        submitted_at=None if contribution.attribution == AttributionKind.NONE else now,
        late=contribution.late if mended else late,
        receipt_number=receipt.number,
        receipt_hash=receipt.hash,
        mend_until=None,
    )


def withdraw(contribution: Contribution) -> Contribution:
    """Taken back. Refuses (WrongState) one that was admitted, or taken back already."""
    need_fit("withdraw_contribution", contribution)
    return replace(contribution, state=State.WITHDRAWN, submitted_at=None, mend_until=None)


def admit(contribution: Contribution) -> Contribution:
    """Taken in by the secretariat. Refuses (WrongState) one that was not handed in."""
    need_fit("admit_contribution", contribution)
    return replace(contribution, state=State.ADMITTED)


def receive(contribution: Contribution) -> Contribution:
    """A text that another forum sent is taken in. Refuses (WrongState) what no forum sent, and what was taken in."""
    need_fit("receive_contribution", contribution)
    return replace(contribution, state=State.ADMITTED)


def send_back(contribution: Contribution, reason: str, mend_until: datetime) -> Contribution:
    """Returned for clarification: until that instant its author may mend it. What was handed in stays counted.

    Refuses (WrongState) one that was not handed in, and what nobody could mend.
    """
    need_fit("return_contribution", contribution)
    return replace(contribution, state=State.RETURNED, return_reason=reason, mend_until=mend_until)


def take_back_return(contribution: Contribution) -> Contribution:
    """As it was handed in: the secretariat took its return back. Refuses (WrongState) one that is not returned, and one
    that its author has begun to mend."""
    need_fit("withdraw_return", contribution)
    return replace(contribution, state=State.SUBMITTED, return_reason=None, mend_until=None)


def enter(contribution: Contribution, now: datetime, receipt: Receipt) -> Contribution:
    """Entered by the secretariat on behalf of its author, with its receipt: it is taken in at once."""
    return _with_receipt(contribution, State.ADMITTED, now, receipt)


def take_back_entry(contribution: Contribution) -> Contribution:
    """Taken back by the secretariat that entered it. Refuses (WrongState) what its author handed in or changed."""
    need_fit("withdraw_recorded_contribution", contribution)
    return replace(contribution, state=State.WITHDRAWN, submitted_at=None, mend_until=None)


def arrive(contribution: Contribution, now: datetime, receipt: Receipt) -> Contribution:
    """A text from another forum, with its receipt: it waits to be received."""
    return _with_receipt(contribution, State.SUBMITTED, now, receipt)


def _with_receipt(contribution: Contribution, state: State, now: datetime, receipt: Receipt) -> Contribution:
    return replace(
        contribution, state=state, receipt_number=receipt.number, receipt_hash=receipt.hash, submitted_at=now
    )
