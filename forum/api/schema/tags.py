"""The codes that contributions and practices are tagged with: of the SDGs, and of the Global Compact's objectives."""

import strawberry

from ...domain.target_words import words_of
from ...domain.targets import IRI
from ...reading import derived
from ...reading.declare import col, lives, python, sql
from ...reading.visibility import sees_part_of_contribution
from ...store.tables import names as t


@strawberry.type(description="A goal or target of the SDGs that something is tagged with.")
@lives(t.tag, ("code", "id"), visible=sees_part_of_contribution, tag="Target")
class Target:
    code: str = col(description="Its code: 10, 10.7, 10.c.")
    iri: str = sql(lambda row: derived.joined(IRI, row.c.code), description="Its IRI, with http, as it was minted.")
    words: str = python(words_of, needs=("code",), description="What it says, in English (resolution 70/1).")


@strawberry.type(description="An objective or guiding principle of the Global Compact that something is tagged with.")
@lives(t.tag, ("code", "id"), visible=sees_part_of_contribution, tag="Objective")
class Objective:
    code: str = col(description="Its code: gcm-7, gcm-child-sensitive. There are no official ones.")
