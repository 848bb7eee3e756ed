"""The relay: takes letters over SMTP (RFC 5321), and what its answers mean for a letter.

DKIM and the delivery to the reader's own server are the relay's. What is logged holds no address and no subject.
"""

import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from ...settings import Relay

TIMEOUT = 30.0  # seconds for each answer of the relay


class PutOff(Exception):
    """The relay does not take this letter now (a code from 400 to 499, or the line broke): it is tried again."""


class Refused(Exception):
    """The relay refuses this letter for good. `code`: of its answer, from 500 to 599."""

    def __init__(self, code: int, *, recipient: bool) -> None:
        super().__init__(str(code))
        self.code = code
        self.recipient = recipient  # the address itself is refused, not what the letter is like


class Away(Exception):
    """The relay cannot be reached, or does not let the service in: no letter is to blame."""


@dataclass
class Line:
    """One connection to the relay, on which letters go one after another."""

    client: aiosmtplib.SMTP

    async def hand_over(self, mail: EmailMessage, address: str, sender: str) -> None:
        """Give a letter to the relay. Raises PutOff, Refused or Away; else it was taken."""
        try:
            await self.client.sendmail(sender, [address], mail.as_bytes())
        except aiosmtplib.SMTPRecipientsRefused as refused:
            answer = refused.recipients[0]
            raise _of(answer.code, recipient=True) from None
        except aiosmtplib.SMTPDataError as refused:
            raise _of(refused.code, recipient=False) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            # Also a sender that is refused: the operator's setting is wrong, and no letter is to blame.
            raise Away(type(error).__name__) from None


@asynccontextmanager
async def line(relay: Relay) -> AsyncIterator[Line]:
    """A line to the relay, encrypted and signed in as the settings say. Raises Away where there is none."""
    client = aiosmtplib.SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.user or None,
        password=relay.password or None,
        use_tls=relay.tls == "tls",
        start_tls=relay.tls == "starttls",
        tls_context=None if relay.tls == "none" else ssl.create_default_context(),
        timeout=TIMEOUT,
    )
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError) as error:
        client.close()
        raise Away(type(error).__name__) from None
    try:
        yield Line(client)
    finally:
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await client.quit()
        client.close()


def _of(code: int, *, recipient: bool) -> PutOff | Refused:
    return Refused(code, recipient=recipient) if 500 <= code <= 599 else PutOff(str(code))
