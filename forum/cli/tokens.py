"""`forum token`: a bearer token for a person, signed with the secret of the service."""

import argparse
import time

from ..api.http.identity import issue
from ..errors import Misconfigured
from ..settings import Settings


async def token(arguments: argparse.Namespace, settings: Settings) -> int:
    """Issue the token; it stands on standard output alone, so that a script can take it."""
    if not settings.secret:
        raise Misconfigured(reason="Set FORUM_SECRET to the secret the server runs with.")
    print(issue(settings.secret, arguments.subject, now=time.time(), lifetime=arguments.hours * 3600))
    return 0
