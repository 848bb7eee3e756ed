"""LibreOffice, for tests: how another office program reads our files (`make portals`)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

_SECONDS = 120  # of one start: a machine that is busy is slow


def needs_office(untested: str) -> pytest.MarkDecorator:
    """Leave a test out where LibreOffice is not there, and say what is `untested` then; the run says it again at its
    end. In CI nothing is left out: there the test fails."""
    missing = shutil.which("soffice") is None and os.environ.get("CI") != "true"
    how = "apt-get install libreoffice-writer-nogui"
    return pytest.mark.skipif(missing, reason=f"LibreOffice: NOT TESTED is {untested}. On Debian: {how}")


def converted(files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """These files in another format ("docx", "txt:Text (encoded):UTF8"), by their names, in one start."""
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, "in"), Path(folder, "out")
        here.mkdir()
        for name, data in files.items():
            (here / name).write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        names = [str(here / name) for name in files]
        command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(there), *names]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        ending = to.partition(":")[0]
        return {name: (there / name).with_suffix(f".{ending}").read_bytes() for name in files}


def as_text(files: Mapping[str, bytes]) -> dict[str, str]:
    """The words of these files as LibreOffice reads them, with the numbers that it counts."""
    return {name: data.decode("utf-8-sig") for name, data in converted(files, "txt:Text (encoded):UTF8").items()}
