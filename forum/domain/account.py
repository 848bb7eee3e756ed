"""A person's account at an identity provider, as the provider names it; linked by the operator, or by the invitation
that was accepted with it; never by an address."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from .noun import Noun

LONGEST_ISSUER = 255  # characters
_ISSUER = re.compile(r"(?:https://[^\s/?#]+|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)(?:/[^\s?#]*)?")
ATTEMPT_SECONDS = 600  # to sign in at the provider and come back


@dataclass(frozen=True, kw_only=True, slots=True)
class Account(Noun):
    """An account: `issuer` and `subject` are the provider's `iss` and the claim that names people there. Its times are
    real time. One that has ended signs nobody in, and ends what it signed in. `of_client`: of a program that asks in
    its own name (RFC 6749, section 4.4), `subject` is its client id there; such an account signs nobody in with a
    browser.
    """

    id: UUID
    person_id: UUID
    issuer: str
    subject: str
    of_client: bool = False
    linked_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """An account that its provider has just answered for: `issuer` and `subject` as of `Account`."""

    issuer: str
    subject: str


def issuer_named(issuer: str | None, subject: str | None) -> str | None:
    """The issuer of a subject as it is written, None where none is named. Refuses (InvalidValue) one without a subject,
    and what is no issuer: an https address without query and fragment (OpenID Connect Discovery 1.0, section 3), of
    a provider on this machine also http."""
    if issuer is None or not issuer.strip():
        return None
    if subject is None or not subject.strip():
        raise InvalidValue(reason="An issuer says whose subject it is: name the subject as well.").at_path("subject")
    if len(issuer) > LONGEST_ISSUER or not _ISSUER.fullmatch(issuer):
        raise InvalidValue(
            reason=phrased(
                "An issuer is an address such as https://login.example, as the provider's metadata spells it: without "
                "query and fragment, {longest} characters at most.",
                longest=LONGEST_ISSUER,
            )
        ).at_path("issuer")
    return issuer


@dataclass(frozen=True)
class Attempt:
    """A sign-in that was begun and is to be finished in the same browser: what it must come back with. `invitation_id`,
    `open_until`: of the invitation that is accepted by it."""

    provider: str
    nonce: str
    verifier: str  # RFC 7636
    invitation_id: UUID | None = None
    open_until: datetime | None = None
