"""Addresses of papers that are good for an hour: each names the paper and the reader, and is sealed (`sealed.py`) for
both, so that it opens no other paper and nobody else's.

Whoever holds one reads what the reader may read at that moment, and no more: it is as good as the token or the sign-in
it was asked for with, and ends when that ends. Times are real time, as those of tokens are.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from uuid import UUID

import orjson

from ..domain.sealed import held_in, seal, unseal
from .http.identity import Caller
from .problem import Problem

LIFE = 3600  # seconds
LONGEST = 2048  # characters of a link
NOT_OF_THE_PAPER = ("link", "language")  # what an address may ask beside, whatever was sealed


@dataclass(frozen=True)
class PaperLink:
    """`url`: without the service's own address where the operator has not set it. `ends_at` is on a whole second."""

    url: str
    ends_at: datetime


@dataclass
class PaperLinks:
    """Makes and reads them, with the service's secret. `home`: the public address of the service, or empty. `now`: real
    time in seconds since 1970."""

    secret: str = field(repr=False)
    home: str = ""
    now: Callable[[], float] = time.time

    def link(self, caller: Caller, path: str) -> PaperLink:
        """The link to a paper ("/papers/GFMD/1.pdf") for whoever asks."""
        ends = int(self.now()) + LIFE
        ids = [id_ and str(id_) for id_ in (caller.token, caller.sign_in, caller.account)]
        link = seal(self.secret, _purpose(path, ()), orjson.dumps([ends, caller.subject, *ids]))
        return PaperLink(f"{self.home}{quote(path)}?{urlencode({'link': link})}", datetime.fromtimestamp(ends, UTC))

    def reader(self, path: str, asked: Iterable[tuple[str, str]], link: str) -> Caller:
        """Who reads by the link at this address, `asked` being what it asks. Refuses (PAPER_LINK_NOT_GOOD, 403) what is
        no link of ours to this paper, and (PAPER_LINK_ENDED, 410) one that has ended."""
        whole = len(link) <= LONGEST and held_in(link) is not None
        octets = unseal(self.secret, _purpose(path, asked), link) if whole else None
        if octets is None:
            message = (
                "This link was changed, or is to another paper. Copy the whole link, or open the page of the text."
            )
            raise Problem("PAPER_LINK_NOT_GOOD", message, status=403)
        ends, subject, *ids = orjson.loads(octets)
        if self.now() >= ends:
            message = "This link was good for an hour, which is over. Open the page of the text, or ask for a new link."
            raise Problem("PAPER_LINK_ENDED", message, status=410)
        token, sign_in, account = (id_ and UUID(id_) for id_ in ids)
        return Caller(subject, token=token, sign_in=sign_in, account=account)


def _purpose(path: str, asked: Iterable[tuple[str, str]]) -> str:
    """What a link is sealed for: the paper with all that its address asks."""
    more = urlencode(sorted(pair for pair in asked if pair[0] not in NOT_OF_THE_PAPER))
    return f"paper {path}?{more}"
