"""How papers ask: by the operation documents of `graphql/operations`, over HTTP or inside the service."""

from typing import Any, Protocol


class Asks(Protocol):
    """Whoever reads through the contract: as which person, and from where, is theirs to know."""

    async def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data that an operation (`DocumentPaper`) is answered with. Raises where it is refused as a whole."""
