"""Which contributions: the filter of every list of them. What it asks for is what everybody may see of a row."""

from typing import Any

import strawberry

from ...reading import derived
from ...reading.values import const
from ...store.tables import names as t
from .scalars import BAR, LanguageTag, ObjectiveCode, TargetCode
from .vocabularies import ContributionKind, ContributionState


@strawberry.input(description="Which contributions: fields are AND, lists are OR.")
class ContributionFilter:
    edition: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this edition.")
    track: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="On this track.")
    call: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="In answer to this call.")
    states: list[ContributionState] | None = strawberry.field(
        default=strawberry.UNSET, description="In one of these states."
    )
    kind: ContributionKind | None = strawberry.field(default=strawberry.UNSET, description="Of this kind.")
    mechanism: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Named under this mechanism, by its code; finds nothing that is not attributed.",
    )
    organisation: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Named under this organisation; finds nothing that is not attributed."
    )
    targets: list[TargetCode] | None = strawberry.field(
        default=strawberry.UNSET, description="With one of these SDG codes or IRIs; goal 10 finds 10.7 too."
    )
    objectives: list[ObjectiveCode] | None = strawberry.field(
        default=strawberry.UNSET, description="With one of these objectives or principles of the Global Compact."
    )
    themes: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="With one of these themes, by code."
    )
    languages: list[LanguageTag] | None = strawberry.field(
        default=strawberry.UNSET, description="Written in one of these languages, the tags taken as they are."
    )


_SAME = {
    "edition": "edition_id",
    "track": "track_id",
    "call": "call_id",
    "kind": "kind",
    "mechanism": "named_mechanism",
    "organisation": "named_organisation_id",
}
_ONE_OF = {"states": "state", "languages": "language"}
_TAGGED = {"objectives": "gcm", "themes": "theme"}


def matching(other: Any, arguments: Any) -> list[Any]:
    """The conditions of a ContributionFilter."""
    where = [other.c[column] == arguments[name] for name, column in _SAME.items() if name in arguments]
    where += [
        other.c[column] == derived.any_of(arguments[name]) for name, column in _ONE_OF.items() if name in arguments
    ]
    where += [_tagged(other, scheme, arguments[name]) for name, scheme in _TAGGED.items() if name in arguments]
    if "targets" in arguments:
        where.append(_tagged(other, "sdg", derived.taken_apart(arguments["targets"], BAR)))
    return where


def _tagged(other: Any, scheme: str, codes: Any) -> Any:
    tag = t.tag.alias()
    return derived.exists_where(
        tag.c.contribution_id == other.c.id, tag.c.scheme == const(scheme), tag.c.code == derived.any_of(codes)
    )
