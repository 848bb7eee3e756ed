"""The catalogues are complete: whatever people are told is there in each language, with the same facts in it."""

import ast
import string

import pytest
from jinja2 import nodes

from forum.actions.disposition import answers
from forum.actions.document import outcomes
from forum.api.feeds import scribe
from forum.api.http import unsubscribe
from forum.domain.agreement import MATTER
from forum.domain.contact import Language
from forum.domain.mandate import Office, Role
from forum.domain.meeting import MeetingStatus
from forum.domain.notice import NoticeKind
from forum.errors import InvalidValue, RoleNotAllowed
from forum.jobs.mail import words
from forum.languages.catalogues import HINTS, PAGES, REFUSALS, SENTENCES, catalogue, texts
from forum.languages.speaker import speaker
from forum.refusal import phrased
from forum.spoken_words import DOES, PEOPLE, STATES
from forum.web import templating
from forum.web.page_terms import TERMS
from forum.web.refusal_words import _NAME_OR_CODE
from forum.workflow.vocabulary import STATUSES
from tests.support import texts_of_hints, texts_of_refusals
from tests.support.sources import ROOT

OTHERS = tuple(language for language in Language if language != Language.EN)
# Texts that `saying` is given by a name and not by its letters.
NAMED = {
    *(word.replace("_", " ") for word in (*Office.words(), *Role.words())),
    *MeetingStatus.words(),
    *MATTER.values(),
    *answers._TOLD.values(),
    outcomes._INPUT, outcomes._COMMENT,
    scribe._INPUTS, scribe._COMMENTS, scribe._SILENCE, scribe._DUE, scribe._OUT, scribe._MEETING, scribe._PERMIT,
    words.DEAR, words.TOLD_ON, words.NEWS, words.OF_FORUM, words.READ, words.LEAVE,
    words.INVITES, words.INVITES_TO, words.SINCE, words.TERM, words.ANSWER, words.ONE_USE, words.READ_OF,
}  # fmt: skip


def written() -> set[str]:
    """Every text that the code gives to `saying`."""
    found = set(NAMED)
    for path in (ROOT / "forum").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants: dict[str, list[str]] = {}
        for node in tree.body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name):
                    constants[target.id] = list(_texts(node.value, {}))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "saying":
                found |= set(_texts(call.args[0], constants))
    return found


def _texts(node: ast.expr, constants: dict[str, list[str]]):
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name):
            yield from constants.get(name, [])
        case ast.IfExp(body=first, orelse=second):
            yield from _texts(first, constants)
            yield from _texts(second, constants)
        case ast.Subscript(value=value):
            yield from _texts(value, constants)
        case ast.Dict(values=values):
            for value in values:
                yield from _texts(value, constants)


def on_pages() -> set[str]:
    """Every text that a template says, and the words for the enumerations."""
    found = {word for words_ in TERMS.values() for word in words_.values()}
    templates = templating.environment()
    for name in templates.list_templates(extensions=["html"]):
        source = (ROOT / "forum/web/templates" / name).read_text("utf-8")
        for call in templates.parse(source).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("say", "plain"):
                [text] = [constant.value for constant in call.args[:1] if isinstance(constant, nodes.Const)]
                found.add(text)
    return found


WRITTEN = {SENTENCES: written, PAGES: on_pages, REFUSALS: texts_of_refusals.texts, HINTS: texts_of_hints.texts}
BOTH = [(language, folder) for language in Language for folder in WRITTEN]


IN_ENGLISH = 14  # reasons about lines of CSV files, and about what is to be frozen


def facts(text: str) -> list[tuple[str, str | None]]:
    return sorted((name, spelt) for _, name, spelt, _ in string.Formatter().parse(text) if name)


def named(text: str) -> list[str]:
    """What a page finds in a hint to put labels in its place, or to set apart as code."""
    return sorted(found[2] or found[1] or found[0] for found in _NAME_OR_CODE.finditer(text))


@pytest.mark.parametrize(("language", "folder"), BOTH)
def test_every_text_is_there_and_nothing_else(language, folder):
    ids = {str(message.id) for message in catalogue(language, folder) if message.id}
    assert WRITTEN[folder]() - ids == set(), "add these to every catalogue"
    assert ids - WRITTEN[folder]() == set(), "nobody says these any more"


@pytest.mark.parametrize(("language", "folder"), BOTH)
def test_every_text_is_translated_with_the_same_facts(language, folder):
    for message in catalogue(language, folder):
        if message.id:
            text, translated = str(message.id), str(message.string)
            assert translated.strip(), text
            assert facts(translated) == facts(text), (text, translated)
            assert not message.fuzzy, text


@pytest.mark.parametrize("language", OTHERS)
def test_a_hint_keeps_the_names_of_the_contract_and_its_code(language):
    for text, translated in texts(language, HINTS).items():
        assert named(translated) == named(text), (text, translated)


@pytest.mark.parametrize(("language", "folder"), [pair for pair in BOTH if pair[0] in OTHERS])
def test_a_translation_is_in_its_language_and_says_who_has_read_it(language, folder):
    assert "NOT YET READ BY A NATIVE SPEAKER" in catalogue(language, folder).header_comment
    same = [text for text, translated in texts(language, folder).items() if text == translated and facts(text) == []]
    assert set(same) <= {"provisional", "; ", ", "}, "left in English"


def test_every_notice_has_its_subject_or_says_nothing():
    secret = {NoticeKind.RETURNED, NoticeKind.ANSWERED, NoticeKind.RECEIPT, NoticeKind.OUTCOME}
    assert set(words.SUBJECTS) | secret == set(NoticeKind)
    assert set(words.SUBJECTS) & secret == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_act_role_and_state_has_a_word_in_refusals(language):
    for english in (*DOES.values(), *PEOPLE.values(), *STATES.values(), *STATUSES):
        assert speaker(language).word(english).strip("\u2068\u2069") != english, english


def test_what_stands_behind_a_role_is_said_in_the_language_too():
    refused = RoleNotAllowed(
        act="save_contribution", roles=("delegate (member or observer; civil_society)",), yours=("delegate (member)",)
    )
    spoken = refused.spoken_by(speaker(Language.FR)).message
    assert "les délégués (membre ou observateur; société civile)" in spoken
    assert "(membre)" in spoken


def test_what_is_left_in_english_is_counted():
    assert texts_of_refusals.in_english() == IN_ENGLISH


def test_the_page_of_a_link_is_in_the_catalogues_too():
    assert unsubscribe._ASK in texts(Language.RU)


def test_words_of_the_code_inside_a_reason_are_said_in_the_language_and_names_are_not():
    template = "{title} is run for a {asked}; {name} is a {kind}."
    reason = phrased(template, title="delegates", asked=("delegates",), name="N", kind=("delegates", "the chair"))
    refused = InvalidValue(reason=reason)
    assert refused.message == "delegates is run for a delegates; N is a delegates, the chair."
    french = "delegates se tient pour un organe de nature les délégués ; N est de nature les délégués, la présidence."
    assert refused.spoken_by(speaker(Language.FR)).message == french
