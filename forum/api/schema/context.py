"""What a field that Python fills in may use while an answer is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...actions.core.runner import Runner
from ...refusal import ENGLISH, Speaker
from ..paper_links import PaperLink
from .sight import Sight

POOL_SECONDS = 10.0  # to wait for a connection before the database counts as unavailable


@dataclass(frozen=True)
class Context:
    """One for each request. `subject` is the token's, None for the anonymous public; `speaker` says refusals in the
    reader's language; `link` makes a link to the paper at a path, for whoever asks."""

    subject: str | None
    runner: Runner
    sight: Sight
    pool: Any
    link: Callable[[str], PaperLink]
    speaker: Speaker = ENGLISH
