"""The trusted documents: the files of `graphql/operations`, each known by the hash of its bytes.

A client may send `documentId: "sha256:<hex>"` instead of the text: shorter on a thin line, cacheable by GET, and with
`documents = "only"` the only thing that is taken. The manifest is the folder itself; nothing has to be registered.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import Misconfigured
from ..problem import Problem

MODES = ("open", "prefer", "only")
_ID = re.compile(r"sha256:[0-9a-f]{64}")


def document_id(text: bytes) -> str:
    """`sha256:` and the hash of a document's bytes, in lower-case hexadecimal."""
    return "sha256:" + hashlib.sha256(text).hexdigest()


@dataclass(frozen=True)
class TrustedDocuments:
    """The texts by their id, and how far others are taken (`mode`: open, prefer or only)."""

    texts: Mapping[str, str]
    names: Mapping[str, str]  # the file's name without its ending -> id
    mode: str = "open"

    def find(self, id_: str) -> str:
        """The text of this id. Refuses (DOCUMENT_NOT_FOUND) one that is not in the folder, or is no id at all."""
        if text := self.texts.get(id_):
            return text
        known = "is not among the trusted documents of this version of the service. Send the text as `query`"
        odd = "is not an id: write `sha256:` and 64 lower-case hexadecimal digits"
        raise Problem(
            "DOCUMENT_NOT_FOUND", f"This documentId {known if _ID.fullmatch(id_) else odd}.", of_document=True
        )

    def named(self, name: str) -> str:
        """The text of the file `<name>.graphql`; KeyError when there is none."""
        return self.texts[self.names[name]]

    def admit(self, id_: str) -> None:
        """Refuse (DOCUMENT_NOT_TRUSTED) a text outside the folder where only trusted ones are taken."""
        if self.mode == "only" and id_ not in self.texts:
            raise Problem(
                "DOCUMENT_NOT_TRUSTED",
                "This service takes its trusted documents only: send one of them, or its documentId.",
                of_document=True,
            )


def load(operations: Path, mode: str = "open") -> TrustedDocuments:
    """Read the folder once. Refuses (Misconfigured) an unknown mode, a missing folder, a file that is not UTF-8, and a
    folder without documents where no others are taken."""
    if mode not in MODES:
        raise Misconfigured(reason=f"Trusted documents are taken as {', '.join(MODES)}, not {mode}.")
    if not operations.is_dir():
        raise Misconfigured(reason=f"There is no folder {operations.name} with the trusted documents.")
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    # `former/` holds documents of mutations that were renamed: clients know them by their hashes.
    for file in sorted((*operations.glob("*.graphql"), *operations.glob("former/*.graphql"))):
        content = file.read_bytes()
        try:
            texts[document_id(content)] = content.decode()
        except UnicodeDecodeError:
            raise Misconfigured(reason=f"The trusted document {file.name} is not UTF-8.") from None
        names[file.stem] = document_id(content)
    if mode == "only" and not texts:
        raise Misconfigured(reason="Only trusted documents are taken, and there are none.")
    return TrustedDocuments(texts, names, mode)
