"""Acts that have another name today than in the record: the table, and how a recorded answer reads with it.

The requests are sent as they were recorded, under the old names. What an answer *says* of an act - in a sentence, as a
word of an enumeration, as a line of the history - is expected under the new name. The field that was asked for is
answered under the name it was asked by.
"""

import re
from typing import Any

from forum.workflow.act_names import FORMER

RENAMED = dict(FORMER)  # the word of an act as it was recorded: as it is today

# Sentences in which an act is named by its word. Elsewhere "comment" and "receive" are plain English.
SENTENCES = (
    r"(?<=The process gives )(?P<act>\w+)(?= at this stage to: )",
    r"^(?P<act>\w+)(?= is not open at the stage )",
    r"(?<= does not know )(?P<act>\w+)(?= on this track)",
    r"(?<=; )(?P<act>\w+)(?= needs: )",
    r"(?<=this was done in the edition: )(?P<act>\w+)(?=\. )",
)
ACT_KEYS = ("act",)  # members whose value is the word of an act


def expected(value: Any, renamed: dict[str, str] | None = None) -> Any:
    """A recorded answer as it is to read today."""
    return _of(value, RENAMED if renamed is None else renamed, "")


def field_today(field: str, renamed: dict[str, str] | None = None) -> str:
    """The mutation that does today what this one did at the time of the record."""
    for old, new in (RENAMED if renamed is None else renamed).items():
        if _camel(old) == field[0].upper() + field[1:]:
            return _field(new)
    return field


def _of(value: Any, renamed: dict[str, str], key: str) -> Any:
    if isinstance(value, dict):
        return {name: _of(inner, renamed, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_of(inner, renamed, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in ACT_KEYS:
        return _word(value, renamed)
    return _sentence(value, renamed)


def _word(word: str, renamed: dict[str, str]) -> str:
    if word.upper() == word and word.lower() in renamed:
        return renamed[word.lower()].upper()
    return renamed.get(word, word)


def _sentence(text: str, renamed: dict[str, str]) -> str:
    for pattern in SENTENCES:
        text = re.sub(pattern, lambda found: _word(found["act"], renamed), text)
    for old, new in renamed.items():
        if "_" in old:  # no English word: it names the act wherever it stands
            text = re.sub(rf"\b{old}\b", new, text)
            text = re.sub(rf"\b{_field(old)}\b", _field(new), text)
        was, now = _camel(old), _camel(new)
        text = re.sub(rf"\b{was}(?=(?:Input|Payload)\b)", now, text)
    return text


def _field(word: str) -> str:
    return _camel(word)[0].lower() + _camel(word)[1:]


def _camel(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("_"))
