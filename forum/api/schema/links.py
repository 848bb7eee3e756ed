"""References between nouns: a field says which noun it leads to by the noun's name, and imports no other noun's file.

The names are looked up in `nouns.py` when the schema is put together, so files of nouns never import each other in a
circle. To a type checker a reference is `Any`: nouns are read by compiled statements, and never made in Python.
"""

from typing import Annotated, Any, ForwardRef, Union

import strawberry

_NOUNS = strawberry.lazy("forum.api.schema.nouns")


def _link(noun: str) -> Any:
    """The type of a field that leads to the noun of this name."""
    return Annotated[ForwardRef(noun), _NOUNS]


CalendarAddressLink: Any = _link("CalendarAddress")
ContactLink: Any = _link("Contact")
ForumLink: Any = _link("Forum")
TermsLink: Any = _link("TermsOfReference")
MechanismLink: Any = _link("Mechanism")
ApplicationLink: Any = _link("Application")
OrganisationLink: Any = _link("Organisation")
PersonLink: Any = _link("Person")
ParticipationLink: Any = _link("Participation")
InvitationLink: Any = _link("Invitation")
MandateLink: Any = _link("Mandate")
AgreementLink: Any = _link("Agreement")
TokenLink: Any = _link("Token")
SignInLink: Any = _link("SignIn")
ClearanceRuleLink: Any = _link("ClearanceRule")
ClearanceLink: Any = _link("Clearance")

EditionLink: Any = _link("Edition")
AnchorLink: Any = _link("Anchor")
PastDocumentLink: Any = _link("PastDocument")
ProcessLink: Any = _link("Process")
MigrationLink: Any = _link("Migration")
MigratedTrackLink: Any = _link("MigratedTrack")
TrackLink: Any = _link("Track")
StageWindowLink: Any = _link("StageWindow")
ThemeLink: Any = _link("Theme")

CallLink: Any = _link("Call")
CallSectionLink: Any = _link("CallSection")
AddresseeLink: Any = _link("Addressee")

NoticeLink: Any = _link("Notice")
ExtensionLink: Any = _link("Extension")
CorrectionLink: Any = _link("Correction")
LatePermitLink: Any = _link("LatePermit")
ReminderLink: Any = _link("Reminder")

ContributionLink: Any = _link("Contribution")
AuthorshipLink: Any = _link("Authorship")
SectionLink: Any = _link("ContributionSection")
PracticeLink: Any = _link("Practice")
TargetLink: Any = _link("Target")
ObjectiveLink: Any = _link("Objective")

DocumentLink: Any = _link("Document")
PartLink: Any = _link("Part")
RevisionLink: Any = _link("Revision")
ParagraphLink: Any = _link("Paragraph")
RecommendationLink: Any = _link("Recommendation")
SourceLink: Any = _link("Source")
CommentLink: Any = _link("Comment")
DispositionLink: Any = _link("Disposition")
SilenceLink: Any = _link("Silence")
ObjectionLink: Any = _link("Objection")
ReservationLink: Any = _link("Reservation")
TransmissionLink: Any = _link("Transmission")

MeetingLink: Any = _link("Meeting")
PanelLink: Any = _link("Panel")
SpeakerLink: Any = _link("Speaker")

HistoryLink: Any = _link("HistoryEntry")
StepLink: Any = _link("LineageStep")
WithheldLink: Any = _link("Withheld")

LineageEnd: Any = Annotated[
    Union[CommentLink, ContributionLink, PanelLink, ParagraphLink, WithheldLink],  # noqa: UP007 - strawberry reads it
    strawberry.union(
        "LineageEnd", description="Where a source or a step of the lineage leads; `Withheld` where you may not see it."
    ),
]
DispositionSubject: Any = Annotated[
    Union[CommentLink, ContributionLink, RecommendationLink],  # noqa: UP007
    strawberry.union("DispositionSubject", description="What a disposition answers."),
]
