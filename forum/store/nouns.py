"""Rows to nouns and back: the one place where a table's columns become the fields of a noun of `domain/`.

A noun is a frozen dataclass whose fields are the columns of its table; a column of a closed list of words becomes the
enumeration that its field names.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from ..domain import (
    account,
    admission,
    agreement,
    body,
    calendar_address,
    call,
    clearance,
    comment,
    contact,
    contribution,
    correction,
    disposition,
    document,
    edition,
    extension,
    invitation,
    mandate,
    meeting,
    migration,
    notice,
    paragraph,
    practice,
    sign_in,
    silence,
    source,
    token,
    track,
    transmission,
)
from .tables import schema as t

N = TypeVar("N")

TABLES: Mapping[type, sa.Table] = types.MappingProxyType(
    {
        account.Account: t.account,
        admission.Application: t.application,
        agreement.Agreement: t.agreement,
        body.Convenor: t.convenor,
        body.Forum: t.forum,
        body.Mechanism: t.mechanism,
        body.Organisation: t.organisation,
        body.Participation: t.participation,
        body.TermsOfReference: t.terms_of_reference,
        call.Addressee: t.addressee,
        calendar_address.CalendarAddress: t.calendar_address,
        call.Call: t.call,
        call.CallSection: t.call_section,
        call.LatePermit: t.late_permit,
        call.Reminder: t.reminder,
        clearance.Clearance: t.clearance,
        clearance.ClearanceRule: t.clearance_rule,
        comment.Comment: t.comment,
        contact.Contact: t.contact,
        contact.Owner: t.person,
        contribution.Authorship: t.authorship,
        contribution.Contribution: t.contribution,
        contribution.ContributionSection: t.contribution_section,
        contribution.Tag: t.tag,
        correction.Correction: t.correction,
        disposition.Disposition: t.disposition,
        document.Document: t.document,
        document.Part: t.part,
        document.Recommendation: t.recommendation,
        document.Revision: t.revision,
        document.Snapshot: t.snapshot,
        edition.Anchor: t.anchor,
        edition.Edition: t.edition,
        edition.PastDocument: t.past_document,
        edition.Theme: t.theme,
        edition.TrackTheme: t.track_theme,
        extension.Extension: t.extension,
        invitation.Invitation: t.invitation,
        mandate.Mandate: t.mandate,
        meeting.Meeting: t.meeting,
        migration.MigratedTrack: t.migrated_track,
        migration.Migration: t.migration,
        notice.Notice: t.notice,
        token.Token: t.token,
        paragraph.Paragraph: t.paragraph,
        practice.Practice: t.practice,
        sign_in.SignIn: t.sign_in,
        silence.Objection: t.objection,
        silence.Reservation: t.reservation,
        silence.Silence: t.silence,
        source.Source: t.source,
        track.StageWindow: t.stage_window,
        track.Track: t.track,
        transmission.Transmission: t.transmission,
    }
)
NOUNS: Mapping[str, type] = types.MappingProxyType({table.name: noun for noun, table in TABLES.items()})


def noun_of(kind: type[N], row: Mapping[str, Any], prefix: str = "") -> N:
    """The noun of one row, by column names (behind `prefix`, where several tables were joined)."""
    read = _READERS[kind]
    return kind(**{name: _read(convert, row[prefix + name]) for name, convert in read})


def columns_of(noun: object) -> dict[str, Any]:
    """The row of a noun: every field by its column."""
    return {name: getattr(noun, name) for name, _ in _READERS[type(noun)]}


def changes_between(before: N, after: N) -> dict[str, Any]:
    """The columns in which a noun differs from what it was; the key is never among them."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name, _ in _READERS[type(before)])
    return {name: now for name, was, now in pairs if now != was}


def _read(convert: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if convert is None or value is None else convert(value)


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return tuple if typing.get_origin(hint) is tuple else None


def _fields(kind: type) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Each field with what turns its column's value into it; None where they are the same."""
    hints = typing.get_type_hints(kind)
    return tuple((f.name, _converter(hints[f.name])) for f in fields(kind))


_READERS: Mapping[type, tuple[tuple[str, Callable[[Any], Any] | None], ...]] = {kind: _fields(kind) for kind in TABLES}
