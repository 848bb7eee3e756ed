"""Sentences of the contract as pages say them: with what things are called in place of their ids, and with the labels
of forms in place of the contract's names; what acts and their fields are about, in the reader's language.

They are written for programs as well: they name a thing by its id and a field or a mutation by its name, so that
whoever reads them can act. Who reads a page knows titles, labels and buttons.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ..api.schema.act_forms import act_form
from ..spoken_words import DOES
from .page_words import Words

_ID = re.compile(r"\b([A-Z][A-Za-z]+):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
# ASCII alone, so that a name ends where Chinese goes on, which has no spaces.
_NAME = re.compile(r"\b[a-z]+(?:[A-Z][a-z]+)+\b|`([A-Za-z]+)`", re.ASCII)
_NAME_OR_CODE = re.compile(f"{_NAME.pattern}|`([^`]+)`", re.ASCII)
_MUTATIONS = {form.mutation: form.act.upper() for form in map(act_form, DOES) if form}
_OF = ("organisation", "forum", "mechanism", "asking", "named", "body")  # whose name tells a thing from its like
_LONG = 60  # characters of a comment that tell it from others
_MOST = 100  # ids that the contract takes at once


def ids_in(messages: Iterable[str]) -> Sequence[str]:
    """The ids that sentences name, each once, as many as the contract takes at once."""
    return list({found[0]: None for message in messages for found in _ID.finditer(message)})[:_MOST]


def worded(words: Words, message: str, data: Any) -> str:
    """A sentence of the contract in the words of a page. `data`: an answer of the contract, from which things have
    their names; what is not in it, or not for this reader, is said by its kind."""
    things = list(_things(data)) if _ID.search(message) else ()
    names = {thing["id"]: name for thing in things if (name := _name(words, thing))}
    message = _ID.sub(lambda found: names.get(found[0]) or words.term("Thing", found[1]), message)
    return _NAME.sub(lambda found: words.quoted(_label(words, found)) or found[0], message)


def about(words: Words, text: str) -> Markup:
    """What the contract says of an act or of a field of it (in English), in the reader's language, with the labels of
    its form in place of the contract's names; in English, and marked so, where the catalogue lacks it."""
    if hint := words.hint(text):
        return _labelled(words, hint)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(_labelled(words, text))


def _labelled(words: Words, text: str) -> Markup:
    """A hint with the labels of the form in place of names; a name that has none is code, and runs from left to
    right."""
    parts, end = list[str | Markup](), 0
    for found in _NAME_OR_CODE.finditer(text):
        code = found[2] or found[1]
        if label := "" if found[2] else _label(words, found):
            marked = Markup('<bdi lang="{}">{}</bdi>').format(words.language.value, words.quoted(label))
        elif code:
            marked = Markup('<code lang="en" dir="ltr">{}</code>').format(code)
        else:
            continue
        parts += [text[end : found.start()], marked]
        end = found.end()
    return Markup("").join([*parts, text[end:]])


def _label(words: Words, found: re.Match[str]) -> str:
    """The button or the label for a name of the contract; empty where it has none."""
    name = found[1] or found[0]
    return words.term("Act", _MUTATIONS[name]) if name in _MUTATIONS else words.label(name)


def _name(words: Words, thing: Mapping[str, Any]) -> str:
    """What a thing is called; empty where nothing that is known of it tells it from its like."""
    if title := next((thing[key] for key in ("title", "name", "heading", "invited") if thing.get(key)), ""):
        return f"{title} ({thing['symbol']})" if thing.get("symbol") else str(title)
    if thing["id"].startswith("Paragraph:"):
        return _paragraph(words, thing)
    if thing["id"].startswith("Comment:") and (text := thing.get("text")):
        start = str(text["plainText"])
        return words.quoted(f"{start[:_LONG]}\N{HORIZONTAL ELLIPSIS}" if len(start) > _LONG else start)
    role = words.term("Role", thing["role"]) if thing.get("role") else ""
    office = words.term("Office", thing["office"]) if thing.get("office") else ""
    of = [thing[key]["name"] for key in _OF if thing.get(key)]
    return ", ".join(part for part in (role, office, *of) if part)


def _paragraph(words: Words, thing: Mapping[str, Any]) -> str:
    if not thing.get("number"):
        return ""
    if symbol := (thing.get("document") or {}).get("symbol"):
        return words.plain("{symbol}, paragraph {number}", symbol=symbol, number=thing["number"])
    return words.plain("paragraph {number}", number=thing["number"])


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    """Whatever has an id in an answer of the contract."""
    inner: Sequence[Any] = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict) and isinstance(data.get("id"), str):
        yield data
    for value in inner:
        yield from _things(value)
