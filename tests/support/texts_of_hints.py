"""What forms say of acts and of their fields, as the commands describe themselves: what the catalogues of hints are to
have."""

from collections.abc import Iterable, Iterator

from forum.api.schema.act_forms import FormField, act_form
from forum.spoken_words import DOES


def texts() -> set[str]:
    """Every description of an act that clients may ask for, and of each field that it takes."""
    forms = [form for form in map(act_form, DOES) if form]
    return {form.about for form in forms} | {text for form in forms for text in _of(form.fields)}


def _of(fields: Iterable[FormField]) -> Iterator[str]:
    for field in fields:
        yield field.about
        yield from _of(field.fields)
