"""Paragraphs take their new places, and the sentences that name them their new numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from ...domain.paragraph import Paragraph, PlacedParagraph, renumbered
from ...store import texts
from ...store.steps import Store
from ..core.act import ActContext


async def renumber(context: ActContext, store: Store, order: Sequence[PlacedParagraph]) -> None:
    """Write down the places that changed, and the answers whose sentences name a number that is another one now."""
    places = zip(order, renumbered(order), strict=True)
    await write_places(context, store, [after for before, after in places if after != before.paragraph])


async def write_places(context: ActContext, store: Store, moved: Sequence[Paragraph]) -> None:
    """Write down new places, and anew the sentences of the answers that name one of these paragraphs."""
    await store.write(texts.place(moved))
    await _reword(context, store, {paragraph.id: paragraph.called for paragraph in moved if paragraph.e_id})


async def reword(context: ActContext, store: Store, paragraph: Paragraph) -> None:
    """Write anew the sentences of the answers that name this paragraph."""
    await _reword(context, store, {paragraph.id: paragraph.called})


async def _reword(context: ActContext, store: Store, called: Mapping[UUID, str]) -> None:
    """`called`: how each paragraph is named now, by its id."""
    if not called:
        return
    templates = context.definition().dispositions
    naming = await store.ask(texts.answers_naming(tuple(called)))
    again = [
        replace(answer, words=sentence(templates[answer.word], called[answer.paragraph_id]))
        for answer in naming
        if answer.word in templates and answer.paragraph_id is not None
    ]
    await store.write(texts.reword(again))


def sentence(template: str, number: str) -> str:
    """What the author reads: "taken up in paragraph 14". Nothing else of a template is ever filled in."""
    return template.replace("{paragraph}", number)
