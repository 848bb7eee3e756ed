"""Refusals about what stands on the record already: what is entered twice, and what a correction meets in its way."""

from __future__ import annotations

from uuid import UUID

from .refusal import Refusal


class CallStands(Refusal):
    says = (
        "A call with this title and this deadline is open on this track: Call:{call}. Its addressees were asked. If "
        "yours is another one, give it another title."
    )
    call: UUID
    title: str


class ActedOnSince(Refusal):
    # Of everything that is taken back or corrected: what others built on it stands in the way, and is named.
    says = "This is not possible any more: {sentence}. {remedy}"
    act: str
    sentence: str
    remedy: str
    open_count: int
    open_ids: tuple[str, ...] = ()
