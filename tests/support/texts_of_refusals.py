"""Which texts a refusal may be made of, read off the code: what the catalogues of refusals are to have, and how many
sentences are still put together in English."""

import ast
from collections.abc import Iterator
from pathlib import Path

from forum import spoken_words
from forum.api.schema.refusals import refusals
from forum.domain import agreement, authority, extension
from forum.domain.contact import Language
from forum.domain.gates import BETWEEN, GATES, SOURCES
from forum.languages.catalogues import page_texts
from forum.languages.speaker import OR
from forum.workflow import late
from tests.support.sources import ROOT

# Rooms whose refusals acts, requests and pages are answered with. Commands, the lines of CSV files and definitions of
# processes are refused in English.
ROOMS = ("actions", "domain", "api", "returned", "sheets")
FACTS_ALONE = {"{reason}", "{sentence}", "{each}"}
BY_NAME = ("reason", "refused", "undated", "why", "other", "firm", "too_short", "how", "_REMEDY")  # sentences kept so
# Of whole requests, those that people meet; the others are about documents and HTTP, and are read by programmers.
PROBLEMS = {
    "ACCOUNT_NOT_LINKED", "BAD_TOKEN", "DATABASE_UNAVAILABLE", "INTERNAL", "REQUEST_TOO_SLOW", "SERVICE_BUSY",
    "SIGN_IN_ENDED", "TOKEN_ENDED", "TOKEN_NOT_CHECKED", "TWO_IDENTITIES",
}  # fmt: skip


def texts() -> set[str]:
    """Every template, sentence and word that a refusal may be said with."""
    found = {refusal.says for refusal in refusals()} - FACTS_ALONE
    found |= {text for _, text in _written() if text is not None}
    found |= {*authority._HOW.values(), *authority._ASK.values(), *extension.REMEDIES.values(), *_NAMES}
    found |= {*late._BY_WINDOW.values(), *late._BY_ACT.values(), *agreement.MATTER.values()}
    found |= {
        sentence
        for gate in (*GATES.values(), SOURCES, BETWEEN)
        for sentence in (gate.sentence_of_one, gate.sentence_of_many)
    }
    acts = {text for text in spoken_words.DOES.values() if not _on_a_button(text)}
    return found | acts | {*spoken_words.PEOPLE.values(), *spoken_words.STATES.values()}


def _on_a_button(act: str) -> bool:
    """Whether pages have a word for an act already, with a capital."""
    return f"{act[:1].upper()}{act[1:]}" in page_texts(Language.FR)


_NAMES = {OR, ", ", "none", "nobody", "none at all", "otherwise", "words", "characters", "observer", "participant"}


def in_english() -> int:
    """How many reasons are still put together as they are raised, and so said in English to everybody."""
    return sum(text is None for _, text in _written())


def _written() -> Iterator[tuple[Path, str | None]]:
    for room in ROOMS:
        for path in sorted((ROOT / "forum" / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            names = dict(_constants(tree))
            for node in ast.walk(tree):
                for text in _said_by(node, names):
                    yield path, text


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for name_, value in zip(names, values, strict=True):
                    if isinstance(name_, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield name_.id, value.value


def _said_by(node: ast.AST, names: dict[str, str]) -> Iterator[str | None]:
    match node:
        case ast.Call(func=ast.Name(id="phrased"), args=[template, *_]):
            yield from _texts(template, names)
        case ast.Call(func=ast.Name(id="InvalidValue"), keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "reason" and isinstance(keyword.value, (ast.Constant, ast.JoinedStr)):
                    yield from _texts(keyword.value, names)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))) if name in BY_NAME:
            yield text
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.JoinedStr()) if name in BY_NAME:
            yield None
        case ast.Call(func=ast.Name(id="Problem"), args=[ast.Constant(value=code), text, *_]) if code in PROBLEMS:
            yield from _texts(text, names)


def _texts(node: ast.expr, names: dict[str, str]) -> Iterator[str | None]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield None
        case ast.Name(id=name) if name in names:
            yield names[name]
        case ast.IfExp(body=first, orelse=second):
            yield from _texts(first, names)
            yield from _texts(second, names)
