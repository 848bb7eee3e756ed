"""Acts that were renamed: a definition that was published under the former words means what it meant.

The history is not rewritten: a line written before keeps the word of its day, since its leaf covers it.
"""

from pathlib import Path

import pytest

from forum.domain.gates import GATES
from forum.errors import FileRefused
from forum.workflow.act_names import ACTS, FORMER, current, former
from forum.workflow.check.check import check
from forum.workflow.compare.compare import changes
from forum.workflow.load import parse

SOUND = (Path(__file__).parent / "sound.toml").read_text("utf-8")


def _as_before() -> str:
    """The sound definition in the words of before, wherever it names an act."""
    text = SOUND
    for was, now in FORMER.items():
        text = text.replace(f"{now} = {{", f"{was} = {{").replace(f'act = "{now}"', f'act = "{was}"')
    assert text != SOUND
    return text


def test_every_former_word_leads_to_an_act_and_back() -> None:
    assert set(FORMER.values()) <= set(ACTS)
    assert not set(FORMER) & set(ACTS)
    assert all(former(current(word)) == word for word in FORMER)
    assert all(current(act) == act for act in ACTS)
    assert {former(act) for act in ACTS if act not in FORMER.values()} == set(ACTS) - set(FORMER.values())


def test_a_definition_in_the_words_of_before_is_the_same_definition() -> None:
    before, now = parse(_as_before()), parse(SOUND)
    assert before.acts() == now.acts()
    assert before.tracks == now.tracks
    assert check(before, ACTS, GATES) == check(now, ACTS, GATES) == []
    [only] = changes(before, now)
    assert only.sentence == "Only remarks, spacing or the order of things in the file changed."


@pytest.mark.parametrize("was", ["dispose", "start_no_objection"])
def test_both_words_of_one_act_in_one_table_are_refused_with_the_line(was: str) -> None:
    now = FORMER[was]
    text = SOUND.replace(f"{now} = {{", f'{was} = {{ by = ["chair"] }}\n{now} = {{', 1)
    assert text != SOUND
    with pytest.raises(FileRefused, match=rf"line \d+: {was} is the former name of {now}, which stands here too"):
        parse(text)
