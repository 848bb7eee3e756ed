"""The nouns by name, for fields that point at one another: each file declares its own, and none imports its neighbour."""

from typing import TYPE_CHECKING, Annotated, TypeAlias, Union

import strawberry

if TYPE_CHECKING:
    from .bodies import Mandate, Mechanism, Organisation, Participation, Person
    from .calls import Addressee, Call, CallSection
    from .closings import Objection, Reservation, Silence, Transmission
    from .contents import ContributionSection, Objective, Practice, Target
    from .contributions import Authorship, Contribution
    from .editions import Anchor, Edition, Theme, Track
    from .forums import Forum, TermsOfReference
    from .history import HistoryEntry
    from .lineage import LineageStep, Withheld
    from .meetings import Meeting, Panel, Speaker
    from .notices import Extension, LatePermit, Notice, Reminder
    from .paragraphs import Paragraph, Recommendation, Source
    from .past_documents import PastDocument
    from .processes import MigratedTrack, Migration, Process
    from .replies import Comment, Disposition
    from .texts import Document, Part, Revision
    from .windows import StageWindow


ForumLink: TypeAlias = Annotated["Forum", strawberry.lazy("forum.api.schema.forums")]
TermsLink: TypeAlias = Annotated["TermsOfReference", strawberry.lazy("forum.api.schema.forums")]
MechanismLink: TypeAlias = Annotated["Mechanism", strawberry.lazy("forum.api.schema.bodies")]
OrganisationLink: TypeAlias = Annotated["Organisation", strawberry.lazy("forum.api.schema.bodies")]
PersonLink: TypeAlias = Annotated["Person", strawberry.lazy("forum.api.schema.bodies")]
ParticipationLink: TypeAlias = Annotated["Participation", strawberry.lazy("forum.api.schema.bodies")]
MandateLink: TypeAlias = Annotated["Mandate", strawberry.lazy("forum.api.schema.bodies")]

EditionLink: TypeAlias = Annotated["Edition", strawberry.lazy("forum.api.schema.editions")]
AnchorLink: TypeAlias = Annotated["Anchor", strawberry.lazy("forum.api.schema.editions")]
PastDocumentLink: TypeAlias = Annotated["PastDocument", strawberry.lazy("forum.api.schema.past_documents")]
ProcessLink: TypeAlias = Annotated["Process", strawberry.lazy("forum.api.schema.processes")]
MigrationLink: TypeAlias = Annotated["Migration", strawberry.lazy("forum.api.schema.processes")]
MigratedTrackLink: TypeAlias = Annotated["MigratedTrack", strawberry.lazy("forum.api.schema.processes")]
TrackLink: TypeAlias = Annotated["Track", strawberry.lazy("forum.api.schema.editions")]
StageWindowLink: TypeAlias = Annotated["StageWindow", strawberry.lazy("forum.api.schema.windows")]
ThemeLink: TypeAlias = Annotated["Theme", strawberry.lazy("forum.api.schema.editions")]

CallLink: TypeAlias = Annotated["Call", strawberry.lazy("forum.api.schema.calls")]
CallSectionLink: TypeAlias = Annotated["CallSection", strawberry.lazy("forum.api.schema.calls")]
AddresseeLink: TypeAlias = Annotated["Addressee", strawberry.lazy("forum.api.schema.calls")]

NoticeLink: TypeAlias = Annotated["Notice", strawberry.lazy("forum.api.schema.notices")]
ExtensionLink: TypeAlias = Annotated["Extension", strawberry.lazy("forum.api.schema.notices")]
LatePermitLink: TypeAlias = Annotated["LatePermit", strawberry.lazy("forum.api.schema.notices")]
ReminderLink: TypeAlias = Annotated["Reminder", strawberry.lazy("forum.api.schema.notices")]

ContributionLink: TypeAlias = Annotated["Contribution", strawberry.lazy("forum.api.schema.contributions")]
AuthorshipLink: TypeAlias = Annotated["Authorship", strawberry.lazy("forum.api.schema.contributions")]
SectionLink: TypeAlias = Annotated["ContributionSection", strawberry.lazy("forum.api.schema.contents")]
PracticeLink: TypeAlias = Annotated["Practice", strawberry.lazy("forum.api.schema.contents")]
TargetLink: TypeAlias = Annotated["Target", strawberry.lazy("forum.api.schema.contents")]
ObjectiveLink: TypeAlias = Annotated["Objective", strawberry.lazy("forum.api.schema.contents")]

DocumentLink: TypeAlias = Annotated["Document", strawberry.lazy("forum.api.schema.texts")]
PartLink: TypeAlias = Annotated["Part", strawberry.lazy("forum.api.schema.texts")]
RevisionLink: TypeAlias = Annotated["Revision", strawberry.lazy("forum.api.schema.texts")]
ParagraphLink: TypeAlias = Annotated["Paragraph", strawberry.lazy("forum.api.schema.paragraphs")]
RecommendationLink: TypeAlias = Annotated["Recommendation", strawberry.lazy("forum.api.schema.paragraphs")]
SourceLink: TypeAlias = Annotated["Source", strawberry.lazy("forum.api.schema.paragraphs")]
CommentLink: TypeAlias = Annotated["Comment", strawberry.lazy("forum.api.schema.replies")]
DispositionLink: TypeAlias = Annotated["Disposition", strawberry.lazy("forum.api.schema.replies")]
SilenceLink: TypeAlias = Annotated["Silence", strawberry.lazy("forum.api.schema.closings")]
ObjectionLink: TypeAlias = Annotated["Objection", strawberry.lazy("forum.api.schema.closings")]
ReservationLink: TypeAlias = Annotated["Reservation", strawberry.lazy("forum.api.schema.closings")]
TransmissionLink: TypeAlias = Annotated["Transmission", strawberry.lazy("forum.api.schema.closings")]

MeetingLink: TypeAlias = Annotated["Meeting", strawberry.lazy("forum.api.schema.meetings")]
PanelLink: TypeAlias = Annotated["Panel", strawberry.lazy("forum.api.schema.meetings")]
SpeakerLink: TypeAlias = Annotated["Speaker", strawberry.lazy("forum.api.schema.meetings")]

HistoryLink: TypeAlias = Annotated["HistoryEntry", strawberry.lazy("forum.api.schema.history")]
StepLink: TypeAlias = Annotated["LineageStep", strawberry.lazy("forum.api.schema.lineage")]
WithheldLink: TypeAlias = Annotated["Withheld", strawberry.lazy("forum.api.schema.lineage")]

LineageEnd: TypeAlias = Annotated[
    Union[CommentLink, ContributionLink, PanelLink, ParagraphLink, WithheldLink],  # noqa: UP007 - strawberry reads it
    strawberry.union(
        "LineageEnd", description="Where a source or a step of the lineage leads; `Withheld` where you may not see it."
    ),
]
DispositionSubject: TypeAlias = Annotated[
    Union[CommentLink, ContributionLink, RecommendationLink],  # noqa: UP007
    strawberry.union("DispositionSubject", description="What a disposition answers."),
]
