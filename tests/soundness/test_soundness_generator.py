"""What the random definitions hold: nothing of the language is missing."""

from forum.domain.gates import GATES
from forum.workflow.act_names import IN_PROCESSES
from forum.workflow.load import parse
from forum.workflow.vocabulary import CLOCK_INSTANTS, CLOSINGS, ROLES, WINDOWS
from tests.support.soundness.generator import covered, definition
from tests.support.soundness.toml_text import written

NUMBER = 800
SHAPES = (
    "a grace", "a way back", "a track that repeats", "a track that waits for another", "several tracks", "an end",
    "minimums", "several kinds of text on a track", "an act for some organisations",
    "a day of the year", "shortest times of a track", "a text that ends twice",
    "a track that reviews somebody", "an act of the subject",
)  # fmt: skip


def test_every_word_of_the_language_appears() -> None:
    found = covered(parse(written(definition(number))) for number in range(NUMBER))
    print("\n".join(f"{n:5} {thing}" for thing, n in sorted(found.items())))
    wanted = [
        *(f"act {act}" for act in IN_PROCESSES),
        *(f"gate {gate} of {what}" for gate in GATES for what in ("an act", "a text", "a stage", "a clock")),
        *(f"closing {closing}" for closing in CLOSINGS),
        *(f"clock {instant}" for instant in CLOCK_INSTANTS),
        *(f"window {window}" for window in WINDOWS),
        *(f"role {role}" for role in ROLES),
        *SHAPES,
    ]
    assert [thing for thing in wanted if not found[thing]] == []


def test_the_same_number_is_the_same_definition() -> None:
    assert written(definition(17)) == written(definition(17))
    assert len({written(definition(number)) for number in range(50)}) == 50
