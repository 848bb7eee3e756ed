"""All nouns of the contract by name: where references (`links.py`) find them, and what the schema is told of."""

from .agreements import Agreement
from .applications import Application
from .attributions import Authorship
from .calendar_addresses import CalendarAddress
from .calls import Addressee, Call, CallSection
from .clearances import Clearance, ClearanceRule
from .comments import Comment
from .contacts import Contact
from .contributions import Contribution
from .corrections import Correction
from .dispositions import Disposition
from .documents import Document, Part
from .editions import Anchor, Edition, Theme
from .extensions import Extension
from .forums import Forum
from .history import HistoryEntry
from .invitations import Invitation, InvitedRow, RowError
from .late_permits import LatePermit
from .lineage import LineageStep, Withheld
from .mandates import Mandate
from .mechanisms import Mechanism
from .meetings import Figure, Meeting, MeetingFault, Panel, Session, Speaker
from .migrations import MigratedTrack, Migration
from .notices import Notice
from .organisations import Organisation, Participation
from .paragraphs import Paragraph
from .past_documents import PastDocument
from .people import Person
from .practices import Practice
from .processes import Process
from .recommendations import Recommendation
from .reminders import Reminder
from .revisions import Revision
from .sections import ContributionSection
from .sign_ins import SignIn
from .silences import Objection, Reservation, Silence
from .sources import Source
from .tags import Objective, Target
from .terms_of_reference import TermsOfReference
from .tokens import Token
from .tracks import Track
from .transmissions import Transmission
from .windows import StageWindow

# They have an id of their own and are read again by it.
NODE_TYPES: tuple[type, ...] = (
    Addressee,
    Agreement,
    Anchor,
    Application,
    Call,
    CallSection,
    Clearance,
    ClearanceRule,
    Comment,
    Contribution,
    ContributionSection,
    Correction,
    Disposition,
    Document,
    Edition,
    Extension,
    Figure,
    Forum,
    HistoryEntry,
    Invitation,
    LatePermit,
    Mandate,
    Mechanism,
    Meeting,
    MeetingFault,
    MigratedTrack,
    Migration,
    Notice,
    Objection,
    Organisation,
    Panel,
    Paragraph,
    Part,
    Participation,
    PastDocument,
    Person,
    Practice,
    Process,
    Recommendation,
    Reminder,
    Reservation,
    Revision,
    Session,
    SignIn,
    Silence,
    Source,
    Speaker,
    StageWindow,
    TermsOfReference,
    Theme,
    Token,
    CalendarAddress,
    Contact,
    Track,
    Transmission,
)
# They have none, and stand here to be found by name.
WITHOUT_ID: tuple[type, ...] = (Authorship, InvitedRow, LineageStep, Objective, RowError, Target, Withheld)


def types() -> list[type]:
    """What the schema is told of beside its roots: what is reached through an interface or a union only."""
    return [*NODE_TYPES, InvitedRow, Withheld]
