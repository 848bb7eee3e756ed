"""How long a text is, as inputs are counted: for a number beside the field that somebody writes in."""

import asyncio
from typing import Any

from ...domain.call import LengthUnit as Unit
from ...domain.lengths import count
from ...reading.declare import arg, python
from ...reading.prices import BY_LENGTH, COMPUTED
from .scalars import LanguageTag
from .vocabularies import LengthUnit


def count_root() -> Any:
    """`countLength` of the Query type."""
    each = BY_LENGTH["Query.countLength"][1]
    about = (
        "How long a text is, counted as when an input is handed in: words, a Han character for one; without spaces, "
        "where it is Chinese or characters are asked for. "
    )
    args = {
        "text": arg(str, "CommonMark; its marks do not count."),
        "language": arg(LanguageTag, "In which language it is written."),
        "unit": arg(LengthUnit, "In what lengths are counted."),
    }
    return python(_count, args=args, cost=COMPUTED, description=f"{about}Costs {COMPUTED}, and {each} for each KiB.")


async def _count(text: str, language: str, unit: Any) -> int:
    """Made beside the loop: a long text takes its time, and others are not to wait for it."""
    return await asyncio.to_thread(count, text, language, Unit(getattr(unit, "value", unit)).value)
