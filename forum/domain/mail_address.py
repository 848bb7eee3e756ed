"""What is a mail address here: one mailbox of RFC 5321 in ASCII, and nothing else, so that nothing of it is ever a
header."""

import re

from ..errors import InvalidValue
from ..refusal import phrased

LONGEST = 254  # characters: RFC 5321, 4.5.3.1.3, a path of 256 with its brackets
_LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1

# RFC 5321, 4.1.2, as people have them: a dot-string before the @; behind it a domain (RFC 1035, 2.3.1) of two labels or
# more, of which the last is no number: an address of a machine is nobody's.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?![0-9]+$){_LABEL}")


def mail_address(written: str, *path: str) -> str:
    """A mail address in the one spelling in which it is kept: without spaces around it, its domain in small letters; a
    domain in another script in its form of IDNA (RFC 5891). Refuses (InvalidValue, at `path`) everything else."""
    address = written.strip(" ")
    local, at, domain = address.rpartition("@")
    fits = len(address) <= LONGEST and len(local) <= _LONGEST_LOCAL
    if at and fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain):
        return f"{local}@{domain.lower()}"
    reason = phrased(
        "This is no mail address. Write it as name@example.org: one line of ASCII and nothing else, no name and no "
        "list, at most {longest} characters; a domain in another script in its form with xn--.",
        longest=LONGEST,
    )
    raise InvalidValue(reason=reason).at_path(*path)
