"""The wheel: it holds the contract, the processes, the migrations and the demonstration's data, and works from
anywhere."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.sources import ROOT, tracked

BIN = Path(sys.executable).parent


def _run(*words: str | Path, cwd: Path) -> str:
    """What a command says on standard output. Its environment knows nothing of this checkout."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FORUM_", "VIRTUAL_ENV"))}
    done = subprocess.run([str(w) for w in words], cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as an operator would build it, without isolation: the build tools are in the hashed file."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment that holds the wheel, and reaches the libraries of this one by a path file."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    _run(BIN / "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel, cwd=home)
    packages = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_every_tracked_file_of_the_package_travels(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = {n for n in tracked() if n.startswith("forum/")}
    expected |= {f"forum/_files/{n}" for n in tracked() if n.startswith(("graphql/", "workflows/"))}
    assert len(expected) > 100
    assert expected - inside == set()


def test_what_lies_in_it(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    assert "forum/_files/graphql/schema.graphql" in inside
    assert "forum/_files/graphql/operations/submit_contribution.graphql" in inside
    assert "forum/_files/workflows/gfmd.toml" in inside
    assert [n for n in inside if n.startswith("forum/_demo/")]
    assert [n for n in inside if n.startswith("forum/store/migrations/versions/") and n.endswith(".sql")]
    # Written to `graphql/`, it would land in graphql-core's own folder.
    tops = {n.partition("/")[0] for n in inside}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"forum"}
    assert not [n for n in inside if "__pycache__" in n or "/tests/" in n]


def test_it_finds_its_own_files_and_not_the_checkout_s(installed: Path, tmp_path: Path) -> None:
    asked = (
        "import forum; from forum.files import folder, shipped; from forum.store.standing import head;"
        "print(forum.__file__, folder('graphql'), shipped(), head(), sep='\\n')"
    )
    told = _run(installed / "python", "-c", asked, cwd=tmp_path).split()
    assert all(place.startswith(str(installed.parent)) for place in told[:3]), told
    assert told[3], "there are migrations"


def test_its_contract_is_the_one_it_serves(installed: Path, tmp_path: Path) -> None:
    asked = (
        "from forum.api.schema.contract import sdl; from forum.files import folder;"
        "assert sdl() == (folder('graphql') / 'schema.graphql').read_text('utf-8')"
    )
    _run(installed / "python", "-W", "error::ImportWarning", "-c", asked, cwd=tmp_path)


def test_the_command_checks_the_shipped_processes_from_anywhere(installed: Path, tmp_path: Path) -> None:
    shipped = Path(
        _run(installed / "python", "-c", "from forum.files import shipped; print(shipped())", cwd=tmp_path).strip()
    )
    files = sorted(shipped.glob("*.toml"))
    assert len(files) >= 6
    told = _run(installed / "forum", "workflow", "check", *files, cwd=tmp_path)
    assert told.count("is sound.") == len(files)
    assert list(tmp_path.iterdir()) == [], "it leaves nothing behind"


def test_a_broken_process_is_refused_by_it(installed: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("this is no process")
    done = subprocess.run(
        [installed / "forum", "workflow", "check", broken], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("forum: ")
    assert "Traceback" not in done.stderr
