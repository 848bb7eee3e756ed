"""The closed lists of words of the contract: each is made from an enumeration of the domain, member by member."""

import enum
from typing import Any

import strawberry

from ...domain import (
    admission,
    agreement,
    body,
    call,
    clearance,
    contact,
    contribution,
    correction,
    document,
    edition,
    extension,
    invitation,
    mandate,
    meeting,
    notice,
    paragraph,
    practice,
    regions,
    silence,
    source,
    token,
    transmission,
)
from ...domain.enumeration import Words


def enumeration(words: type[Words]) -> Any:
    """The contract's enumeration of a closed list: its docstring describes it, `says` describes each member."""
    members = {word.name: strawberry.enum_value(word.value, description=word.says) for word in words}
    class_: Any = enum.Enum(words.__name__, members)  # type: ignore[misc] # the members are known at run time only
    return strawberry.enum(class_, description=" ".join((words.__doc__ or "").split()))


AgreementState: Any = enumeration(agreement.AgreementState)
AgreementBasis: Any = enumeration(agreement.AgreementBasis)
AgreementPurpose: Any = enumeration(agreement.AgreementPurpose)
ApplicationState: Any = enumeration(admission.ApplicationState)

InvitationState: Any = enumeration(invitation.InvitationState)
InvitationDelivery: Any = enumeration(invitation.InvitationDelivery)
RowOutcome: Any = enumeration(invitation.RowOutcome)

ClearanceSubject: Any = enumeration(clearance.ClearanceSubject)

ForumKind: Any = enumeration(body.ForumKind)
Layer: Any = enumeration(body.Layer)
OrganisationKind: Any = enumeration(body.OrganisationKind)
RegionalGroup: Any = enumeration(regions.RegionalGroup)
ParticipationStatus: Any = enumeration(body.ParticipationStatus)
Power: Any = enumeration(body.Power)

Answer: Any = enumeration(call.Answer)
CallState: Any = enumeration(call.CallState)
LengthUnit: Any = enumeration(call.LengthUnit)
ReminderState: Any = enumeration(call.ReminderState)

AttributionKind: Any = enumeration(contribution.AttributionKind)
AuthorKind: Any = enumeration(contribution.AuthorKind)
ContributionKind: Any = enumeration(contribution.ContributionKind)
Language: Any = enumeration(contact.Language)
Pace: Any = enumeration(contact.Pace)

ContributionState: Any = enumeration(contribution.ContributionState)
Visibility: Any = enumeration(contribution.Visibility)

CorrectionKind: Any = enumeration(correction.CorrectionKind)

Audience: Any = enumeration(document.Audience)
DocumentState: Any = enumeration(document.DocumentState)

DatedKind: Any = enumeration(edition.DatedKind)
EditionState: Any = enumeration(edition.EditionState)

ExtendedWindow: Any = enumeration(extension.ExtendedWindow)

MeetingStatus: Any = enumeration(meeting.MeetingStatus)

GivenBy: Any = enumeration(mandate.GivenBy)
Office: Any = enumeration(mandate.Office)
Role: Any = enumeration(mandate.Role)

NoticeKind: Any = enumeration(notice.NoticeKind)

ParagraphKind: Any = enumeration(paragraph.ParagraphKind)

PracticeStatus: Any = enumeration(practice.PracticeStatus)

ObjectionAnswer: Any = enumeration(silence.ObjectionAnswer)
SilenceState: Any = enumeration(silence.SilenceState)

Relation: Any = enumeration(source.Relation)

TokenIssuer: Any = enumeration(token.TokenIssuer)

TransmissionKind: Any = enumeration(transmission.TransmissionKind)
