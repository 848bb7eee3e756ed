"""The identity providers of this service, from the operator's file (`FORUM_PROVIDERS`): TOML, one table each."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from ...errors import Misconfigured

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_OF_PORTALS = ("audience", "portals")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Known:
    """One provider. `name` stands in addresses of pages; `issuer` is the provider's own name for itself (its discovery
    document is below it); `person` is the claim by which it names people: `sub`, but `oid` at Microsoft Entra.

    `portals`: the client ids of programs there whose access tokens are taken, and `audience` what those tokens are for
    (`aud`, RFC 9068); no such tokens are taken where there are none. The audience is never our own client id, which
    stands in ID tokens."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid"
    person: str = "sub"
    audience: str = ""
    portals: tuple[str, ...] = ()


def load(file: Path | None) -> Mapping[str, Known]:
    """The providers by name; none where there is no file. Refuses (Misconfigured) what it cannot use, naming it."""
    if file is None:
        return {}
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured(reason=f"FORUM_PROVIDERS: {file} cannot be read ({error}).") from None
    return {name: _known(name, table) for name, table in tables.items()}


def is_private(address: str) -> bool:
    """Whether what is sent to this address is read there alone: by HTTPS, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _known(name: str, table: object) -> Known:
    asked = {field.name for field in fields(Known)} - {"name"}
    if not _NAME.fullmatch(name) or not isinstance(table, dict):
        raise Misconfigured(reason=f"FORUM_PROVIDERS: {name} is to be a table, named in small letters, digits and '-'.")
    if odd := table.keys() - asked:
        raise Misconfigured(reason=f"FORUM_PROVIDERS: {name} has {', '.join(sorted(odd))}, which is no key of it.")
    if missing := asked - {"scope", "person", *_OF_PORTALS} - table.keys():
        raise Misconfigured(reason=f"FORUM_PROVIDERS: {name} lacks {', '.join(sorted(missing))}.")
    if not all(isinstance(value, str) and value for key, value in table.items() if key != "portals"):
        raise Misconfigured(reason=f"FORUM_PROVIDERS: every value of {name} is a text, and none is empty.")
    if not is_private(table["issuer"]):
        raise Misconfigured(reason=f"FORUM_PROVIDERS: the issuer of {name} begins with https://.")
    if "openid" not in table.get("scope", "openid").split():
        raise Misconfigured(reason=f"FORUM_PROVIDERS: the scope of {name} includes openid.")
    return Known(name=name, **table | {"portals": _portals(name, table)})


def _portals(name: str, table: dict[str, object]) -> tuple[str, ...]:
    portals = table.get("portals", [])
    if not isinstance(portals, list) or not all(isinstance(each, str) and each for each in portals):
        raise Misconfigured(reason=f"FORUM_PROVIDERS: portals of {name} is a list of client ids, each in quotes.")
    if bool(portals) != ("audience" in table):
        raise Misconfigured(
            reason=f"FORUM_PROVIDERS: {name} has portals and audience together, or neither: whose access tokens are "
            "taken, and what these are for."
        )
    if table.get("audience") == table["client_id"]:
        raise Misconfigured(
            reason=f"FORUM_PROVIDERS: the audience of {name} is not the client_id: that stands in ID tokens. Take the "
            "address of this service, as in https://forum.example/graphql."
        )
    return tuple(portals)
