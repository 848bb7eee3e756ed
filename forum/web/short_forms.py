"""The short forms of a page, many of one kind on it: which of them came back, and what was typed in it.

Asked once for every field and option of a page, so it is Python: a macro that calls a macro costs ten times as much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AT = "at"  # the field that says which of a page's forms was sent


@dataclass(frozen=True)
class ShortForms:
    """`fields`: what the form that came back holds; empty where none did. What is answered is text for a template:
    empty where the answer is no."""

    fields: Mapping[str, str]

    def here(self, at: str) -> str:
        """Whether this is the form that came back."""
        return "yes" if self.fields.get(AT) == at else ""

    def opened(self, at: str) -> str:
        """The attribute of what is folded around the form."""
        return " open" if self.here(at) else ""

    def was(self, at: str, name: str, before: object = "") -> object:
        """What was typed in a field of it; `before` in any other form."""
        return self.fields.get(name, "") if self.here(at) else before

    def chosen(self, at: str, name: str, value: object, before: object = "") -> str:
        """The attribute of an option, where it was chosen."""
        return " selected" if str(self.was(at, name, before)) == str(value) else ""


def can(may: Mapping[str, Mapping[str, Any]], act: str) -> str:
    """Whether an act is possible, of answers by act."""
    return "yes" if act in may and may[act]["yes"] else ""
