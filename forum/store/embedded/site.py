"""What an embedded PostgreSQL has on the disk: its folder made once, its processes started there, its state read.

The folder holds `data/`, `password` (the superuser's, mode 0600), `postgres.log`, `lock` and, when its path is short
enough, `socket/`.
"""

import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ...errors import Misconfigured
from . import place

SUPERUSER = "postgres"
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}  # nothing of PG* or of the caller's language leaks in
LAUNCH = Path(__file__).with_name("launch.py")
LOG_LIMIT = 16 * 2**20  # bytes; a longer log is put aside once, at the next start


@dataclass(frozen=True)
class Site:
    """One cluster's folder, with the binaries and the OS user that serve it."""

    home: Path
    socket: Path
    binaries: Path
    version: int
    who: place.Account | None

    @classmethod
    def at(cls, data_dir: Path, binaries: Path | None) -> "Site":
        """Find or make the folder. Refuses (Misconfigured) what cannot work, before anything is started."""
        who = place.account()
        usable = place.runnable(binaries or place.embedded_binaries(), who)
        home = place.settle(data_dir, who)
        return cls(home, place.socket_folder(home), usable, place.major(usable), who)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    @property
    def password(self) -> str:
        """The superuser's."""
        return (self.home / "password").read_text().strip()

    def running(self) -> tuple[int, bool] | None:
        """The live postmaster of this folder and whether it takes connections, from its `postmaster.pid`."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
            if sys.platform == "linux":  # a pid may belong to another program by now: ours stands in its data folder
                if Path(f"/proc/{pid}/cwd").readlink() != self.data:
                    return None
            else:
                os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        return pid, len(lines) > 7 and lines[7].strip() == "ready"

    def tail(self, lines: int = 8) -> str:
        """The log's last lines, for a refusal; empty when there is no log."""
        try:
            last = (self.home / "postgres.log").read_text(errors="replace").splitlines()[-lines:]
        except OSError:
            return ""
        return "\n" + "\n".join(last)

    def launch(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one of the binaries as the server's user. It gets SIGINT when the calling *thread* ends."""
        who = (str(self.who.uid), str(self.who.gid)) if self.who else ("-1", "-1")
        command = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), *who, str(self.binaries / program)]
        with (self.home / "postgres.log").open("ab") as out:
            # A session of its own: Ctrl-C in the terminal is for the service, which then stops the server in order.
            return subprocess.Popen(
                [*command, *arguments], cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def prepare(self, durable: bool) -> None:
        """Make what is missing; refuse (Misconfigured) data of another version, another user, or without password.

        For the owner of the cluster only. `durable`: wait until the new files are on the disk.
        """
        log_file = self.home / "postgres.log"
        if log_file.exists() and log_file.stat().st_size > LOG_LIMIT:
            log_file.replace(self.home / "postgres.log.old")
        log_file.touch(mode=0o600)
        place.own_folder(self.socket, self.who)
        if not self.data.exists():
            self._initialise(durable)
        runs_as = self.who.uid if self.who else os.geteuid()
        if (owned_by := self.data.stat().st_uid) != runs_as:
            raise Misconfigured(
                reason=f"{self.data} belongs to the user {owned_by}, the server runs as {runs_as}. Start the service "
                f"as "
                "the user who made it (root and an ordinary user do not share a database)."
            )
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.version:
            raise Misconfigured(
                reason=f"{self.data} was made by PostgreSQL {made_by}; this is {self.version}. Dump it with the old "
                "one and load it into a new folder (pg_dump, psql)."
            )
        if not (self.home / "password").exists():
            raise Misconfigured(reason=f"{self.home / 'password'} is missing: without it nobody gets into {self.data}.")

    def _initialise(self, durable: bool) -> None:
        """initdb into a folder beside, then one rename: a cut-off first start leaves nothing half made."""
        fresh, secret = self.home / "data.new", self.home / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        place.own_folder(fresh, self.who)
        _write_new(secret, secrets.token_urlsafe(32))
        password_file = self.socket / "initdb.password"  # initdb reads it as the server's user, who may not read ours
        _write_new(password_file, self.password, self.who)
        try:
            # Sorting by code point everywhere, upper and lower case by Unicode's rules. PostgreSQL 15 and 16 have no
            # builtin provider; a system without C.UTF-8 gets C, whose upper and lower know ASCII only.
            locales: list[tuple[str, ...]] = [
                ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C")
            ]
            if self.version < 17:
                locales = [("--locale=C.UTF-8",), ("--locale=C",)]
            if not any(self._initdb(fresh, password_file, durable, *locale) for locale in locales):
                raise Misconfigured(reason=f"initdb failed in {self.home}.{self.tail()}")
        finally:
            password_file.unlink()
        fresh.rename(self.data)

    def _initdb(self, folder: Path, secret: Path, durable: bool, *locale: str) -> bool:
        return not self.launch(
            "initdb", "-D", str(folder), "-U", SUPERUSER, f"--pwfile={secret}", "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256", "--encoding=UTF8", "--text-search-config=simple", "--no-instructions",
            *locale, *(() if durable else ("--no-sync",)),
        ).wait()  # fmt: skip


def _write_new(path: Path, secret: str, who: place.Account | None = None) -> None:
    path.unlink(missing_ok=True)
    # O_EXCL: as root, never write through a link which the server's user put there.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secret + "\n")
        if who:
            os.fchown(out.fileno(), who.uid, who.gid)
