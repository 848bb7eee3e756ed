"""The catalogues: `.po` files (GNU gettext) in four folders, one file a language, under the English text: `po` for the
sentences people are told, `pages` for what stands on pages, `refusals` for what acts and requests are refused with,
`hints` for what forms say of acts and their fields. Read once, at the first use.

Ours were written by the makers of this service and have not been read by a native speaker yet: each says so at its
head.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ..domain.contact import Language

SENTENCES, PAGES, REFUSALS, HINTS = "po", "pages", "refusals", "hints"


def catalogue(language: Language, folder: str = SENTENCES) -> Catalog:
    """The file of a language in one of the folders."""
    with (Path(__file__).parent / folder / f"{language.value}.po").open("rb") as file:
        return read_po(file, locale=language.value)


@cache
def texts(language: Language, folder: str = SENTENCES) -> Mapping[str, str]:
    """What each English text is in a language; English is itself."""
    if language == Language.EN:
        return {}
    messages = catalogue(language, folder)
    return {str(message.id): str(message.string) for message in messages if message.id and message.string}


def page_texts(language: Language) -> Mapping[str, str]:
    """What each English text of the pages is in a language."""
    return texts(language, PAGES)
