"""The catalogues: one `.po` file (GNU gettext) a language, under the English text. Read once, at the first use.

Ours were written by the makers of this service and have not been read by a native speaker yet: each says so at its
head.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ..domain.contact import Language

FOLDER = Path(__file__).parent / "po"


def catalogue(language: Language) -> Catalog:
    """The file of a language."""
    with (FOLDER / f"{language.value}.po").open("rb") as file:
        return read_po(file, locale=language.value)


@cache
def texts(language: Language) -> Mapping[str, str]:
    """What each English text is in a language; English is itself."""
    if language == Language.EN:
        return {}
    return {str(message.id): str(message.string) for message in catalogue(language) if message.id and message.string}
