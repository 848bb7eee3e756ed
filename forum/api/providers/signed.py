"""What counts of all that a provider signs - ID tokens, access tokens, logout tokens - and how it is said where it
does not."""

from ..problem import Problem

ALGORITHMS = ("RS256", "ES256", "PS256")  # of public keys: never `none`, never a secret that both sides hold
LEEWAY = 30  # seconds that two clocks may differ
LONGEST = 255  # characters of a subject: OpenID Connect Core, section 2


def sign_in_failed(why: str) -> Problem:
    """SIGN_IN_FAILED: what a browser or a provider brought is none that this service can take."""
    return Problem("SIGN_IN_FAILED", f"You were not signed in: {why}. Open /sign-in and begin again.", status=400)
