"""A delivery report (RFC 3464), as mail servers send one back: which letter of ours it is about, and what it says."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

from ...domain.letter import letter_of

MOST_BYTES = 1_000_000  # of one report: it returns the letter, or its head
_PARTS = 20  # are looked at
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
# Of the address itself (RFC 3463): it is none, is no more, or is where no mail can go. Others are of the letter, or of
# a mailbox that is full, and say nothing against the address.
_OF_ADDRESS = re.compile(r"5\.(1\.\d+|2\.1|4\.4)", re.ASCII)


@dataclass(frozen=True)
class Report:
    """A letter that was not delivered, for good. `status`: the first code of RFC 3463; `addresses`: of those whom it
    did not reach, in small letters, where the address itself is at fault."""

    letter: UUID
    status: str
    addresses: frozenset[str]


def read(content: bytes, domain: str) -> Report | None:
    """What a message reports of a letter from this domain; None where it reports nothing, nothing final, or of a letter
    of others. Whoever sends it may have written anything: what cannot be read reports nothing."""
    if len(content) > MOST_BYTES:
        return None
    try:
        message = email.message_from_bytes(content)
        if message.get_content_type() != "multipart/report":
            return None
        parts = [part for _, part in zip(range(_PARTS), message.walk(), strict=False)]
        letter = next(filter(None, (_letter(part, domain) for part in parts)), None)
        failed = [block for part in parts for block in _recipients(part) if _word(block, "action") == "failed"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    codes = [found[0] for block in failed if (found := _STATUS.match(_word(block, "status"))) and found[0][0] == "5"]
    if letter is None or not codes:
        return None
    wrong = [block for block in failed if _OF_ADDRESS.fullmatch(_word(block, "status").partition(" ")[0])]
    named = {_address(block, name) for block in wrong for name in ("original-recipient", "final-recipient")}
    return Report(letter, codes[0], frozenset(named - {""}))


def _letter(part: Message, domain: str) -> UUID | None:
    """The letter whose head stands in a part: it returns the message whole, or its head alone."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        head = email.message_from_bytes(payload if isinstance(payload, bytes) else b"")
        return letter_of(str(head.get("message-id", "")), domain)
    if kind == "message/rfc822" and isinstance(part.get_payload(), list):
        return letter_of(str(part.get_payload()[0].get("message-id", "")), domain)  # type: ignore[index, union-attr]
    return None


def _recipients(part: Message) -> Iterator[Message]:
    """What a part reports of each recipient: the blocks behind the first, which is of the whole message."""
    if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
        yield from part.get_payload()[1:]  # type: ignore[index, misc]


def _word(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _address(block: Message, name: str) -> str:
    """`rfc822; amina@example.org` is an address; of another kind it is none of ours."""
    kind, _, address = _word(block, name).partition(";")
    return address.strip() if kind.strip() == "rfc822" else ""
