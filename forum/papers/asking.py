"""How papers ask: by the operation documents of `graphql/operations`, over HTTP or inside the service."""

from typing import Any, Protocol


class Asks(Protocol):
    """Whoever reads through the contract: as which person, and from where, is theirs to know. `language`: the tag of
    the language in which answers come. `home`: the address of the service's pages, as in "https://forum.example.org";
    empty where none is known, and papers lead nowhere."""

    language: str
    home: str

    def speak(self, language: str) -> None:
        """Ask for answers in a language (BCP 47) from now on: what processes say comes in it."""

    async def ask(self, operation: str, /, **variables: Any) -> dict[str, Any]:
        """The data that an operation (`DocumentPaper`) is answered with. Raises where it is refused as a whole."""
