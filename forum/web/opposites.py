"""Which act takes another one back: for a page that has just done it, and leads there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Opposite:
    """The act that takes another back, and the field that names what it takes back. `same`: the first takes it as
    well; otherwise it is what the first made, by the same name in its answer."""

    act: str
    field: str
    same: bool = False


OPPOSITES: Mapping[str, Opposite] = {
    "return_contribution": Opposite("withdraw_return", "contribution", same=True),
    "record_contribution": Opposite("withdraw_recorded_contribution", "contribution"),
    "draft_document": Opposite("withdraw_document", "document"),
    "issue_call": Opposite("withdraw_call", "call"),
    "open_edition": Opposite("withdraw_edition", "edition"),
    "clone_edition": Opposite("withdraw_edition", "edition"),
    "migrate_edition": Opposite("undo_migration", "edition", same=True),
    "grant_mandate": Opposite("end_mandate", "mandate"),
    "admit_member": Opposite("end_participation", "participation"),
    "propose_agreement": Opposite("end_agreement", "agreement"),
}


def to_be_taken_back(act: str, input_: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """The id of what the opposite of this act, just done, would take back; empty where nothing does."""
    opposite = OPPOSITES.get(act)
    if opposite is None:
        return ""
    named = input_.get(opposite.field) if opposite.same else (payload.get(opposite.field) or {}).get("id")
    return str(named or "")


@dataclass(frozen=True)
class TakenBack:
    """The act that takes back what was done, and the page that asks for it."""

    act: str
    address: str


def address_of(act: str, id_: str, back: str) -> TakenBack | None:
    """Where what this act did to, or made of, the thing of this id is taken back; None where no act does."""
    opposite = OPPOSITES.get(act)
    if opposite is None or not id_:
        return None
    query = urlencode({opposite.field: id_, "fixed": opposite.field, "back": back})
    return TakenBack(opposite.act, f"/do/{opposite.act}?{query}")
