"""The goals and targets of the SDGs with their words: to be looked for by whoever tags an input."""

from collections.abc import Sequence
from typing import Any

import strawberry

from ...domain.contact import Language as Tongue
from ...domain.target_words import Worded, found, named
from ...domain.targets import IRI
from ...reading.declare import arg, python
from ...reading.prices import BY_LENGTH, WORDED
from .vocabularies import Language


@strawberry.type(description="A goal or target of the SDGs, as General Assembly resolution 70/1 has it.")
class SdgTarget:
    code: str = strawberry.field(description="Its code: 10, 10.7, 10.c.")
    iri: str = strawberry.field(description="Its IRI, with http, as it was minted.")
    words: str = strawberry.field(description="What it says, in English.")
    goal: str = strawberry.field(description="The goal that it lies in; a goal lies in itself.")
    goal_title: str = strawberry.field(description="That goal's short title, in the language that was asked for.")


def targets_root() -> Any:
    """`sdgTargets` of the Query type."""
    each = BY_LENGTH["Query.sdgTargets"][1]
    about = (
        "The goals and targets of the SDGs with their words, in the order of the resolution. "
        f"Costs {WORDED}, and {each} for each KiB of `search`."
    )
    args = {
        "search": arg(
            str | None,
            "Only those it names: by codes (10.7 8.8; a goal takes its targets in), or by words that each begin a word "
            "of the English text or of the goal's short title in any of the six languages. Case and accents do not "
            "matter.",
            None,
        ),
        "codes": arg(
            list[str] | None, "Only these, by code or IRI, each for itself; what is no code is left out.", None
        ),
        "language": arg(Language, "In which language the titles of goals are.", Tongue.EN),
    }
    return python(_targets, args=args, cost=WORDED, description=about)


def _targets(search: str | None, codes: list[str] | None, language: Tongue) -> list[SdgTarget]:
    tag = language.value
    if codes is None:
        return _shown(found(search or "", tag))
    chosen = named(codes, tag)
    if not search:
        return _shown(chosen)
    among = {target.code for target in found(search)}
    return _shown([target for target in chosen if target.code in among])


def _shown(targets: Sequence[Worded]) -> list[SdgTarget]:
    return [
        SdgTarget(code=t.code, iri=IRI + t.code, words=t.words, goal=t.goal, goal_title=t.goal_title) for t in targets
    ]
