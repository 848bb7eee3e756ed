"""Environment -> one frozen object. Nobody else reads the environment (`tests/test_house.py` checks it)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from .errors import Misconfigured

MODES = ("serve", "demo", "test")
RATE = 10_000  # a tenth of one processor's second
Networks = tuple[IPv4Network | IPv6Network, ...]


TLS = ("starttls", "tls", "none")


@dataclass(frozen=True)
class Relay:
    """The mail relay: where it listens, how the line is encrypted, and as whom the service signs in there, if at
    all."""

    host: str
    port: int
    tls: str = "starttls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Every field has a variable `FORUM_<FIELD>`, but for the database URLs."""

    mode: str = "serve"  # serve | demo | test: only demo and test may shift the clock or issue persona tokens
    database_url: str = ""  # the application's role (DATABASE_URL); empty: the embedded PostgreSQL
    owner_url: str = ""  # the owner's role, for `forum migrate` only (FORUM_OWNER_DATABASE_URL)
    superuser_url: str = ""  # for `forum prepare` only (FORUM_SUPERUSER_DATABASE_URL)
    embedded: bool = False  # take the embedded database outside demo and test all the same
    data_dir: Path = Path(".forum")
    secret: str = ""  # signs the service's own tokens; at least 32 bytes
    host: str = "127.0.0.1"
    port: int = 8000
    pool: int = 16
    cors_origins: tuple[str, ...] = ()
    proxies: Networks = ()  # whose X-Forwarded-For and -Proto are believed (FORUM_TRUSTED_PROXIES); nobody's, if empty
    rate: int = 0  # points of cost a second for each person and address (FORUM_RATE); 0: without limit
    documents: str = "open"  # open | prefer | only: how far documents outside graphql/operations are taken
    public_url: str = ""
    idle_seconds: int = 3600  # a sign-in ends when it was not used for so long (FORUM_IDLE_SECONDS)
    longest_seconds: int = 43_200  # and so long after it began, used or not (FORUM_LONGEST_SECONDS)
    providers: Path | None = None  # the file of identity providers (FORUM_PROVIDERS)
    token: str = ""  # of the person a client command speaks for (FORUM_TOKEN)
    relay: Relay | None = None  # FORUM_RELAY=host:port, _TLS, _USER, _PASSWORD; None: nobody is written to
    mail_from: str = ""  # the address letters come from (FORUM_MAIL_FROM)
    log_level: str = "info"


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Read the environment once. Refuses (Misconfigured) a value that is not of its kind, naming the variable."""
    env = os.environ if env is None else env
    mode = env.get("FORUM_MODE", "serve")
    documents = env.get("FORUM_DOCUMENTS", "open")
    if mode not in MODES:
        raise Misconfigured(reason=f"FORUM_MODE is one of {', '.join(MODES)}, not {mode}.")
    if documents not in ("open", "prefer", "only"):
        raise Misconfigured(reason=f"FORUM_DOCUMENTS is open, prefer or only, not {documents}.")
    return Settings(
        mode=mode,
        database_url=env.get("DATABASE_URL", ""),
        owner_url=env.get("FORUM_OWNER_DATABASE_URL", ""),
        superuser_url=env.get("FORUM_SUPERUSER_DATABASE_URL", ""),
        embedded=env.get("FORUM_EMBEDDED", "") in ("1", "true", "yes"),
        data_dir=Path(env.get("FORUM_DATA_DIR", ".forum")),
        secret=_secret(env.get("FORUM_SECRET", "")),
        host=env.get("FORUM_HOST", "127.0.0.1"),
        port=_whole(env, "FORUM_PORT", 8000),
        pool=_whole(env, "FORUM_POOL", 16),
        cors_origins=tuple(o for o in env.get("FORUM_CORS_ORIGINS", "").split(",") if o),
        rate=_whole(env, "FORUM_RATE", RATE if mode == "serve" else 0),
        proxies=_networks(env.get("FORUM_TRUSTED_PROXIES", "")),
        documents=documents,
        public_url=env.get("FORUM_PUBLIC_URL", ""),
        idle_seconds=_whole(env, "FORUM_IDLE_SECONDS", 3600, least=60),
        longest_seconds=_whole(env, "FORUM_LONGEST_SECONDS", 43_200, least=60),
        providers=Path(env["FORUM_PROVIDERS"]) if env.get("FORUM_PROVIDERS") else None,
        token=env.get("FORUM_TOKEN", ""),
        relay=_relay(env),
        mail_from=env.get("FORUM_MAIL_FROM", ""),
        log_level=env.get("FORUM_LOG_LEVEL", "info"),
    )


def _relay(env: Mapping[str, str]) -> Relay | None:
    """The relay; None where none is named. Refuses (Misconfigured) half of what letters need."""
    written = env.get("FORUM_RELAY", "")
    if not written:
        return None
    host, colon, port = written.rpartition(":")
    tls = env.get("FORUM_RELAY_TLS", "starttls")
    if not (host and colon and port.isdecimal() and 0 < int(port) <= 65535):
        raise Misconfigured(reason=f"FORUM_RELAY is a host and a port, as in mail.example.org:587; not {written}.")
    if tls not in TLS:
        raise Misconfigured(reason=f"FORUM_RELAY_TLS is one of {', '.join(TLS)}, not {tls}.")
    # A demonstration makes its own secret.
    needed = ("FORUM_MAIL_FROM", "FORUM_PUBLIC_URL", *(() if env.get("FORUM_MODE") == "demo" else ("FORUM_SECRET",)))
    lacking = [name for name in needed if not env.get(name)]
    if lacking:
        raise Misconfigured(reason=f"With FORUM_RELAY set {' and '.join(lacking)} as well: letters need them.")
    return Relay(host.strip("[]"), int(port), tls, env.get("FORUM_RELAY_USER", ""), env.get("FORUM_RELAY_PASSWORD", ""))


def environment(settings: Settings) -> dict[str, str]:
    """This process's environment with these settings in it, for a child that is to run by them."""
    own = {
        "FORUM_MODE": settings.mode,
        "FORUM_SECRET": settings.secret,
        "DATABASE_URL": settings.database_url,
        "FORUM_HOST": settings.host,
        "FORUM_PORT": str(settings.port),
        "FORUM_LOG_LEVEL": settings.log_level,
        "FORUM_RATE": str(settings.rate),
        "FORUM_IDLE_SECONDS": str(settings.idle_seconds),
        "FORUM_LONGEST_SECONDS": str(settings.longest_seconds),
    }
    return {**os.environ, **own}


def _whole(env: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    written = env.get(name, str(default))
    if not written.isdecimal() or not least <= int(written) <= 65535:
        raise Misconfigured(reason=f"{name} is a whole number from {least} to 65535, not {written}.")
    return int(written)


def _networks(written: str) -> Networks:
    try:
        return tuple(ip_network(network.strip()) for network in written.split(",") if network.strip())
    except ValueError:
        raise Misconfigured(
            reason="FORUM_TRUSTED_PROXIES lists addresses and networks, with commas, as in 127.0.0.1,10.0.0.0/8; "
            f"not {written}."
        ) from None


def within(address: str, networks: Networks) -> bool:
    """Whether an address lies in one of these networks."""
    try:
        return bool(networks) and any(ip_address(address) in network for network in networks)
    except ValueError:  # a socket of this machine has a name
        return False


def _secret(secret: str) -> str:
    if secret and len(secret.encode()) < 32:
        raise Misconfigured(reason="FORUM_SECRET needs at least 32 bytes: openssl rand -hex 32 makes one.")
    return secret
