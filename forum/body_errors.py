"""Refusals about who is here: organisations that are admitted, their seats, what bodies agreed to for each other,
and what a delegation has still to clear."""

from __future__ import annotations

from uuid import UUID

from .refusal import Refusal


class OrganisationStands(Refusal):
    says = "{name} is here already: Organisation:{organisation}. Ask its administrator to name who speaks for it."
    organisation: UUID
    name: str


class PossibleTwin(Refusal):
    says = "Others here share this acronym: {twins}. If this is none of them, send it again with another: true."
    twins: tuple[str, ...]


class ApplicationWaits(Refusal):
    says = "Your application waits: Application:{application}. Take it back (declineApplication), or wait."
    application: UUID


class AdmitsNobody(Refusal):
    says = "{forum} admits no organisations to this service. Those that do: {who}. Ask there, or ask the operator."
    forum: str
    who: tuple[str, ...]


class SeatStands(Refusal):
    says = (
        "This organisation has a seat here for that time already: Participation:{seat}. Change that one with "
        "changeSeat, or end it first."
    )
    seat: UUID


class AgreementMissing(Refusal):
    says = (
        "{body} has not agreed {matter}. Your secretariat puts it to them with proposeAgreement, and "
        "theirs, or that of the body that set them up, answers with acceptAgreement."
    )
    body: str
    body_id: UUID
    purpose: str
    matter: str


class AgreementStands(Refusal):
    says = "This is agreed, or waits for its answer: Agreement:{agreement}. End that one first, or leave it as it is."
    agreement: UUID


class ClearanceMissing(Refusal):
    # Met by the author's own side alone: nobody else gets as far as asking.
    says = (
        "Your organisation asks that this version is cleared before it goes out. Still missing: {missing}. They are "
        "asked to {act}. An administrator of your organisation names somebody else (nameRepresentative) or changes "
        "what is asked (setClearanceRule)."
    )
    missing: tuple[str, ...]
    act: str
