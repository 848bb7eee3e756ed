"""What was entered wrongly is put right on the record: what it said before, what it says since, why, and by whom.

The names follow the United Nations' practice: a corrigendum (`Corr.1`) says that words of a text read otherwise, an
addendum (`Add.1`) adds to it; both stand beside the text, which stays as it was issued.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue
from .enumeration import Words
from .noun import Noun


class CorrectionKind(Words):
    """In which way something was put right."""

    RENAMED = "renamed", "It has another name; what was done under the former one stays."
    REVISED = "revised", "The record of a meeting was revised."
    TAKEN_BACK = "taken_back", "An input that was entered on behalf of its author was taken back."
    CORRIGENDUM = "corrigendum", "Words of a closed text read otherwise: its Corr."
    ADDENDUM = "addendum", "Something was added to a closed text: its Add."


SUFFIXES: Mapping[CorrectionKind, str] = {CorrectionKind.CORRIGENDUM: "Corr", CorrectionKind.ADDENDUM: "Add"}


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise. `what`: which one, in words; `was` is None for what was not there, `reads` for
    what no longer is; `id`: of a paragraph, by which the next corrigendum finds what it reads now."""

    what: str
    was: str | None
    reads: str | None
    id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction(Noun):
    """A correction on the record. It is of one of five things; `number` counts those of its kind, from 1."""

    id: UUID
    kind: CorrectionKind
    number: int
    symbol: str | None = None  # of a corrigendum or an addendum
    forum_id: UUID | None = None
    organisation_id: UUID | None = None
    meeting_id: UUID | None = None
    contribution_id: UUID | None = None
    document_id: UUID | None = None
    changes: str  # what reads otherwise, as JSON (`written`)
    reason: str
    mandate_id: UUID | None = None
    made_at: datetime


def written(changes: Sequence[Change]) -> str:
    """Changes as they are kept."""
    kept = [{k: v for k, v in asdict(change).items() if k != "id" or v is not None} for change in changes]
    return json.dumps(kept, ensure_ascii=False)


def read(kept: str) -> list[Change]:
    """Changes from how they are kept."""
    return [Change(**change) for change in json.loads(kept)]


def differences(before: Mapping[str, str | None], after: Mapping[str, str | None], *more: Change) -> tuple[Change, ...]:
    """What reads otherwise, in the order in which it stands now; what is no longer there; `more`. Refuses
    (InvalidValue) a correction that changes nothing."""
    places = dict.fromkeys((*after, *before))
    found = tuple(
        Change(what, before.get(what), after.get(what)) for what in places if before.get(what) != after.get(what)
    )
    if not found and not more:
        raise InvalidValue(reason="It reads so already: nothing would change.")
    return (*found, *more)


def next_number(earlier: Iterable[Correction], kind: CorrectionKind) -> int:
    """The number of the next correction of a kind, after those of a thing that stand."""
    return max((each.number for each in earlier if each.kind == kind), default=0) + 1


def symbol_of(document: str, kind: CorrectionKind, number: int) -> str:
    """The symbol of a corrigendum or an addendum: "GFMD/2020/SC.1/Corr.2"."""
    return f"{document}/{SUFFIXES[kind]}.{number}"
