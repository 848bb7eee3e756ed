"""What a field that Python fills in may use while an answer is made."""

from dataclasses import dataclass

from ..actions.runner import Runner


@dataclass(frozen=True)
class Context:
    """One for each request. `subject` is the token's, None for the anonymous public."""

    subject: str | None
    runner: Runner
