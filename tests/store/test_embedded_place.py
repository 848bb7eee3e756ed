"""What the embedded PostgreSQL refuses, with which words, where it stands, and as whom it runs."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import asyncpg
import pytest

from forum.errors import Misconfigured
from forum.store.embedded import place
from forum.store.embedded.cluster import Backoff, Cluster
from tests.support.typed import some

QUICK = {"fsync": "off", "shared_buffers": "16MB"}


# ---- refusals
def test_a_setting_that_is_wrong_is_told_with_the_log(folder, binaries):
    cluster = Cluster(folder, binaries, options={"shared_buffers": "plenty"}, backoff=Backoff(first=0.001))
    with pytest.raises(Misconfigured, match=r"(?s)does not start.*shared_buffers.*plenty"):
        cluster.start()
    assert cluster.pid is None
    with Cluster(folder, binaries, options=QUICK) as mended:  # the lock was let go of, the folder is whole
        assert mended.owner


def test_data_of_another_version_are_refused(folder, binaries):
    Cluster(folder, binaries, options=QUICK).start().stop()
    (folder / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Misconfigured, match=r"made by PostgreSQL 9.*pg_dump"):
        Cluster(folder, binaries).start()


def test_a_lost_password_is_told(folder, binaries):
    Cluster(folder, binaries, options=QUICK).start().stop()
    (folder / "password").unlink()
    with pytest.raises(Misconfigured, match="password is missing"):
        Cluster(folder, binaries).start()


def test_a_first_start_cut_off_is_made_anew(folder, binaries):
    folder.mkdir()
    (folder / "data.new").mkdir()
    (folder / "data.new" / "PG_VERSION").write_text("half made")
    (folder / "password").write_text("of the half")
    with Cluster(folder, binaries, options=QUICK) as cluster:
        assert cluster.site.password != "of the half"
        assert cluster.pid


def test_what_is_no_postgresql_is_told(folder, tmp_path):
    with pytest.raises(Misconfigured, match="No PostgreSQL runs from"):
        place.major(tmp_path)
    (tmp_path / "postgres").write_text("#!/bin/sh\necho something else\n")
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(Misconfigured, match="something else"):
        place.major(tmp_path)


async def test_a_socket_path_too_long_goes_elsewhere(folder, binaries):
    deep = folder / ("d" * 60) / ("e" * 60)
    with Cluster(deep, binaries, options=QUICK) as cluster:
        assert cluster.site.socket.parent == place.SOCKETS
        assert cluster.site.socket.stat().st_mode & 0o777 == 0o700
        await (await asyncpg.connect(cluster.url())).close()
    cluster.site.socket.rmdir()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(Misconfigured, match="belongs to somebody else"):
        place.own_folder(tmp_path, None)
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(Misconfigured, match="belongs to somebody else"):
        place.own_folder(tmp_path / "link", None)


# ---- as whom
def test_the_server_never_runs_as_root(cluster):
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{cluster.pid}/status").read_text().splitlines())
    who, uids = some(place.account()), {int(uid) for uid in status["Uid"].split()}
    if os.geteuid() == 0:
        assert uids == {who.uid}
        assert status["Groups"].split() == []
        assert int(status["CapEff"], 16) == 0
        assert 0 not in uids
    else:
        assert who is None
        assert uids == {os.geteuid()}
        assert cluster.home.stat().st_mode & 0o777 == 0o700


def test_a_folder_closed_to_the_servers_user(short_folder, folder, binaries, monkeypatch):
    """A clone below /root: as root the data go where the server's user may be, and a link tells where."""
    monkeypatch.setattr(place, "REACHABLE", short_folder / "reachable")
    closed = folder
    closed.mkdir(mode=0o700)
    with Cluster(closed / "clone" / "db", binaries, options=QUICK) as cluster:
        home = cluster.home
    if os.geteuid() != 0:
        assert home == closed / "clone" / "db"
        return
    assert home.parent == place.REACHABLE
    assert (closed / "clone" / "db").readlink() == home
    (closed / "clone").rename(closed / "moved")
    with Cluster(closed / "moved" / "db", binaries, options=QUICK) as again:
        assert again.home == home
    (closed / "old").mkdir()
    (closed / "old" / "data").mkdir()
    with pytest.raises(Misconfigured, match="may not enter"):
        Cluster(closed / "old", binaries).start()


def test_binaries_closed_to_the_servers_user_are_copied(short_folder, folder, tmp_path, monkeypatch):
    """A virtual environment below /root."""
    monkeypatch.setattr(place, "REACHABLE", short_folder / "copies")
    who, wheel = place.account(), place.embedded_binaries()
    assert place.runnable(wheel, who) == wheel
    monkeypatch.setattr(place, "_may_run", lambda where, _who: place.REACHABLE in where.parents)
    if who is None:
        assert place.runnable(wheel, who) == wheel
        return
    copied = place.runnable(wheel, who)
    assert copied.is_relative_to(place.REACHABLE)
    assert place.runnable(wheel, who) == copied
    assert len(list(place.REACHABLE.iterdir())) == 1
    with Cluster(folder, wheel, options=QUICK) as cluster:
        assert cluster.site.binaries == copied
        assert Path(f"/proc/{cluster.pid}/exe").readlink() == copied / "postgres"
    (tmp_path / "bin").mkdir()
    with pytest.raises(Misconfigured, match="open that folder"):  # a distribution's, which cannot be copied
        place.runnable(tmp_path / "bin", who)


def test_without_a_user_of_our_own_root_is_refused(monkeypatch):
    def nobody(name: str) -> None:
        raise KeyError(name)

    tried = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", nobody)
    monkeypatch.setattr(shutil, "which", lambda name, path: f"/sbin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: tried.append(Path(command[0]).name))
    with pytest.raises(Misconfigured, match="ordinary user"):
        place.account()
    assert tried == ["useradd", "adduser", "useradd"]


# ---- waiting between two starts
def test_backoff_doubles_up_to_a_ceiling_and_begins_anew_after_health():
    backoff = Backoff(first=0.1, ceiling=1.0, healthy=10.0)
    assert [backoff.after(0.0) for _ in range(6)] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]
    assert [backoff.after(lived) for lived in (9.9, 10.0, 0.0, 3600.0)] == [1.0, 0.1, 0.2, 0.1]
    for _ in range(5000):
        assert backoff.after(0.0) <= 1.0
