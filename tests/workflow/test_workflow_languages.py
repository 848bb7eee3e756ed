"""A definition whose texts stand in several languages: how it is read, refused, compared and named by its hash."""

import itertools
import re
from pathlib import Path

import pytest

from forum.domain.contact import Language
from forum.errors import FileRefused
from forum.files import shipped
from forum.worded import in_language, languages_of
from forum.workflow.check.texts import texts
from forum.workflow.compare.compare import changes
from forum.workflow.load import digest, parse, read_file
from forum.workflow.vocabulary import READ_IN

SOUND = (Path(__file__).parent / "sound.toml").read_text("utf-8")
PLAIN = 'title = "Drafting"'
IN_TWO = 'title = { en = "Drafting", fr = "Rédaction" }'
TAKEN_UP = 'taken_up = "taken up in paragraph {paragraph}"'


def _written(*swaps: tuple[str, str], base: str = SOUND) -> str:
    for old, new in swaps:
        assert base.count(old) == 1, old
        base = base.replace(old, new)
    return base


def test_both_forms_stand_beside_each_other():
    process = parse(
        _written(
            (PLAIN, IN_TWO),
            (
                TAKEN_UP,
                "[dispositions.taken_up]\n"
                'en = "taken up in paragraph {paragraph}"\nes = "recogido en el párrafo {paragraph}"',
            ),
        )
    )
    drafting, call = (process.tracks["main"].stages[name].title for name in ("drafting", "call"))
    assert (drafting, in_language(drafting, "fr"), in_language(drafting, "ar")) == ("Drafting", "Rédaction", "Drafting")
    assert languages_of(call) == {}
    assert in_language(process.answered("taken_up", "taken up in paragraph 7"), "es") == "recogido en el párrafo 7"


def test_the_language_of_the_file_is_the_one_that_is_read_inside():
    french = _written(('version = "1"', 'version = "1"\nlanguage = "fr"'), (PLAIN, IN_TWO))
    title = parse(french).tracks["main"].stages["drafting"].title
    assert title == "Rédaction"
    assert in_language(title, "en") == "Drafting"


REFUSED = {
    "not in the language of the file": (PLAIN, 'title = { fr = "Rédaction" }', "title is not given in en"),
    "in no language": (PLAIN, "title = {}", "title is not given in en"),
    "no tag of a language": (PLAIN, 'title = { en = "Drafting", "the French" = "R" }', "is not a language tag"),
    "no text in a language": (PLAIN, 'title = { en = "Drafting", fr = 7 }', "fr holds a number, not a text"),
    "a list of texts": (PLAIN, 'title = ["Drafting", "Rédaction"]', "title holds a list, not a text"),
    "too long in a language": (PLAIN, f'title = {{ en = "Drafting", fr = "{"é" * 4001}" }}', "Shorten the text"),
    "a placeholder nobody knows": (
        TAKEN_UP,
        'taken_up = { en = "in {paragraph}", fr = "au {paragraphe}" }',
        "unknown placeholder {paragraphe}",
    ),
    "languages where a name stands": ('initial = "call"', 'initial = { en = "call" }', "initial holds a table"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(what):
    old, new, says = REFUSED[what]
    with pytest.raises(FileRefused, match=re.escape(says)) as refused:
        parse(_written((old, new)), "broken.toml")
    assert f"line {refused.value.line}:" in str(refused.value)


def test_a_word_changed_in_one_language_is_another_version_and_is_said():
    before, after = _written((PLAIN, IN_TWO)), _written((PLAIN, IN_TWO.replace("Rédaction", "Écriture")))
    assert digest(before) != digest(after)
    (change,) = changes(parse(before), parse(after))
    assert change.sentence == (
        'Main, Drafting: the stage is now called "Drafting" (fr: "Écriture"); it was "Drafting" (fr: "Rédaction").'
    )
    (change,) = changes(
        parse(SOUND),
        parse(
            _written((TAKEN_UP, TAKEN_UP.replace('= "', '= { en = "') + ', fr = "repris au paragraphe {paragraph}" }'))
        ),
    )
    assert '(fr: "repris au paragraphe {paragraph}"); it was "taken up in paragraph {paragraph}".' in change.sentence
    (change,) = changes(parse(SOUND), parse(_written(('title = "Report"', 'title = { en = "Report", ru = "Доклад" }'))))
    assert 'its title is now "Report" (ru: "Доклад"); it was "Report".' in change.sentence


def test_the_languages_are_those_that_people_are_written_to_in():
    assert set(READ_IN) == set(Language.words())


def test_the_demonstrations_process_has_every_text_in_all_six():
    process = read_file(shipped() / "gfmd.toml")
    titled = [text for text in texts(process) if text.name in ("title", "format", "word_on_paper") and text.words]
    kept = [process.dispositions, process.mechanisms, process.disclaimers, process.wording]
    spoken = [text.words for text in titled] + list(itertools.chain.from_iterable(table.values() for table in kept))
    assert len(spoken) > 60
    assert [words for words in spoken if languages_of(words).keys() != set(READ_IN)] == []
